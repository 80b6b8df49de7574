"""Open cases by the month of their acceptance: this month, last month, two to three months ago, older."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hall.model import Lang, Period
from hall.text import periods, t
from hall.views.data.case_months import MonthSpan
from hall.views.parts.marks import glue, square

AGES = ("this_month", "last_month", "months_2_3", "older")
# the older, the darker
COLOURS = dict(zip(AGES, ("ramp3", "ramp5", "ramp7", "ramp10"), strict=True))


def groups(rows: pl.DataFrame, month: Period, by: Sequence[str] = ()) -> pl.DataFrame:
    """Rows (``by`` …, month_accepted, open) as rows (``by`` …, age, open) counted back from ``month``, newest first;
    groups without an open case are left out."""
    at = month.start.year * 12 + month.start.month
    back = at - (pl.col("month_accepted").dt.year().cast(pl.Int32) * 12 + pl.col("month_accepted").dt.month())
    place = pl.when(back <= 0).then(0).when(back == 1).then(1).when(back <= 3).then(2).otherwise(3)
    aged = rows.with_columns(place.alias("_place"))
    summed = aged.group_by(*by, "_place").agg(pl.col("open").sum()).filter(pl.col("open") != 0).sort(*by, "_place")
    age = pl.col("_place").replace_strict(dict(enumerate(AGES)), return_dtype=pl.String)
    return summed.select(*by, age.alias("age"), "open")


def names(lang: Lang) -> dict[str, str]:
    """The groups in words, newest first."""
    return {age: t(f"casework.age_{age}", lang) for age in AGES}


def subtitle(now: MonthSpan, lang: Lang) -> str:
    """As of which day, by month of acceptance, of which months' cases; with the key of the colours."""
    key = "\u3000".join(f"{square(COLOURS[age])}{glue(words)}" for age, words in names(lang).items())
    return t("casework.age_what", lang, day=periods.as_of(now.day, lang), since=since(now, lang)) + "\u3000" + key


def since(now: MonthSpan, lang: Lang) -> str:
    """自2023年1月起受理的办件: of those accepted earlier the records know nothing."""
    return t("casework.since", lang, month=periods.short(now.since, lang))
