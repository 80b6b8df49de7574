"""Numbers with their units; and, for every other number, the named rule that keeps it out, or none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter

from hall import catalog
from hall.model import Problem, Span
from hall.reading.numbers import doubt, implied, numerals, units
from hall.reading.numbers.numerals import Number
from hall.reading.numbers.quantity import PrintedQuantity, scaled
from hall.reading.tables import heads
from hall.reading.tables.heads import Cell
from hall.reading.text.fold import UNSEEN
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.times.periods import When

_LABEL_UNIT = re.compile(r"[(\[](?:单位:)?([^()\[\]\d]{1,6})[)\]][:：|\t]?$")
_TORN = re.compile(r"\d[.,·]?\n$")
_ENDS = re.compile(r"(?:左右|以上|以内|以下)?(?:[，,。；;、()\n]|$)")
# from ten thousand on a number needs no unit to be a count
_BARE = 4
_RANGE = re.compile(r"(?:—|-|~|至|到)+")
# a number with a unit of count behind it is no phone number
# 12345市民热线 are no cities
_PLACES = {"市", "县"}
_YIELDS = {"hotline", "phone"}
# marks that turn the order of signs round, and those that turn it back
_TURNS, _TURNS_BACK = "\u202b\u202e\u2067", "\u202c\u2069"
_DATE_ENDS = frozenset("年月日号")
_DIGITS = frozenset("0123456789.,")
_ARTICLE_UNITS = {"volume", "noun", "kind"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Every number of a document: ``quantities``, ``excluded`` by rule, ``unclaimed``, and ``problems`` (spoiled);
    ``torn`` are the places in the flat text of the spoiled ones, since what refers back over one refers to nothing."""

    quantities: list[PrintedQuantity]
    excluded: list[Span]
    unclaimed: list[Span]
    problems: list[Problem]
    torn: list[Number]


def tally(source: SourceText, blocks: list[Block], whens: list[When], cells: list[Cell]) -> Tally:
    """Sort every number of the text into one of the four."""
    rules = _Rules(source.flat, blocks, whens)
    result = Tally([], [], [], [], [])
    bare: list[Number] = []
    for part in source.noise:
        for digits in re.finditer(r"\d+", source.text[part.start : part.end]):
            start, end = part.start + digits.start(), part.start + digits.end()
            result.excluded.append(Span(digits[0], start, end, part.rule))
    numbers = _cut(numerals.find(source.flat), {b.start + b.mark.length for b in blocks if b.mark}, source.flat)
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        cell = heads.at(cells, number.start)
        if cell and cell.role == "numbering" and number.shape != "spoiled":
            result.excluded.append(_span(source, number.start, number.end, "list"))
            continue
        quantity = implied.rank(source.flat, number) or _quantity(source.flat, number, following)
        quantity = quantity or (implied.in_table(source.flat, number, cell) if cell else None)
        rule = None if quantity and quantity.unit_id == "rank" else rules.of(number)
        if quantity and cell and rule == "code":  # 3.0 in a table is no version
            rule = None
        if rule and not (rule in _YIELDS and quantity and quantity.unit not in _PLACES):
            result.excluded.append(_span(source, number.start, number.end, rule))
        elif quantity:
            result.quantities.append(quantity)
        elif number.shape == "spoiled":
            span = _span(source, number.start, number.end)
            result.unclaimed.append(span)
            result.torn.append(number)
            result.problems.append(Problem("spoiled_number", {"text": span.text}, span.start, span.end))
        elif number.shape == "han":
            rule = "word" if number.end - number.start == 1 else None
            target = result.excluded if rule else result.unclaimed
            target.append(_span(source, number.start, number.end, rule))
        else:
            bare.append(number)
    more = implied.listed(source.flat, bare, result.quantities)
    more += implied.worded(source.flat, cells, result.quantities)
    named = {q.start for q in more}
    result.unclaimed.extend(_span(source, n.start, n.end) for n in bare if n.start not in named)
    result.quantities.extend(more)
    return _settled(source, result)


