"""Totals between two year-to-date figures of a year: what missing weeks add up to, never as weekly points."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hall.measure.rounding import Quantity, coarsest
from hall.model import Document
from hall.views.values import Value, Values


@dataclass(frozen=True, slots=True)
class Bracket:
    """The total of a metric from the day after one figure to date until the next (obs_status E)."""

    metric: str
    start: date
    end: date
    quantity: Quantity
    documents: tuple[Document, Document]


def brackets(values: Values, metrics: Iterable[str]) -> tuple[Bracket, ...]:
    """One for each pair of neighbouring figures to date of a year between which a period is missing."""
    found = []
    for metric in metrics:
        for freq in ("W", "M"):
            known = [v for v in values.of(metric, freq, "year_to_date").values() if not v.held]
            have = set(values.of(metric, freq))
            found += [
                _bracket(metric, a, b) for a, b in itertools.pairwise(known)
                if a.period.end.year == b.period.end.year and _gap(a, b, have)
            ]  # fmt: skip
    return tuple(found)


def _gap(a: Value, b: Value, have: set[str]) -> bool:
    at = a.period.shift(1)
    while at.key < b.period.key:
        if at.key not in have:
            return True
        at = at.shift(1)
    return False


def _bracket(metric: str, a: Value, b: Value) -> Bracket:
    mult, decimals = coarsest(a.quantity, b.quantity)
    whole = Quantity(b.quantity.value - a.quantity.value, b.quantity.unit, mult, decimals)
    return Bracket(metric, a.period.end + timedelta(days=1), b.period.end, whole, (b.document, a.document))
