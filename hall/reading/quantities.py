"""Numbers with their units; and, for every other number, the named rule that keeps it out, or none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from hall import catalog
from hall.model import Problem, Span
from hall.reading import numerals, tables, units
from hall.reading.numerals import Number
from hall.reading.outline import Block
from hall.reading.periods import When
from hall.reading.source import Source
from hall.reading.tables import Cell

_LABEL_UNIT = re.compile(r"[(\[](?:单位:)?([^()\[\]\d]{1,6})[)\]][:：|\t]?$")
_TORN = re.compile(r"\d[.,·]?\n$")
_RANGE = re.compile(r"(?:—|-|~|至|到)+")
# a number with a unit of count behind it is no phone number
_YIELDS = {"hotline", "phone"}
_ARTICLE_UNITS = {"volume", "noun", "kind"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end`` of the flat text. ``unit`` is as shown, ``unit_id`` its catalogue id;
    ``sure`` is False where the print leaves a doubt (a dash before the number, a unit taken from the list)."""

    number: Number
    unit: str
    unit_id: str
    unit_kind: str
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Every number of a document: ``quantities``, ``excluded`` by rule, ``unclaimed``, and ``problems`` (spoiled)."""

    quantities: list[Quantity]
    excluded: list[Span]
    unclaimed: list[Span]
    problems: list[Problem]


def tally(source: Source, blocks: list[Block], whens: list[When], cells: list[Cell]) -> Tally:
    """Sort every number of the text into one of the four."""
    rules = _Rules(source.flat, blocks, whens)
    result = Tally([], [], [], [])
    for start, end in source.pages:
        result.excluded.append(Span(source.text[start:end], start, end, "page"))
    numbers = _cut(numerals.find(source.flat), {b.start + b.mark.length for b in blocks if b.mark}, source.flat)
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        quantity = _quantity(source.flat, number, following) or _in_table(source.flat, number, cells)
        rule = rules.of(number)
        if rule and not (rule in _YIELDS and quantity):
            result.excluded.append(_span(source, number.start, number.end, rule))
        elif quantity:
            result.quantities.append(quantity)
        elif number.shape == "spoiled":
            span = _span(source, number.start, number.end)
            result.unclaimed.append(span)
            result.problems.append(Problem("spoiled_number", {"text": span.text}, span.start, span.end))
        elif number.shape == "han":
            rule = "word" if number.end - number.start == 1 else None
            target = result.excluded if rule else result.unclaimed
            target.append(_span(source, number.start, number.end, rule))
        elif listed := _listed(source.flat, number, result.quantities):
            result.quantities.append(listed)
        else:
            result.unclaimed.append(_span(source, number.start, number.end))
    absent = [_absent(source.flat, m, result.quantities) for m in catalog.label_pattern("absent").finditer(source.flat)]
    result.quantities.extend(absent)
    result.quantities.sort(key=lambda q: q.start)
    return result


def _absent(flat: str, match: re.Match[str], known: list[Quantity]) -> Quantity:
    """A measure given as absent, in the unit of the measure before it in the sentence."""
    number = Number(match.start(), match.end(), "absent", None)
    at = bisect_right(known, match.start(), key=attrgetter("start")) - 1
    beside = at >= 0 and "。" not in flat[known[at].end : match.start()]
    unit, unit_id = (known[at].unit, known[at].unit_id) if beside else ("", "")
    return Quantity(number, unit, unit_id, "count", match.start(), match.end())


def _cut(numbers: list[Number], ends: set[int], flat: str) -> list[Number]:
    """Part a list number from the number that is glued to it: 1.12月6日 is 1 and 12."""
    cut: list[Number] = []
    for number in numbers:
        inner = next((i for i in range(number.start + 1, number.end) if i in ends), None)
        if inner is None:
            cut.append(number)
            continue
        cut.append(replace(number, end=inner - 1))
        tail = numerals.find(flat[inner : number.end])
        cut += [replace(n, start=n.start + inner, end=n.end + inner) for n in tail]
    return cut


def _span(source: Source, start: int, end: int, rule: str | None = None) -> Span:
    first, last = source.span(start, end)
    return Span(source.text[first:last], first, last, rule)


class _Rules:
    """The named rule, if any, that covers a place of the flat text."""

    def __init__(self, flat: str, blocks: list[Block], whens: list[When]) -> None:
        spans = [(w.start, w.end, "clock" if w.form == "clock" else "date") for w in whens]
        spans += [(b.start, b.start + b.mark.length, "list") for b in blocks if b.mark]
        self._firm = sorted(spans)
        self._starts = [start for start, _, _ in self._firm]
        self._cover: dict[int, str] = {}
        for name, pattern in catalog.exclusions():
            for match in pattern.finditer(flat):
                for i in range(match.start(), match.end()):
                    self._cover.setdefault(i, name)

    def of(self, number: Number) -> str | None:
        at = bisect_right(self._starts, number.start) - 1
        if at >= 0 and number.start < self._firm[at][1]:
            return self._firm[at][2]
        named = self._cover.get(number.start)
        return named if named and self._cover.get(number.end - 1) else None


def _quantity(flat: str, number: Number, following: Number | None) -> Quantity | None:
    if number.value is None:
        return None
    start, sure = _sign(flat, number)
    if number.percent:
        return Quantity(number, "%", "percent", "share", start, number.end, sure)
    if unit := units.at(flat, number.end):
        if number.shape == "han" and number.value < 2 and (unit.id in _ARTICLE_UNITS or unit.kind == "duration"):
            return None
        certain = sure or (start < number.start and unit.kind in {"share", "points"})
        number = _signed(flat, number, start, unit.kind)
        return Quantity(number, unit.shown, unit.id, unit.kind, start, unit.end, certain)
    if following and following.value is not None and _RANGE.fullmatch(flat[number.end : following.start]):
        unit = units.at(flat, following.end)  # 3—5个工作日
        if unit and following.mult and not number.mult and unit.kind == "count":
            return None  # 3—5万件: whether 3 is 3 or 30,000 is not certain
        if unit:
            return Quantity(number, unit.shown, unit.id, unit.kind, start, number.end, sure)
    return _unit_before(flat, number, start)


def _sign(flat: str, number: Number) -> tuple[int, bool]:
    """Where the number begins with its sign, and whether a dash before it leaves a doubt."""
    torn = _TORN.search(flat, max(0, number.start - 3), number.start) or re.match(
        r"\n[.,，·]?\d", flat[number.end : number.end + 3]
    )
    dash = flat[number.start - 1 : number.start] in {"-", "−"}
    if torn:  # a line ends between two digits: one number or two
        return number.start, False
    if not dash or flat[number.start - 2 : number.start - 1].isdigit():
        return number.start, True
    return number.start - 1, False


def _signed(flat: str, number: Number, start: int, kind: str) -> Number:
    if start == number.start or kind not in {"share", "points"} or number.value is None:
        return number
    return replace(number, value=-number.value)


def _in_table(flat: str, number: Number, cells: list[Cell]) -> Quantity | None:
    """A number that fills its cell, in the unit that its row, column or table names."""
    cell = tables.at(cells, number.start)
    if cell is None or number.value is None or flat[number.end : cell.end].strip():
        return None
    for words in cell.units:
        if quantity := _scaled(number, number.start, words):
            return quantity
    return None


def _unit_before(flat: str, number: Number, start: int) -> Quantity | None:
    """The unit in brackets before the number: 受理量(件)608, 办件量(单位:万件)|5.57."""
    found = _LABEL_UNIT.search(flat, max(0, start - 16), start)
    return _scaled(number, start, found[1]) if found else None


def _scaled(number: Number, start: int, words: str) -> Quantity | None:
    """The number in a unit that stands elsewhere, 万 and 亿 of the unit included."""
    found = units.scaled(words)
    if found is None or (found[1] and number.mult):
        return None
    unit, power = found
    if power and number.value is not None:
        number = replace(number, value=Decimal(format(number.value.scaleb(power), "f")), mult=power)
    return Quantity(number, unit.shown, unit.id, unit.kind, start, number.end)


def _listed(flat: str, number: Number, earlier: list[Quantity]) -> Quantity | None:
    """A number in a list whose first entry names the unit: 公安局1208件、交通局415、教育局96."""
    if not earlier or number.shape != "arabic":
        return None
    last = earlier[-1]
    between = flat[last.end : number.start]
    ends = number.end == len(flat) or flat[number.end] in "，,。；;、)\n"
    if (
        not ends
        or last.unit_kind != "count"
        or not re.fullmatch(r"[)]?[、，,;；]?[\u4e00-\u9fff()“”\"]{2,14}", between)
    ):
        return None
    return Quantity(number, last.unit, last.unit_id, last.unit_kind, number.start, number.end, sure=False)
