"""Weeks of the comprehensive window: which are known, which one another is compared with, totals between issues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hall.measure.bracket import BracketEnd, totals
from hall.model import Period, Scope
from hall.views.data.observations import STEPS, Values

Relation = Literal["year_ago", "previous", "other"]
_NEAR = 2
_YEAR = 52


@dataclass(frozen=True, slots=True)
class Between:
    """What two to-date figures (or one and the start of the year) leave for the days between: metric → total."""

    first: date
    last: date
    totals: tuple[tuple[str, Decimal], ...]


def known_weeks(values: Values) -> tuple[Period, ...]:
    """Weeks with at least one of the four steps, newest first."""
    weeks = values.periods("W", STEPS)
    return tuple(w for w in reversed(weeks) if any(values.get(metric, w) for metric in STEPS))


def compared(week: Period, weeks: Iterable[Period]) -> tuple[Period, Relation] | None:
    """The week to compare with: the same number a year before, else the nearest within two weeks of that, else the
    newest earlier one. Only the exact ones are called by a name."""
    earlier = [w for w in weeks if w.key < week.key]
    if not earlier:
        return None
    by_key = {w.key: w for w in earlier}
    same, before = week.year_ago(), week.shift(-1).key
    if same and same.key in by_key:
        return by_key[same.key], "year_ago"
    wanted = same or week.shift(-_YEAR)
    nearest = min(earlier, key=lambda w: (abs((w.start - wanted.start).days), w.key))
    if abs((nearest.start - wanted.start).days) <= 7 * _NEAR:
        return nearest, "other"
    newest = max(earlier, key=lambda w: w.key)
    return newest, "previous" if newest.key == before else "other"


def between(values: Values) -> tuple[Between, ...]:
    """Totals of the days that no loaded week tells of, from to-date figures of one year; newest first."""
    found: dict[tuple[date, date], list[tuple[str, Decimal]]] = {}
    for metric in STEPS:
        to_date, own = _stated(values, metric, "year_to_date"), _stated(values, metric, "period")
        for total in totals(list(to_date.values()), own, from_new_year=True):
            found.setdefault((total.start, total.end), []).append((metric, total.quantity.value))
    return tuple(Between(*days, tuple(found[days])) for days in sorted(found, reverse=True))


def _stated(values: Values, metric: str, scope: Scope) -> dict[str, BracketEnd]:
    known = values.of(metric, "W", scope).items()
    return {key: BracketEnd(v.period, v.quantity) for key, v in known if not v.held and not v.counted}


def joined(periods: Iterable[Period]) -> dict[str, bool]:
    """Whether the period before each one is among them, by key."""
    keys = {p.key for p in periods}
    return {key: Period.parse(key).shift(-1).key in keys for key in keys}
