"""The way from a number to its cases: the page of cases is asked for exactly those that the number counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_cube import cases, publish
from contexts import about

from hall.model import Selection
from hall.store import cube
from hall.views.cases import page
from hall.views.departments import cases as casework
from hall.views.link import Link
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


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_departments(chosen: Selection) -> None:
    view = casework.load(about(chosen))
    assert view
    kpis = {kpi.key: kpi for kpi in view.kpis}
    for key in ("accepted", "completed", "open"):
        assert behind(kpis[key].action, chosen) == int(kpis[key].number.replace(",", ""))
    assert view.backlog and view.backlog[0].frame is not None
    assert behind(view.backlog[0].origin, chosen) == view.backlog[0].frame["open"].sum()
    if len(chosen.departments) != 1:
        assert view.volume and view.volume[0].frame is not None and view.days and view.days[0].frame is not None
        assert behind(view.volume[0].origin, chosen) == view.volume[0].frame["accepted"].sum()
        assert behind(view.days[0].origin, chosen) == view.days[0].frame["completed"].sum()
        assert behind(kpis["on_time"].action, chosen) == view.volume[0].frame["overdue"].sum()


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_comprehensive_windows(chosen: Selection) -> None:
    view = windows.load(about(chosen))
    assert view.week and view.open and view.ages and view.hours
    (accepted,) = (step.now for step in view.week.steps if step.metric == "comprehensive_accepted")
    assert accepted and behind(view.week.card.origin, chosen) == accepted.value
    line, ages = view.open[0], view.ages[0]
    assert line.frame is not None and ages.frame is not None
    assert behind(line.origin, chosen) == line.frame["open"][-1]
    assert behind(ages.origin, chosen) == ages.frame["open"].sum()
