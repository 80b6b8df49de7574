"""Tables that are no tables any more: columns held apart by blanks, and cells that stand on a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hall.reading.numbers import units
from hall.reading.tables import stacked
from hall.reading.tables.cell import Grid, is_number, is_sentence
from hall.reading.text.lines import TextLine

_WIDE = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_ANY = re.compile(r"[\s\u3000\xa0]+")
# 投诉3751件 占比 82.13%: the name and its number are one cell, so these are no columns
_MIXED = re.compile(r"[\u4e00-\u9fff]{2,}\d[\d,.]*([\u4e00-\u9fff]{1,2})")


def find(lines: Sequence[TextLine]) -> Grid:
    """Bar every table that the layout of the lines tells."""
    grid = Grid(list(lines))
    _by_blanks(grid)
    stacked.bar(grid)
    return grid


def _by_blanks(grid: Grid) -> None:
    begin = 0
    while begin < len(grid.lines):
        end = max(_same(grid.lines, begin, _WIDE, 2), _same(grid.lines, begin, _ANY, 3))
        if end - begin >= 3:
            wide = _same(grid.lines, begin, _WIDE, 2) == end
            for i in range(begin, end):
                _bar(grid, i, _WIDE if wide else _ANY)
            begin = end
        else:
            begin += 1


def _same(lines: Sequence[TextLine], begin: int, gap: re.Pattern[str], least: int) -> int:
    """Where the lines end that part into as many cells as the first, numbers in the same columns of two thirds."""
    rows: list[list[str]] = []
    for line in lines[begin : begin + 200]:
        cells = gap.split(line.words.strip())
        fits = len(cells) >= least and (not rows or len(cells) == len(rows[0]))
        if not fits or "|" in line.words or line.bars or any(is_sentence(c) for c in cells):
            break
        rows.append(cells)
    if len(rows) < 3:
        return begin
    numbers = [sum(is_number(row[c]) for row in rows) for c in range(len(rows[0]))]
    named = any(n == 0 for n in numbers) and sum(_is_mixed(row[0]) for row in rows) * 3 < len(rows) * 2
    return begin + len(rows) if named and max(numbers) * 3 >= len(rows) * 2 else begin


def _is_mixed(cell: str) -> bool:
    found = _MIXED.fullmatch(cell)
    return found is not None and units.scaled(found[1]) is not None


def _bar(grid: Grid, index: int, gap: re.Pattern[str]) -> None:
    line = grid.lines[index]
    lead = len(line.words) - len(line.words.lstrip())
    bars = {m.start() for m in gap.finditer(line.words) if m.start() >= lead}
    grid.lines[index] = replace(line, bars=frozenset(bars))
    grid.before[index], grid.after[index] = "|", "|\n"
