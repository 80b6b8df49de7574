"""Published against counted: for each month and metric that a bulletin states and the records hold, whether the count
lies within the printed rounding, and what a difference may consist of. Always of the whole hall."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Document, Period
from hall.views.data import case_counts, coverage, observations
from hall.views.data.context import Context
from hall.views.data.memory import per_version
from hall.views.data.observations import Value

# so many months after the first that is held, cases accepted before it are still being completed
_BEFORE = 3


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


def load(ctx: Context) -> tuple[Reconciled, ...]:
    """Every comparison that the data set of the selection allows within its months, newest first; none where it has no
    records or nothing is stated of their months. Numbers in review are no part of it."""
    return tuple(line for line in _load(ctx.whole.within(None, None)) if ctx.inside(line.period))


@per_version(8)
def _load(ctx: Context) -> tuple[Reconciled, ...]:
    own = printer(ctx.publisher)
    if ctx.coverage.as_of is None or own is None:
        return ()
    known = observations.load(ctx.of(own)).all
    stated = [v for v in known if v.period.freq == "M" and v.scope == "period" and not v.counted and not v.held]
    metrics = tuple(sorted({v.metric for v in stated}))
    counts = {(m, start): n for m, _, start, _, n in case_counts.observations(ctx, ("M",), metrics).iter_rows()}
    outside = case_counts.outside(ctx, metrics) if counts else {}
    order = {metric: i for i, metric in enumerate(catalog.metrics())}
    begun = {table: _begun(ctx.coverage.months(table)) for table in coverage.TABLES}
    pairs = ((v, n) for v in stated if (n := counts.get((v.metric, v.period.start))) is not None)
    found = [_line(value, n, outside, begun) for value, n in pairs]
    return tuple(sorted(found, key=lambda line: (-line.period.start.toordinal(), order[line.metric])))


def printer(publisher: str | None) -> str | None:
    """The publisher whose bulletins a data set is laid beside: itself, or the one that the catalogue names for it."""
    return next((p.published_by for p in catalog.publishers() if publisher == p.id and p.published_by), publisher)


def _begun(months: tuple[str, ...]) -> tuple[Period, ...]:
    """The first month held, and each that is held again after one that is not."""
    return tuple(p for month in months if (p := Period.parse(month)).shift(-1).key not in months)


def _line(
    value: Value, n: int, outside: dict[tuple[str, str], int], begun: dict[str, tuple[Period, ...]]
) -> Reconciled:
    rule = catalog.counts()[value.metric]
    since = [p for p in begun[rule.table] if p.start <= value.period.start][-1:]
    late = since and rule.later and value.period.start < since[0].shift(_BEFORE).start
    return Reconciled(
        value.metric, value.period, value.quantity, value.document,
        Quantity(Decimal(n), catalog.metrics()[value.metric].unit),
        outside.get((value.metric, value.period.key)), since[0] if late else None,
    )  # fmt: skip
