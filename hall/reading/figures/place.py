"""Figures to their places on the pages of the document; what was read by OCR is held until a person looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hall.model import Box, Figure, Line, Reading
from hall.reading.text.spans import within

_NEAR = 0.02  # of the page


def place(reading: Reading, lines: Sequence[Line]) -> Reading:
    """The reading with page, box and score of each figure. ``lines`` are in the order of the text."""
    if not lines:
        return reading
    figures = tuple(_placed(figure, lines, reading.text) for figure in reading.figures)
    observations = tuple(
        replace(o, obs_status="U") if figures[o.figure].score is not None else o for o in reading.observations
    )
    return replace(reading, figures=figures, observations=observations, lines=tuple(lines))


def _placed(figure: Figure, lines: Sequence[Line], text: str) -> Figure:
    longest = 400  # no printed line is longer
    held = [line for line in within(lines, figure.start - longest, figure.end) if line.end > figure.start]
    own = [line for line in held if line.page == held[0].page]
    if not own:
        return figure
    box = main_box(own, figure.start, figure.end, text)
    scores = [line.score for line in held if line.score is not None]
    score = min(scores) if scores else None
    return replace(figure, page=own[0].page, box=box, score=score, status="U" if scores else figure.status)


def main_box(lines: Sequence[Line], start: int, end: int, text: str) -> Box:
    """Around the characters; where a line's end parts them, around the piece that holds most of the digits."""
    pieces: list[tuple[Box, int]] = []
    for line in lines:
        box = box_of(line, start, end, text)
        digits = sum(map(str.isdigit, text[max(start, line.start) : min(end, line.end)]))
        if pieces and _touch(pieces[-1][0], box):
            last, count = pieces.pop()
            box = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            digits += count
        pieces.append((box, digits))
    return max(pieces, key=lambda piece: piece[1])[0]


def _touch(box: Box, other: Box) -> bool:
    """Whether nothing but a blank can stand between the two."""
    across = max(box[0], other[0]) - min(box[2], other[2])
    down = max(box[1], other[1]) - min(box[3], other[3])
    return across < _NEAR and down < _NEAR


def box_of(line: Line, start: int, end: int, text: str) -> Box:
    """The part of a line's box that its characters ``start:end`` take; by their share of the line where no edges are
    known, a wide character taking twice the place of a narrow one."""
    first, last = max(start, line.start), min(end, line.end)
    left, top, right, bottom = line.box
    if line.edges:
        return round(line.edges[first - line.start], 4), top, round(line.edges[last - line.start], 4), bottom
    before, within_it = _width(text[line.start : first]), _width(text[first:last])
    share = (right - left) / max(_width(text[line.start : line.end]), 1)
    return round(left + before * share, 4), top, round(left + (before + within_it) * share, 4), bottom


def _width(words: str) -> int:
    return sum(1 if char.isascii() else 2 for char in words)
