"""Which periods the records of a publisher hold, and of which departments and metrics they tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from hall import catalog, settings
from hall.catalog import Count
from hall.measure.workdays import is_workday
from hall.model import HallError
from hall.store import cube

TABLES = ("cases", "consultations")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months of records that a cube holds, by kind of records; the day up to which they tell; the departments that
    they name, and the kinds of records that name any: only these can be narrowed by department. ``metrics`` are those
    counted: one of which the records hold nothing at all was not recorded, which is not zero. With ``fault`` the cube
    cannot be read, and nothing is held."""

    cases: tuple[str, ...] = ()
    consultations: tuple[str, ...] = ()
    as_of: date | None = None
    departments: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    built_on: date | None = None
    metrics: tuple[str, ...] = ()
    version: str = ""
    fault: HallError | None = None

    def months(self, table: str) -> tuple[str, ...]:
        """The months (2025-10) of that table, oldest first."""
        return self.cases if table == "cases" else self.consultations

    @property
    def all_months(self) -> tuple[str, ...]:
        """The months of either kind, oldest first."""
        return tuple(sorted({*self.cases, *self.consultations}))

    @property
    def until(self) -> date | None:
        """The last day that is known whole: after the newest moment the records can only hold days off."""
        day = self.as_of
        while day and not _works(day + _DAY):
            day += _DAY
        return day


def load(publisher: str, known_on: date | None = None) -> Coverage:
    """What the cube of the publisher (by id) holds; nothing where there is none, or as known on a day before it was
    built. A name that only a document knows is no folder."""
    version = cube.version(publisher) if catalog.publisher_id(publisher) == publisher else ""
    if not version:
        return Coverage()
    try:
        found = _load(str(settings.store()), publisher, version)
    except HallError as fault:
        # what the bulletins state is shown all the same
        return Coverage(fault=fault)
    return Coverage() if known_on and found.built_on and found.built_on > known_on else found


@lru_cache(maxsize=64)
def _load(store: str, publisher: str, version: str) -> Coverage:
    held = cube.rows("coverage", publisher).row(0, named=True)
    counts = set[str]()
    for table in TABLES:
        sums = counted(events(store, publisher, version, table, ()), _rules(table))
        counts |= {m for m in sums.columns if m != "day" and sums[m].sum()}
    return Coverage(
        tuple(held["cases"]), tuple(held["consultations"]), held["as_of"], tuple(held["departments"]),
        tuple(held["narrowed"]), held["built_at"].date() if held["built_at"] else None,
        tuple(m for m in catalog.counts() if m in counts), version,
    )  # fmt: skip


def _rules(table: str) -> list[Count]:
    return [rule for rule in catalog.counts().values() if rule.table == table]


@lru_cache(maxsize=8)
def events(_store: str, publisher: str, _version: str, table: str, departments: tuple[str, ...]) -> pl.DataFrame:
    """What happened on each day, by channel: rows of the cube's queries daily, daily_of or consulted_daily."""
    if table != "cases":
        return cube.rows("consulted_daily", publisher, departments=list(departments) or None)
    if departments:
        return cube.rows("daily_of", publisher, departments=list(departments))
    return cube.rows("daily", publisher)


def counted(events: pl.DataFrame, rules: list[Count]) -> pl.DataFrame:
    """One column a metric, one row a day on which anything happened."""
    sums = []
    for rule in rules:
        wanted = [(name, list(only)) for name in ("channel", "kind", "place") if (only := getattr(rule, name))]
        kept = pl.all_horizontal(pl.col(name).is_in(only) for name, only in wanted) if wanted else pl.lit(value=True)
        sums.append(pl.when(kept).then(pl.col(rule.measure)).otherwise(0).sum().alias(rule.metric))
    return events.group_by("day").agg(sums)


def _works(day: date) -> bool:
    known = is_workday(day)
    return day.weekday() < 5 if known is None else known
