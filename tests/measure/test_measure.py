"""Rounding, change, shares, working days, spines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.measure.change import change
from hall.measure.rounding import Quantity, coarsest, honest_place, total
from hall.measure.share import per_day, share, share_change
from hall.measure.spine import gaps, newest_slots, spine
from hall.measure.workdays import is_workday, workdays
from hall.model import Lang, Period
from hall.views.parts import wording

NB = "\u00a0"


def wan(printed: str) -> Quantity:
    """A value printed in 万件."""
    return Quantity(Decimal(printed).scaleb(4), "case", 4, len(printed.partition(".")[2]))


def count(value: int) -> Quantity:
    return Quantity(Decimal(value), "person_time")


def test_print_gives_the_slack() -> None:
    assert wan("5.57").slack == 50
    assert wan("0.1").slack == 500
    assert count(910).slack == 0
    assert Quantity(Decimal("65.59"), "percent", 0, 2).slack == Decimal("0.005")
    assert (wan("5.57").figures, wan("0.26").figures, wan("0.1").figures) == (3, 2, 1)


@pytest.mark.parametrize(
    ("now", "then", "amount", "relative"),
    [
        (wan("5.57"), wan("4.13"), f"↑ 1.44{NB}万件", "+34.9%"),
        (wan("0.32"), wan("0.26"), f"↑ 0.06{NB}万件", "约 +23%"),
        (wan("0.23"), wan("0.12"), f"↑ 0.11{NB}万件", "约 1.9 倍"),
        (wan("0.1"), wan("0.09"), "≈ 差异在舍入误差内", ""),
        (count(910), count(822), f"↑ 88{NB}人次", "+10.7%"),
        (count(4524), count(4745), f"↓ 221{NB}人次", "\u22124.7%"),
        (count(5464), count(2327), f"↑ 3,137{NB}人次", "2.3 倍"),
        (count(5), count(4), f"↑ 1{NB}人次", "+25.0%"),
        (wan("0.5"), wan("0.1"), f"↑ 0.4{NB}万件", ""),
        (count(7), count(7), "= 持平", ""),
    ],
)
def test_changes_as_they_are_said(now: Quantity, then: Quantity, amount: str, relative: str) -> None:
    found = change(now, then)
    assert found is not None
    assert wording.amount(found, "zh") == amount
    assert wording.relative(found, "zh") == relative


@pytest.mark.parametrize(("lang", "said"), [("zh", f"↑ 1.44{NB}万件"), ("en", "↑ 14.4K")])
def test_change_in_both_languages(lang: Lang, said: str) -> None:
    found = change(wan("5.57"), wan("4.13"))
    assert found is not None
    assert wording.amount(found, lang) == said


def test_nothing_is_compared_when_a_side_is_missing_or_held() -> None:
    assert change(None, wan("1.0")) is None
    assert change(wan("1.0"), None) is None
    assert change(wan("1.0"), wan("2.0"), held=True) is None


def test_good_and_bad_only_where_the_metric_says_so() -> None:
    up = change(wan("5.57"), wan("4.13"), "higher")
    down = change(wan("4.13"), wan("5.57"), "higher")
    neither = change(wan("4.13"), wan("5.57"))
    same = change(wan("0.1"), wan("0.09"), "higher")
    assert up and up.is_good
    assert down and down.is_good is False
    assert neither and neither.is_good is None
    assert same and same.is_good is None and same.direction == "same" and same.within_rounding


def test_a_changed_unit_is_known() -> None:
    found = change(Quantity(Decimal(5464), "case_time"), Quantity(Decimal(2327), "case"))
    assert found and found.unit_changed


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2))
def test_within_rounding_never_has_a_direction(a: int, b: int, decimals: int) -> None:
    step = 10 ** (4 - decimals)
    now = Quantity(Decimal(a * step), "case", 4, decimals)
    then = Quantity(Decimal(b * step), "case", 4, decimals)
    found = change(now, then)
    assert found is not None
    assert (found.direction == "same") == (abs(a - b) * step <= now.slack + then.slack)
    assert found.difference.exponent == now.exponent


def test_sums_are_no_finer_than_their_parts() -> None:
    whole = total([wan("5.34"), wan("0.2")])
    assert whole is not None
    assert (whole.value, whole.exponent) == (55400, 3)
    assert coarsest(wan("5.34"), wan("0.2")) == (4, 1)
    assert total([]) is None
    with pytest.raises(ValueError, match="units"):
        total([wan("1.0"), count(1)])


def test_shares_are_as_fine_as_the_print_allows() -> None:
    october, may = share(wan("5.34"), wan("5.57")), share(wan("4.01"), wan("4.13"))
    assert october and may
    assert wording.rate(october, "zh") == "约 96%"
    assert wording.rate(may, "zh") == "约 97%"
    exact = share(Quantity(Decimal(1079), "item"), Quantity(Decimal(1645), "item"))
    assert exact and wording.rate(exact, "zh") == "65.59%"
    assert share(wan("1.0"), None) is None
    assert share(wan("1.0"), wan("0.0")) is None
    moved = share_change(october, may)
    assert moved and not moved.within_rounding and moved.decimals == 0 and round(moved.points) == -1
    assert share_change(october, None) is None


@given(st.decimals("0", "20", places=4))
def test_the_place_covers_the_slack(slack: Decimal) -> None:
    assert Decimal(5).scaleb(honest_place(slack) - 1) >= slack


def test_working_days_count_shifted_ones() -> None:
    assert workdays(date(2025, 10, 1), date(2025, 10, 31)) == 18
    assert workdays(date(2025, 5, 1), date(2025, 5, 31)) == 19
    assert is_workday(date(2025, 10, 11)) is True


def test_years_beyond_the_calendar(tmp_path: Path) -> None:
    assert workdays(date(2031, 1, 1), date(2031, 1, 31)) is None
    override = tmp_path / "workdays.toml"
    override.write_text("[[year]]\nyear = 2031\nholidays = [2031-01-01]\nworkdays = [2031-01-04]\n")
    assert workdays(date(2031, 1, 1), date(2031, 1, 5), override) == 3


def test_per_working_day_has_the_figures_of_its_input() -> None:
    daily = per_day(wan("5.57"), 18)
    assert daily is not None
    assert wording.shown(daily, "zh") == f"3,090{NB}件"
    exact = per_day(count(910), 18)
    assert exact and wording.shown(exact, "zh") == f"50.6{NB}人次"
    assert per_day(wan("5.57"), None) is None


def test_a_spine_is_complete_and_knows_its_gaps() -> None:
    may, october = Period.month(2025, 5), Period.month(2025, 10)
    line = spine([october, may])
    assert [p.key for p in line] == [f"2025-{m:02d}" for m in range(5, 11)]
    found = gaps(line, ["2025-05", "2025-10"])
    assert [(g.first.key, g.last.key, g.count) for g in found] == [("2025-06", "2025-09", 4)]
    assert spine([]) == ()
    assert newest_slots(october)[0].key == "2024-11"


def test_a_week_keeps_its_own_days_in_a_spine() -> None:
    first = Period(date(2023, 12, 25), date(2023, 12, 29), "W")
    last = Period(date(2024, 1, 8), date(2024, 1, 12), "W")
    line = spine([first, last])
    assert [p.key for p in line] == ["2023-W52", "2024-W01", "2024-W02"]
    assert line[0].end == date(2023, 12, 29)
