"""Observations as values with their precision, period, status and document: stated in bulletins, else counted from
records. Where a bulletin states a period, its value stands and the count is only laid beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Document, Freq, Period, Scope, Status
from hall.store.read import rows
from hall.views.data import case_counts
from hall.views.data.context import Context
from hall.views.data.memory import per_version

# the four throughputs of the comprehensive window, in the order of the work
STEPS = ("comprehensive_consultations", "comprehensive_accepted", "comprehensive_transferred", "comprehensive_issued")


@dataclass(frozen=True, slots=True)
class Value:
    """One observation: what is known of a metric for a period. ``beside`` is what the records count for a period that
    a bulletin states, ``figure`` its place in the document. ``agree`` and ``lacking`` as ``comparable`` asks."""

    metric: str
    period: Period
    scope: Scope
    quantity: Quantity
    status: Status
    document: Document
    beside: Quantity | None = None
    figure: int | None = None
    agree: bool = False
    lacking: bool = False

    @property
    def held(self) -> bool:
        """Held back until a person accepts it: no comparison, no point on a chart."""
        return self.status == "U"

    @property
    def counted(self) -> bool:
        """Whether it was counted from records: exact, and nobody has reviewed it."""
        return self.document.kind == case_counts.KIND


@dataclass(frozen=True, slots=True)
class Values:
    """All values of one publisher, oldest first. ``narrowed`` are the metrics whose numbers are those of the chosen
    departments; all others are of the whole hall."""

    publisher: str | None
    all: tuple[Value, ...]
    narrowed: frozenset[str] = frozenset()
    _index: dict[tuple[str, str, Scope], dict[str, Value]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for v in self.all:
            self._index.setdefault((v.metric, v.period.freq, v.scope), {})[v.period.key] = v

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return catalog.is_demo(self.publisher)

    def of(self, metric: str, freq: str, scope: Scope = "period") -> dict[str, Value]:
        """The values of a metric by period key, oldest first."""
        return dict(self._index.get((metric, freq, scope), {}))

    def get(self, metric: str, period: Period | None, scope: Scope = "period") -> Value | None:
        """The value of a metric in a period, unless it is in review."""
        found = self._index.get((metric, period.freq, scope), {}).get(period.key) if period else None
        return None if found is None or found.held else found

    def at(self, period: Period) -> tuple[Value, ...]:
        """What is known of that period, of any metric and scope."""
        found = (known.get(period.key) for (_, freq, _), known in self._index.items() if freq == period.freq)
        return tuple(v for v in found if v)

    def freqs(self, metric: str) -> set[str]:
        """The frequencies in which a metric is known."""
        return {freq for known, freq, _ in self._index if known == metric}

    def periods(self, freq: str, metrics: Iterable[str] | None = None) -> tuple[Period, ...]:
        """Periods of that frequency with any value of the metrics (of any metric), oldest first."""
        wanted = None if metrics is None else set(metrics)
        found = {
            key: v.period
            for (metric, own, scope), known in self._index.items()
            if own == freq and scope == "period" and (wanted is None or metric in wanted)
            for key, v in known.items()
        }
        return tuple(found[key] for key in sorted(found))


def load(ctx: Context) -> Values:
    """The values of the publisher, of all months. Under a department filter a metric that is counted shows the counts
    of these departments alone."""
    # a publisher that is shown unasked is the same as one that was chosen
    chosen = replace(ctx.selection, month_from=None, month_to=None, publisher=ctx.publisher)
    return _load(replace(ctx, selection=chosen))


@per_version(32)
def _load(ctx: Context) -> Values:
    narrowed, publishers = case_counts.narrowed(ctx), [ctx.publisher] if ctx.publisher else []
    told = rows("series/metric_values", publishers=publishers, known_on=ctx.known_on)
    found = {_key(v): v for r in told.iter_rows(named=True) if (v := stated(r)).metric not in narrowed}
    sources: tuple[tuple[Scope, pl.DataFrame], ...] = (
        ("period", case_counts.observations(ctx)),
        ("year_to_date", case_counts.to_date(ctx, STEPS)),
    )
    # whether each period of a metric that is both published and counted agrees; False too where there is none
    agree: dict[tuple[str, Freq], bool] = {}
    for scope, counts in sources:
        for value in _counted(ctx, counts, scope):
            known = found.setdefault(_key(value), value)
            if known is not value and scope == "period" and known.period == value.period:
                found[_key(value)] = replace(known, beside=value.quantity)
                if not known.held and not value.lacking:
                    within = abs(value.quantity.value - known.quantity.value) <= known.quantity.slack
                    agree[value.metric, value.period.freq] = (
                        agree.get((value.metric, value.period.freq), True) and within
                    )
    every = (replace(v, agree=agree.get((v.metric, v.period.freq), False)) for v in found.values())
    return Values(ctx.publisher, tuple(sorted(every, key=lambda v: v.period.key)), narrowed)


def _key(value: Value) -> tuple[str, str, str, Scope]:
    return value.metric, value.period.freq, value.period.key, value.scope


def _counted(ctx: Context, counts: pl.DataFrame, scope: Scope) -> Iterator[Value]:
    source, metrics, rules = case_counts.document(ctx), catalog.metrics(), catalog.counts()
    unsettled = [Period.parse(month) for month in ctx.coverage.unsettled]
    for metric, freq, start, end, n in counts.iter_rows():
        period = Period(start, end, freq)
        if scope == "year_to_date":
            # it begins on 1 January and has the key of the week that it ends with
            period = Period(end - timedelta(days=end.weekday()), end, freq)
        lacking = rules[metric].later and any(month.start <= end and start <= month.end for month in unsettled)
        yield Value(metric, period, scope, Quantity(Decimal(n), metrics[metric].unit), "A", source, lacking=lacking)


def _period(start: date, end: date, freq: Freq, key: str, scope: Scope) -> Period:
    """A figure to date begins on 1 January, but its key says which week or month it ends with."""
    if scope != "year_to_date":
        return Period(start, end, freq)
    own = Period.parse(key)
    return Period(own.start, end, own.freq)


def within(found: Values, ctx: Context) -> Values:
    """The values whose periods end within the months of the filter."""
    if not ctx.month_from and not ctx.month_to:
        return found
    return Values(found.publisher, tuple(v for v in found.all if ctx.inside(v.period)), found.narrowed)


def document(row: dict[str, Any]) -> Document:
    """The document of a row whose issue period stands in issue_start and issue_end."""
    return Document(
        sha256=row["document"], kind=row["kind"], title=row["title"], issue=row["issue"],
        publisher=row["publisher"], published_on=row["published_on"],
        period_start=row["issue_start"], period_end=row["issue_end"],
    )  # fmt: skip


def stated(row: dict[str, Any]) -> Value:
    """The value of a row of series/metric_values."""
    return Value(
        metric=row["metric"], scope=row["scope"], status=row["obs_status"], document=document(row),
        period=_period(row["period_start"], row["period_end"], row["freq"], row["time_period"], row["scope"]),
        quantity=Quantity(row["obs_value"].normalize() + 0, row["unit_measure"], row["unit_mult"], row["decimals"]),
        figure=row["figure"],
    )  # fmt: skip
