"""Tables: for each cell with a value, the words that head its row and its column, and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from hall import catalog
from hall.reading.numbers import units as unit_words
from hall.reading.tables.cell import is_absent, is_number
from hall.reading.text.spans import within

# 3月 and 1—3月 head a column, 4.2% stands in it
_NUMBER = re.compile(r"[-—+]?\d[\d.,，]*(?!\d*[年月日季周—-])[^年月日季周]{0,6}$|[零〇]$")
_UNIT = re.compile(r"(?:单位:)?(?:万|千|亿)?[^\d\s|()]{1,4}")
_BRACKET = re.compile(r"[(\[](?:单位:)?([^()\[\]]{1,6})[)\]]?$")
_CAPTION = re.compile(r"单位:([^\s,，。;)|]{1,12})\)?\|*$")
_MONEY = re.compile(r"额|金|价|损失|费|款|收入|支出|资产")
_COUNTED = re.compile(r"(?:数|量|计|件|次|人|情况|月|年)(?:\([^()]*\))?$")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_TOTAL = re.compile(r"[总合小]计$|^总数")
_SECTION = 1
# rows of more cells are no table; of the rows of words above a value so many may be heads
_WIDEST, _HIGHEST = 400, 9
# lines that may name a table
_OVER = 3

Span = tuple[int, int]
Role = Literal["value", "absent", "numbering", "rank"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a value at ``start:end`` of the flat text; ``row`` is the span of the words that head its row,
    ``columns`` those that head its column, outermost first, ``units`` the words that may name its unit, nearest first.
    ``role`` tells a missing value, a number that counts nothing and a place in an order. ``sure`` is False where the
    row and the heads do not match cell for cell, so that nothing tells which column a number stands in. ``above`` are
    the lines that stand over the table, nearest last."""

    start: int
    end: int
    row: Span | None
    columns: tuple[Span, ...]
    units: tuple[str, ...]
    role: Role
    sure: bool
    above: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Table:
    """The heads of a table as far as it has been walked, ``over`` them those of another number of cells; ``open`` while
    only heads have been met."""

    heads: list[list[Span]] = field(default_factory=list)
    over: list[Span] = field(default_factory=list)
    open: bool = True
    caption: str = ""
    common: str = ""
    above: tuple[Span, ...] = ()


def cells(flat: str) -> list[Cell]:
    """Every cell with a value in the tables of the text, in order."""
    found: list[Cell] = []
    table = _Table()
    for line in re.finditer(r"[^\n]+", flat):
        if not 2 <= line[0].count("|") <= _WIDEST:
            named = _CAPTION.search(line[0])
            above = () if table.heads else table.above[1 - _OVER :]
            table = _Table(caption=named[1] if named else "", above=(*above, line.span()))
            continue
        row = _split(flat, line.start(), line.end())
        words = [flat[a:b].strip() for a, b in row]
        values = [i for i, w in enumerate(words) if _is_value(w, i)]
        missing = table.heads and any(is_absent(w) for w in words[1:] if w)
        if not values and not missing:
            _head(table, row, words, flat)
            continue
        table.open = False
        whole = bool(table.heads) and len(row) == len(table.heads[-1]) and _ends_alike(flat, line, table.heads[-1])
        heads = table.heads if whole else _two_levels(flat, table, row, values)
        shape = replace(table, heads=heads or table.heads)
        cells_of = [c for i in range(len(row)) if (c := _cell(flat, row, words, i, i in values, shape, bool(heads)))]
        found += cells_of if whole else [replace(c, sure=False) for c in cells_of]
    return found


def _is_value(words: str, column: int) -> bool:
    """Whether a cell begins with a number; with words behind it, or at the head of its row, it must be a number
    throughout: 12345转办 and 12345热线 are names."""
    found = _NUMBER.match(words)
    return found is not None and (is_number(words) or (column > 0 and not _WORDS.search(words)))


def _head(table: _Table, row: list[Span], words: list[str], flat: str) -> None:
    filled = [w for w in words if w]
    named = _CAPTION.search("".join(filled)) if len(set(filled)) == _SECTION else None
    if named:
        table.caption = named[1]
    if len(set(filled)) <= _SECTION and table.heads:
        return  # a row that only parts the table
    table.over = table.heads[-1] if table.open and table.heads and len(table.heads[-1]) != len(row) else []
    table.heads = (
        [*table.heads[-_HIGHEST:], row] if table.open and table.heads and len(table.heads[-1]) == len(row) else [row]
    )
    table.open = True
    units = {u for a, b in row if (u := _unit_in_name(flat[a:b])) and (known := unit_words.scaled(u))
             and known[0].kind == "count"}  # fmt: skip
    table.common = units.pop() if len(units) == 1 else ""


