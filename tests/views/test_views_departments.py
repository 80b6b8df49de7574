"""Page 部门: what is counted, what is compared, whose acts are listed; the profile of one department."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from contexts import bare

from hall import catalog
from hall.export.card import csv
from hall.views.data import activities, activity_counts
from hall.views.departments import page as departments
from hall.views.departments import profile

HALL = "sichuan"
_KINDS = {"M": "monthly_bulletin", "W": "weekly_bulletin"}


def _issue(name: str, freq: str, start: date, end: date, issue: int | None = None) -> dict[str, Any]:
    return {
        "document": name,
        "kind": _KINDS[freq],
        "issue": issue,
        "freq": freq,
        "period_start": start,
        "period_end": end,
        "published_on": end,
        "publisher": HALL,
        "origin": "facts",
        "current": True,
    }


MAY = _issue("may", "M", date(2025, 5, 1), date(2025, 5, 31), 5)
OCTOBER = _issue("october", "M", date(2025, 10, 1), date(2025, 10, 31), 10)
WEEK = _issue("week", "W", date(2023, 12, 4), date(2023, 12, 8), 48)


def _act(issue: dict[str, Any], number: int, start: date, end: date, category: str, *parties: tuple[str, str]) -> Any:
    head = {k: v for k, v in issue.items() if k != "current"} | {
        "activity": number,
        "date_start": start,
        "date_end": end,
        "category": category,
        "title": f"活动{number}",
        "section": "一、动态",
        "offices": [],
        "start_at": number * 10,
        "end_at": number * 10 + 5,
        "quote": None,
    }
    return [head | {"department": d, "printed": d, "role": role} for d, role in parties or [(None, None)]]


def _rows(*groups: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame([row for group in groups for row in group], infer_schema_length=None)


TOLD = _rows(
    _act(OCTOBER, 1, date(2025, 10, 17), date(2025, 10, 17), "training", ("service_center", "lead")),
    _act(
        OCTOBER, 2, date(2025, 10, 16), date(2025, 10, 17), "meeting", ("transport", "lead"), ("finance", "participant")
    ),
    _act(OCTOBER, 3, date(2025, 10, 1), date(2025, 10, 31), "policy", ("service_center", "lead"), ("finance", "lead")),
    _act(MAY, 1, date(2025, 5, 13), date(2025, 5, 13), "meeting", ("service_center", "lead")),
    _act(WEEK, 1, date(2023, 12, 4), date(2023, 12, 8), "director_visit", ("commerce", "lead")),
)
SHELF = pl.DataFrame([OCTOBER, MAY, WEEK])


def _board(rows: pl.DataFrame, shelf: list[dict[str, Any]], *wanted: str) -> activity_counts.ActivityCounts:
    return activity_counts.by_month(activities.gather(rows), [activities.head(r) for r in shelf], wanted)


def test_only_leads_are_counted_and_joint_acts_count_for_each() -> None:
    found = {r.department: r.total for r in _board(TOLD, [OCTOBER, MAY, WEEK]).rows}
    assert found == {"service_center": 3, "transport": 1, "finance": 1, "commerce": 1}


def test_a_month_without_a_document_has_no_cell_and_zero_is_a_cell() -> None:
    wide = _board(TOLD, [OCTOBER, MAY, WEEK])
    assert [c.month for c in wide.columns] == ["2023-12", "2025-05", "2025-10"]
    assert wide.rows[0].months == (0, 1, 2)
    near = _board(TOLD.filter(pl.col("document") != "week"), [OCTOBER, MAY])
    assert [c.month for c in near.columns] == [f"2025-{m:02d}" for m in range(5, 11)]
    assert near.rows[0].months == (1, None, None, None, None, 2)


def test_rows_are_ranked_by_total_then_by_the_catalogue() -> None:
    assert [r.department for r in _board(TOLD, [OCTOBER, MAY, WEEK]).rows][1:] == ["finance", "transport", "commerce"]


@pytest.mark.parametrize(("other", "compared"), [("2025-09", True), ("2024-10", True), ("2025-08", False)])
def test_change_is_shown_only_against_a_loaded_month_that_is_named(other: str, compared: bool) -> None:
    start = date.fromisoformat(f"{other}-01")
    issue = _issue("other", "M", start, start.replace(day=30), 9)
    rows = _rows(
        TOLD.filter(pl.col("document") == "october").to_dicts(),
        _act(issue, 1, start, start, "training", ("service_center", "lead")),
    )
    found = _board(rows, [OCTOBER, issue])
    assert found.compared == (("2025-10", other) if compared else None)
    assert found.rows[0].change == (1 if compared else None)


def test_a_week_is_not_compared_with_a_month() -> None:
    issue = _issue("week40", "W", date(2024, 10, 7), date(2024, 10, 11))
    rows = _rows(
        TOLD.filter(pl.col("document") == "october").to_dicts(),
        _act(issue, 1, date(2024, 10, 8), date(2024, 10, 8), "training", ("service_center", "lead")),
    )
    assert _board(rows, [OCTOBER, issue]).compared is None


def test_the_department_filter_finds_every_role() -> None:
    view = departments.build(TOLD, SHELF, bare(departments=("finance",)))
    assert [(a.number, a.document.sha256) for a in view.acts] == [(2, "october"), (3, "october")]
    assert [r.department for r in view.by_month.rows] == ["finance"]


def test_the_category_narrows_map_and_list_alike() -> None:
    view = departments.build(TOLD, SHELF, bare(), ("meeting",))
    assert {a.category for a in view.acts} == {"meeting"}
    assert view.by_month.categories == ("meeting",)


def test_the_timeline_leaves_out_what_has_no_day_of_its_own() -> None:
    view = departments.build(TOLD, SHELF, bare())
    line = activity_counts.timeline(view.acts)
    assert line and [a.number for a in line.acts] == [2, 1] and line.undated == 1
    card, drawn = view.dated or pytest.fail("no timeline")
    assert card.table and [row[3] for row in card.table.rows] == ["活动2", "活动1"]
    assert [(m.label, m.start, m.end) for m in drawn.marks] == [
        ("交通运输厅", date(2025, 10, 16), date(2025, 10, 17)),
        ("省中心", date(2025, 10, 17), date(2025, 10, 17)),
    ]
    week = departments.build(TOLD.filter(pl.col("document") == "week"), SHELF, bare()).dated
    assert week and len(week[1].marks) == 1


def test_an_act_without_a_day_says_its_period() -> None:
    found = activities.gather(TOLD)
    assert [activities.days(a, "zh") for a in found] == [
        "2025年10月17日",
        "2025年10月16—17日",
        "2025年10月",
        "2025年5月13日",
        "2023年第49周",
    ]


def test_no_act_is_said_and_not_drawn() -> None:
    view = departments.build(TOLD.clear(), SHELF, bare())
    assert view.empty and "3" in view.empty.subtitle


def test_the_download_has_a_row_for_each_act_with_its_departments_and_its_source() -> None:
    view = departments.build(TOLD, SHELF, bare())
    assert view.listing.table
    told = csv(view.listing.table, "zh").decode("utf-8-sig").splitlines()[1:]
    names = {key: entry.zh for key, entry in catalog.categories().items()}
    assert told == [
        f"2025年10月17日,省中心（牵头）,{names['training']},活动1,,政务窗口月报 2025年第10期",
        f"2025年10月16—17日,交通运输厅（牵头）、财政厅（参加）,{names['meeting']},活动2,,政务窗口月报 2025年第10期",
        f"2025年10月,省中心（牵头）、财政厅（牵头）,{names['policy']},活动3,,政务窗口月报 2025年第10期",
        f"2025年5月13日,省中心（牵头）,{names['meeting']},活动1,,政务窗口月报 2025年第5期",
        f"2023年第49周,商务厅（牵头）,{names['director_visit']},活动1,,窗口工作周报 2023年第48期",
    ]


def test_the_profile_counts_roles_and_takes_figures_by_any_name() -> None:
    tasks = pl.DataFrame(
        [
            {
                **{k: v for k, v in OCTOBER.items() if k != "current"},
                "document": "plan",
                "task": 4,
                "kind": "work_plan",
                "section": "一",
                "title": "任务",
                "department": "finance",
                "printed": "财政厅",
                "role": "joint",
                "start_at": 0,
                "end_at": 2,
            }
        ]
    )
    figures = pl.DataFrame(
        [
            {
                **{k: v for k, v in OCTOBER.items() if k != "current"},
                "label": "窗口",
                "value": None,
                "unit": "个",
                "unit_mult": 0,
                "decimals": 0,
                "department": name,
            }
            for name in ("财政厅", "finance", "交通运输厅")
        ]
    )
    found = profile.build(bare(), "finance", activities.gather(TOLD), tasks, figures)
    assert found.summary == "财政厅：牵头 1 条、参加 1 条"
    assert found.tasks and found.tasks.table and found.tasks.table.rows[0][0] == 4
    assert found.figures and found.figures.table and len(found.figures.table.rows) == 2
