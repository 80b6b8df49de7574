"""Runs of a metric at a grain: weeks and months as stated, quarters and years as sums of complete months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from hall import catalog
from hall.measure.rounding import Quantity, total
from hall.measure.share import per_day, share
from hall.measure.workdays import workdays
from hall.model import Document, Freq, Period, Scope, Status
from hall.views.data.comparable import alike, comparable
from hall.views.data.observations import Values

Mode = Literal["value", "day", "index"]
_MONTHS = {"Q": 3, "A": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of a metric for a period; ``quantity`` is None when it is held back or not complete; ``counted``
    where it was counted from records, ``beside`` is their count of a period that a bulletin states; ``agree`` and
    ``lacking`` as ``comparable`` asks."""

    period: Period
    quantity: Quantity | None
    status: Status
    documents: tuple[Document, ...]
    counted: bool = False
    beside: Quantity | None = None
    agree: bool = False
    lacking: bool = False


Run = dict[str, Point]


def run(values: Values, metric: str, grain: Freq, mode: Mode = "value") -> Run:
    """The points of a metric by period key, oldest first, in the chosen mode."""
    points = _summed(values, metric, grain) if grain in _MONTHS else _stated(values, metric, grain)
    if mode == "day":
        return {key: _daily(point) for key, point in points.items()}
    return _indexed(points) if mode == "index" else points


def scope_of(values: Values, metric: str, grain: str) -> Scope:
    """The scope in which a metric is stated at that frequency: a stock is stated as of a day."""
    return "period" if values.of(metric, grain) else "as_of"


def _stated(values: Values, metric: str, grain: str) -> Run:
    known = values.of(metric, grain, scope_of(values, metric, grain))
    return {
        key: Point(
            v.period, None if v.held else v.quantity, v.status, (v.document,), v.counted, v.beside, v.agree, v.lacking
        )
        for key, v in known.items()
    }


def _summed(values: Values, metric: str, grain: Freq) -> Run:
    if not catalog.metrics()[metric].additive:
        return {}
    months = _stated(values, metric, "M")
    found: Run = {}
    for key in dict.fromkeys(longer(p.period, grain).key for p in months.values()):
        period = Period.parse(key)
        parts = [months.get(f"{period.start.year}-{period.start.month + i:02d}") for i in range(_MONTHS[grain])]
        known = [p for p in parts if p and p.quantity]
        complete = len(known) == len(parts)
        # published and counted months that do not agree add up to nothing that anybody published or counted
        summed = [p.quantity for p in known if p.quantity] if complete and alike(*known) else []
        counted, agree, lacking = (
            any(p.counted for p in known),
            all(p.agree for p in known),
            any(p.lacking for p in known),
        )
        whole, documents = total(summed), tuple(d for p in parts if p for d in p.documents)
        found[key] = Point(period, whole, "E" if whole else "M", documents, counted, None, agree, lacking)
    return found


def longer(period: Period, grain: Freq) -> Period:
    """The quarter or year that a month lies in."""
    at = period.start
    return Period.parse(f"{at.year}-Q{(at.month + 2) // 3}" if grain == "Q" else str(at.year))


def _daily(point: Point) -> Point:
    days = workdays(point.period.start, point.period.end)
    return replace(point, quantity=per_day(point.quantity, days), status="E", beside=None)


def _indexed(points: Run) -> Run:
    base = next((p for p in points.values() if p.quantity and p.quantity.value and not p.lacking), None)
    found: Run = {}
    for key, point in points.items():
        part = share(point.quantity, base.quantity) if base and comparable(point, base) else None
        value = Quantity(part.percent.quantize(Decimal(1)), "", 0, 0) if part else None
        found[key] = replace(point, quantity=value, status="E", beside=None)
    return found


def known(runs: Iterable[Run]) -> tuple[Period, ...]:
    """Periods in which any of the runs has a value, oldest first."""
    found = {key: p.period for one in runs for key, p in one.items() if p.quantity is not None}
    return tuple(found[key] for key in sorted(found))


def documents(runs: Iterable[Run]) -> tuple[Document, ...]:
    """The documents that the points of runs come from, each once."""
    return tuple(dict.fromkeys(d for one in runs for p in one.values() for d in p.documents))
