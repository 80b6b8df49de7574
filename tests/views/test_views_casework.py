"""The cases of page 部门 from a small cube: every number is counted again from the records themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from case_cube import DEPARTMENTS, cases, publish
from contexts import about, bare

from hall import catalog
from hall.export.card import csv
from hall.measure import handling
from hall.measure.ranking import FLOOR
from hall.measure.workdays import workdays
from hall.model import Lang, Period
from hall.store import cube
from hall.text import periods
from hall.views.data import cases_by_department
from hall.views.data.case_months import MonthSpan, others, span
from hall.views.data.context import Context
from hall.views.data.coverage import Coverage
from hall.views.departments import case_rates
from hall.views.departments import cases as casework
from hall.views.parts import case_ages

DEMO = "demo"
RECORDS = cases(4000)
OCTOBER = {"month_from": "2025-10", "month_to": "2025-10"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder / "store"))
        publish(folder, "demo", RECORDS)
    return folder / "store"


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    yield
    cube.close()


def facts(*departments: str, lang: Lang = "zh", **months: str) -> cases_by_department.DepartmentCases:
    found = cases_by_department.load(about(publisher=DEMO, departments=departments, lang=lang, **months))
    assert found
    return found


def inside(column: str, first: date, last: date, *departments: str) -> pl.DataFrame:
    kept = RECORDS.filter(pl.col(column).dt.date().is_between(first, last))
    return kept.filter(pl.col("department").is_in(departments)) if departments else kept


def done(first: date, last: date, *departments: str) -> list[tuple[int, int | None]]:
    """Working days taken and promised of the cases completed."""
    kept = inside("completed_at", first, last, *departments).filter(pl.col("status") == "completed")
    found = []
    for begun, ended, promised in kept.select("accepted_at", "completed_at", "promised_workdays").iter_rows():
        after = begun.date() + timedelta(days=1)
        taken = workdays(after, ended.date()) if ended.date() >= after else 0
        assert taken is not None
        found.append((taken, promised))
    return found


def least(times: list[int], q: Fraction) -> int:
    return next(w for w in range(1000) if sum(t <= w for t in times) >= q * len(times))


def still_open(day: date, *departments: str) -> pl.DataFrame:
    begun = inside("accepted_at", date(2000, 1, 1), day, *departments)
    return begun.filter(pl.col("completed_at").is_null() | (pl.col("completed_at").dt.date() > day))


@pytest.mark.parametrize("departments", [(), ("health",), ("health", "archives")])
@pytest.mark.parametrize(("first", "last"), [("2025-10", "2025-10"), ("2025-01", "2025-06"), ("2024-03", "2025-12")])
def test_every_number_is_that_of_the_records(departments: tuple[str, ...], first: str, last: str) -> None:
    found = facts(*departments, month_from=first, month_to=last)
    days = Period.parse(first).start, Period.parse(last).end
    assert found.total("accepted", found.now) == inside("accepted_at", *days, *departments).height
    assert found.total("completed", found.now) == len(done(*days, *departments))
    promised = [(taken, promise) for taken, promise in done(*days, *departments) if promise is not None]
    assert found.total("on_time", found.now) == sum(taken <= promise for taken, promise in promised)
    assert found.total("overdue", found.now) == sum(taken > promise for taken, promise in promised)
    times = [taken for taken, _ in done(*days, *departments)]
    assert found.handling(found.now) == (len(times), least(times, handling.MEDIAN), least(times, handling.NINE_IN_TEN))
    assert found.open_at(found.now.last.start) == still_open(days[1], *departments).height
    summed = found.shown(found.here).group_by("department").agg(pl.sum("accepted"))
    by_department = dict(summed.iter_rows())
    for department in departments or DEPARTMENTS:
        assert by_department.get(department, 0) == inside("accepted_at", *days, department).height
    for department, n, median, nine in found.shown(found.days).iter_rows():
        own = [taken for taken, _ in done(*days, department)]
        assert (n, median, nine) == (len(own), least(own, handling.MEDIAN), least(own, handling.NINE_IN_TEN))


def test_open_cases_by_age_are_those_of_the_records() -> None:
    view = casework.build(facts(**OCTOBER))
    assert view.backlog
    card, stacks = view.backlog
    rows = still_open(date(2025, 10, 31))
    first = {"this_month": date(2025, 10, 1), "last_month": date(2025, 9, 1), "months_2_3": date(2025, 7, 1)}
    accepted = rows["accepted_at"].dt.date()
    expected = {
        "this_month": (accepted >= first["this_month"]).sum(),
        "last_month": ((accepted >= first["last_month"]) & (accepted < first["this_month"])).sum(),
        "months_2_3": ((accepted >= first["months_2_3"]) & (accepted < first["last_month"])).sum(),
        "older": (accepted < first["months_2_3"]).sum(),
    }
    assert card.table is not None
    ages = zip(*card.table.rows, strict=True)
    assert {name: sum(own) for name, own in zip(card.table.ids, ages, strict=True) if name in expected} == expected
    told = [line.split(",") for line in csv(card.table, "zh").decode("utf-8-sig").splitlines()]
    assert told == [[*card.table.columns], *([str(cell) for cell in row] for row in card.table.rows)]
    assert sum(row[1] for row in card.table.rows if isinstance(row[1], int)) == rows.height
    assert sum(part[2] for stack in stacks for part in stack.parts) == rows.height
    assert f"其中 {expected['older']} 件为2025年6月及以前受理" in card.headline
    assert card.table.columns[2:] == ("10月受理", "9月受理", "7—8月受理", "6月及以前")
    assert "截至2025年10月31日" in card.subtitle and "只计2024年1月起受理的办件" in card.subtitle


def test_ages_count_back_over_the_turn_of_a_year() -> None:
    months = [date(2025, 1, 1), date(2025, 2, 1), *(date(2024, m, 1) for m in (12, 11, 10))]
    rows = pl.DataFrame({"month_accepted": months, "open": [1, 2, 4, 8, 16]})
    found = case_ages.groups(rows, Period.parse("2025-02"))
    assert dict(found.iter_rows()) == {"this_month": 2, "last_month": 1, "months_2_3": 12, "older": 16}


def test_the_volume_card_names_what_it_compares_with_and_its_file_holds_the_same() -> None:
    found = facts(**OCTOBER)
    view = casework.build(found)
    assert view.volume
    card, stacks = view.volume
    now = inside("accepted_at", date(2025, 10, 1), date(2025, 10, 31), "market_regulation").height
    then = inside("accepted_at", date(2024, 10, 1), date(2024, 10, 31), "market_regulation").height
    assert card.headline.startswith(f"省市场监管局受理最多，{now} 件")
    assert "变化较2024年10月" in card.subtitle
    assert stacks[0].total == str(now) and stacks[0].end.startswith("▲" if now > then else "▼" if now < then else "＝")
    assert card.table is not None
    whole = inside("accepted_at", date(2025, 10, 1), date(2025, 10, 31)).height
    rows = [line.split(",") for line in csv(card.table, "zh").decode("utf-8-sig").splitlines()[1:]]
    assert [row[1] for row in rows] == [str(row[1]) for row in card.table.rows]
    assert sum(int(row[1]) for row in rows) == whole == sum(part[2] for stack in stacks for part in stack.parts)
    days = (date(2025, 10, 1), date(2025, 10, 31))
    completed, withdrawn = (
        inside("completed_at", *days).filter(pl.col("status") == status) for status in ("completed", "withdrawn")
    )
    ids = {catalog.departments()[own].zh: own for own in DEPARTMENTS}
    for own in card.table.rows:
        mine = pl.col("department") == ids[str(own[0])]
        assert own[3:] == (completed.filter(mine).height, withdrawn.filter(mine).height)
    assert card.origin and card.origin.filters == {
        "measure": "accepted", "from": "2025-10", "to": "2025-10", "department": ()}  # fmt: skip


def test_ranks_are_of_all_departments_whichever_are_chosen() -> None:
    span = {"month_from": "2025-01", "month_to": "2025-12"}
    every = casework.build(facts(**span))
    some = casework.build(facts("health", "archives", **span))
    assert every.ranking and some.ranking and every.ranking[0].table and some.ranking[0].table
    whole = {row[1]: row[0] for row in every.ranking[0].table.rows}
    assert {row[1]: row[0] for row in some.ranking[0].table.rows} == {
        name: whole[name] for name in ("省卫生健康委", "省档案局")}  # fmt: skip
    few = next(row for row in every.ranking[1].rows if row.at is None)
    assert few.name == "省档案局" and few.note.startswith("件数太少，不参与排名（")
    assert whole["省档案局"] == ""
    assert "按区间下限排名" in every.ranking[0].subtitle and f"不足 {FLOOR} 件的不排名" in every.ranking[0].subtitle
    bounds = [row.low for row in every.ranking[1].rows if row.at is not None]
    assert bounds == sorted(bounds, reverse=True)


def test_where_all_have_too_few_cases_nobody_is_ranked_and_the_head_says_so() -> None:
    view = casework.build(facts("archives", "forestry_grassland", **OCTOBER))
    assert view.ranking is None and "不列按时办结率的名次" in view.head.missing


def test_one_department_has_its_rank_and_months_but_no_others_beside() -> None:
    view = casework.build(facts("health", month_from="2025-01", month_to="2025-12"))
    assert view.volume is None and view.ranking is None and view.days is None
    assert view.accepted and view.taken and view.backlog
    rate = next(k for k in view.kpis if k.key == "on_time")
    assert "名，共 3 个部门参与排名" in rate.note
    archives = casework.build(facts("archives", month_from="2025-01", month_to="2025-12"))
    assert "件数太少，不参与排名" in next(k for k in archives.kpis if k.key == "on_time").note


def test_months_of_handling_time_are_those_of_the_records() -> None:
    view = casework.build(facts("health"))
    assert view.taken and view.taken[0].table
    table = view.taken[0].table
    assert len(table.rows) == 24
    told = [line.split(",") for line in csv(table, "zh").decode("utf-8-sig").splitlines()[1:]]
    for i, (row, line) in enumerate(zip(table.rows, told, strict=True)):
        month = Period.parse("2025-12").shift(-i)
        own = [taken for taken, _ in done(month.start, month.end, "health")]
        quantiles = [str(least(own, share)) for share in (handling.MEDIAN, handling.NINE_IN_TEN)]
        assert line == [periods.short(month, "zh"), str(len(own)), *quantiles] == [str(cell) for cell in row]
    assert "最初几月偏短" in view.taken[0].subtitle
    late = casework.build(facts("health", month_from="2025-06", month_to="2025-12"))
    assert late.taken and "最初几月偏短" not in late.taken[0].subtitle


def test_handling_time_is_said_in_working_days() -> None:
    view = casework.build(facts(**OCTOBER))
    times = [taken for taken, _ in done(date(2025, 10, 1), date(2025, 10, 31))]
    median, nine = least(times, handling.MEDIAN), least(times, handling.NINE_IN_TEN)
    days = next(k for k in view.kpis if k.key == "days")
    assert (days.number, days.beside) == (str(median), "个工作日（中位数）")
    assert days.note == f"九成在 {nine}\u00a0个工作日内办结"
    english = casework.build(facts(lang="en", **OCTOBER))
    assert next(k for k in english.kpis if k.key == "days").note == f"9 in 10 within {nine}\u00a0working days"


def test_one_sentence_says_how_many_how_fast_and_how_many_in_time() -> None:
    found = facts(**OCTOBER)
    times = [taken for taken, _ in done(date(2025, 10, 1), date(2025, 10, 31))]
    accepted = inside("accepted_at", date(2025, 10, 1), date(2025, 10, 31)).height
    said = casework.build(found).head.finding.replace("\u00a0", " ")
    nine = least(times, handling.NINE_IN_TEN)
    assert said.startswith(f"2025年10月受理 {accepted} 件、办结 {len(times)} 件，九成在 {nine} 个工作日内办结，按时")


def test_kpis_name_both_spans_and_lead_to_their_cases() -> None:
    kpis = {k.key: k for k in casework.build(facts("health", **OCTOBER)).kpis}
    assert list(kpis) == ["accepted", "completed", "days", "on_time", "open"]
    others = [line.other.split(" ")[:2] for line in kpis["accepted"].lines]
    assert others == [["环比", "2025年9月"], ["同比", "2024年10月"]]
    assert kpis["open"].lines[0].other.startswith("环比 2025年9月末") and kpis["open"].note == "截至2025年10月31日"
    assert all(k.demo and k.action and k.action.page == "cases" for k in kpis.values())
    asked = {key: k.action.filters for key, k in kpis.items() if k.action}
    assert asked["on_time"]["measure"] == "overdue" and asked["days"]["measure"] == "completed"
    assert asked["open"] == {"measure": "open", "from": "", "to": "2025-10", "department": ("health",)}
    half = {k.key: k for k in casework.build(facts(month_from="2025-07", month_to="2025-12")).kpis}
    # half a year is not compared with 环比, which names a month
    assert [line.other.split(" ")[0] for line in half["accepted"].lines] == ["较2025年1—6月", "同比"]


HELD = Coverage(cases=tuple(f"2024-{m:02d}" for m in range(1, 13)), as_of=date(2025, 1, 2))


def holding(held: Coverage, **chosen: str | None) -> Context:
    return replace(bare(**chosen), coverage=held)


@pytest.mark.parametrize(
    ("first", "last", "expected", "compared"),
    [
        (None, None, ("2024-12", "2024-12"), {"previous": "2024-11"}),
        ("2024-03", "2024-03", ("2024-03", "2024-03"), {"previous": "2024-02"}),
        # what was accepted in the first month held is all there
        ("2024-02", "2024-02", ("2024-02", "2024-02"), {"previous": "2024-01"}),
        ("2024-06", None, ("2024-06", "2024-12"), {}),
        (None, "2024-03", ("2024-01", "2024-03"), {}),
        ("2024-10", "2025-06", ("2024-10", "2024-12"), {"previous": "2024-07"}),
    ],
)
def test_the_months_that_are_counted_and_compared(
    first: str | None, last: str | None, expected: tuple[str, str], compared: dict[str, str]
) -> None:
    now = span(holding(HELD, month_from=first, month_to=last))
    assert now and (now.first.key, now.last.key) == expected and now.whole
    assert {relation: of.first.key for relation, of in others(now, HELD)} == compared


def test_months_outside_what_is_held_are_none() -> None:
    assert span(holding(HELD, month_from="2025-02")) is None
    assert span(holding(Coverage())) is None


def test_a_month_that_is_not_over_is_neither_the_newest_nor_compared() -> None:
    held = Coverage(cases=(*HELD.cases, "2025-01"), as_of=date(2025, 1, 15))
    now = span(holding(held))
    assert now and now.last.key == "2024-12"
    part = span(holding(held, month_from="2025-01", month_to="2025-01"))
    assert part and not part.whole and part.day == date(2025, 1, 15) and others(part, held) == ()


def test_twelve_months_are_compared_once_and_called_the_year_before() -> None:
    months = tuple(f"{y}-{m:02d}" for y in (2022, 2023, 2024) for m in range(1, 13))
    held = Coverage(cases=months, as_of=date(2025, 1, 2))
    now = MonthSpan(Period.parse("2024-01"), Period.parse("2024-12"), date(2024, 12, 31), Period.parse("2022-01"))
    assert [(relation, of.first.key) for relation, of in others(now, held)] == [("year_ago", "2023-01")]


def test_a_data_set_without_cases_has_no_section() -> None:
    assert casework.load(about(publisher=catalog.publishers()[0].id)) is None
    assert casework.load(about(publisher=DEMO, month_from="2019-01", month_to="2019-03")) is None


def test_demo_marks_are_on_every_card() -> None:
    view = casework.build(facts(month_from="2025-01", month_to="2025-12"))
    parts = [view.accepted, view.taken, view.volume, view.ranking, view.days, view.backlog]
    assert [part[0].demo for part in parts if part] == [True] * 6 and view.head.demo
    assert {part[0].source for part in parts if part} == {"办件明细（截至2025年12月31日）（演示数据）"}


def test_a_department_that_the_catalogue_does_not_know_stands_for_itself() -> None:
    found = facts(**OCTOBER)
    strange = found.here.with_columns(pl.col("department").replace("health", "no_such"))
    ranks = case_rates.ranks(replace(found, here=strange))
    assert "no_such" in {r.id for r in ranks}
