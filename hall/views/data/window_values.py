"""Known values of the comprehensive window: the week that another is compared with, changes, totals between issues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from hall import catalog
from hall.measure.bracket import Stated, totals
from hall.measure.rounding import Quantity
from hall.model import Document, Period, Scope
from hall.views.data.activities import department_id, head

STEPS = (
    "comprehensive_consultations",
    "comprehensive_accepted",
    "comprehensive_transferred",
    "comprehensive_issued",
)
Relation = Literal["year_ago", "previous", "other"]
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Value:
    """One observation with the precision of its print, its document, and where and how that states it."""

    metric: str
    period: Period
    scope: Scope
    department: str | None
    quantity: Quantity
    status: str
    document: Document
    figure: int
    demo: bool
    section: str | None = None
    as_printed: str | None = None
    quote: str | None = None

    @property
    def counted(self) -> bool:
        """Whether it was counted from records."""
        return self.document.kind == "records"

    @property
    def value(self) -> Decimal:
        """The number in base units."""
        return self.quantity.value


@dataclass(frozen=True, slots=True)
class Bracket:
    """What two to-date figures (or one and the start of the year) leave for the days between: metric → total."""

    first: date
    last: date
    totals: tuple[tuple[str, Decimal], ...]


def values(rows: pl.DataFrame) -> tuple[Value, ...]:
    """Accepted and unreviewed values of the rows; what is held for review stays out."""
    return tuple(
        Value(
            metric=r["metric"],
            period=_period(r),
            scope=r["scope"],
            department=department_id(r["department"]),
            quantity=Quantity(r["obs_value"].normalize(), r["unit_measure"], r["unit_mult"], r["decimals"]),
            status=r["obs_status"],
            document=head({**r, "period_start": r["issue_start"], "period_end": r["issue_end"]}),
            figure=r["figure"],
            demo=catalog.is_demo(r["publisher"]),
            section=r.get("section"),
            as_printed=r.get("as_printed"),
            quote=r.get("quote"),
        )
        for r in rows.iter_rows(named=True)
        if r["obs_status"] != "U" and r["channel"] is None
    )


def _period(r: dict[str, Any]) -> Period:
    """A to-date figure begins on 1 January but carries the key of its issue."""
    if r["scope"] == "year_to_date":
        own = Period.parse(r["time_period"])
        return Period(own.start, r["period_end"], own.freq)
    return Period(r["period_start"], r["period_end"], r["freq"])


def pick(known: Iterable[Value], metric: str, key: str, scope: Scope = "period", freq: str = "W") -> Value | None:
    """The hall's value of a metric in one period, if known."""
    return next(
        (
            v
            for v in known
            if v.metric == metric
            and v.scope == scope
            and v.department is None
            and v.period.freq == freq
            # last, since it is worked out
            and v.period.key == key
        ),
        None,
    )


def known_weeks(known: Iterable[Value]) -> tuple[Period, ...]:
    """Weeks with at least one of the four steps, newest first."""
    found = {
        v.period.key: v.period for v in known if v.metric in STEPS and v.period.freq == "W" and v.scope == "period"
    }
    return tuple(found[key] for key in sorted(found, reverse=True))


def compared(week: Period, weeks: Iterable[Period]) -> tuple[Period, Relation] | None:
    """The week to compare with: the same number a year before, else the nearest within two weeks of that, else the
    newest earlier one. Only the exact ones are called by a name."""
    earlier = [w for w in weeks if w.key < week.key]
    if not earlier:
        return None
    by_key = {w.key: w for w in earlier}
    wanted, before = week.year_ago(), week.shift(-1).key
    if wanted.key in by_key:
        return by_key[wanted.key], "year_ago"
    nearest = min(earlier, key=lambda w: (abs((w.start - wanted.start).days), w.key))
    if abs((nearest.start - wanted.start).days) <= 7 * _NEAR:
        return nearest, "other"
    newest = max(earlier, key=lambda w: w.key)
    return newest, "previous" if newest.key == before else "other"


def brackets(known: Iterable[Value]) -> tuple[Bracket, ...]:
    """Totals of the days that no loaded week tells of, from to-date figures of one year; newest first."""
    stated = [v for v in known if not v.counted]
    given = [v for v in stated if v.metric in STEPS and v.period.freq == "W" and v.department is None]
    found: dict[tuple[date, date], list[tuple[str, Decimal]]] = {}
    for metric in STEPS:
        mine = sorted((v for v in given if v.metric == metric), key=lambda v: v.period.end)
        to_date = [Stated(v.period, v.quantity) for v in mine if v.scope == "year_to_date"]
        own = {v.period.key: Stated(v.period, v.quantity) for v in mine if v.scope == "period"}
        for total in totals(to_date, own, from_new_year=True):
            found.setdefault((total.start, total.end), []).append((metric, total.quantity.value))
    return tuple(Bracket(*days, tuple(found[days])) for days in sorted(found, reverse=True))


def joined(periods: Iterable[Period]) -> dict[str, bool]:
    """Whether the period before each one is among them, by key."""
    keys = {p.key for p in periods}
    return {key: Period.parse(key).shift(-1).key in keys for key in keys}
