"""Handling time from its histogram in whole working days: the median, and within how many days nine in ten were done.

One definition, without interpolation: the quantile q is the smallest number of working days w such that at least q·n of
the n completed cases took w or fewer. The median is q = 1/2; "9 in 10 within w" is q = 9/10.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import polars as pl

MEDIAN, NINE_IN_TEN, NEARLY_ALL = Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)
# the last bin of the histogram holds this many working days or more
LAST = 250


def quantile(histogram: Iterable[tuple[int, int]], q: Fraction) -> int | None:
    """The quantile of pairs (working days, completed cases), in any order; None where no case was completed. ``q`` lies
    above 0 and at most at 1: ValueError. A result of ``LAST`` means that many or more."""
    if not 0 < q <= 1:
        raise ValueError(q)
    counts: dict[int, int] = {}
    for workdays, completed in histogram:
        counts[workdays] = counts.get(workdays, 0) + completed
    needed, reached = q * sum(counts.values()), 0
    if not needed:
        return None
    for workdays in sorted(counts):
        reached += counts[workdays]
        if reached >= needed:
            return workdays
    raise AssertionError  # the last bin reaches all


def summary(rows: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Of rows (``by`` …, workdays, completed): one row a group in order: ``by`` …, ``n`` (completed cases), ``median``
    and ``nine_in_ten`` (working days). Groups without a case are left out."""
    keys = list(by)
    bins = rows.filter(pl.col("completed") > 0).group_by(*keys, "workdays").agg(pl.col("completed").sum())
    bins = bins.with_columns(pl.col("completed").cast(pl.Int64)).sort(*keys, "workdays")
    within = pl.col("completed").cum_sum()
    whole = pl.col("completed").sum()
    if keys:
        within, whole = within.over(keys), whole.over(keys)
    bins = bins.with_columns(within.alias("_within"), whole.alias("n"))
    found = [_least(q, name) for q, name in ((MEDIAN, "median"), (NINE_IN_TEN, "nine_in_ten"))]
    if not keys:
        return bins.select(pl.col("n").first(), *found).filter(pl.col("n").is_not_null())
    return bins.group_by(keys).agg(pl.col("n").first(), *found).sort(keys)


def _least(q: Fraction, name: str) -> pl.Expr:
    # whole numbers on both sides: 0.9 · 10 is 9, not a hair more
    reached = pl.col("_within") * q.denominator >= pl.col("n") * q.numerator
    return pl.col("workdays").filter(reached).min().cast(pl.Int32).alias(name)
