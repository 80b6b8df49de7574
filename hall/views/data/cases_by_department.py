"""What a cube tells of the departments within a span of months, read once for all cards of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from hall.measure import handling
from hall.measure.rounding import Quantity
from hall.store import cube
from hall.views.data.case_months import MonthSpan
from hall.views.data.case_selection import CaseSelection, choice, parts
from hall.views.data.context import Context
from hall.views.data.memory import per_version

MEASURES = ("accepted", "completed", "withdrawn", "on_time", "overdue")


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The cases of some departments by month of the event, all that is held: frames of the cube, the counts of each
    month, and its completed cases with median and nine in ten in working days."""

    months: pl.DataFrame
    month_days: pl.DataFrame
    counts: Mapping[date, Mapping[str, int]]
    taken: Mapping[date, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class DepartmentCases(CaseSelection):
    """What the cube tells. ``history`` is of the chosen departments; ``here``, ``then``, ``days`` and ``open`` are of
    every department: counts by channel within ``now`` and within the span compared with, quantiles of handling time,
    open cases by month of acceptance."""

    history: History
    here: pl.DataFrame
    then: pl.DataFrame
    days: pl.DataFrame
    open: pl.DataFrame

    def total(self, measure: str, of: MonthSpan) -> int:
        """The count of the chosen departments within a span."""
        first, last = of.first.start, of.last.start
        return sum(counts[measure] for month, counts in self.history.counts.items() if first <= month <= last)

    def open_at(self, last: date) -> int:
        """Cases of the chosen departments that are open at the end of the month of that day."""
        until = [counts for month, counts in self.history.counts.items() if month <= last]
        return sum(c["accepted"] - c["completed"] - c["withdrawn"] for c in until)

    def handling(self, of: MonthSpan) -> tuple[int, int, int] | None:
        """Completed cases, median and nine in ten in working days of the chosen departments within a span."""
        if of.first == of.last:
            return self.history.taken.get(of.first.start)
        days = self.history.month_days
        found = handling.summary(days.filter(pl.col("month").is_between(of.first.start, of.last.start)))
        return found.row(0) if found.height else None

    def shown(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of the chosen departments."""
        return frame.filter(pl.col("department").is_in(list(self.chosen))) if self.chosen else frame


def load(ctx: Context) -> DepartmentCases | None:
    """The facts of the chosen data set; None where it holds no cases within the filter."""
    of = choice(ctx)
    if of is None:
        return None
    then = of.compared.bounds if of.compared else {}
    return DepartmentCases(
        **parts(of),
        history=_history((of.publisher, of.chosen)),
        here=cube.rows("departments_counted", of.publisher, **of.now.bounds),
        then=cube.rows("departments_counted", of.publisher, **then),
        days=handling.summary(cube.rows("departments_handling", of.publisher, **of.now.bounds), ["department"]),
        open=cube.rows("departments_open", of.publisher, last=of.now.day),
    )


@per_version(16)
def _history(whose: tuple[str, tuple[str, ...]]) -> History:
    publisher, departments = whose
    months = cube.rows("months_counted", publisher, departments=list(departments) or None)
    days = cube.rows("months_handling", publisher, departments=list(departments) or None)
    counts = {row["month"]: {m: int(row[m]) for m in MEASURES} for row in months.iter_rows(named=True)}
    taken = {month: (n, median, nine) for month, n, median, nine in handling.summary(days, ["month"]).iter_rows()}
    return History(months, days, counts, taken)


def cases(n: int) -> Quantity:
    """A count of cases, exact."""
    return Quantity(Decimal(n), "case")


def workdays(n: int) -> Quantity:
    """Whole working days."""
    return Quantity(Decimal(n), "workday")
