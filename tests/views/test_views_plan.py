"""Page 工作要点: the matrix in both orders, targets, and evidence that is explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from contexts import about, bare

from hall.catalog.themes import themes, themes_of
from hall.model import Document, Party, Target
from hall.views.data import activities, evidence, tasks
from hall.views.data.tasks import PlanTask
from hall.views.plan import page as plan

OFFICE, HALL = "sichuan_office", "sichuan"
PLAN = Document(
    "plan", "work_plan", "要点", None, None, OFFICE, date(2025, 1, 26), date(2025, 1, 1), date(2025, 12, 31)
)
MAY = Document("may", "monthly_bulletin", None, 5, None, HALL, date(2025, 6, 24), date(2025, 5, 1), date(2025, 5, 31))


def _task(number: int, section: str, title: str, *departments: str, targets: tuple[Target, ...] = ()) -> PlanTask:
    parties = tuple(Party(d, d, d, "joint") for d in departments)
    return PlanTask(PLAN, number, section, title, parties, targets)


TASKS = (
    _task(
        1,
        "一、做好“一件事”",
        "企业重点事项",
        "transport",
        "city_governments",
        targets=(Target("事项", Decimal(8), "项", "8 项"),),
    ),
    _task(2, "二、惠企政策", "清单管理", "finance", "service_center", "transport"),
    _task(3, "二、惠企政策", "精准推送", "service_center"),
)


def _act(number: int, title: str, *departments: str, day: date = date(2025, 5, 13)) -> activities.DatedActivity:
    parties = tuple(Party(d, d, d, "lead") for d in departments)
    return activities.DatedActivity(
        MAY, number, day, day, "meeting", title, None, (), parties, number * 100, number * 100 + 50, None, False
    )


def _stated(start: int, label: str, department: str | None = None, section: str | None = None) -> evidence.StatedFigure:
    return evidence.StatedFigure(MAY, 0, label, "5 个", department, section, None, start, start + 3)


YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def test_rows_and_columns_stand_in_either_order() -> None:
    assert [d for d, _ in tasks.ordered_rows(TASKS, "tasks")] == ["service_center", "transport", "finance"]
    assert [d for d, _ in tasks.ordered_rows(TASKS, "catalogue")] == ["service_center", "finance", "transport"]
    assert [d.number for d in tasks.ordered_columns(TASKS, "number")] == [1, 2, 3]
    assert [d.number for d in tasks.ordered_columns(TASKS, "departments")] == [2, 1, 3]


def test_collectives_are_named_and_take_no_row() -> None:
    assert "city_governments" not in tasks.carried(TASKS)
    view = plan.build(bare(), TASKS, pl.DataFrame(), pl.DataFrame())
    assert "各市（州）人民政府" in view.matrix[0].subtitle.replace("\u2060", "")


def test_evidence_shares_a_year_a_theme_and_a_department() -> None:
    found = evidence.find(
        ("enterprise_policy",),
        ("finance", "service_center"),
        YEAR,
        [
            _act(1, "惠企政策培训", "finance"),
            _act(2, "惠企政策培训", "health"),
            _act(3, "消防演练", "finance"),
            _act(4, "惠企政策培训", "finance", day=date(2024, 12, 31)),
        ],
        [],
    )
    assert [(e.activity.number, e.themes, e.departments) for e in found if e.activity] == [
        (1, ("enterprise_policy",), ("finance",))
    ]


@pytest.mark.parametrize(
    ("stated", "who"),
    [
        (_stated(900, "惠企事项", "finance"), ("finance",)),
        (_stated(110, "惠企事项"), ("transport",)),
        (_stated(900, "惠企事项"), ("service_center",)),
        (_stated(900, "企业", None, "惠企政策“直达快享”"), ("service_center",)),
    ],
)
def test_a_figure_belongs_to_its_department_else_the_act_around_it_else_the_publisher(
    stated: evidence.StatedFigure, who: tuple[str, ...]
) -> None:
    around = [_act(1, "召开会议", "transport")]
    found = evidence.find(("enterprise_policy",), ("finance", "transport", "service_center"), YEAR, around, [stated])
    assert [e.departments for e in found if e.figure] == [who]


def test_a_task_without_a_theme_finds_nothing() -> None:
    assert evidence.find((), ("finance",), YEAR, [_act(1, "惠企政策", "finance")], []) == ()


def test_themes_are_found_through_quotation_marks() -> None:
    assert "one_thing" in themes_of("“高效办成\n一件事”")
    assert all(theme.words for theme in themes().values())


def test_targets_and_evidence_stand_in_the_table() -> None:
    table = plan.build(bare(), TASKS, pl.DataFrame(), pl.DataFrame()).table.table
    assert table and [(row[0], row[2], row[3]) for row in table.rows] == [(1, "8 项", 0), (2, "—", 0), (3, "—", 0)]


def test_a_department_sees_its_own_tasks() -> None:
    view = plan.build(bare(departments=("service_center",)), TASKS, pl.DataFrame(), pl.DataFrame())
    shown = view.matrix[1]
    assert [column.number for column in shown.columns] == [2, 3]
    assert shown.rows == (("省中心", frozenset({2, 3})),)
    assert view.table.headline == "省中心承担 2 项任务"
    none = plan.build(bare(departments=("health",)), TASKS, pl.DataFrame(), pl.DataFrame())
    assert none.empty and none.task is None


def test_the_chosen_task_opens_with_its_facts() -> None:
    view = plan.build(bare(), TASKS, pl.DataFrame(), pl.DataFrame(), chosen="2")
    assert view.task and view.task.number == 2
    assert dict(view.task.facts)["责任部门"] == "财政厅、省中心、交通运输厅"
    assert "惠企政策" in view.task.note


def test_the_real_plan_has_its_tasks_and_departments(store: object) -> None:
    view = plan.load(about())
    shown = view.matrix[1]
    assert len(shown.columns) == 21 and len(shown.rows) == 27
    assert [(named, len(numbers)) for named, numbers in shown.rows[:2]] == [("省中心", 14), ("省发展改革委", 12)]
