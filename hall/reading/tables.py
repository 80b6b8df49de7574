"""Markdown tables: for each cell with a number, the words that head its row and its column, and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hall.reading.spans import within

# 3月 and 1—3月 head a column, 4.2% stands in it
_NUMBER = re.compile(r"[-—]?\d[\d.,，]*(?!\d*[年月日季周—-])[^年月日季周]{0,6}$")
_UNIT = re.compile(r"(?:单位:)?(?:万|千|亿)?[^\d\s|()]{1,4}")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,6})[)\]]$")
_CAPTION = re.compile(r"单位:([^\s,，。;)|]{1,5})\)?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a number at ``start:end`` of the flat text; ``row`` and ``column`` are the spans of the words that
    head it, ``units`` the words that may name its unit, nearest first. ``sure`` is False where the row and the heads do
    not match cell for cell, so that nothing tells which column a number stands in."""

    start: int
    end: int
    row: tuple[int, int] | None
    column: tuple[int, int] | None
    units: tuple[str, ...]
    sure: bool


def cells(flat: str) -> list[Cell]:
    """Every cell with a number in the tables of the text, in order."""
    found: list[Cell] = []
    header: list[tuple[int, int]] = []
    caption = ""
    for line in re.finditer(r"[^\n]+", flat):
        if line[0].count("|") < 2:
            header = []
            named = _CAPTION.search(line[0])
            caption = named[1] if named else ""
            continue
        row = _split(flat, line.start(), line.end())
        numeric = [span for span in row if _NUMBER.match(flat[span[0] : span[1]])]
        if not header or not numeric:
            header = header if numeric else row
            if not numeric:
                continue
        whole = len(row) == len(header) and line[0].endswith("|") == flat.startswith("|", header[-1][1])
        found += [_cell(flat, row, header, i, caption, whole) for i, span in enumerate(row) if span in numeric]
    return found


def _split(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a row, outer bars left out; an empty cell is an empty span."""
    begin = start + (flat[start] == "|")
    stop = end - (flat[end - 1] == "|")
    spans, at = [], begin
    for i in range(begin, stop + 1):
        if i == stop or flat[i] == "|":
            spans.append((at, i))
            at = i + 1
    return spans


def _cell(
    flat: str, row: list[tuple[int, int]], header: list[tuple[int, int]], index: int, caption: str, whole: bool
) -> Cell:
    start, end = row[index]
    words = [span for span in row[:index] if span[1] > span[0] and not _NUMBER.match(flat[span[0] : span[1]])]
    column = header[index] if whole and header[index][1] > header[index][0] else None
    units = [flat[a:b] for a, b in reversed(words[1:]) if _UNIT.fullmatch(flat[a:b])]
    units += [
        m[1] for span in (column, words[0] if words else None) if span and (m := _BRACKET.search(flat[slice(*span)]))
    ]
    return Cell(start, end, words[0] if words else None, column, (*units, *([caption] if caption else [])), whole)


def at(found: Sequence[Cell], start: int) -> Cell | None:
    """The cell in which a place lies."""
    near = within(found, start - 24, start + 1)
    return near[-1] if near and near[-1].end > start else None
