"""The way from a number to its cases: the page of cases is asked for exactly those that the number counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_cube import cases, publish
from contexts import about

from hall.export.card import csv
from hall.model import Selection
from hall.store import cube
from hall.views.cases import page
from hall.views.data import cases_by_department
from hall.views.departments import cases as casework
from hall.views.link import Link
from hall.views.parts.cards import Card
from hall.views.windows import page as windows

DEMO = "demo"
SELECTIONS = (
    Selection(publisher=DEMO),
    Selection("2025-10", "2025-10", ("health",), DEMO),
    Selection("2025-02", "2025-07", ("health", "archives"), DEMO),
    Selection(None, "2025-05", (), DEMO),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ways")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder / "store"))
        publish(folder, "demo", cases(2000, seed=5))
    return folder / "store"


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    yield
    cube.close()


def behind(action: Link | None, chosen: Selection) -> int:
    """How many cases the page shows that the action leads to."""
    assert action and action.page == "cases"
    asked = dict(action.filters)
    departments = asked.get("department", chosen.departments)
    there = about(Selection(
        str(asked.get("from", chosen.month_from) or "") or None, str(asked.get("to", chosen.month_to) or "") or None,
        tuple(departments or ()), chosen.publisher,
    ))  # fmt: skip
    given = {key: [str(value)] for key, value in asked.items() if key in ("measure", "channel", "day", "week")}
    found = page.question(given, there)
    assert found
    counted = found.drill.counted
    assert counted is not None
    return counted


def whole(card: Card, count: str) -> int:
    """The sum of a column of counts in the table of a card, whose file holds the same."""
    table = card.table
    assert table and table.counts and count in table.counts.columns
    at = table.ids.index(count)
    told = [line.split(",")[at] for line in csv(table, "zh").decode("utf-8-sig").splitlines()[1:]]
    assert told == [str(row[at]) for row in table.rows]
    return sum(map(int, told))


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_departments(chosen: Selection) -> None:
    view = casework.load(about(chosen))
    assert view
    kpis = {kpi.key: kpi for kpi in view.kpis}
    for key in ("accepted", "completed", "open"):
        assert behind(kpis[key].action, chosen) == int(kpis[key].number.replace(",", ""))
    assert view.backlog
    assert behind(view.backlog[0].origin, chosen) == whole(view.backlog[0], "open")
    if len(chosen.departments) != 1:
        assert view.volume and view.days
        assert behind(view.volume[0].origin, chosen) == whole(view.volume[0], "accepted")
        assert behind(view.days[0].origin, chosen) == whole(view.days[0], "completed")
        facts = cases_by_department.load(about(chosen))
        assert facts and behind(kpis["on_time"].action, chosen) == facts.shown(facts.here)["overdue"].sum()


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_comprehensive_windows(chosen: Selection) -> None:
    view = windows.load(about(chosen))
    assert view.week and view.open and view.ages and view.hours
    (accepted,) = (step.now for step in view.week.steps if step.metric == "comprehensive_accepted")
    assert accepted and behind(view.week.card.origin, chosen) == accepted.quantity.value
    line, ages = view.open[0], view.ages[0]
    assert line.table and behind(line.origin, chosen) == line.table.rows[0][1]
    assert behind(ages.origin, chosen) == whole(ages, "open")
