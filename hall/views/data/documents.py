"""The standing documents, what still waits in them, and when the next issue of a series is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hall import settings
from hall.catalog import Series
from hall.model import Document, Period
from hall.store.read import rows
from hall.views.data.activities import head
from hall.views.data.context import Context
from hall.views.data.memory import per_version

HISTORICAL = 90


@dataclass(frozen=True, slots=True)
class StandingDocument:
    """A standing document and what was read from it."""

    document: Document
    unreviewed: int
    held: int
    origin: str


def load(ctx: Context) -> tuple[StandingDocument, ...]:
    """Every standing document of the publisher, newest period first."""
    return _load(ctx.within(None, None))


@per_version(16)
def _load(ctx: Context) -> tuple[StandingDocument, ...]:
    found = rows("series/shelf", publishers=ctx.issuers, known_on=ctx.known_on)
    return tuple(
        StandingDocument(
            document=replace(head(r), title=r["title"], total_issue=r["total_issue"]),
            unreviewed=r["unreviewed"],
            held=r["held"],
            origin=r["origin"],
        )
        for r in found.iter_rows(named=True)
        if r["current"]
    )


def is_historical(at: date | None) -> bool:
    """Whether data to that day are so old that nothing about them is late."""
    return at is None or (settings.today() - at).days > HISTORICAL


def next_issue(series: Series, own: list[Document]) -> tuple[Period, date] | None:
    """The period that the next issue will tell of, and when such issues are usually printed."""
    known_periods = [d.period for d in own if d.period]
    if not known_periods:
        return None
    period = Period.parse(max(known_periods).key).shift(1)
    return period, period.end + timedelta(days=series.due)
