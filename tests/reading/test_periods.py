"""Dates and periods in the spellings of bulletins, the year told or inferred."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.model import Document, Period
from hall.reading.extract import read_text
from hall.reading.text import source
from hall.reading.times import periods

OCTOBER = Document(
    "x",
    "monthly_bulletin",
    published_on=date(2025, 11, 24),
    period_start=date(2025, 10, 1),
    period_end=date(2025, 10, 31),
)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
PUBLISHER = "四川省政府政务服务和公共资源交易服务中心"


def _first(text: str) -> periods.When:
    return periods.find(source.build(text).flat, OCTOBER)[0]


@given(DAYS, st.sampled_from(["{0}年{1}月{2}日", "{0} 年 {1} 月 {2} 日", "{0}-{1:02}-{2:02}", "{0}年\n{1}月{2}日"]))
def test_a_day(day: date, form: str) -> None:
    when = _first(f"于{form.format(day.year, day.month, day.day)}召开")
    assert (when.first, when.last) == (day, day)


@pytest.mark.parametrize(
    ("words", "scope", "first", "last"),
    [
        ("今年以来，", "year_to_date", date(2025, 1, 1), date(2025, 10, 31)),
        ("1—10月，", "year_to_date", date(2025, 1, 1), date(2025, 10, 31)),
        ("截至目前，", "as_of", None, date(2025, 10, 31)),
        ("截至10月20日，", "as_of", None, date(2025, 10, 20)),
        ("7-9月，", "period", date(2025, 7, 1), date(2025, 9, 30)),
        ("三季度，", "period", date(2025, 7, 1), date(2025, 9, 30)),
        ("10月21日—23日，", "period", date(2025, 10, 21), date(2025, 10, 23)),
        ("5月11日至6月10日，", "period", date(2025, 5, 11), date(2025, 6, 10)),
        ("12月，", "period", date(2024, 12, 1), date(2024, 12, 31)),
        ("去年10月，", "period", date(2024, 10, 1), date(2024, 10, 31)),
        ("二〇二五年十月七日，", "period", date(2025, 10, 7), date(2025, 10, 7)),
        ("本月，", "period", date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_expressions(words: str, scope: str, first: date | None, last: date) -> None:
    when = _first(f"{words}受理5件")
    assert (when.scope, when.first, when.last) == (scope, first, last)


@given(DAYS, st.integers(0, 6), st.integers(3, 20))
def test_a_weeks_year(monday: date, days: int, wait: int) -> None:
    """The week's own range, its year from the print date, over the turn of the year too."""
    last = monday + timedelta(days=days)
    printed = last + timedelta(days=wait)
    head = f"窗口工作周报\n（{monday.month}月{monday.day}日—{last.month}月{last.day}日）\n{PUBLISHER}\n"
    document = read_text(
        f"{head}{printed.year}年{printed.month}月{printed.day}日\n一、工作\n本周，受理5件。\n"
    ).document
    assert (document.period_start, document.period_end) == (monday, last)


@given(DAYS)
def test_a_month_without_a_year(day: date) -> None:
    period = Period.month(day.year, day.month)
    printed = period.end + timedelta(days=20)
    head = f"政务窗口月报\n{PUBLISHER}\n{printed:%Y}年{printed.month}月{printed.day}日\n"
    text = f"{head}一、{day.month}月总体运行情况\n办理5件。\n"
    assert read_text(text).document.period == period
