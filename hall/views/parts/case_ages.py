"""Open cases by the month of their acceptance: this month, last month, two to three months ago, older."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from hall.model import Lang, Period
from hall.text import join, periods, t
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


def names(month: Period, lang: Lang) -> dict[str, str]:
    """The groups in words, newest first, by their months: an age in months would be wrong for most of their days."""
    last, second, third = (month.shift(-back) for back in (1, 2, 3))
    said = (periods.within(month, lang), periods.within(last, lang), periods.run(third, second, lang), "")
    named = {age: t("casework.age_in", lang, months=months) for age, months in zip(AGES, said, strict=True)}
    return {**named, "older": t("casework.age_older", lang, month=periods.within(month.shift(-4), lang))}


def headline(whole: int, old: int, month: Period, lang: Lang) -> str:
    """How many are open, and how many of them were accepted in the months of the last group."""
    words = {"n": f"{whole:,}", "old": f"{old:,}", "month": periods.short(month.shift(-4), lang)}
    return t("casework.backlog_old" if old else "casework.backlog_new", lang, **words)


def subtitle(now: MonthSpan, lang: Lang, apart: Iterable[str] = ()) -> str:
    """As of which day, by month of acceptance, of which months' cases; with the key of the colours."""
    key = "\u3000".join(f"{square(COLOURS[age])}{glue(words)}" for age, words in names(now.last, lang).items())
    return (
        t("casework.age_what", lang, day=periods.as_of(now.day, lang), since=since(now, lang, apart)) + "\u3000" + key
    )


def since(now: MonthSpan, lang: Lang, apart: Iterable[str] = ()) -> str:
    """只计2023年1月起受理的办件: of those accepted earlier the records know nothing but in months that stand apart."""
    words = t("casework.since", lang, month=periods.short(now.since, lang))
    named = join([periods.short(Period.parse(m), lang) for m in apart if m < now.since.key], lang)
    return words + t("casework.since_apart", lang, months=named) if named else words
