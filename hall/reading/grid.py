"""Tables that are no tables any more: columns held apart by blanks, and cells that stand on a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hall import catalog
from hall.reading import units
from hall.reading.fold import fold_all
from hall.reading.lines import Line
from hall.reading.markers import marker

_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?([^\d\s，。；;:：|]{0,6})")
_SENTENCE = re.compile(r"[。；;！？，：:]|,(?!\d{3})|\d[、.]\s*\D|[的由到至共约为达]$")
_WIDE = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_ANY = re.compile(r"[\s\u3000\xa0]+")
_TAILS = {"", "%", "％", "万", "亿", "千", "余", "多"}
_LONGEST, _MOST_COLUMNS = 26, 14


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines with their cells barred, and what stands before and after a line that is a cell by itself."""

    lines: list[Line]
    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)


def find(lines: Sequence[Line]) -> Grid:
    """Bar every table that the layout of the lines tells."""
    grid = Grid(list(lines))
    _by_blanks(grid)
    _by_lines(grid)
    return grid


def is_absent(words: str) -> bool:
    """Whether a cell says that there is no value."""
    return words in catalog.label_words("absent_cells") or catalog.label_pattern("absent").fullmatch(words) is not None


def is_number(words: str) -> bool:
    """Whether a cell is a number, its unit with it; a month or a year is none."""
    found = _NUMBER.fullmatch(words)
    return found is not None and (found[1] in _TAILS or units.scaled(fold_all(found[1])) is not None)


# columns held apart by blanks


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


def _same(lines: Sequence[Line], begin: int, gap: re.Pattern[str], least: int) -> int:
    """Where the lines end that part into as many cells as the first, numbers in the same columns of two thirds."""
    rows: list[list[str]] = []
    for line in lines[begin : begin + 200]:
        cells = gap.split(line.words.strip())
        fits = len(cells) >= least and (not rows or len(cells) == len(rows[0]))
        if not fits or "|" in line.words or line.bars or any(_SENTENCE.search(c) or len(c) > _LONGEST for c in cells):
            break
        rows.append(cells)
    if len(rows) < 3:
        return begin
    numbers = [sum(is_number(row[c]) for row in rows) for c in range(len(rows[0]))]
    named = any(n == 0 for n in numbers)
    return begin + len(rows) if named and max(numbers) * 3 >= len(rows) * 2 else begin


def _bar(grid: Grid, index: int, gap: re.Pattern[str]) -> None:
    line = grid.lines[index]
    lead = len(line.words) - len(line.words.lstrip())
    bars = {m.start() for m in gap.finditer(line.words) if m.start() >= lead}
    grid.lines[index] = replace(line, bars=frozenset(bars))
    grid.before[index], grid.after[index] = "|", "|\n"


# a cell on each line


def _by_lines(grid: Grid) -> None:
    begin = 0
    while begin < len(grid.lines):
        end = begin
        while end < len(grid.lines) and end not in grid.before and _cell(grid.lines[end]) is not None:
            end += 1
        if end - begin >= 4:
            _run(grid, begin, [_cell(line) or "" for line in grid.lines[begin:end]])
        begin = max(end, begin + 1)


def _cell(line: Line) -> str | None:
    """The words of a line that may be a cell by itself."""
    if len(line.words) > 3 * _LONGEST:
        return None
    plain = "".join(c for i, c in enumerate(line.words) if i not in line.drop) if line.drop else line.words
    words = fold_all(plain).strip("|")
    if line.heading or line.marked or line.bars or line.words.strip().count("|") > (line.words.strip()[-1:] == "|"):
        return None
    own = marker(words)
    if not words or len(words) > _LONGEST or _SENTENCE.search(words) or (own and not is_number(words)):
        return None
    return words


def _run(grid: Grid, begin: int, cells: list[str]) -> None:
    """Lay a run of cells out in rows, table by table."""
    kinds = "".join(_kind(c) for c in cells)
    at = 0
    while first := next((i for i in range(at, len(kinds)) if kinds[i] in "NP"), 0):
        width, body, rows = _shape(kinds, cells, at, first)
        if rows:
            for row in range(-1, rows):
                _row(grid, begin + body + row * width, width)
            at = body + rows * width
            continue
        stop = next((i for i in range(first, len(kinds)) if kinds[i : i + 3] == "TTT"), len(kinds))
        _loose(grid, begin, kinds, at, stop)
        at = stop


def _kind(cell: str) -> str:
    """N a number, P a share, A no value, T words."""
    if is_number(cell):
        return "P" if cell.endswith(("%", "％")) else "N"
    return "A" if is_absent(cell) else "T"


def _shape(kinds: str, cells: list[str], at: int, first: int) -> tuple[int, int, int]:
    """Columns, first row and number of rows of the table that explains most cells; no rows where none fits."""
    best = (0, 0, 0)
    for width in range(2, _MOST_COLUMNS + 1):
        for body in range(max(first - 3, at + width), first + 1):
            pattern, rows = kinds[body : body + width], 0
            numbered = cells[body - width] in catalog.label_words("numbering")
            if kinds[body - width : body] != "T" * width or not (pattern[:1] == "T" or numbered):
                continue
            while len(pattern) == width and _alike(kinds[body + rows * width : body + (rows + 1) * width], pattern):
                rows += 1
            if rows >= 2 and "T" in pattern and rows * width > best[0] * best[2]:
                best = (width, body, rows)
    return best


def _alike(row: str, pattern: str) -> bool:
    return len(row) == len(pattern) and all(
        a == b or "A" in (a, b) for a, b in zip(row, pattern, strict=True)
    ) and row != "A" * len(row)  # fmt: skip


def _row(grid: Grid, begin: int, width: int) -> None:
    for i in range(begin, begin + width):
        line = grid.lines[i]
        lead = len(line.words) - len(line.words.lstrip(" |\t\u3000"))
        drop = frozenset(place - lead for place in line.drop)
        grid.lines[i] = replace(line, offset=line.offset + lead, words=line.words.strip(" |\t\u3000"), drop=drop)
        grid.after[i] = "|"
    grid.before[begin] = "|"
    grid.after[begin + width - 1] = "|\n"


def _loose(grid: Grid, begin: int, kinds: str, at: int, stop: int) -> None:
    """Where no number of columns fits: each name with the numbers that follow it."""
    numbers = sum(kind in "NP" for kind in kinds[at:stop])
    if numbers < 3 or kinds[at:stop].count("T") < 2:
        return
    starts = [i for i in range(at, stop) if kinds[i] == "T" and kinds[i + 1 : i + 2] in ("N", "P", "A")]
    for start, following in zip(starts, [*starts[1:], stop], strict=True):
        end = start + 1
        while end < following and kinds[end] in "NPA":
            end += 1
        _row(grid, begin + start, end - start)
