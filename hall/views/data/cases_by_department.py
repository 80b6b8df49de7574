"""What a cube tells of the departments within a span of months, read once for all cards of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from hall.measure import handling
from hall.measure.rounding import Quantity
from hall.store import cube
from hall.views.data.case_months import Span
from hall.views.data.case_selection import Choice, choice, parts
from hall.views.data.context import Context

MEASURES = ("accepted", "completed", "withdrawn", "on_time", "overdue")


@dataclass(frozen=True, slots=True)
class Facts(Choice):
    """Frames of the cube. ``months`` and ``month_days`` are of the chosen departments, by month of the event, whole
    history; ``here``, ``then``, ``days`` and ``open`` are of every department: counts by channel within ``now`` and
    within the span compared with, quantiles of handling time, open cases by month of acceptance."""

    months: pl.DataFrame
    month_days: pl.DataFrame
    here: pl.DataFrame
    then: pl.DataFrame
    days: pl.DataFrame
    open: pl.DataFrame

    def total(self, measure: str, of: Span) -> int:
        """The count of the chosen departments within a span."""
        return int(self.within(of)[measure].sum())

    def within(self, of: Span) -> pl.DataFrame:
        """The months of a span."""
        return self.months.filter(pl.col("month").is_between(of.first.start, of.last.start))

    def open_at(self, last: date) -> int:
        """Cases of the chosen departments that are open at the end of the month of that day."""
        until = self.months.filter(pl.col("month") <= last)
        return int((until["accepted"] - until["completed"] - until["withdrawn"]).sum())

    def handling(self, of: Span) -> tuple[int, int, int] | None:
        """Completed cases, median and nine in ten in working days of the chosen departments within a span."""
        inside = self.month_days.filter(pl.col("month").is_between(of.first.start, of.last.start))
        found = handling.summary(inside)
        return found.row(0) if found.height else None

    def shown(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of the chosen departments."""
        return frame.filter(pl.col("department").is_in(list(self.chosen))) if self.chosen else frame


def load(ctx: Context) -> Facts | None:
    """The facts of the chosen data set; None where it holds no cases within the filter."""
    of = choice(ctx)
    if of is None:
        return None
    chosen: dict[str, object] = {"departments": list(of.chosen) or None}
    then = of.compared.bounds if of.compared else {}
    return Facts(
        **parts(of),
        months=cube.rows("months_counted", of.publisher, **chosen),
        month_days=cube.rows("months_handling", of.publisher, **chosen),
        here=cube.rows("departments_counted", of.publisher, **of.now.bounds),
        then=cube.rows("departments_counted", of.publisher, **then),
        days=handling.summary(cube.rows("departments_handling", of.publisher, **of.now.bounds), ["department"]),
        open=cube.rows("departments_open", of.publisher, last=of.now.day),
    )


def cases(n: int) -> Quantity:
    """A count of cases, exact."""
    return Quantity(Decimal(n), "case")


def workdays(n: int) -> Quantity:
    """Whole working days."""
    return Quantity(Decimal(n), "workday")
