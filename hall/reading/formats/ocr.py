"""Pictures of pages to lines of text, offline, with the certainty of each line."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hall.model import Box, Line
from hall.reading.formats import order, ruled
from hall.reading.formats.order import Piece
from hall.reading.formats.paper import BLANKS, PaperFrame, PaperRow

_LEAST = 0.3
# a page is upright when it is read with this certainty; a piece so high by its width stands on its end
_SURE, _FLAT = 0.75, 1.5
# pixels; the engine stumbles over what is thinner, and no character is
_THINNEST = 8
# a line that falls by more of its height is placed character by character
_ASKEW = 0.3


@dataclass(frozen=True, slots=True)
class Word:
    """Words in a line of the picture, held upright and straight: their box in page widths, their certainty, and their
    box as it lies in the picture, with what the line falls by from its left end to its right one."""

    text: str
    box: Box
    score: float
    seen: Box
    fall: float = 0.0


@cache
def engine() -> Any:
    """The OCR engine, with the models of its own package; a picture as an array gives boxes, words and scores."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # its angle classifier turns lines over and loses them; what it drops for doubt would be dropped in silence
    params = {"Global.use_cls": False, "Global.text_score": _LEAST, "Global.log_level": "error",
              "EngineConfig.onnxruntime.intra_op_num_threads": 2}  # fmt: skip
    return RapidOCR(params=params)


