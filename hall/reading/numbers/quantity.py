"""A number with its unit, and the units that stand elsewhere than behind the number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hall.reading.numbers import units
from hall.reading.numbers.numerals import Number


@dataclass(frozen=True, slots=True)
class PrintedQuantity:
    """A number with its unit at ``start:end`` of the flat text. ``unit`` is as shown, empty where nothing tells it,
    ``unit_id`` its catalogue id; ``sure`` is False where the print leaves a doubt (a dash before the number, a unit
    taken from the list)."""

    number: Number
    unit: str
    unit_id: str
    unit_kind: str
    start: int
    end: int
    sure: bool = True


def scaled(number: Number, start: int, words: str) -> PrintedQuantity | None:
    """The number in a unit that other words name, 万 and 亿 of the unit included; None when they name none."""
    found = units.scaled(words)
    if found is None or (found[1] and number.mult):
        return None
    unit, power = found
    if power and number.value is not None:
        number = replace(number, value=Decimal(format(number.value.scaleb(power), "f")), mult=power)
    return PrintedQuantity(number, unit.shown, unit.id, unit.kind, start, number.end)
