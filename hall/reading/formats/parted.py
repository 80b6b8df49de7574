"""Cells of a ruled table that hold several printed lines: wrapped words, or one line for each of several rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from hall.model import Box
from hall.reading.formats.paper import PaperFrame, PaperRow

_NEAR = 0.004
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*[^\d\s，。；：:]{0,4}|[-—]")
# a line that takes so much of its cell's width is no line by itself; one that leaves no room for another character,
# the cell's own margins aside (in heights of a line), may have been wrapped; lines of one row differ by less
_FULL, _ROOM, _LEVEL, _MARGIN = 0.75, 1.7, 0.5, 0.77


def parted(
    cells: Sequence[Box], said: Sequence[Sequence[PaperRow]], frame: PaperFrame
) -> tuple[list[Box], list[Sequence[PaperRow]], set[int]]:
    """The cells, a row of them whose cells each hold a line for each of several rows parted into these rows; and which
    cells may hold several numbers, or one that is wrapped."""
    found: list[Box] = []
    words: list[Sequence[PaperRow]] = []
    doubtful: set[int] = set()
    for band in _bands(cells):
        own = [i for i in band if said[i]]
        cuts = _cuts([said[i] for i in own], frame) if _are_rows([said[i] for i in own]) else []
        full = any(_is_full(row, cells[i], frame) for i in own if _are_numbers(said[i]) for row in said[i])
        if cuts and full:
            doubtful |= set(range(len(found), len(found) + len(band)))
        for i in band:
            left, top, right, bottom = cells[i]
            if not cuts or full:
                found.append(cells[i])
                words.append(said[i])
                continue
            ends = [top, *cuts, bottom]
            found += [(left, a, right, b) for a, b in itertools.pairwise(ends)]
            words += [[row] for row in said[i]] or [[] for _ in ends[1:]]
    return found, words, doubtful


def joined(own: Sequence[PaperRow], cell: Box, frame: PaperFrame, doubtful: bool) -> str:
    """The words of a cell: its wrapped lines put together, but for numbers that nothing shows to be one."""
    text = ""
    for i, row in enumerate(own):
        numbers = text[-1:].isdigit() and row.text[:1].isdigit()
        text += " " if numbers and (doubtful or not _is_wrapped(own[i - 1], cell, frame)) else ""
        text += row.text
    return text


def _bands(cells: Sequence[Box]) -> Iterator[list[int]]:
    """Cells with the same top and bottom."""
    order = sorted(range(len(cells)), key=lambda i: (round(cells[i][1] / _NEAR), round(cells[i][3] / _NEAR)))
    band: list[int] = []
    for i in order:
        if band and any(abs(cells[i][side] - cells[band[0]][side]) > _NEAR for side in (1, 3)):
            yield band
            band = []
        band.append(i)
    if band:
        yield band


def _are_rows(own: Sequence[Sequence[PaperRow]]) -> bool:
    """Whether all cells have as many lines, on the same levels, and numbers are among them."""
    if len(own) < 2 or len(own[0]) < 2 or any(len(rows) != len(own[0]) for rows in own):
        return False
    for level in zip(*own, strict=True):
        middles = [(row.top + row.bottom) / 2 for row in level]
        if max(middles) - min(middles) > _LEVEL * min(row.bottom - row.top for row in level):
            return False
    return any(map(_are_numbers, own))


def _are_numbers(rows: Sequence[PaperRow]) -> bool:
    return any(row.text[:1].isdigit() for row in rows) and all(_NUMBER.fullmatch(row.text.strip()) for row in rows)


def _cuts(own: Sequence[Sequence[PaperRow]], frame: PaperFrame) -> list[float]:
    """Halfway between the lines, in page widths."""
    levels = list(zip(*own, strict=True))
    return [
        (max(row.bottom for row in above) + min(row.top for row in below)) / 2 * frame.height
        for above, below in itertools.pairwise(levels)
    ]


def _is_full(row: PaperRow, cell: Box, frame: PaperFrame) -> bool:
    return _width(row, frame) >= _FULL * (cell[2] - cell[0])


def _is_wrapped(row: PaperRow, cell: Box, frame: PaperFrame) -> bool:
    return _width(row, frame) + _ROOM * _size(row, frame) >= cell[2] - cell[0]


def _width(row: PaperRow, frame: PaperFrame) -> float:
    """The width of a line by its characters, in page widths: its places are those of the page as it is shown."""
    return sum(0.5 if char.isascii() else 1.0 for char in row.text) * _size(row, frame)


def _size(row: PaperRow, frame: PaperFrame) -> float:
    """The height of a character: what OCR finds has a margin around it."""
    height = (row.bottom - row.top) * frame.height
    return height * _MARGIN if any(line.score is not None for line in row.lines) else height
