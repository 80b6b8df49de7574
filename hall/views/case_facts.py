"""What a cube tells of the departments within a span of months, read once for all cards of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from hall.measure import handling
from hall.measure.rounding import Quantity
from hall.model import Document, Lang, Selection
from hall.store import cube
from hall.views import acts, counted
from hall.views.case_span import Relation, Span, others, span
from hall.views.pieces import Action
from hall.views.source_line import is_demo

Filters = dict[str, str | tuple[str, ...] | None]
MEASURES = ("accepted", "completed", "withdrawn", "on_time", "overdue")


@dataclass(frozen=True, slots=True)
class Facts:
    """The records of one publisher: ``now`` and the spans it may be compared with, the chosen departments (none: all),
    and frames of the cube. ``months`` and ``month_days`` are of the chosen departments, by month of the event, whole
    history; ``here``, ``then``, ``days`` and ``open`` are of every department: counts by channel within ``now`` and
    within the span compared with, quantiles of handling time, open cases by month of acceptance."""

    own: str
    publisher: str
    lang: Lang
    chosen: tuple[str, ...]
    now: Span
    others: tuple[tuple[Relation, Span], ...]
    held: counted.Held
    months: pl.DataFrame
    month_days: pl.DataFrame
    here: pl.DataFrame
    then: pl.DataFrame
    days: pl.DataFrame
    open: pl.DataFrame

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return is_demo(self.publisher)

    @property
    def source(self) -> Document:
        """The records as a document."""
        return counted.document(self.publisher, self.lang)

    @property
    def compared(self) -> tuple[Relation, Span] | None:
        """The span that ``then`` counts: a year before where that is held, else just before."""
        return self.others[-1] if self.others else None

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

    def dated(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame as a download, with whose cases it counts and within which days."""
        days = pl.lit(self.now.first.start).alias("period_start"), pl.lit(self.now.day).alias("period_end")
        return frame.select(pl.lit(self.publisher).alias("publisher"), *days, pl.all())

    def cases(self, label: str, measure: str, **more: str | tuple[str, ...] | None) -> Action:
        """The way to the cases that a number counts, with its months and departments."""
        months: Filters = {"from": self.now.first.key, "to": self.now.last.key}
        if measure == "open":
            months = {"from": "", "to": self.now.last.key}
        return Action(label, "cases", {"measure": measure, **months, "department": self.chosen, **more})


def load(selection: Selection) -> Facts | None:
    """The facts of the chosen data set; None where it holds no cases within the filter."""
    publisher = acts.hall(selection)
    own, held = counted.publisher_id(publisher), counted.held(publisher, selection.known_on)
    now = span(selection, held)
    if own is None or publisher is None or now is None:
        return None
    before = others(now, held)
    chosen = {"departments": list(selection.departments) or None}
    days = {"first": now.first.start, "last": now.last.end}
    compared = before[-1][1] if before else None
    then = {"first": compared.first.start, "last": compared.last.end} if compared else {}
    return Facts(
        own, publisher, selection.lang, selection.departments, now, before, held,
        months=cube.rows("months_counted", own, **chosen),
        month_days=cube.rows("months_handling", own, **chosen),
        here=cube.rows("departments_counted", own, **days),
        then=cube.rows("departments_counted", own, **then),
        days=handling.summary(cube.rows("departments_handling", own, **days), ["department"]),
        open=cube.rows("departments_open", own, last=now.day),
    )  # fmt: skip


def cases(n: int) -> Quantity:
    """A count of cases, exact."""
    return Quantity(Decimal(n), "case")


def workdays(n: int) -> Quantity:
    """Whole working days."""
    return Quantity(Decimal(n), "workday")
