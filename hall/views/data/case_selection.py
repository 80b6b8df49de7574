"""Which cases a page counts: whose, of which departments and months, and the months that they are compared with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from hall.model import Document, Lang, Period
from hall.text import join, t
from hall.views.data import activities, case_counts
from hall.views.data.case_months import MonthSpan, Relation, others, span
from hall.views.data.context import Context
from hall.views.link import Link

Filters = dict[str, str | tuple[str, ...] | None]
# so many departments are told by name
_FEW = 3


@dataclass(frozen=True, slots=True)
class CaseSelection:
    """The records of one publisher (by id) within a context: the months ``now``, and those that they may be compared
    with."""

    ctx: Context
    publisher: str
    now: MonthSpan
    others: tuple[tuple[Relation, MonthSpan], ...]

    @property
    def lang(self) -> Lang:
        """The language of the reader."""
        return self.ctx.lang

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen departments, none for all."""
        return self.ctx.departments

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return self.ctx.demo

    @property
    def source(self) -> Document:
        """The records as a document."""
        return case_counts.document(self.ctx)

    @property
    def compared(self) -> MonthSpan | None:
        """The same months of the year before where they are held, else the months just before."""
        return self.others[-1][1] if self.others else None

    def settled(self, *, stock: bool = False) -> tuple[tuple[Relation, MonthSpan], ...]:
        """Those of ``others`` beside which may also stand what was completed, how fast and how punctually, or with
        ``stock`` what is open at the end: no side lacks cases that began in months that are not held."""
        lacking = set(self.ctx.coverage.unsettled)

        def lacks(of: MonthSpan) -> bool:
            return bool(lacking & set(of.keys[-1:] if stock else of.keys))

        return () if lacks(self.now) else tuple((relation, of) for relation, of in self.others if not lacks(of))

    @property
    def spine(self) -> tuple[Period, ...]:
        """The whole months of the filter where it names more than one, else all that are held up to the last."""
        first = self.now.first if self.now.months > 1 else self.now.since
        months = [Period.parse(key) for key in self.ctx.coverage.cases]
        inside = [m for m in months if first.start <= m.start <= self.now.last.start]
        return tuple(inside if self.now.whole or len(inside) < 2 else inside[:-1])

    @property
    def who(self) -> str:
        """Whose cases: the few departments that are chosen by name, else how many, else all."""
        names = [activities.name(d, self.lang) for d in self.chosen]
        if not names:
            return t("casework.all_departments", self.lang)
        few = len(names) <= _FEW
        return join(names, self.lang) if few else t("casework.some_departments", self.lang, n=len(names))

    def see(self, measure: str, label: str = "counted.see", **more: str | tuple[str, ...] | None) -> Link:
        """The way to the cases that a number counts, of the months ``now``; open ones, whenever they were accepted."""
        since = {"from": ""} if measure == "open" else {}
        asked: Filters = {"measure": measure, **self.now.filters, **since, "department": self.chosen, **more}
        return Link(t(label, self.lang), "cases", asked)

    def dated(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame as a download, with whose cases it counts and within which days."""
        days = pl.lit(self.now.first.start).alias("period_start"), pl.lit(self.now.day).alias("period_end")
        return frame.select(pl.lit(self.publisher).alias("publisher"), *days, pl.all())


def parts(choice: CaseSelection) -> dict[str, Any]:
    """Its fields by name, for what is counted of it."""
    return {field.name: getattr(choice, field.name) for field in fields(CaseSelection)}


def choice(ctx: Context) -> CaseSelection | None:
    """What a selection chooses of its data set; None where that holds no cases within the filter."""
    now = span(ctx)
    if ctx.publisher is None or now is None:
        return None
    return CaseSelection(ctx, ctx.publisher, now, others(now, ctx.coverage))
