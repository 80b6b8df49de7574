"""Page 综合窗口: the week that another is compared with, changes, brackets, shares, items before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from contexts import bare
from figures import checked

from hall.charts.panels import panels
from hall.export.card import csv
from hall.model import Freq, Period
from hall.views.data import observations
from hall.views.data.observations import STEPS as _STEPS
from hall.views.data.observations import Values
from hall.views.windows import page as windows
from hall.views.windows import weeks

HALL = "sichuan"


def _value(metric: str, value: str, start: date, end: date, freq: Freq = "W", **more: Any) -> dict[str, Any]:
    key = Period(start, end, freq).key
    return {
        "document": f"d-{key}",
        "figure": 0,
        "metric": metric,
        "freq": freq,
        "time_period": key,
        "period_start": start,
        "period_end": end,
        "scope": "period",
        "department": None,
        "channel": None,
        "obs_value": Decimal(value),
        "unit_measure": "case",
        "unit_mult": 0,
        "decimals": 0,
        "obs_status": "A",
        "kind": "weekly_bulletin" if freq == "W" else "monthly_bulletin",
        "title": "",
        "issue": 1,
        "published_on": end,
        "publisher": HALL,
        "origin": "facts",
        "issue_start": start,
        "issue_end": end,
    } | more


def _week(start: date, own: tuple[int, ...], to_date: tuple[int, ...] = (), **more: Any) -> list[dict[str, Any]]:
    end = start.replace(day=start.day + 4)
    found = [_value(m, str(v), start, end, **more) for m, v in zip(_STEPS, own, strict=True)]
    jan = date(end.year, 1, 1)
    return found + [
        _value(m, str(v), start, end, scope="year_to_date", **more) | {"period_start": jan}
        for m, v in zip(_STEPS, to_date, strict=False)
    ]


W49 = _week(date(2023, 12, 4), (1471, 608, 2327, 973), (73237, 22629, 300269, 169291))
W50 = _week(date(2024, 12, 9), (1627, 578, 5464, 3897), (78946, 32381, 346703, 156964))
_ITEMS = ("document", "figure", "metric", "figure_kind", "department", "value", "period_start", "period_end", "kind")


def _values(*groups: list[dict[str, Any]]) -> Values:
    every = (observations.stated(row) for group in groups for row in group)
    return Values(HALL, tuple(sorted(every, key=lambda v: v.period.key)))


def _build(*groups: list[dict[str, Any]], week: str = "", lang: str = "zh", items: pl.DataFrame | None = None) -> Any:
    nothing = pl.DataFrame(schema=dict.fromkeys(_ITEMS, pl.String))
    return windows.build(bare(lang=lang), _values(*groups), nothing if items is None else items, week)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (("2023-W50", "2024-W49"), ("2023-W50", "year_ago")),
        (("2023-W49", "2024-W40"), ("2023-W49", "other")),
        (("2024-W49", "2024-W20"), ("2024-W49", "previous")),
        (("2024-W40", "2024-W20"), ("2024-W40", "other")),
        (("2025-W01",), None),
    ],
)
def test_the_other_week_is_the_same_number_else_the_nearest_and_only_exact_ones_have_a_name(
    known: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    found = weeks.compared(Period.parse("2024-W50"), [Period.parse(k) for k in known])
    assert (found[0].key, found[1]) == expected if found and expected else found is expected


def test_each_step_stands_beside_the_other_week_with_its_own_change() -> None:
    view = _build(W49, W50)
    assert view.head.line == "2024年第50周（12月9—13日）对2023年第49周（12月4—8日）"
    assert [s.words for s in view.week.steps] == ["▲ 10.6%", "▼ 4.9%", "▲ 2.3 倍", "▲ 4.0 倍"]
    assert [s.words for s in view.to_date.steps] == ["▲ 7.8%", "▲ 43.1%", "▲ 15.5%", "▼ 7.3%"]
    assert "不称同比" in view.week.card.subtitle and "相差 6 天" in view.to_date.card.subtitle
    assert view.week.card.headline == "颁发为2023年第49周的 4.0 倍，受理少 4.9%"


def test_a_changed_unit_is_said() -> None:
    changed = [r | ({"unit_measure": "case_time"} if r["metric"] == _STEPS[2] else {}) for r in W50]
    assert "流转单位由“件”改印“件次”" in _build(W49, changed).week.card.subtitle


def test_the_oldest_week_has_nothing_to_compare_with() -> None:
    view = _build(W49, W50, week="2023-W49")
    assert view.head.missing == "没有更早的周可比"
    assert all(s.then is None and not s.words for s in view.week.steps)


def test_a_held_value_is_neither_drawn_nor_compared() -> None:
    held = [r | ({"obs_status": "U"} if r["metric"] == _STEPS[1] else {}) for r in W50]
    step = _build(W49, held).week.steps[1]
    assert step.now is None and step.words == ""


def test_days_between_two_figures_to_date_are_a_total_and_never_points() -> None:
    later = _week(date(2024, 12, 23), (1000, 500, 3000, 2000), (82946, 33881, 355703, 162964))
    found = weeks.between(_values(W50, later))
    assert [(b.first, b.last) for b in found] == [
        (date(2024, 12, 14), date(2024, 12, 22)),
        (date(2024, 1, 1), date(2024, 12, 8)),
    ]
    assert dict(found[0].totals)[_STEPS[0]] == 82946 - 78946 - 1000
    assert dict(found[1].totals)[_STEPS[1]] == 32381 - 578
    assert [q.words for q in _build(W50, later).weekly[1].rows[0].points] == ["1,627", "1,000"]


def test_consecutive_weeks_leave_no_bracket_between_them() -> None:
    later = _week(date(2024, 12, 16), (1000, 500, 3000, 2000), (79946, 32881, 349703, 158964))
    found = weeks.between(_values(W50, later))
    assert [b.last for b in found] == [date(2024, 12, 8)]


def test_points_are_joined_only_to_the_period_before() -> None:
    view = _build(W49, W50, _week(date(2024, 12, 16), (1, 2, 3, 4)))
    assert [q.joined for q in view.weekly[1].rows[0].points] == [False, False, True]


def _month(key: str, total: str, part: str) -> list[dict[str, Any]]:
    p = Period.parse(key)
    return [
        _value(m, v, p.start, p.end, "M", unit_mult=4, decimals=2)
        for m, v in (("handled_total", total), ("comprehensive_accepted", part))
    ]


def test_the_share_names_both_sides_and_is_no_finer_than_the_print() -> None:
    card, parts = _build(_month("2025-10", "55700", "2300"), _month("2025-05", "41300", "1200")).shares
    assert [p.hover for p in parts] == ["2025年10月 约 4%", "2025年5月 约 3%"]
    assert parts[0].words.replace("\u00a0", " ") == "<b>约 4%</b><br>0.23 万件 ÷ 5.57 万件"
    sides = ["2025年10月,约 4%,0.23 万件 ÷ 5.57 万件", "2025年5月,约 3%,0.12 万件 ÷ 4.13 万件"]
    assert csv(card.table, "zh").decode("utf-8-sig").replace("\u00a0", " ").splitlines()[1:] == sides


def test_manuals_are_checked_against_their_two_sides() -> None:
    at = (date(2023, 12, 4), date(2023, 12, 8))
    rows = [
        _value("manuals_completed", "1079", *at, scope="as_of"),
        _value("comprehensive_handling_items", "1645", *at, scope="as_of"),
        _value("manual_coverage", "65.59", *at, scope="as_of", unit_measure="percent", decimals=2),
    ]
    card, drawn = _build(rows).coverage
    assert drawn.printed == "65.59%" and "核对通过：1,079 ÷ 1,645" in card.source
    assert drawn.share == pytest.approx(1079 / 1645) and [row[1] for row in card.table.rows] == [1079, 1645, "65.59%"]
    rows[2]["obs_value"] = Decimal("66.59")
    assert "核对未通过" in _build(rows).coverage[0].source


def test_items_stand_before_and_after_with_the_department_below_the_whole() -> None:
    moves = [("comprehensive_main_items", None, 750, 747), ("comprehensive_main_items", "自然资源厅", 23, 20)]
    rows = pl.DataFrame(
        [
            {
                "document": "w",
                "figure": i,
                "metric": m,
                "figure_kind": kind,
                "department": d,
                "value": Decimal(v),
                "kind": "weekly_bulletin",
                "title": "",
                "issue": 48,
                "publisher": HALL,
                "published_on": date(2023, 12, 15),
                "origin": "facts",
                "period_start": date(2023, 12, 4),
                "period_end": date(2023, 12, 8),
            }
            for i, (m, d, b, a) in enumerate(moves)
            for kind, v in (("before", b), ("volume", a))
        ]
    )
    card = _build(W49, items=rows).items
    assert card.table.rows == (("全厅主项", 750, 747, -3), ("其中：自然资源厅", 23, 20, -3))
    assert "两组差相等" in card.source


def test_the_department_filter_leaves_the_hall_whole_and_says_so() -> None:
    nothing = pl.DataFrame(schema=dict.fromkeys(_ITEMS, pl.String))
    found = windows.build(bare(departments=("health",)), _values(W50), nothing)
    assert "全厅数据，不分部门" in found.head.line


def test_months_printed_differently_stand_on_one_scale() -> None:
    """2,000 件 beside 0.23 万件 is drawn at 0.20, not at two thousand."""
    sep = _value("comprehensive_accepted", "2000", date(2025, 9, 1), date(2025, 9, 30), "M")
    oct_ = _value("comprehensive_accepted", "2300", date(2025, 10, 1), date(2025, 10, 31), "M", unit_mult=4, decimals=2)
    view = _build([sep], [oct_])
    drawn = checked(panels(view.monthly[1], "light")).data[0]
    assert list(drawn.y) == [0.2, 0.23]
    assert list(drawn.text) == ["0.20", "0.23"]
    assert view.monthly[1].rows[0].title.endswith("（万件）")
