"""What two numbers to date of a year leave for the periods between them that nobody told of: one total, no points."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hall.measure.rounding import Quantity, coarsest
from hall.model import Period

_DAY = timedelta(days=1)
# a weekend between two weeks is no gap
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class BracketEnd:
    """A number with the period whose days it tells of, or at whose end it stands to date."""

    period: Period
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Total:
    """The total of the days from ``start`` to ``end`` (obs_status E), and which of the numbers to date it lies between:
    their places in the list, None for the beginning of the year."""

    start: date
    end: date
    quantity: Quantity
    after: int | None
    until: int


def totals(
    to_date: Sequence[BracketEnd], own: Mapping[str, BracketEnd], *, from_new_year: bool = False
) -> tuple[Total, ...]:
    """One total for each pair of neighbouring numbers to date of a year (old to new, of one metric and frequency)
    between which a period is missing; with ``from_new_year`` also before the first of each year. ``own`` are the
    numbers of the periods themselves, by key."""
    found = []
    for before, at in itertools.pairwise((None, *range(len(to_date)))):
        assert at is not None
        same = before is not None and to_date[before].period.end.year == to_date[at].period.end.year
        if same or from_new_year:
            found.append(_between(to_date, before if same else None, at, own))
    return tuple(total for total in found if total)


def _between(to_date: Sequence[BracketEnd], before: int | None, at: int, own: Mapping[str, BracketEnd]) -> Total | None:
    """The difference less the known periods at either end of the run; None when nothing is missing."""
    now = to_date[at]
    rest, parts, last, end = now.quantity.value, [now.quantity], now.period, now.period.end
    if before is None:
        start = date(end.year, 1, 1)
        first = Period.parse(Period(start, start, last.freq).key)
    else:
        then = to_date[before]
        rest, start, first = rest - then.quantity.value, then.period.end + _DAY, then.period.shift(1)
        parts.append(then.quantity)
    while last.key >= first.key and (known := own.get(last.key)):
        end, last = known.period.start - _DAY, last.shift(-1)
        rest -= known.quantity.value
        parts.append(known.quantity)
    while first.key <= last.key and (known := own.get(first.key)):
        start, first = known.period.end + _DAY, first.shift(1)
        rest -= known.quantity.value
        parts.append(known.quantity)
    # a total below nothing is a contradiction, which the checks tell
    if first.key > last.key or (end - start).days + 1 < _SHORTEST or rest < 0:
        return None
    return Total(start, end, Quantity(rest, now.quantity.unit, *coarsest(*parts)), before, at)
