"""Tables whose cells stand on a line each: how many columns they had, which cells are heads, where the rows begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hall import catalog
from hall.reading.tables.cell import LONGEST, Grid, is_absent, is_number, is_sentence
from hall.reading.text.fold import fold_all
from hall.reading.text.lines import TextLine
from hall.reading.text.markers import marker

_MOST_COLUMNS = 24


def bar(grid: Grid) -> None:
    """Bar every run of at least four lines that are cells."""
    begin = 0
    while begin < len(grid.lines):
        end = begin
        while end < len(grid.lines) and end not in grid.before and _cell(grid.lines[end]) is not None:
            end += 1
        if end - begin >= 4:
            _run(grid, begin, [_cell(line) or "" for line in grid.lines[begin:end]])
        begin = max(end, begin + 1)


def _cell(line: TextLine) -> str | None:
    """The words of a line that may be a cell by itself."""
    if len(line.words) > 3 * LONGEST:
        return None
    plain = "".join(c for i, c in enumerate(line.words) if i not in line.drop) if line.drop else line.words
    words = fold_all(plain).strip("|")
    if line.heading or line.marked or line.bars or line.words.strip().count("|") > (line.words.strip()[-1:] == "|"):
        return None
    own = marker(words)
    if not words or is_sentence(words) or (own and not is_number(words)):
        return None
    return words


def _run(grid: Grid, begin: int, cells: list[str]) -> None:
    """Lay a run of cells out in rows, table by table."""
    kinds = "".join(_kind(c) for c in cells)
    at = 0
    while first := next((i for i in range(at, len(kinds)) if kinds[i] in "NPZ"), 0):
        if shape := _shape(kinds, cells, at, first):
            _head(grid, begin, shape, cells, kinds[shape.rows[0][0] :])
            for start, skipped in shape.rows:
                _row(grid, begin + start, shape.width - skipped, skipped)
            at = shape.rows[-1][0] + shape.width - shape.rows[-1][1]
            continue
        stop = next((i for i in range(first, len(kinds)) if kinds[i : i + 3] == "TTT"), len(kinds))
        _loose(grid, begin, kinds, at, stop)
        at = stop


def _kind(cell: str) -> str:
    """N a number, P a share, Z a zero, which may be either, A no value, T words."""
    if is_number(cell):
        return "Z" if cell == "0" else "P" if cell.endswith(("%", "％")) else "N"
    return "A" if is_absent(cell) else "T"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table in a run of cells: its columns, where its heads begin, which of them are parts of the head before and
    whether the names of its rows have none, and its rows, each with the number of cells at its left that the row above
    spans."""

    width: int
    head: int
    joined: frozenset[int]
    headless: bool
    rows: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """How many cells of rows it explains, less for those that it must think spanned."""
        return self.width * len(self.rows) - 3 * sum(skipped for _, skipped in self.rows)


def _shape(kinds: str, cells: list[str], at: int, first: int) -> _Shape | None:
    """The table that explains most cells; None where none fits."""
    best: _Shape | None = None
    for width in range(2, _MOST_COLUMNS + 1):
        for body in range(max(first - 3, at + width), first + 1):
            pattern = kinds[body : body + width]
            if len(pattern) < width or "T" not in pattern or kinds[body - 1] != "T":
                continue
            heads = _heads(kinds, cells, at, body, pattern)
            if heads is None:
                continue
            head, joined, headless = heads
            if not (pattern[0] == "T" or cells[head] in catalog.label_words("numbering") or pattern[1] == "T"):
                continue
            found = _Shape(width, head, joined, headless, _rows(kinds, body, pattern))
            named = width > 2 and pattern[0] == "T" and (headless or _measures(cells[body - width : body]))
            least = 1 if named or _turned(cells, head, body) else 2
            # of two that explain as much the one whose heads are more of the words above: 序号 名称 得分 序号 名称 得分
            if len(found.rows) >= least and (best is None or (found.size, -head) > (best.size, -best.head)):
                best = found
    return best


def _turned(cells: list[str], head: int, body: int) -> bool:
    """Whether one row of values stands under the names of what they count: 类别 房产 供水 … / 数量 396 198 …."""
    value = catalog.label_pattern("value_columns").fullmatch(cells[body]) is not None
    return value and len(set(cells[head:body])) == body - head