def rows(picture: Any, page: int) -> list[PaperRow]:
    """The lines of a picture (PIL) as a person reads them, however it is turned; ruled tables as rows of Markdown."""
    import numpy as np

    from hall.reading.formats import rules

    shown = np.asarray(picture.convert("RGB"))
    quarter, found = _upright(shown)
    if not found:
        return []
    frame = PaperFrame(shown.shape[0] / shown.shape[1], quarter)
    held = np.ascontiguousarray(np.rot90(shown, quarter))
    slope = _slope(found, held)
    words = _words(found, slope, held.shape, shown.shape[1])
    straight = rules.Straight(held, slope, shown.shape[1])
    blocks: list[tuple[Piece, list[PaperRow]]] = []
    heights = sorted(word.box[3] - word.box[1] for word in words)
    for cells in straight.tables(heights[len(heights) // 2]):
        own, words = _in_cells(cells, words, straight)
        if any(own):
            said = [_rows(each, page, frame, []) for each in own]
            size = max(w.box[3] - w.box[1] for each in own for w in each)
            blocks.append((ruled.bounds(cells, size), ruled.rows(cells, said, page, frame)))
    return _rows(words, page, frame, blocks)


def _rows(
    words: Sequence[Word], page: int, frame: PaperFrame, blocks: Sequence[tuple[Piece, list[PaperRow]]]
) -> list[PaperRow]:
    pieces = [Piece(*word.box, word.box[3] - word.box[1], len(word.text), i) for i, word in enumerate(words)]
    return order.laid(pieces, blocks, lambda keys: _row([words[key] for key in keys], page, frame))


def _row(words: Sequence[Word], page: int, frame: PaperFrame) -> PaperRow:
    text, lines = "", []
    for i, word in enumerate(words):
        text += BLANKS if text and not (word.text[0] in "(（" and _is_near(words[i - 1].box, word.box)) else ""
        lines += _lines(word, len(text), page, frame)
        text += word.text
    top, bottom = min(w.box[1] for w in words), max(w.box[3] for w in words)
    return PaperRow(page, top / frame.height, bottom / frame.height, text, lines)


def _is_near(left: Box, right: Box) -> bool:
    """A bracket that the OCR has parted from its word stands hard by it."""
    return right[0] - left[2] < right[3] - right[1]


def _lines(word: Word, at: int, page: int, frame: PaperFrame) -> list[Line]:
    """The places of its characters: one line, or one for each character where the writing does not go to the right or
    lies so much askew that the box of the whole is much higher than they are."""
    left, top, right, bottom = word.seen
    height = max(bottom - top - abs(word.fall), 0.5 * (bottom - top))
    fall = math.copysign(bottom - top - height, word.fall)
    if not frame.quarter and abs(fall) < _ASKEW * height:
        return [Line(at, at + len(word.text), page, frame.shown(*word.seen), (), word.score)]
    widths = [1 if char.isascii() else 2 for char in word.text]
    lines, before = [], 0
    for i, width in enumerate(widths):
        begin, end = before / sum(widths), (before + width) / sum(widths)
        high, across = top + min(fall * begin, fall * end) - min(fall, 0), right - left
        box = (left + across * begin, high, left + across * end, high + height + abs(fall) * (end - begin))
        lines.append(Line(at + i, at + i + 1, page, frame.shown(*box), (), word.score))
        before += width
    return lines


def _upright(shown: Any) -> tuple[int, list[Any]]:
    """By how many quarters the writing is turned to the right, and what is read when it is held upright."""
    import numpy as np

    found = _read(shown)
    sides = [(np.linalg.norm(c[1] - c[0]), np.linalg.norm(c[3] - c[0])) for c, _, _ in found]
    tall = sum(down for across, down in sides if down > _FLAT * across)
    if tall > sum(across for across, down in sides if down <= _FLAT * across):
        tried = {quarter: _read(np.ascontiguousarray(np.rot90(shown, quarter))) for quarter in (1, 3)}
    elif found and _certainty(found) < _SURE:
        tried = {0: found, 2: _read(np.ascontiguousarray(np.rot90(shown, 2)))}
    else:
        return 0, found
    return max(tried.items(), key=lambda each: _certainty(each[1]))


def _read(picture: Any) -> list[Any]:
    """Corners, words and score of each piece."""
    if min(picture.shape[:2]) < _THINNEST:
        return []
    found = engine()(picture)
    if found.boxes is None or found.txts is None:
        return []
    pieces = [(corners, " ".join(str(text).split()), float(score))
              for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)]  # fmt: skip
    return [piece for piece in pieces if piece[1] and piece[2] >= _LEAST]


def _certainty(found: Sequence[Any]) -> float:
    """Of an average character."""
    scores: list[float] = [score for _, text, score in found for _ in text]
    return sum(scores) / max(len(scores), 1)


def _slope(found: Sequence[Any], held: Any) -> float:
    """The angle at which the page lies askew, in radians: by its rules, else by its longer lines."""
    from hall.reading.formats import rules

    ruled_at = rules.slope(held)
    if ruled_at is not None:
        return ruled_at
    angles = []
    for corners, _, _ in found:
        across, down = corners[1] - corners[0], corners[3] - corners[0]
        if math.hypot(*across) > 8 * math.hypot(*down):
            angles.append(math.atan2(across[1], across[0]))
    return sorted(angles)[len(angles) // 2] if len(angles) > 1 else 0.0


def _words(found: Sequence[Any], slope: float, shape: Any, unit: int) -> list[Word]:
    from hall.reading.formats import rules

    middle = (shape[1] / 2, shape[0] / 2)
    words = []
    for corners, text, score in found:
        turned = [rules.turned((float(x), float(y)), middle, -slope) for x, y in corners]
        fall = float(corners[1][1] - corners[0][1] + corners[2][1] - corners[3][1]) / 2 / unit
        words.append(Word(text, _box(turned, unit), round(score, 3), _box(corners, unit), fall))
    return words


def _box(corners: Any, unit: int) -> Box:
    xs, ys = [float(x) / unit for x, _ in corners], [float(y) / unit for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _in_cells(cells: Sequence[Box], words: Sequence[Word], straight: Any) -> tuple[list[list[Word]], list[Word]]:
    """The words of each cell, and those in none. What reaches over the side of a cell is read again cell by cell, as is
    a cell with ink in it and no words: a single digit is easily overlooked."""
    own: list[list[Word]] = [[] for _ in cells]
    outside: list[Word] = []
    again: set[int] = set()
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        crossed = [i for i, c in enumerate(cells) if c[1] <= y <= c[3] and _reaches(word.box, c)]
        at = next((i for i, c in enumerate(cells) if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
        if len(crossed) > 1:
            again |= set(crossed)
        elif at is None:
            outside.append(word)
        else:
            own[at].append(word)
    bare = [i for i in range(len(cells)) if (i in again or not own[i]) and straight.has_ink(cells[i])]
    for i, (text, score, box) in zip(bare, straight.read([cells[i] for i in bare], engine()), strict=True):
        if text and score >= _LEAST:
            own[i] = [Word(text, box, round(score, 3), _box(straight.back(box), straight.unit))]
    return own, outside


def _reaches(box: Box, cell: Box) -> bool:
    """Whether a good part of the box, or most of the cell, lies in the cell."""
    common = min(box[2], cell[2]) - max(box[0], cell[0])
    return common > 0.2 * (box[2] - box[0]) or common > 0.5 * (cell[2] - cell[0])
