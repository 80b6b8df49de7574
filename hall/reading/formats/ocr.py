"""Pictures of pages to lines of text, offline, with the certainty of each line."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from hall.model import Line
from hall.reading.formats.paper import Row

_LEAST = 0.3


@cache
def engine() -> Any:
    """The OCR engine, with the models of its own package; a picture as an array gives boxes, words and scores."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # its angle classifier turns lines over and loses them
    params = {"Global.use_cls": False, "Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 2}
    return RapidOCR(params=params)


def rows(picture: Any, page: int) -> list[Row]:
    """The lines of a picture (PIL) from the top down; pieces that stand beside each other are one row, held apart by
    blanks."""
    import numpy as np

    width, height = picture.size
    found = engine()(np.asarray(picture.convert("RGB")))
    if found.boxes is None or found.txts is None:
        return []
    pieces = []
    for corners, words, score in zip(found.boxes, found.txts, found.scores, strict=True):
        words = " ".join(str(words).split())
        if not words or score < _LEAST:
            continue
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        box = (min(xs) / width, min(ys) / height, max(xs) / width, max(ys) / height)
        pieces.append((tuple(round(side, 4) for side in box), words, round(float(score), 3)))
    lines: list[list[Any]] = []
    for piece in sorted(pieces, key=lambda p: p[0][1] + p[0][3]):
        middle = (piece[0][1] + piece[0][3]) / 2
        if lines and middle < lines[-1][0][0][3] - 0.25 * (lines[-1][0][0][3] - lines[-1][0][0][1]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_row(sorted(line, key=lambda p: p[0][0]), page) for line in lines]


def _row(pieces: list[Any], page: int) -> Row:
    text, lines = "", []
    for box, words, score in pieces:
        text += "   " if text else ""
        lines.append(Line(len(text), len(text) + len(words), page, box, (), score))
        text += words
    return Row(page, min(p[0][1] for p in pieces), max(p[0][3] for p in pieces), text, lines)
