"""Numbers in every spelling: what is written is what is read, with the precision of the print."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.reading.numbers import numerals
from hall.reading.text import source

POWERS = {"": 0, "千": 3, "万": 4, "亿": 8}


def _one(text: str) -> numerals.Number:
    found = numerals.find(source.build(text).flat)
    assert len(found) == 1, f"{text}: {found}"
    return found[0]


@given(st.integers(0, 10**9), st.integers(0, 3), st.sampled_from(sorted(POWERS)), st.booleans(), st.booleans())
def test_arabic(whole: int, decimals: int, power: str, grouped: bool, wide: bool) -> None:
    value = Decimal(whole).scaleb(-decimals)
    printed = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    if wide:
        printed = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c in ",." else c for c in printed)
    number = _one(f"受理{printed}{power}件")
    assert number.value == value.scaleb(POWERS[power])
    assert (number.decimals, number.mult) == (decimals, POWERS[power])


@given(st.integers(1, 10**8))
def test_chinese(value: int) -> None:
    assert numerals.chinese(cn2an.an2cn(str(value), "low")) == value


@given(st.integers(1, 99), st.integers(0, 99))
def test_chinese_percent(whole: int, fraction: int) -> None:
    value = Decimal(f"{whole}.{fraction:02}")
    number = _one(f"占比百分之{cn2an.an2cn(str(value), 'low')}")
    assert number.percent
    assert number.value == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("两万零五件", 20005),
        ("3亿5000万元", 350_000_000),
        ("1万5千人", 15_000),
        ("近千件", 1000),
        ("三点六二万件", 36200),
    ],
)
def test_mixed(printed: str, value: int) -> None:
    assert _one(printed).value == value


@pytest.mark.parametrize(
    "printed",
    [
        "5.5.7万件",
        "5,57万件",
        "O.23万件",
        "0.2l万件",
        "4 200人次",
        "1，07件5",
        "受理.57万件",
        "一百五件",
        "一万五件",
        "O,442人次",
    ],
)
def test_what_is_not_certain_has_no_value(printed: str) -> None:
    assert all(n.value is None or n.value < 10 for n in numerals.find(source.build(printed).flat))


@pytest.mark.parametrize("words", ["千家万户", "四川", "百姓", "万达广场"])
def test_words_are_no_numbers(words: str) -> None:
    assert not [n for n in numerals.find(source.build(words).flat) if n.value is None or n.value > 10]
