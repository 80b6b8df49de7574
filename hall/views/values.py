"""Observations of the whole hall as values with their precision, period, status and document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from hall.measure.rounding import Quantity
from hall.model import Document, Period, Scope, Selection, Status
from hall.store.read import rows
from hall.views import frame
from hall.views.source_line import is_demo

EXPORT = (
    "metric", "freq", "time_period", "period_start", "period_end", "scope", "obs_value", "unit_measure", "as_printed",
    "unit_mult", "decimals", "obs_status", "publisher", "document_kind", "issue", "published_on", "section", "quote",
    "document", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One observation: what is known of a metric for a period."""

    metric: str
    period: Period
    scope: Scope
    quantity: Quantity
    status: Status
    document: Document

    @property
    def held(self) -> bool:
        """Held back until a person accepts it: no comparison, no point on a chart."""
        return self.status == "U"


@dataclass(frozen=True, slots=True)
class Values:
    """All values of one publisher. ``table`` holds the same rows as the ledger, for CSV."""

    publisher: str | None
    all: tuple[Value, ...]
    table: pl.DataFrame

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return is_demo(self.publisher)

    def of(self, metric: str, freq: str, scope: Scope = "period") -> dict[str, Value]:
        """The values of a metric by period key, oldest first."""
        found = {v.period.key: v for v in self.all if (v.metric, v.period.freq, v.scope) == (metric, freq, scope)}
        return {key: found[key] for key in sorted(found)}

    def freqs(self, metric: str) -> set[str]:
        """The frequencies in which a metric is known."""
        return {v.period.freq for v in self.all if v.metric == metric}

    def periods(self, freq: str, metrics: Iterable[str] | None = None) -> tuple[Period, ...]:
        """Periods of that frequency with any value of the metrics (of any metric), oldest first."""
        wanted = None if metrics is None else set(metrics)
        found = {
            v.period.key: v.period
            for v in self.all
            if v.period.freq == freq and v.scope == "period" and (wanted is None or v.metric in wanted)
        }
        return tuple(found[key] for key in sorted(found))


def extract(table: pl.DataFrame) -> pl.DataFrame:
    """Rows of the ledger as CSV holds them: what, when, how much, how sure, and where it is stated."""
    return table.rename({"kind": "document_kind"}).select(EXPORT)


def load(selection: Selection) -> Values:
    """The values of the chosen data set, else of the first publisher that has any."""
    choices = frame.load(selection)
    publisher = selection.dataset or next(iter(choices.measured), None)
    table = rows("series/metric_values", publishers=[publisher] if publisher else [], known_on=selection.known_on)
    return Values(publisher, tuple(_value(r) for r in table.iter_rows(named=True)), table)


def inside(period: Period, selection: Selection) -> bool:
    """Whether a period ends within the months of the filter."""
    month = f"{period.end:%Y-%m}"
    return (selection.month_from or "") <= month and (not selection.month_to or month <= selection.month_to)


def within(found: Values, selection: Selection) -> Values:
    """The values whose periods end within the months of the filter."""
    kept = tuple(v for v in found.all if inside(v.period, selection))
    ends = found.table["period_end"].dt.strftime("%Y-%m")
    first, last = selection.month_from or "", selection.month_to or "9999"
    return Values(found.publisher, kept, found.table.filter((ends >= first) & (ends <= last)))


def document(row: dict[str, Any]) -> Document:
    """The document of a row whose issue period stands in issue_start and issue_end."""
    return Document(
        sha256=row["document"], kind=row["kind"], title=row["title"], issue=row["issue"],
        publisher=row["publisher"], published_on=row["published_on"],
        period_start=row["issue_start"], period_end=row["issue_end"],
    )  # fmt: skip


def _value(row: dict[str, Any]) -> Value:
    start = row["period_start"]
    period = Period(start, row["period_end"], row["freq"])
    if row["scope"] == "year_to_date":
        # a figure to date carries the period of its issue: the key says which week or month it ends with
        own = Period.parse(row["time_period"])
        period = Period(own.start, row["period_end"], own.freq)
    return Value(
        metric=row["metric"], period=period, scope=row["scope"], status=row["obs_status"], document=document(row),
        quantity=Quantity(row["obs_value"].normalize() + 0, row["unit_measure"], row["unit_mult"], row["decimals"]),
    )  # fmt: skip
