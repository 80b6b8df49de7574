"""A later document restates a period: the newest vintage stands, earlier states can be shown, each change is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import issues
import pytest
from app_pages import NAMES, open_page, said_on
from contexts import about

from hall import intake
from hall.export.card import csv
from hall.store.read import records
from hall.text.plain import unmarked
from hall.views.data import observations
from hall.views.data import revisions as restated_numbers
from hall.views.extracts import tables as extracts
from hall.views.overview import page as overview
from hall.views.parts import revisions
from hall.views.parts.cards import Card
from hall.views.sources import page as sources
from hall.views.trends import page as trends

FIRST, AGAIN, LATER = date(2024, 10, 18), date(2024, 10, 30), date(2024, 11, 18)
CALLS = "phone_consultations"


@pytest.fixture
def restated(new_store: Path, tmp_path: Path) -> Path:
    """September and a re-issue of it with other calls; October, which restates the total of September."""
    inbox = tmp_path / "inbox"
    issues.put(inbox, "9.txt", issues.monthly(9))
    issues.put(inbox, "9-again.txt", issues.monthly(9, printed="2024年10月30日", phone="950人次"))
    october = issues.monthly(10, phone="980人次")
    issues.put(inbox, "10.txt", october.replace("二、政务", "9月办理政务服务事项5.60万件。\n\n二、政务"))
    intake.load()
    return new_store


def known(metric: str, period: str, known_on: date | None = None) -> list[Decimal]:
    found = observations.load(about(known_on=known_on))
    return [v.quantity.value for v in found.all if v.metric == metric and v.period.key == period]


def test_the_newest_vintage_stands_and_any_earlier_day_can_be_asked_for(restated: Path) -> None:
    assert known(CALLS, "2024-09") == [950]
    assert known(CALLS, "2024-09", AGAIN) == [950]
    assert known(CALLS, "2024-09", FIRST) == [905]
    assert known(CALLS, "2024-09", date(2024, 10, 17)) == []
    assert known("handled_total", "2024-09") == [56000]
    assert known("handled_total", "2024-09", AGAIN) == [55700]
    assert known("handled_total", "2024-10", AGAIN) == []


def test_every_whole_table_is_as_known_on_the_day(restated: Path) -> None:
    def rows(table: str, known_on: date | None) -> int:
        return len(extracts.extract(table, about(known_on=known_on)))

    for table in extracts.TABLES:
        assert rows(table, date(2024, 10, 17)) == 0, table
    assert [rows("documents", d) for d in (FIRST, AGAIN, None)] == [1, 2, 3]
    assert rows("activities", FIRST) == rows("activities", AGAIN) == 1 and rows("activities", None) == 2
    found = extracts.extract("observations", about(known_on=FIRST))
    assert set(found["known_from"]) == {FIRST} and set(found["vintages"]) == {1}


def test_what_a_later_print_only_rounds_is_no_revision(new_store: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    issues.put(inbox, "9.txt", issues.monthly(9, total="55712件", online="53400件", window="2312件"))
    issues.put(inbox, "10.txt", issues.monthly(10) + "\n9月办理政务服务事项5.57万件。\n")
    intake.load()
    assert known("handled_total", "2024-09") == [55712]
    assert records("series/revisions") == []


def test_a_vintage_that_is_held_back_replaces_nothing(new_store: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    issues.put(inbox, "9.txt", issues.monthly(9))
    issues.put(inbox, "again.txt", issues.monthly(9, printed="2024年10月30日", total="5.97万件"))
    intake.load()
    assert known("handled_total", "2024-09") == [55700]
    assert not any(v.held for v in observations.load(about()).all if v.metric == "handled_total")
    assert records("series/revisions") == []


def told_again(metrics: list[str] | None = None, **chosen: Any) -> Card | None:
    ctx = about(**chosen)
    return revisions.build(ctx, restated_numbers.load(ctx, metrics))


def test_revisions_say_what_was_and_what_is_and_who_said_so(restated: Path) -> None:
    card = told_again()
    assert card and card.table
    told = {row[0]: row[1:] for row in card.table.rows}
    assert set(told) == {"电话咨询 2024年9月", "办理总量 2024年9月"}
    plain = [str(cell).replace("\u2060", "").replace("\u00a0", " ") for cell in told["电话咨询 2024年9月"]]
    assert plain[0] == "905 人次 → 950 人次（↑ 45 人次）"
    assert "2024年10月18日" in plain[1] and "2024年10月30日" in plain[1]
    row = restated_numbers.load(about(), [CALLS]).row(0, named=True)
    assert (row["old_value"], row["obs_value"]) == (905, 950)
    assert (row["old_known_from"], row["known_from"]) == (FIRST, AGAIN)
    assert row["document"] != row["old_document"] and row["publisher"] == "sichuan"
    lines = csv(card.table, "zh").decode("utf-8-sig").replace("\u00a0", " ").splitlines()[1:]
    assert lines == [",".join(unmarked(str(cell)) for cell in own).replace("\u00a0", " ") for own in card.table.rows]
    assert told_again(known_on=FIRST) is None
    assert told_again(["mailed"]) is None
    assert told_again(month_from="2024-10") is None


def test_both_pages_list_the_revisions(restated: Path) -> None:
    assert sources.load(about()).vintages
    shown = trends.load(about(), metrics=(CALLS,)).revisions
    assert shown and shown.table and len(shown.table.rows) == 1
    assert trends.load(about(), metrics=("mailed",)).revisions is None


def test_views_show_the_state_of_the_day(restated: Path) -> None:
    on_day = overview.load(about(known_on=FIRST))
    assert any(k.number == "905" for k in on_day.kpis)
    assert "2024年9月" in on_day.head.line
    assert about(known_on=FIRST).choices.months == ("2024-09",)
    before = overview.load(about(known_on=date(2024, 1, 1)))
    assert before.empty and "2024年1月1日" in before.empty.headline
    assert before.empty.actions[0].filters == {"known": ""}


def test_every_page_says_that_it_shows_an_earlier_state(restated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in NAMES:
        at = open_page(monkeypatch, restated, page, known="2024-10-18")
        assert not at.exception, page
        assert "2024年10月18日，此后印发的文件不计" in said_on(at), page
        assert "2024年10月18日，此后印发的文件不计" not in said_on(open_page(monkeypatch, restated, page)), page


def test_the_day_is_chosen_and_forgotten(restated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, restated)
    assert "980" in said_on(at)
    at.date_input(key="known").set_value(FIRST).run()
    assert "905" in said_on(at) and "980" not in said_on(at)
    at.button(key="known_now").click().run()
    assert "980" in said_on(at) and "所知" not in said_on(at)


def test_a_day_that_is_none_is_left_alone(restated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, restated, known="soon")
    assert not at.exception and "所知" not in said_on(at)