def _settled(source: SourceText, result: Tally) -> Tally:
    """In order, with what hidden marks make doubtful; a word that is a quantity is nothing else."""
    result.quantities.sort(key=attrgetter("start"))
    hides = not UNSEEN.isdisjoint(source.text)
    result.quantities[:] = [
        replace(q, sure=False) if _touched(source, q) or _broken(source, q) or (hides and _hidden(source, q)) else q
        for q in result.quantities
    ]
    taken = {source.at[i] for q in result.quantities for i in range(q.start, q.end)}
    result.excluded[:] = sorted((s for s in result.excluded if s.start not in taken), key=attrgetter("start"))
    result.unclaimed.sort(key=attrgetter("start"))
    return result


def _touched(source: SourceText, quantity: PrintedQuantity) -> bool:
    number = quantity.number
    return number.shape in {"arabic", "han"} and doubt.touched(
        source.flat, number.start, number.end, quantity.end > number.end
    )


def _broken(source: SourceText, quantity: PrintedQuantity) -> bool:
    """Whether a line ends between its digits, a paragraph or a page between the number and its unit, or the number
    opens a line behind a date."""
    start, end = source.span(quantity.start, quantity.end)
    before = quantity.start - 1
    if source.flat[before] in _DATE_ENDS and "\n" in source.text[source.at[before] : start]:
        return True
    if "\n" not in source.text[start:end]:
        return False
    for i in range(quantity.start, quantity.end - 1):
        lost = source.text[source.at[i] + 1 : source.at[i + 1]].count("\n")
        if lost > 1 or (lost and {source.flat[i], source.flat[i + 1]} <= _DIGITS):
            return True
    return False


def _hidden(source: SourceText, quantity: PrintedQuantity) -> bool:
    """Whether marks that nobody sees stand in the number or turn it round."""
    start, end = source.span(quantity.start, quantity.end)
    line = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    turned = sum(line.count(c) for c in _TURNS) > sum(line.count(c) for c in _TURNS_BACK)
    return turned or not UNSEEN.isdisjoint(source.text[start:end])


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


def _span(source: SourceText, start: int, end: int, rule: str | None = None) -> Span:
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


def _quantity(flat: str, number: Number, following: Number | None) -> PrintedQuantity | None:
    if number.value is None:
        return None
    start, sure = _sign(flat, number)
    if number.percent:
        return PrintedQuantity(number, "%", "percent", "share", start, number.end, sure)
    if unit := units.at(flat, number.end):
        if number.shape == "han" and number.value < 2 and (unit.id in _ARTICLE_UNITS or unit.kind == "duration"):
            return None
        certain = sure or (start < number.start and unit.kind in {"share", "points"})
        number = _signed(flat, number, start, unit.kind)
        return PrintedQuantity(number, unit.shown, unit.id, unit.kind, start, unit.end, certain)
    if following and following.value is not None and _RANGE.fullmatch(flat[number.end : following.start]):
        unit = units.at(flat, following.end)  # 3—5个工作日
        if unit and following.mult and not number.mult and unit.kind == "count":
            return None  # 3—5万件: whether 3 is 3 or 30,000 is not certain
        if unit:
            return PrintedQuantity(number, unit.shown, unit.id, unit.kind, start, number.end, sure)
    if unit_before := _unit_before(flat, number, start):
        return unit_before
    if number.mult >= _BARE and _ENDS.match(flat, number.end):  # 注册用户突破600万
        return PrintedQuantity(number, "", "", "count", start, number.end, sure)
    return None


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


def _unit_before(flat: str, number: Number, start: int) -> PrintedQuantity | None:
    """The unit in brackets before the number: 受理量(件)608, 办件量(单位:万件)|5.57."""
    found = _LABEL_UNIT.search(flat, max(0, start - 16), start)
    return scaled(number, start, found[1]) if found else None