def _rows(kinds: str, body: int, pattern: str) -> tuple[tuple[int, int], ...]:
    """The rows that are made like the first one, or like its end where its first cell spans several rows."""
    rows = [(body, 0)]
    width, start = len(pattern), body + len(pattern)
    while start < len(kinds):
        if _alike(kinds[start : start + width], pattern):
            skipped = 0
        elif width > 3 and _alike(kinds[start : start + width - 1], pattern[1:]):
            skipped = 1
        else:
            break
        rows.append((start, skipped))
        start += width - skipped
    return tuple(rows)


def _alike(row: str, pattern: str) -> bool:
    return len(row) == len(pattern) and row != "A" * len(row) and all(
        a == b or "A" in (a, b) or {a, b} in ({"Z", "N"}, {"Z", "P"}) for a, b in zip(row, pattern, strict=True)
    )  # fmt: skip


def _measures(heads: Sequence[str]) -> bool:
    """Whether all heads but the first name measures, so that one row is enough for a table."""
    return len(set(heads)) == len(heads) and all(
        catalog.label_pattern("measure_tail").search(head) for head in heads[1:]
    )


def _heads(kinds: str, cells: list[str], at: int, body: int, pattern: str) -> tuple[int, frozenset[int], bool] | None:
    """Where the heads of a table begin, which cells only go on with the one before (考核 / 得分), and whether the names
    of the rows have no head."""
    run, width = body, len(pattern)
    while run > at and kinds[run - 1] == "T":
        run -= 1
    for more in range(width):
        head = body - width - more
        if head < run:
            break
        joined = frozenset(i for i in range(head + 1, body) if _goes_on(cells, head, i, body))
        if len(joined) == more:
            return head, joined, False
    whole = frozenset(i for i in range(run + 1, body) if _goes_on(cells, run, i, body))
    values = sum(kind != "T" for kind in pattern)
    if width > 2 and whole and body - run - len(whole) == width - 1 == values and pattern[0] == "T":
        return run, whole, True
    return (body - width, frozenset(), False) if body - width >= run else None


def _goes_on(cells: list[str], head: int, at: int, body: int) -> bool:
    """Whether a cell of the heads is the rest of the one before it."""
    before, own = cells[at - 1], cells[at]
    if own[:1] == "(" or before[:1] == "(":  # 话务量 / (通)
        return own[:1] == "(" and own[-1:] == ")"
    if catalog.label_pattern("entity_heads").search(before) or catalog.label_pattern("measure_tail").search(before):
        return False
    if own in catalog.label_words("bare_tails"):
        return True
    return cells[head:body].count(before) > 1 and catalog.label_pattern("measure_tail").search(own) is not None


def _head(grid: Grid, begin: int, shape: _Shape, cells: list[str], kinds: str) -> None:
    body = shape.rows[0][0]
    total = next((i for i in range(shape.head + 1, body - 1) if cells[i] in catalog.label_words("totals")), None)
    if total and body - shape.head == shape.width and not shape.joined and "T" in kinds[:1]:
        # 自然人 法人或其他组织 总计 / 商业企业 科研机构 …: a total in the middle ends the upper of two rows of heads
        _row(grid, begin + shape.head, total + 1 - shape.head)
        _row(grid, begin + total + 1, body - total - 1)
        return
    _row(grid, begin + shape.head, body - shape.head, int(shape.headless))
    for i in shape.joined:
        grid.after[begin + i - 1] = ""


def _row(grid: Grid, begin: int, width: int, skipped: int = 0) -> None:
    for i in range(begin, begin + width):
        line = grid.lines[i]
        lead = len(line.words) - len(line.words.lstrip(" |\t\u3000"))
        drop = frozenset(place - lead for place in line.drop)
        grid.lines[i] = replace(line, offset=line.offset + lead, words=line.words.strip(" |\t\u3000"), drop=drop)
        grid.after[i] = "|"
    grid.before[begin] = "|" * (1 + skipped)
    grid.after[begin + width - 1] = "|\n"


def _loose(grid: Grid, begin: int, kinds: str, at: int, stop: int) -> None:
    """Where no number of columns fits: each name with the numbers that follow it."""
    numbers = sum(kind in "NPZ" for kind in kinds[at:stop])
    if numbers < 3 or kinds[at:stop].count("T") < 2:
        return
    starts = [i for i in range(at, stop) if kinds[i] == "T" and kinds[i + 1 : i + 2] in ("N", "P", "Z", "A")]
    for start, following in zip(starts, [*starts[1:], stop][: len(starts)], strict=True):
        end = start + 1
        while end < following and kinds[end] in "NPZA":
            end += 1
        _row(grid, begin + start, end - start)