def _two_levels(flat: str, table: _Table, row: list[Span], values: list[int]) -> list[list[Span]]:
    """The heads over a row where one cell of the upper ones spans all of the lower ones (自然人 | 法人或其他组织 | 总计
    over 商业企业 | 科研机构 | …); none where they do not come out even with the values."""
    upper, lower = ([span for span in spans if span[1] > span[0]] for spans in (table.over, (table.heads or [[]])[-1]))
    filled = [i for i, span in enumerate(row) if span[1] > span[0]]
    if not values or not upper or not lower or len(upper) - 1 + len(lower) != filled[-1] - values[0] + 1:
        return []
    plain = [i for i, span in enumerate(upper) if not _TOTAL.search(flat[slice(*span)])]
    at = next((i for i in plain if i), plain[0] if plain else 0)
    nothing = (0, 0)
    lead, trail = [nothing] * values[0], [nothing] * (len(row) - 1 - filled[-1])
    over = [*lead, *upper[:at], *[upper[at]] * len(lower), *upper[at + 1 :], *trail]
    under = [*lead, *[nothing] * at, *lower, *[nothing] * (len(upper) - 1 - at), *trail]
    return [over, under]


def _ends_alike(flat: str, line: re.Match[str], head: list[Span]) -> bool:
    return line[0].endswith("|") == flat.startswith("|", head[-1][1])


def _split(flat: str, start: int, end: int) -> list[Span]:
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
    flat: str, row: list[Span], words: list[str], index: int, value: bool, table: _Table, whole: bool
) -> Cell | None:
    columns = tuple(head[index] for head in table.heads if whole and head[index][1] > head[index][0])
    texts = [flat[slice(*span)] for span in columns]
    if not value and not (texts and index and words[index] and is_absent(words[index])):
        return None
    begin = _block(flat, table, index) if whole else 0
    names = [row[i] for i in range(begin, index) if words[i] and not _is_value(words[i], i)]
    names = [span for span in names if not is_absent(flat[slice(*span)])]
    unit_cells = [w for a, b in reversed(names[1:]) if _UNIT.fullmatch(w := flat[a:b]) and unit_words.scaled(w)]
    heads = [*reversed(texts), *([flat[slice(*names[0])]] if names else [])]
    units = [*unit_cells, *(m[1] for text in heads if (m := _BRACKET.search(text)))]
    units += [u for text in heads if (u := _unit_in_name(text))]
    counted = not texts or _COUNTED.search(texts[-1])
    units += [u for u in (_captioned(table.caption, "".join(heads)), table.common if counted else "") if u]
    label = _label(names, unit_cells, flat)
    return Cell(*row[index], label, columns, tuple(units), _role(texts, value), whole, table.above)


def _captioned(caption: str, heads: str) -> str:
    """The unit that a caption has for a cell: of several (件、万元) the one of money where its heads speak of money."""
    wanted = {"money"} if _MONEY.search(heads) else {"count"}
    known = [(unit, found[0].kind) for unit in re.split("[、/]", caption) if (found := unit_words.scaled(unit))]
    return next((unit for unit, kind in known if len(known) == 1 or kind in wanted), "")


def _block(flat: str, table: _Table, index: int) -> int:
    """Where the table begins that a column is part of, when two stand side by side: at the repeated first head."""
    heads = [flat[slice(*span)] for span in table.heads[-1]]
    return max((i for i in range(1, index + 1) if heads[i] and heads[i] == heads[0]), default=0)


def _label(names: list[Span], units: list[str], flat: str) -> Span | None:
    """The words that head the row: the innermost name, which follows its group (市直部门 | 公安局)."""
    plain = names[:1] + [span for span in names[1:] if flat[slice(*span)] not in units]
    return plain[-1] if plain else None


def _role(heads: list[str], value: bool) -> Role:
    bare = [_BRACKET.sub("", head).strip() for head in heads]
    if any(head in catalog.label_words("numbering") for head in bare):
        return "numbering"
    if not value:
        return "absent"
    return "rank" if any(head.endswith(catalog.label_words("ranking")) for head in bare) else "value"


def _unit_in_name(words: str) -> str:
    found = catalog.label_pattern("unit_in_name").search(words)
    return next((group for group in found.groups() if group), "") if found else ""


def at(found: Sequence[Cell], start: int) -> Cell | None:
    """The cell in which a place lies."""
    near = within(found, start - 24, start + 1)
    return near[-1] if near and near[-1].end > start else None
