"""Periods as they are said: 2025年10月 · 2024年第50周（12月9—13日） · 年初至12月13日."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from babel.dates import get_month_names

from hall.model import Lang, Period
from hall.text import t


@cache
def _month(number: int) -> str:
    return str(get_month_names("abbreviated", locale="en")[number])


def day(at: date, lang: Lang, *, year: bool = False) -> str:
    """12月9日 / 9 Dec; with the year 2024年12月9日 / 9 Dec 2024."""
    key = "period.day_of_year" if year else "period.day"
    return t(key, lang, year=at.year, month=at.month, name=_month(at.month), day=at.day)


def days(start: date, end: date, lang: Lang) -> str:
    """12月9—13日 / 9–13 Dec; over the turn of a month both months are named."""
    if start == end:
        return day(start, lang)
    if (start.year, start.month) == (end.year, end.month):
        return t("period.days", lang, month=start.month, name=_month(start.month), first=start.day, last=end.day)
    return t("period.span", lang, first=day(start, lang), last=day(end, lang))


def short(period: Period, lang: Lang) -> str:
    """2025年10月 / Oct 2025 · 2024年第50周 / week 50, 2024 · 2025年第三季度 / Q3 2025 · 2025年 / 2025."""
    at = period.start
    if period.freq == "W":
        iso = at.isocalendar()
        return t("period.week", lang, year=iso.year, week=iso.week)
    if period.freq == "M":
        return t("period.month", lang, year=at.year, month=at.month, name=_month(at.month))
    if period.freq == "Q":
        quarter = (at.month + 2) // 3
        return t("period.quarter", lang, year=at.year, quarter=quarter, word=t(f"period.ordinal{quarter}", lang))
    return t("period.year", lang, year=at.year) if period.freq == "A" else day(at, lang, year=True)


def full(period: Period, lang: Lang) -> str:
    """As short; a week also with its days, as the bulletin printed them."""
    if period.freq != "W":
        return short(period, lang)
    return t("period.week_days", lang, week=short(period, lang), days=days(period.start, period.end, lang))


def within(period: Period, lang: Lang) -> str:
    """Without the year, for a sentence that has named it: 10月 / Oct."""
    if period.freq == "M":
        return t("period.month_only", lang, month=period.start.month, name=_month(period.start.month))
    return short(period, lang)


def moment(at: datetime, lang: Lang) -> str:
    """A time of the journal (UTC without a zone) as the clocks of this machine show it: 2025年12月1日 10:46."""
    here = at.replace(tzinfo=UTC).astimezone()
    return f"{day(here.date(), lang, year=True)} {here:%H:%M}"


def to_date(end: date, lang: Lang, *, year: bool = False) -> str:
    """年初至12月13日 / to 13 Dec; with the year 2024年初至12月13日 / 1 Jan to 13 Dec 2024."""
    return t("period.to_date_of_year" if year else "period.to_date", lang, day=day(end, lang), year=end.year)


def as_of(at: date, lang: Lang, *, year: bool = True) -> str:
    """截至2023年12月8日 / as of 8 Dec 2023."""
    return t("period.as_of", lang, day=day(at, lang, year=year))


def beside(period: Period, named: Period, lang: Lang) -> str:
    """A period in a sentence that has named another: the year is left out where it is the same."""
    return within(period, lang) if period.start.year == named.start.year else short(period, lang)


def run(first: Period, last: Period, lang: Lang) -> str:
    """A run of periods: 6—9月 / Jun–Sep · 2024年11月—2025年2月; weeks 第49—52周."""
    if first.key == last.key:
        return within(first, lang) if first.freq == "M" else short(first, lang)
    same = first.start.year == last.start.year
    if first.freq == "M" and same:
        return t("period.months", lang, first=first.start.month, last=last.start.month,
                 first_name=_month(first.start.month), last_name=_month(last.start.month))  # fmt: skip
    return t("period.span", lang, first=short(first, lang), last=short(last, lang))


def between(first: Period, last: Period, lang: Lang) -> str:
    """From one period to another, both with their year: 2023年1月—2025年12月."""
    a, b = short(first, lang), short(last, lang)
    return a if a == b else t("period.span", lang, first=a, last=b)


def filter_words(first: str | None, last: str | None, lang: Lang) -> str:
    """The months of the filter: 2025年5月—2025年10月, open ends said in words."""
    a, b = (short(Period.parse(month), lang) if month else "" for month in (first, last))
    if a and b:
        return a if a == b else t("period.span", lang, first=a, last=b)
    if a or b:
        return t("period.since", lang, first=a) if a else t("period.until", lang, last=b)
    return t("period.all", lang)
