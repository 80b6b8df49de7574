"""Quantities without a unit of their own: in tables, in lists, by their name, in words, as places in an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hall import catalog
from hall.reading.numbers import units
from hall.reading.numbers.numerals import Number
from hall.reading.numbers.quantity import PrintedQuantity, scaled
from hall.reading.tables.heads import Cell
from hall.reading.text.spans import within

_NAMED = re.compile(r"[)]?[、，,;；:\n]?(?:其中:?|和|及)?[\u4e00-\u9fff()“”\"·]{2,16}[:]?")
_OPENS = re.compile(r"(?:^|[、，,;；:(\n])[\u4e00-\u9fff“”\"·]{2,16}[:(]?$")
_COUNTED = re.compile(r"\d万?(人次|件次|[件个宗笔条人次户项家])")
_AFTER_SHARE = re.compile(r"[,，(]占比?[^\d，,。；;]{0,6}")
_RATIOS = ("比率", "比值", "比例", "求人倍率", "满意率", "办结率", "接通率", "好评率", "办理率")
_RUN = re.compile(r"(?:[、和及]\d[\d.,]*){1,12}")
_ENUMERATES = {"、", "和", "及"}
_STOPS = "，,。；;、)\n"
_CAPTION = re.compile(r"[(](?:单位:)?([%件宗次个天家户人]{1,3})[)]:?[\u4e00-\u9fff]{2,12}:?$")
_PLACE = re.compile(r"[位名]")


def rank(flat: str, number: Number) -> PrintedQuantity | None:
    """A place in an order: 位居全省第 3 位."""
    if number.value is None or flat[number.start - 1 : number.start] != "第":
        return None
    if not catalog.label_pattern("rank").search(flat, max(0, number.start - 22), number.start):
        return None
    place = _PLACE.match(flat, number.end)
    if not place and flat[number.end : number.end + 1] not in {*_STOPS, ""}:
        return None
    return PrintedQuantity(number, "位", "rank", "score", number.start, number.end + bool(place))


def in_table(flat: str, number: Number, cell: Cell) -> PrintedQuantity | None:
    """A number that fills its cell, in the unit that its row, column or table names; held back where none does."""
    if number.value is None or flat[number.end : cell.end].strip():
        return None
    if cell.role == "rank":
        return PrintedQuantity(number, "位", "rank", "score", number.start, number.end)
    if cell.columns and catalog.label_pattern("share_heads").search(flat[slice(*cell.columns[-1])]):
        return PrintedQuantity(number, "%", "percent", "share", number.start, number.end, sure=not number.value)
    for words in cell.units:
        if quantity := scaled(number, number.start, words):
            return quantity
    if quantity := _above(flat, number, cell):
        return quantity
    return (
        PrintedQuantity(number, "", "", "count", number.start, number.end, sure=False)
        if cell.row or cell.columns
        else None
    )


def _above(flat: str, number: Number, cell: Cell) -> PrintedQuantity | None:
    """The number in the one unit of count that the sentence over its table has: 受理诉求38447件，详情如下：."""
    words = flat[slice(*cell.above[-1])] if cell.above else ""
    named = set(_COUNTED.findall(words)) if words.endswith((":", "。")) else set()
    quantity = scaled(number, number.start, named.pop()) if len(named) == 1 else None
    return replace(quantity, sure=False) if quantity else None


def listed(flat: str, bare: Sequence[Number], known: Sequence[PrintedQuantity]) -> list[PrintedQuantity]:
    """Numbers of a list that names the unit once (公安局1208件、交通局415、教育局96) or not at all, and numbers behind
    the name of a measure (受理量: 608). Each is held back until a person looks."""
    found: list[PrintedQuantity] = []
    run: list[Number] = []
    for number in bare:
        if run and not _goes_on(flat, run[-1].end, number.start):
            found += _list(flat, run, known)
            run = []
        named = _OPENS.search(flat, max(0, number.start - 18), number.start)
        if _ends(flat, number) and (run or named or _goes_with(flat, number, known)):
            run.append(number)
    return [*found, *_list(flat, run, known)]


def _goes_with(flat: str, number: Number, known: Sequence[PrintedQuantity]) -> bool:
    return _unit_left(flat, number, known) is not None or _enumerated(flat, number, known)


def _enumerated(flat: str, number: Number, known: Sequence[PrintedQuantity]) -> bool:
    """Whether numbers follow one another up to one with a unit: 3.67、3.56、1.02个百分点."""
    run = _RUN.match(flat, number.end)
    last = within(known, number.end, run.end()) if run else ()
    return bool(last and run and last[-1].number.end == run.end() and not last[-1].number.mult)


def _list(flat: str, run: list[Number], known: Sequence[PrintedQuantity]) -> list[PrintedQuantity]:
    if not run:
        return []
    unit = _unit_named(flat, run[0]) or _unit_left(flat, run[0], known) or _unit_right(flat, run[-1], known)
    if unit:
        return [replace(unit, number=n, start=n.start, end=n.end, sure=False) for n in run]
    if len(run) >= 3:
        return [PrintedQuantity(n, "", "", "count", n.start, n.end, sure=False) for n in run]
    return [quantity for n in run if (quantity := _by_name(flat, n))]


def _unit_named(flat: str, number: Number) -> PrintedQuantity | None:
    """The unit that the words before a list put in brackets: 承办量较大的单位(单位:件):公安局415."""
    begin = max(flat.rfind("\n", 0, number.start), flat.rfind("。", 0, number.start), number.start - 48) + 1
    found = _CAPTION.search(flat, begin, number.start)
    return scaled(number, number.start, found[1]) if found else None


def _unit_left(flat: str, number: Number, known: Sequence[PrintedQuantity]) -> PrintedQuantity | None:
    near = [q for q in within(known, number.start - 40, number.start) if q.unit_kind != "share"]
    shares = within(known, near[-1].end, number.start) if near else ()
    if shares and _AFTER_SHARE.fullmatch(flat[near[-1].end : shares[0].start]):  # 公开966件，占66%；部分公开67
        return near[-1] if near[-1].unit_kind == "count" and _goes_on(flat, shares[-1].end, number.start) else None
    ok = near and near[-1].unit_kind == "count" and _goes_on(flat, near[-1].end, number.start)
    return near[-1] if ok and near[-1].unit else None


def _unit_right(flat: str, number: Number, known: Sequence[PrintedQuantity]) -> PrintedQuantity | None:
    near = within(known, number.end, number.end + 24)
    if not near:
        return None
    between = flat[number.end : near[0].start]
    if between in _ENUMERATES and not near[0].number.mult:  # 3.67、3.56、1.02个百分点
        return near[0]
    kinds = {"count", "score", "share"} if between[:1] == ")" else {"count"}  # 自来水公司(100)、教育局(98.1分)
    return near[0] if near[0].unit_kind in kinds and _goes_on(flat, number.end, near[0].start) else None


def _by_name(flat: str, number: Number) -> PrintedQuantity | None:
    found = catalog.label_pattern("measure_names").search(flat, max(0, number.start - 18), number.start)
    if not found:
        return None
    if found[0].rstrip(":为是达到共约").endswith(_RATIOS):  # 比率约为0.90
        return PrintedQuantity(number, "", "", "share", number.start, number.end, sure=False)
    named = catalog.label_pattern("unit_in_name").search(found[0].rstrip(":为是"))
    word = next((g for g in named.groups() if g), "") if named else ""
    quantity = scaled(number, number.start, word) if word else None
    return replace(quantity or PrintedQuantity(number, "", "", "count", number.start, number.end), sure=False)


def _goes_on(flat: str, end: int, start: int) -> bool:
    return flat[end:start] in _ENUMERATES or (start - end <= 24 and _NAMED.fullmatch(flat, end, start) is not None)


def _ends(flat: str, number: Number) -> bool:
    return number.shape == "arabic" and (number.end == len(flat) or flat[number.end] in _STOPS)


def worded(flat: str, cells: Sequence[Cell], known: Sequence[PrintedQuantity]) -> list[PrintedQuantity]:
    """Values that words give: none at all (均为零, 无交易: 0), and missing (暂缺, a dash in a table: no value)."""
    found = [_absent(flat, m, known) for m in catalog.label_pattern("absent").finditer(flat)]
    for cell in cells:
        if cell.role == "absent":
            number = Number(cell.start, cell.end, "absent", None)
            unit = next((q for words in cell.units if (q := scaled(number, cell.start, words))), None)
            found.append(unit or PrintedQuantity(number, "", "", "count", cell.start, cell.end))
    for name in ("zero", "zero_nouns"):
        for match in catalog.label_pattern(name).finditer(flat):
            end = match.end() if name == "zero" else match.start(next(i for i, g in enumerate(match.groups(), 1) if g))
            number = Number(match.start(), end, "han", Decimal(0))
            found.append(PrintedQuantity(number, "", "", "count", match.start(), end))
    taken: list[PrintedQuantity] = []
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if not (taken and quantity.start < taken[-1].end) and not within(known, quantity.start - 1, quantity.end):
            taken.append(quantity)
    return taken


def _absent(flat: str, match: re.Match[str], known: Sequence[PrintedQuantity]) -> PrintedQuantity:
    """A measure given as absent, in the unit behind it or that of the measure before it in the sentence."""
    number = Number(match.start(), match.end(), "absent", None)
    if unit := units.at(flat, match.end()):
        return PrintedQuantity(number, unit.shown, unit.id, unit.kind, match.start(), unit.end)
    near = within(known, match.start() - 60, match.start())
    beside = near and "。" not in flat[near[-1].end : match.start()]
    shown, unit_id = (near[-1].unit, near[-1].unit_id) if beside else ("", "")
    return PrintedQuantity(number, shown, unit_id, "count", match.start(), match.end())
