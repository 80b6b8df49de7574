"""Tables as rows of Markdown, the one form in which the reader meets them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# a cell that is nothing but a number, its unit with it; a month is none
_NUMBER = re.compile(r"[-+−—]?\d[\d,，]*(?:\.\d+)?\s*[^\d\s，。；：:年月日季周、]{0,6}")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_OF_YEAR = re.compile(r"(?:\d{1,2}(?:[-—–~至到]\d{1,2})?月份?|第?[一二三四1-4]季度|[上下]半年|全年)(?:\D{0,12})")
_PROSE, _SHORT_PROSE, _REPEATED = 60, 30, 40


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A merged cell: its first and last row and column, each counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


def table(rows: Sequence[Sequence[str]], spans: Iterable[CellSpan] = ()) -> list[str]:
    """The lines of a table. Words of a merged cell are repeated, so that each row has its heads; a number of a merged
    cell belongs to no single row or column of it and gets a row by itself. Titles above and notes below, rows that hold
    prose, tables of one column and tables of two rows without a number become lines by themselves, an empty one behind
    each."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return []
    grid, spans = _parted([[*row, *[""] * (width - len(row))] for row in rows], list(spans))
    spans = sorted(spans, key=lambda s: (s.top, s.left))
    below = _fill(grid, spans)
    above = {(row, c) for s in spans for row in range(s.top + 1, s.bottom + 1) for c in range(s.left, s.right + 1)}
    numbered = [i for i, row in enumerate(grid) if any(map(is_number, row))]
    first, last = (numbered[0], numbered[-1]) if numbered else (len(grid), len(grid))
    plain = width == 1 or (len(grid) < 3 and not numbered)
    _join_years(grid, first)
    lines: list[str] = []
    begun = False
    for index, row in enumerate(grid):
        alone = sum(map(bool, map(str.strip, row))) == 1 and (index > last or (index < first and not begun))
        nested = any("\n| " in f"\n{words}" for words in row)
        if plain or alone or nested or (index not in numbered and any(map(_is_prose, row))):
            own = dict.fromkeys(words for c, words in enumerate(row) if (index, c) not in above)
            for line in (line for words in own for line in words.split("\n") if line.strip()):
                lines += [line] if line.startswith("| ") else [line, ""]
        else:
            lines += _row(row)
            begun = True
        for more in below.get(index, ()):
            lines += _row(more)
    return lines


def joined(lines: Iterable[str]) -> str:
    """Lines as a text, never two empty ones together."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def cell(words: str) -> str:
    """The words of a cell on one line; a bar inside is no bar of the table."""
    return " ".join(words.split()).replace("|", "／")


def is_number(words: str) -> bool:
    """Whether a cell holds a number and nothing else but its unit."""
    return _NUMBER.fullmatch(words.strip()) is not None


def _row(cells: Sequence[str]) -> list[str]:
    return ["| " + " | ".join(map(cell, cells)) + " |"] if any(map(str.strip, cells)) else []


def _is_prose(words: str) -> bool:
    bare = words.strip()
    return (len(bare) > _SHORT_PROSE and bare.count("\n") >= 3) or (len(bare) > _PROSE and "。" in bare)


def _parted(grid: list[list[str]], spans: Sequence[CellSpan]) -> tuple[list[list[str]], list[CellSpan]]:
    """A row whose cells all hold as many lines, with numbers alone in one of them, is so many rows."""
    merged = {row for s in spans for row in range(s.top, s.bottom + 1)}
    found: list[list[str]] = []
    begins: list[int] = []
    for index, row in enumerate(grid):
        begins.append(len(found))
        held = [words.split("\n") for words in row if words.strip()]
        deep = len(held[0]) if held else 0
        alike = index not in merged and len(held) > 1 < deep and all(len(lines) == deep for lines in held)
        if alike and any(all(map(is_number, lines)) for lines in held):
            columns = [words.split("\n") if words.strip() else [""] * deep for words in row]
            found += [list(own) for own in zip(*columns, strict=True)]
        else:
            found.append(row)
    return found, [CellSpan(begins[s.top], s.left, begins[s.bottom], s.right) for s in spans]


def _fill(grid: list[list[str]], spans: Sequence[CellSpan]) -> dict[int, list[list[str]]]:
    """Repeat what is merged; the rows to be put behind others for numbers that several rows or columns share."""
    wide: dict[int, list[list[str]]] = {}
    groups: dict[tuple[int, int], list[CellSpan]] = {}
    for span in spans:
        words = grid[span.top][span.left]
        shared = is_number(words) and span.left > 0
        whole = span.left == 0 and span.right == len(grid[0]) - 1
        for row in grid[span.top : span.bottom + 1]:
            again = "" if shared or whole or len(words) > _REPEATED else words
            row[span.left : span.right + 1] = [again] * (span.right + 1 - span.left)
        grid[span.top][span.left] = words if not shared else ""
        if shared and span.right > span.left:  # one cell less than the heads: the reader asks a person
            wide.setdefault(span.bottom, []).append([*_stub(grid[span.top][: span.left]), words])
        elif shared:
            grid[span.top][span.left] = words
            groups.setdefault((span.top, span.bottom), []).append(span)
    tops = {top for top, _ in groups}
    over: dict[int, list[CellSpan]] = {}
    for span in spans:
        for row_at in tops & set(range(span.top, span.bottom + 1)):
            over.setdefault(row_at, []).append(span)
    for (top, bottom), shared_by in groups.items():
        own = [""] * len(grid[top])
        for span in over[top]:
            if span.bottom >= bottom and not is_number(grid[span.top][span.left]):
                own[span.left : span.right + 1] = grid[span.top][span.left : span.right + 1]
        for span in shared_by:
            own[span.left], grid[top][span.left] = grid[top][span.left], ""
        wide.setdefault(bottom, []).append(own)
    return wide


def _stub(cells: Sequence[str]) -> list[str]:
    """The words that head a row, without what stands behind the first of them."""
    return next(([words] for words in cells if words.strip() and not is_number(words)), [])


def _join_years(grid: list[list[str]], first: int) -> None:
    """A month below a year is a month of that year: 2025年 over 10月 heads 2025年10月."""
    for above, row in itertools.pairwise(grid[:first]):
        for i, (year, part) in enumerate(zip(above, row, strict=True)):
            if _YEAR.fullmatch(year.strip()) and _OF_YEAR.fullmatch(part.strip()):
                row[i], above[i] = year.strip().removesuffix("度") + part.strip(), ""
        if all(a in ("", b) for a, b in zip(above, row, strict=True)):
            above[:] = [""] * len(above)
