"""The calendar of working days as a table, for engines that count working days between two dates."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import polars as pl

from hall.measure.workdays import is_workday


def calendar(first: date, last: date) -> pl.DataFrame:
    """One row a day from ``first`` to ``last``: ``day``, ``month`` (its first day), ``number`` (how many working days
    lie on or before it, from the first), ``weekday`` (1 Monday … 7 Sunday) and ``announced``. Of a year whose calendar
    is not announced Monday to Friday count as working days."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    open_on = [is_workday(day) for day in days]
    works = [day.weekday() < 5 if known is None else known for day, known in zip(days, open_on, strict=True)]
    return pl.DataFrame(
        {"day": days, "works": works, "announced": [known is not None for known in open_on]},
        schema={"day": pl.Date, "works": pl.Boolean, "announced": pl.Boolean},
    ).select(
        "day",
        pl.col("day").dt.month_start().alias("month"),
        pl.col("works").cum_sum().cast(pl.Int32).alias("number"),
        pl.col("day").dt.weekday().cast(pl.Int8).alias("weekday"),
        "announced",
    )


def fingerprints(table: pl.DataFrame) -> dict[int, str]:
    """A hash of the working days of each year: what was counted by other ones is to be counted anew."""
    working = table.filter(pl.col("number").diff().fill_null(pl.col("number")) > 0)
    days = working.group_by(pl.col("day").dt.year().alias("year")).agg(pl.col("day").sort()).sort("year")
    return {year: hashlib.sha256(repr(found).encode()).hexdigest()[:12] for year, found in days.iter_rows()}
