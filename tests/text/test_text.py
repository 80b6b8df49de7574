"""Words in two languages, numbers with their precision, periods, citations."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.model import Document, Lang, Period
from hall.text import after_word, known, numbers, periods, t, texts
from hall.views.parts.citation import cite, sources

NB = "\u00a0"
HALL = "sichuan"


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_hold_equal_keys() -> None:
    assert set(texts("zh")) == set(texts("en"))


def test_english_asks_for_no_parameter_that_chinese_lacks() -> None:
    # a language may leave a parameter out, but the code gives what Chinese names
    named = {"period", "month", "name", "first_name", "last_name", "word", "quarter", "year"}
    odd = {k: _fields(texts("en")[k]) - _fields(v) - named for k, v in texts("zh").items()}
    assert {k: v for k, v in odd.items() if v} == {}


def test_no_chinese_in_english() -> None:
    mixed = [k for k, v in texts("en").items() if any("\u4e00" <= c <= "\u9fff" for c in v) and k != "language.name"]
    # the numerals that a document writes its sections with are Chinese in either language
    assert [k for k in mixed if k != "document.numerals"] == []


def test_a_missing_key_is_an_error() -> None:
    assert not known("no.such")
    with pytest.raises(KeyError):
        t("no.such", "zh")


@pytest.mark.parametrize(
    ("value", "unit", "mult", "decimals", "zh", "en"),
    [
        ("55700", "case", 4, 2, f"5.57{NB}万件", f"55.7K{NB}cases"),
        ("53000", "case", 4, 2, f"5.30{NB}万件", f"53.0K{NB}cases"),
        ("900", "case", 4, 2, f"0.09{NB}万件", f"900{NB}cases"),
        ("1000", "case", 4, 1, f"0.1{NB}万件", f"1K{NB}cases"),
        ("346703", "case_time", 0, 0, f"346,703{NB}件次", f"346,703{NB}case-times"),
        ("123456789", "case", 0, 0, f"1.23{NB}亿件", f"123M{NB}cases"),
        ("65.59", "percent", 0, 2, "65.59%", "65.59%"),
        ("-221", "person_time", 0, 0, f"\u2212221{NB}人次", f"\u2212221{NB}person-times"),
        ("1079", "piece", 0, 0, f"1,079{NB}个", "1,079"),
        ("12", "户", 0, 0, f"12{NB}户", f"12{NB}户"),
    ],
)
def test_quantities(value: str, unit: str, mult: int, decimals: int, zh: str, en: str) -> None:
    assert numbers.quantity(Decimal(value), unit, mult, decimals, "zh") == zh
    assert numbers.quantity(Decimal(value), unit, mult, decimals, "en") == en


def test_what_stands_beside_a_number() -> None:
    assert numbers.beside(Decimal(55700), "case", 4, 2, Decimal(50), "zh") == f"万件 ±50{NB}件"
    assert numbers.beside(Decimal(55700), "case", 4, 2, Decimal(50), "en") == f"±50{NB}cases"
    assert numbers.beside(Decimal(910), "person_time", 0, 0, Decimal(0), "zh") == "人次"


def test_rounding_is_half_even_and_once() -> None:
    assert numbers.digits(Decimal("2.5"), 0) == "2"
    assert numbers.digits(Decimal("3.5"), 0) == "4"
    assert numbers.rounded(Decimal(25), 1) == 20
    assert numbers.percent(Decimal("-4.657"), 1, signed=True) == "\u22124.7%"
    assert numbers.percent(Decimal("34.87"), 1, signed=True) == "+34.9%"


@given(st.decimals(-(10**9), 10**9, places=2), st.integers(0, 3))
def test_digits_read_back_as_the_rounded_value(value: Decimal, decimals: int) -> None:
    shown = numbers.digits(value, decimals).replace(",", "").replace("\u2212", "-")
    assert abs(Decimal(shown) - value) <= Decimal(5).scaleb(-decimals - 1)


def test_a_number_is_set_off_from_a_chinese_character() -> None:
    assert after_word("920 件", "zh") == " 920 件"
    assert after_word("约 920 件", "zh") == "约 920 件"


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2025-10", "2025年10月", "Oct 2025"),
        ("2025-09", "2025年9月", "Sep 2025"),
        ("2024-W50", "2024年第50周", "week 50, 2024"),
        ("2025-Q3", "2025年第三季度", "Q3 2025"),
        ("2025", "2025年", "2025"),
        ("2025-10-17", "2025年10月17日", "17 Oct 2025"),
    ],
)
def test_periods(key: str, zh: str, en: str) -> None:
    assert periods.short(Period.parse(key), "zh") == zh
    assert periods.short(Period.parse(key), "en") == en


def test_a_week_names_its_own_days() -> None:
    week = Period(date(2024, 12, 9), date(2024, 12, 13), "W")
    assert periods.full(week, "zh") == "2024年第50周（12月9—13日）"
    assert periods.full(week, "en") == "week 50, 2024 (9–13 Dec)"
    assert periods.to_date(week.end, "zh") == "年初至12月13日"
    assert periods.to_date(week.end, "en") == "to 13 Dec"
    assert periods.days(date(2024, 11, 30), date(2024, 12, 4), "zh") == "11月30日—12月4日"
    assert periods.as_of(date(2023, 12, 8), "zh", year=False) == "截至12月8日"


def test_runs_of_months() -> None:
    june, september = Period.month(2025, 6), Period.month(2025, 9)
    assert periods.run(june, september, "zh") == "6—9月"
    assert periods.run(june, september, "en") == "Jun–Sep"
    assert periods.run(Period.month(2024, 11), Period.month(2025, 2), "zh") == "2024年11月—2025年2月"
    assert periods.filter_words(None, None, "zh") == "全部期间"


def _monthly(issue: int | None, month: int = 10) -> Document:
    own = Period.month(2025, month)
    return Document(
        f"m{month}", "monthly_bulletin", issue=issue, publisher=HALL, published_on=date(2025, 11, 24),
        period_start=own.start, period_end=own.end,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "one", "two"),
    [
        ("zh", "政务窗口月报 2025年第10期", "政务窗口月报 2025年第10期、第5期"),
        ("en", "Monthly window bulletin no. 10, 2025", "Monthly window bulletin no. 10, no. 5, 2025"),
    ],
)
def test_citations(lang: Lang, one: str, two: str) -> None:
    assert cite(_monthly(10), lang) == one
    assert sources([_monthly(5, 5), _monthly(10), _monthly(10)], lang) == two


def test_a_document_without_issue_is_cited_by_print_date() -> None:
    week = Document(
        "w", "weekly_bulletin", publisher=HALL, published_on=date(2024, 12, 25), period_start=date(2024, 12, 9),
        period_end=date(2024, 12, 13),
    )  # fmt: skip
    assert cite(week, "zh") == "窗口工作周报 2024年12月25日"
    assert cite(week, "en") == "Weekly window bulletin, 25 Dec 2024"


def test_sources_of_demo_data_say_so() -> None:
    demo = Document("d", "monthly_bulletin", publisher="sample", period_start=date(2025, 1, 1))
    assert sources([demo], "zh") == "演示数据，非真实业务"
