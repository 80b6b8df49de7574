"""Metrics counted from the records of cases and consultations, as observations beside those of the bulletins."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from hall import catalog, settings
from hall.catalog import Count
from hall.model import Document, DocumentKind, Freq, Period
from hall.text import t
from hall.views.data import coverage
from hall.views.data.context import Context

KIND: DocumentKind = "records"
_START = {"D": "1d", "W": "1w", "M": "1mo", "Q": "1q", "A": "1y"}
_SUMS = {"metric": pl.String, "freq": pl.String, "period_start": pl.Date, "period_end": pl.Date, "n": pl.Int64}


def document(ctx: Context) -> Document:
    """The records of the publisher as a document; its period ends with the day up to which they tell."""
    return Document(
        sha256=f"cube:{ctx.coverage.version}", kind=KIND, title=t("counted.source", ctx.lang),
        publisher=ctx.publisher, period_end=ctx.coverage.as_of,
    )  # fmt: skip


def observations(
    ctx: Context, freqs: tuple[Freq, ...] = ("W", "M"), metrics: tuple[str, ...] | None = None
) -> pl.DataFrame:
    """The counts of whole periods whose records are held: metric, freq, period_start, period_end, n; narrowed by the
    departments of the selection where the records name any. Nothing as known on a day before the cube was built."""
    rules = [rule for rule in _rules(metrics) if rule.metric in ctx.coverage.metrics]
    return _sums(ctx, rules, freqs).sort("metric", "freq", "period_start")


def to_date(ctx: Context, metrics: tuple[str, ...]) -> pl.DataFrame:
    """The counts from 1 January to the end of each week, where all of these days are counted; columns as above."""
    rules = [rule for rule in _rules(metrics) if rule.metric in ctx.coverage.metrics]
    days, own = _sums(ctx, rules, ("D",), rest=True), _sums(ctx, rules, ("W",))
    by_year = ["metric", pl.col("period_end").dt.year().alias("_year")]
    running = days.sort("period_end").select(
        "metric", "period_end",
        pl.col("n").cum_sum().over(by_year).alias("_sum"),
        pl.int_range(1, pl.len() + 1).over(by_year).alias("_days"),
    )  # fmt: skip
    found = own.join(running, on=["metric", "period_end"], how="inner", maintain_order="left")
    whole = found.filter(pl.col("_days") == pl.col("period_end").dt.ordinal_day())
    told = whole.with_columns(n="_sum", period_start=pl.date(pl.col("period_end").dt.year(), 1, 1)).select(*_SUMS)
    return told.sort("metric", "freq", "period_end")


def narrowed(ctx: Context) -> frozenset[str]:
    """The metrics that are counted of the chosen departments alone; none without a department filter."""
    holds, rules = ctx.coverage, catalog.counts()
    return frozenset(m for m in holds.metrics if ctx.departments and rules[m].table in holds.narrowed)


def outside(ctx: Context, metrics: tuple[str, ...] | None = None) -> dict[tuple[str, str], int]:
    """What the rules of the metrics leave out and the records hold, by metric and month, where it can be counted."""
    pairs = [pair for rule in _rules(metrics) if (pair := rule.beyond())]
    found: dict[tuple[str, str], int] = {}
    for sign, rules in ((1, [one for one, _ in pairs]), (-1, [less for _, less in pairs if less])):
        months = _sums(ctx, rules, ("M",))
        for metric, start, n in months.select("metric", "period_start", "n").iter_rows():
            key = (metric, f"{start:%Y-%m}")
            found[key] = found.get(key, 0) + sign * n
    return found


def channels(ctx: Context, freq: Freq) -> pl.DataFrame:
    """The cases that each channel accepted in whole periods: metric (the channel), freq, period_start, period_end, n;
    narrowed as ``observations`` are."""
    rules = [Count(channel, "cases", "accepted", "accepted", (channel,)) for channel in catalog.channels()]
    return _sums(ctx, rules, (freq,)).sort("metric", "period_start")


def _rules(metrics: tuple[str, ...] | None) -> list[Count]:
    return [rule for metric, rule in catalog.counts().items() if metrics is None or metric in metrics]


def _sums(ctx: Context, rules: list[Count], freqs: tuple[Freq, ...], *, rest: bool = False) -> pl.DataFrame:
    """The sums of whole periods by rule: metric, freq, period_start, period_end, n. Days go as far as the records tell,
    with ``rest`` on to the end of the days off that complete a week or month."""
    holds = ctx.coverage
    found = [pl.DataFrame(schema=_SUMS)]
    for table in coverage.TABLES:
        wanted, days = [r for r in rules if r.table == table], _days(holds.months(table), holds.whole_to(table))
        if ctx.publisher is None or not wanted or days.is_empty():
            continue
        chosen = ctx.departments if table in holds.narrowed else ()
        events = coverage.events(str(settings.store()), ctx.publisher, holds.version, table, chosen)
        daily = days.join(coverage.counted(events, wanted), on="day", how="left").fill_null(0)
        told = daily if rest else daily.filter(pl.col("day") <= holds.known_to(table))
        found += [_periods(told if freq == "D" else daily, [r.metric for r in wanted], freq) for freq in freqs]
    return pl.concat(found)


@lru_cache(maxsize=8)
def _days(months: tuple[str, ...], until: date | None) -> pl.DataFrame:
    """Every known day of the months that are held."""
    spans = [Period.parse(month) for month in months]
    days = [day for p in spans for i in range((p.end - p.start).days + 1)
            if until is not None and (day := p.start + timedelta(days=i)) <= until]  # fmt: skip
    return pl.DataFrame({"day": days}, schema={"day": pl.Date})


def _periods(daily: pl.DataFrame, metrics: list[str], freq: Freq) -> pl.DataFrame:
    """The sums of whole periods: a week whose seven days are not all known is left out."""
    start = pl.col("day").dt.truncate(_START[freq])
    summed = daily.group_by(start.alias("period_start")).agg(pl.col(metrics).sum(), pl.len().alias("days"))
    after = pl.col("period_start").dt.offset_by(_START[freq])
    whole = summed.filter(pl.col("days") == (after - pl.col("period_start")).dt.total_days())
    long = whole.unpivot(metrics, index="period_start", variable_name="metric", value_name="n")
    return long.select(
        "metric", pl.lit(freq).alias("freq"), "period_start",
        (after - pl.duration(days=1)).cast(pl.Date).alias("period_end"), pl.col("n").cast(pl.Int64),
    )  # fmt: skip
