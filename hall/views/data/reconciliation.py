"""Published against counted: for each month and metric that a bulletin states and the records hold, whether the count
lies within the printed rounding, and what a difference may consist of. Always of the whole hall."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Document, Period
from hall.store.read import rows
from hall.views.data import case_counts, coverage, observations
from hall.views.data.context import Context
from hall.views.data.observations import Values

# so many months after the first that is held, cases accepted before it are still being completed
_BEFORE = 3
_LATER = ("completed", "issued", "transferred")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One metric of one month: what the bulletin states and the records count; ``outside`` is how many of what the
    rule leaves out the records hold (None where that cannot be counted); ``first`` the first month held, where cases
    accepted before it may be missing."""

    metric: str
    period: Period
    stated: Quantity
    document: Document
    count: Quantity
    outside: int | None
    first: Period | None

    @property
    def difference(self) -> Decimal:
        """Counted less published, in base units."""
        return self.count.value - self.stated.value

    @property
    def within(self) -> bool:
        """Whether the count lies within the rounding of the print."""
        return abs(self.difference) <= self.stated.slack


def load(ctx: Context, known: Values | None = None) -> tuple[Reconciled, ...]:
    """Every comparison that the data set of the selection allows within its months, newest first; none where it has no
    records or nothing is stated of their months. Numbers that are held back are no part of it. ``known`` are the values
    of the data set, where the caller has them: they may hold what is stated."""
    if ctx.coverage.as_of is None:
        return ()
    whole = ctx.whole
    own = printer(ctx.publisher)
    if known and known.publisher == own and not known.narrowed:
        stated = known.table.filter(pl.col("kind") != case_counts.KIND)
    else:
        stated = rows("series/metric_values", publishers=[own], known_on=ctx.known_on)
    stated = stated.filter((pl.col("freq") == "M") & (pl.col("scope") == "period") & (pl.col("obs_status") != "U"))
    metrics = tuple(sorted(set(stated["metric"])))
    counts = case_counts.observations(whole, ("M",), metrics).select(
        "metric", "time_period", pl.col("obs_value").alias("n")
    )
    pairs = stated.join(counts, on=["metric", "time_period"])
    outside = case_counts.outside(whole, metrics) if pairs.height else {}
    order = {metric: i for i, metric in enumerate(catalog.metrics())}
    begun = {table: _begun(ctx.coverage.months(table)) for table in coverage.TABLES}
    found = [_line(row, outside, begun) for row in pairs.iter_rows(named=True)]
    kept = [line for line in found if ctx.inside(line.period)]
    return tuple(sorted(kept, key=lambda line: (-line.period.start.toordinal(), order[line.metric])))


def printer(publisher: str | None) -> str | None:
    """The publisher whose bulletins a data set is laid beside: itself, or the one that the catalogue names for it."""
    return next((p.published_by for p in catalog.publishers() if publisher == p.id and p.published_by), publisher)


def _begun(months: tuple[str, ...]) -> tuple[Period, ...]:
    """The first month held, and each that is held again after one that is not."""
    return tuple(p for month in months if (p := Period.parse(month)).shift(-1).key not in months)


def _line(
    row: dict[str, object], outside: dict[tuple[str, str], int], begun: dict[str, tuple[Period, ...]]
) -> Reconciled:
    value = observations.stated(row)
    rule, n = catalog.counts()[value.metric], row["n"]
    assert isinstance(n, Decimal)
    since = [p for p in begun[rule.table] if p.start <= value.period.start][-1:]
    late = since and rule.event in _LATER and value.period.start < since[0].shift(_BEFORE).start
    return Reconciled(
        value.metric, value.period, value.quantity, value.document,
        Quantity(n.normalize() + 0, catalog.metrics()[value.metric].unit),
        outside.get((value.metric, value.period.key)), since[0] if late else None,
    )  # fmt: skip
