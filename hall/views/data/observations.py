"""Observations as values with their precision, period, status and document: stated in bulletins, else counted from
records. Where a bulletin states a period, its value stands and the count is only laid beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Document, Freq, Period, Scope, Status
from hall.store.read import rows
from hall.views.data import case_counts
from hall.views.data.context import Context

EXPORT = (
    "metric", "freq", "time_period", "period_start", "period_end", "scope", "obs_value", "unit_measure", "as_printed",
    "unit_mult", "decimals", "obs_status", "publisher", "document_kind", "issue", "published_on", "section", "quote",
    "document", "origin",
)  # fmt: skip


_KEY = ("metric", "freq", "time_period")
# the four throughputs of the comprehensive window, in the order of the work
STEPS = ("comprehensive_consultations", "comprehensive_accepted", "comprehensive_transferred", "comprehensive_issued")


@dataclass(frozen=True, slots=True)
class Value:
    """One observation: what is known of a metric for a period. ``beside`` is what the records count for a period that
    a bulletin states."""

    metric: str
    period: Period
    scope: Scope
    quantity: Quantity
    status: Status
    document: Document
    beside: Quantity | None = None

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
    """All values of one publisher. ``table`` holds the same rows as the ledger, for CSV. ``narrowed`` are the metrics
    whose numbers are those of the chosen departments; all others are of the whole hall."""

    publisher: str | None
    all: tuple[Value, ...]
    table: pl.DataFrame
    narrowed: frozenset[str] = frozenset()
    _index: dict[tuple[str, str, Scope], dict[str, Value]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for key, v in sorted(((v.period.key, v) for v in self.all), key=lambda pair: pair[0]):
            self._index.setdefault((v.metric, v.period.freq, v.scope), {})[key] = v

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


def extract(table: pl.DataFrame) -> pl.DataFrame:
    """Rows of the ledger as CSV holds them: what, when, how much, how sure, and where it is stated."""
    return table.rename({"kind": "document_kind"}).select(EXPORT)


def load(ctx: Context) -> Values:
    """The values of the chosen data set, else of the first publisher that has any. Under a department filter a metric
    that is counted shows the counts of these departments alone."""
    publisher, narrowed = ctx.publisher, case_counts.narrowed(ctx)
    told = rows("series/metric_values", publishers=[publisher] if publisher else [], known_on=ctx.known_on)
    counts = pl.concat([case_counts.observations(ctx), case_counts.to_date(ctx, STEPS)])
    told = told.filter(~pl.col("metric").is_in(narrowed)) if narrowed else told
    if counts.is_empty():
        return Values(publisher, tuple(map(stated, told.iter_rows(named=True))), told, narrowed)
    periods = told.filter(pl.col("scope") == "period")
    filled = counts.join(told, on=[*_KEY, "scope"], how="anti", maintain_order="left")
    twins = counts.join(periods, on=[*_KEY, "scope", "period_start", "period_end"], how="semi")
    beside = {row[:3]: row[3] for row in twins.select(*_KEY, "obs_value").iter_rows()}
    values = [stated(r, beside) for r in told.iter_rows(named=True)]
    table = pl.concat([told, filled], how="vertical_relaxed").sort("metric", "freq", "period_start", "scope")
    return Values(publisher, (*values, *_counted(filled, case_counts.document(ctx))), table, narrowed)


def _counted(table: pl.DataFrame, source: Document) -> tuple[Value, ...]:
    names = ("metric", "period_start", "period_end", "freq", "time_period", "scope", "unit_measure")
    found = table.select(*names, pl.col("obs_value").cast(pl.Int64)).iter_rows()
    return tuple(
        Value(metric, _period(start, end, freq, key, scope), scope, Quantity(Decimal(n), unit), "A", source)
        for metric, start, end, freq, key, scope, unit, n in found
    )


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
    kept = tuple(v for v in found.all if ctx.inside(v.period))
    ends = found.table["period_end"].dt.strftime("%Y-%m")
    first, last = ctx.month_from or "", ctx.month_to or "9999"
    return Values(found.publisher, kept, found.table.filter((ends >= first) & (ends <= last)), found.narrowed)


def document(row: dict[str, Any]) -> Document:
    """The document of a row whose issue period stands in issue_start and issue_end."""
    return Document(
        sha256=row["document"], kind=row["kind"], title=row["title"], issue=row["issue"],
        publisher=row["publisher"], published_on=row["published_on"],
        period_start=row["issue_start"], period_end=row["issue_end"],
    )  # fmt: skip


def stated(row: dict[str, Any], counts: dict[tuple[str, str, str], Decimal] | None = None) -> Value:
    """The value of a row of series/metric_values; ``counts`` are those laid beside, by metric, freq and time_period."""
    period = _period(row["period_start"], row["period_end"], row["freq"], row["time_period"], row["scope"])
    n = (counts or {}).get((row["metric"], row["freq"], row["time_period"])) if row["scope"] == "period" else None
    return Value(
        metric=row["metric"], period=period, scope=row["scope"], status=row["obs_status"], document=document(row),
        quantity=Quantity(row["obs_value"].normalize() + 0, row["unit_measure"], row["unit_mult"], row["decimals"]),
        beside=None if n is None else Quantity(n.normalize() + 0, catalog.metrics()[row["metric"]].unit),
    )  # fmt: skip
