"""Which periods the records of a publisher hold, and of which departments and metrics they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

import polars as pl

from hall import catalog, settings
from hall.catalog import Count
from hall.measure.handling import NEARLY_ALL, quantile
from hall.measure.held import isolated, unsettled, works
from hall.model import HallError
from hall.store import cube, manifest

TABLES = ("cases", "consultations")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months of records that a cube holds, by kind of records; the day up to which they tell; the departments that
    they name, and the kinds of records that name any: only these can be narrowed by department. ``metrics`` are those
    counted: one of which the records hold nothing at all was not recorded, which is not zero. With ``fault`` the cube
    cannot be read, and nothing is held.

    ``apart`` are months of cases that stand apart from the others and are no part of ``cases``; ``unsettled`` those
    whose endings lack much that began in months that are not held. ``ends`` are the last days by kind of records where
    these differ, none beyond the day of loading, ``loaded_on``."""

    cases: tuple[str, ...] = ()
    consultations: tuple[str, ...] = ()
    as_of: date | None = None
    departments: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    built_on: date | None = None
    metrics: tuple[str, ...] = ()
    version: str = ""
    fault: HallError | None = None
    apart: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    ends: tuple[tuple[str, date], ...] = ()
    loaded_on: tuple[tuple[str, date], ...] = ()

    def months(self, table: str) -> tuple[str, ...]:
        """The months (2025-10) of that table, oldest first."""
        return self.cases if table == "cases" else self.consultations

    @property
    def all_months(self) -> tuple[str, ...]:
        """The months of either kind, oldest first."""
        return tuple(sorted({*self.cases, *self.consultations}))

    def known_to(self, table: str) -> date | None:
        """The last day up to which the records of that table tell."""
        return dict(self.ends).get(table, self.as_of)

    def whole_to(self, table: str) -> date | None:
        """The last day that completes a week or month of that table: days off that went by between the newest moment
        in the records and the day on which they were loaded had nothing to hold."""
        day, loaded = self.known_to(table), dict(self.loaded_on).get(table)
        while day and loaded and day + _DAY < loaded and not works(day + _DAY):
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
    rows = {table: {m["month"]: m for m in held["months"] if m["records"] == table} for table in TABLES}
    apart = {table: isolated({month: int(m["rows"]) for month, m in rows[table].items()}) for table in TABLES}
    months = {table: tuple(m for m in rows[table] if m not in apart[table]) for table in TABLES}
    built = held["built_at"]
    loaded = {table: _loaded(publisher, table, built) for table in TABLES} if built else {}
    # what is known of a month that stands apart says nothing of the others
    days = {table: [day for month in months[table] if (day := rows[table][month]["last"])] for table in TABLES}
    ends = {table: min(max(own), loaded.get(table, date.max)) for table, own in days.items() if own}
    return Coverage(
        months["cases"], months["consultations"], max(ends.values(), default=None), tuple(held["departments"]),
        tuple(held["narrowed"]), built.date() if built else None, tuple(m for m in catalog.counts() if m in counts),
        version, apart=apart["cases"], unsettled=unsettled(months["cases"], partial(_nearly_all, held["taken"])),
        ends=tuple(ends.items()), loaded_on=tuple(loaded.items()),
    )  # fmt: skip


def _loaded(publisher: str, table: str, built: datetime) -> date:
    """The day on which what the cube holds of a table was loaded last; the day on which it was built where no records
    tell, as when they lie elsewhere."""
    at = built.replace(tzinfo=UTC)
    try:
        parts = manifest.held(publisher).parts
    except HallError:
        parts = ()
    before = [t for p in parts if p.table == table and (t := datetime.fromisoformat(p.loaded_at)) <= at]
    return max(before, default=at).astimezone().date()


def _nearly_all(taken: Sequence[Mapping[str, Any]], months: Sequence[str]) -> int:
    """Within how many working days 99 of a hundred cases were done that were completed in these months."""
    bins = ((own["workdays"], own["completed"]) for own in taken if own["month"] in months)
    return quantile(bins, NEARLY_ALL) or 0


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
