"""What the records count of the comprehensive window, in rows like those of query series/window_values: weeks, months,
and to date at the end of each week."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall.views.data import case_counts
from hall.views.data.context import Context
from hall.views.data.window_values import STEPS

METRICS = (*STEPS, "handled_total", "window_issued", "mailed")
_KEY = ["metric", "freq", "time_period", "scope"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were stated, and counted ones for the periods that none states; ``narrowed`` are the metrics whose rows
    are of the chosen departments alone."""

    table: pl.DataFrame
    narrowed: frozenset[str]


def join(stated: pl.DataFrame, ctx: Context) -> Rows:
    """The stated rows with the counted ones of the same data set. Where departments are chosen, a metric that can be
    counted by department is counted only: what is printed of the whole hall is not theirs."""
    weeks = case_counts.observations(ctx, ("W", "M"), METRICS)
    if weeks.is_empty():
        return Rows(stated, frozenset())
    narrowed = case_counts.narrowed(ctx) & set(METRICS)
    stated = stated.filter(~pl.col("metric").is_in(sorted(narrowed)))
    known = stated.filter(pl.col("department").is_null() & pl.col("channel").is_null())
    days = case_counts.observations(ctx, ("D",), STEPS)
    found = pl.concat([weeks, _to_date(days, weeks)]).join(known, on=_KEY, how="anti", maintain_order="left")
    return Rows(pl.concat([stated, found.select(stated.columns)], how="vertical_relaxed"), narrowed)


def _to_date(days: pl.DataFrame, weeks: pl.DataFrame) -> pl.DataFrame:
    """From 1 January to the end of each week, where all of these days are counted."""
    by_year = ["metric", pl.col("period_end").dt.year().alias("_year")]
    running = days.sort("period_end").select(
        "metric", "period_end",
        pl.col("obs_value").cum_sum().over(by_year).alias("_sum"),
        pl.int_range(1, pl.len() + 1).over(by_year).alias("_days"),
    )  # fmt: skip
    own = weeks.filter((pl.col("freq") == "W") & pl.col("metric").is_in(STEPS))
    found = own.join(running, on=["metric", "period_end"], how="inner")
    whole = found.filter(pl.col("_days") == pl.col("period_end").dt.ordinal_day())
    return whole.with_columns(
        pl.col("_sum").cast(pl.Decimal(28, 6)).alias("obs_value"),
        pl.lit("year_to_date").alias("scope"),
        pl.date(pl.col("period_end").dt.year(), 1, 1).alias("period_start"),
    ).select(weeks.columns)
