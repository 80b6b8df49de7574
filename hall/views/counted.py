"""Metrics counted from the records of cases and consultations, as observations beside those of the bulletins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from hall import catalog
from hall.catalog import Count
from hall.model import Freq, Lang, Period, Selection
from hall.store import cube
from hall.text import t

KIND = "records"
_START = {"D": "1d", "W": "1w", "M": "1mo"}


@dataclass(frozen=True, slots=True)
class Held:
    """The months of records that a cube holds, by kind of records; and the day up to which they tell."""

    cases: tuple[str, ...] = ()
    consultations: tuple[str, ...] = ()
    as_of: date | None = None

    def months(self, table: str) -> tuple[str, ...]:
        """The months (2025-10) of that table, oldest first."""
        return self.cases if table == "cases" else self.consultations


def publisher_id(name: str | None) -> str | None:
    """The id of the publisher of that name, None where the catalogue has none."""
    return next((p.id for p in catalog.publishers() if name in p.names), None)


def held(publisher: str | None) -> Held:
    """What the cube of the publisher of that name holds; nothing where there is none."""
    own = publisher_id(publisher)
    if own is None or not cube.version(own):
        return Held()
    months = cube.rows("months_held", own)
    told = cube.rows("meta", own)
    by = {table: tuple(months.filter(pl.col("records") == table)["month"]) for table in ("cases", "consultations")}
    return Held(by["cases"], by["consultations"], told["as_of"][0] if told.height else None)


def observations(publisher: str, selection: Selection, freqs: tuple[Freq, ...] = ("W", "M")) -> pl.DataFrame:
    """The counted observations of whole periods whose records are held, columns as in query series/metric_values;
    narrowed by the departments of the selection. Nothing as known on a day before the cube was built."""
    own, holds = publisher_id(publisher), held(publisher)
    if own is None or holds.as_of is None or _later(own, selection.known_on):
        return pl.DataFrame(schema=_SCHEMA)
    chosen = {"departments": list(selection.departments) or None}
    events = {"cases": cube.rows("daily", own, **chosen), "consultations": cube.rows("consulted_daily", own, **chosen)}
    found = []
    for rule in catalog.counts().values():
        days = _days(holds.months(rule.table))
        if days.is_empty():
            continue
        daily = _counted(events[rule.table], rule)
        whole = days.join(daily, on="day", how="left").with_columns(pl.col("n").fill_null(0))
        found += [_periods(whole, rule, freq) for freq in freqs]
    if not found:
        return pl.DataFrame(schema=_SCHEMA)
    return _dressed(pl.concat(found), publisher, f"cube:{cube.version(own)}", selection.lang)


def _later(own: str, known_on: date | None) -> bool:
    return known_on is not None and bool(cube.rows("meta", own)["built_at"][0].date() > known_on)


def _days(months: tuple[str, ...]) -> pl.DataFrame:
    """Every day of the months that are held."""
    spans = [Period.parse(month) for month in months]
    days = [p.start + timedelta(days=i) for p in spans for i in range((p.end - p.start).days + 1)]
    return pl.DataFrame({"day": days}, schema={"day": pl.Date})


def _counted(events: pl.DataFrame, rule: Count) -> pl.DataFrame:
    wanted = [(name, list(only)) for name in ("channel", "kind", "place") if (only := getattr(rule, name))]
    kept = events.filter(*(pl.col(name).is_in(only) for name, only in wanted)) if wanted else events
    return kept.group_by("day").agg(pl.col(rule.measure).sum().alias("n"))


def _periods(days: pl.DataFrame, rule: Count, freq: Freq) -> pl.DataFrame:
    """The sums of whole periods: a week whose seven days are not all held is left out."""
    start = pl.col("day").dt.truncate(_START[freq])
    summed = days.group_by(start.alias("period_start")).agg(pl.col("n").sum(), pl.len().alias("days"))
    after = pl.col("period_start").dt.offset_by(_START[freq])
    whole = summed.filter(pl.col("days") == (after - pl.col("period_start")).dt.total_days())
    return whole.select(
        pl.lit(rule.metric).alias("metric"), pl.lit(freq).alias("freq"), "period_start",
        (after - pl.duration(days=1)).cast(pl.Date).alias("period_end"), "n",
    )  # fmt: skip


def _dressed(found: pl.DataFrame, publisher: str, document: str, lang: Lang) -> pl.DataFrame:
    units = {metric: catalog.metrics()[metric].unit for metric in catalog.counts()}
    keys = {"D": "%Y-%m-%d", "W": "%G-W%V", "M": "%Y-%m"}
    key = pl.coalesce(
        pl.when(pl.col("freq") == freq).then(pl.col("period_start").dt.strftime(shape)) for freq, shape in keys.items()
    )
    given: dict[str, Any] = {
        "document": document, "figure": 0, "scope": "period", "department": None, "channel": None, "unit_mult": 0,
        "decimals": 0, "obs_status": "A", "publisher": publisher, "kind": KIND, "issue": None,
        "title": t("counted.source", lang), "published_on": None, "origin": KIND, "section": None,
        "as_printed": None, "quote": None, "issue_start": None, "issue_end": None,
    }  # fmt: skip
    return (
        found.with_columns(
            key.alias("time_period"), pl.col("n").cast(pl.Decimal(28, 6)).alias("obs_value"),
            pl.col("metric").replace_strict(units).alias("unit_measure"),
            *(pl.lit(value, dtype=_SCHEMA[name]).alias(name) for name, value in given.items()),
        )
        .select(_SCHEMA.keys())
        .sort("metric", "freq", "period_start")
    )  # fmt: skip


_SCHEMA: dict[str, Any] = {
    "document": pl.String, "figure": pl.Int32, "metric": pl.String, "freq": pl.String, "time_period": pl.String,
    "period_start": pl.Date, "period_end": pl.Date, "scope": pl.String, "department": pl.String, "channel": pl.String,
    "obs_value": pl.Decimal(28, 6), "unit_measure": pl.String, "unit_mult": pl.Int32, "decimals": pl.Int32,
    "obs_status": pl.String, "publisher": pl.String, "kind": pl.String, "issue": pl.Int32, "title": pl.String,
    "published_on": pl.Date, "origin": pl.String, "section": pl.String, "as_printed": pl.String, "quote": pl.String,
    "issue_start": pl.Date, "issue_end": pl.Date,
}  # fmt: skip
