"""What a run is about is asked once: how few queries a cold page needs, and what the day of knowledge narrows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import issues
import pytest
from contexts import about
from literal_store import build, sparse
from small_cube import publish, year

from hall import intake, sql
from hall.model import Selection
from hall.store import cube, read
from hall.views.data import context, coverage
from hall.views.overview import page as overview

# Queries of one cold run of the first page, of the ledger and of cubes together.
MOST = 8


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the queries that are run, in their order; both stores bind their parameters in one place."""
    names: list[str] = []
    bind = sql.bind

    def told(name: str, params: dict[str, object]) -> dict[str, object]:
        names.append(name)
        return bind(name, params)

    monkeypatch.setattr(sql, "bind", told)
    coverage._load.cache_clear()
    coverage.events.cache_clear()
    yield names
    cube.close()


def test_a_cold_first_page_asks_the_facts_little(store: Path, asked: list[str]) -> None:
    view = overview.load(context.load(Selection()))
    assert view.kpis and view.attention[1]
    assert len(asked) == len(set(asked)) <= MOST, " ".join(asked)


def test_a_cold_first_page_asks_little_of_records_too(new_store: Path, asked: list[str]) -> None:
    build(new_store, sparse())
    publish(*year(), owner="sichuan")
    asked.clear()
    ctx = context.load(Selection())
    view = overview.load(ctx)
    assert view.kpis and view.active and ctx.coverage.as_of
    assert len(asked) == len(set(asked)) <= MOST, " ".join(asked)


def test_nor_does_one_of_records_alone_that_are_laid_beside_bulletins(new_store: Path, asked: list[str]) -> None:
    build(new_store, sparse())
    publish(*year())
    asked.clear()
    view = overview.load(context.load(Selection(publisher="demo")))
    assert view.kpis and view.active
    # what the demo hall states, and what the hall states that it is laid beside
    assert [name for name in set(asked) if asked.count(name) > 1] == ["series/metric_values"]
    assert len(asked) <= MOST, " ".join(asked)


def test_the_day_of_knowledge_narrows_what_the_filters_offer(new_store: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    issues.put(inbox, "9.txt", issues.monthly(9))
    issues.put(inbox, "10.txt", issues.monthly(10).replace("省市场监管局", "省水利厅"))
    intake.load()
    read.close()
    now, then = about().choices, about(known_on=date(2024, 10, 20)).choices
    assert (now.months, then.months) == (("2024-09", "2024-10"), ("2024-09",))
    assert set(then.departments) < set(now.departments)
    assert set(now.departments) - set(then.departments) == {"water_resources"}
    before = about(known_on=date(2024, 1, 1))
    assert before.choices.departments == before.choices.publishers == () and before.empty and before.known_later
    assert not about(known_on=None).known_later


def test_departments_of_records_are_offered_from_the_day_of_their_cube(new_store: Path) -> None:
    publish(*year(days=40))
    assert "health" in about().choices.departments
    assert about(known_on=date(2020, 1, 1)).choices.departments == ()
