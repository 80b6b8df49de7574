"""Counted values beside published ones: which stands, what fills, whose they are, and when they are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from contexts import about
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from literal_store import build, month
from small_cube import DEMO, DEPARTMENTS, call, case, publish, year

from hall import catalog, settings
from hall.export.card import csv
from hall.model import Freq, HallError, Period, Selection
from hall.store import cube
from hall.views.data import case_counts, context, observations
from hall.views.overview import page as overview
from hall.views.parts.cards import Amount
from hall.views.trends import cards as trend_cards

OURS = "sichuan"
OCTOBER = datetime(2025, 10, 9, 10)
NEXT = datetime(2025, 11, 3, 10)
STATED = ("handled_total", "500", 4, 2, "period")


@pytest.fixture(autouse=True)
def closed_cubes(new_store: Path) -> Iterator[Path]:
    yield new_store
    cube.close()


def n(found: observations.Values, metric: str, key: str, freq: str = "M") -> int | None:
    known = found.of(metric, freq).get(key)
    return int(known.quantity.value) if known else None


RULES = [
    ("online", {}, {"handled_total", "online_accepted"}),
    ("comprehensive_window", {}, {"handled_total", "comprehensive_accepted"}),
    ("department_window", {}, set()),
    ("hotline", {}, set()),
    ("online", {"completed_at": OCTOBER}, {"handled_total", "online_accepted", "online_completed"}),
    ("mail", {"completed_at": OCTOBER}, set()),
    ("mail", {"transferred_at": OCTOBER}, {"comprehensive_transferred"}),
    ("mail", {"issued_at": OCTOBER, "issued_at_place": "counter", "delivery": "mail"}, {"window_issued", "mailed"}),
    ("mail", {"issued_at": OCTOBER, "issued_at_place": "comprehensive_window", "delivery": "counter"},
     {"window_issued", "comprehensive_issued"}),
    ("mail", {"issued_at": OCTOBER, "delivery": "electronic"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("channel", "given", "counts"), RULES)
def test_each_metric_counts_what_its_rule_says(channel: str, given: dict[str, object], counts: set[str]) -> None:
    publish([case(OCTOBER, channel=channel, **given), case(NEXT, channel="hotline")])
    found = observations.load(about())
    assert {m for m in catalog.counts() if n(found, m, "2025-10")} == counts


@pytest.mark.parametrize(
    ("kind", "place", "metric"),
    [("phone", "hall", "phone_consultations"), ("phone", "hotline", None), ("online", "hall", None),
     ("onsite", "hall", "onsite_consultations"), ("phone", "comprehensive_window", "comprehensive_consultations")],
)  # fmt: skip
def test_consultations_count_by_kind_and_place(kind: str, place: str, metric: str | None) -> None:
    publish(calls=[call(OCTOBER, kind=kind, place=place), call(NEXT, place="hotline")])
    found = observations.load(about())
    assert {m for m in catalog.counts() if n(found, m, "2025-10")} == ({metric} if metric else set())


def test_the_bulletin_stands_and_the_count_fills_what_none_states(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [STATED])])
    publish([*[case(OCTOBER)] * 509, *[case(NEXT)] * 7, case(datetime(2025, 12, 1, 9))], owner="sichuan")
    found = observations.load(about())
    stated, filled = found.of("handled_total", "M")["2025-10"], found.of("handled_total", "M")["2025-11"]
    assert (stated.quantity.value, stated.quantity.unit_mult, stated.counted) == (500, 4, False)
    assert stated.beside is not None
    assert stated.beside.value == 509
    assert (filled.quantity.value, filled.quantity.slack, filled.status, filled.counted) == (7, 0, "A", True)
    assert filled.document.kind == "records"
    # one value a metric, period and scope
    own = [v for v in found.all if v.metric == "handled_total" and v.period.freq == "M"]
    assert [(v.period.key, v.document.kind) for v in own] == [("2025-10", "monthly_bulletin"), ("2025-11", "records")]
    assert len({(v.metric, v.period.freq, v.period.key, v.scope) for v in found.all}) == len(found.all)


def test_the_file_holds_what_is_stated_as_printed_and_a_count_as_counted(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [STATED])])
    publish([*[case(OCTOBER)] * 3, case(NEXT), case(datetime(2025, 12, 1, 9))], owner="sichuan")
    chosen = about()
    card = trend_cards.whole(chosen, observations.load(chosen))
    assert card.table
    told = csv(card.table, "zh").decode("utf-8-sig").replace("\u00a0", " ").splitlines()
    assert [line for line in told if line.startswith("办理总量") and "月" in line] == [
        "办理总量,2025年11月,1 件", "办理总量,2025年10月,0.05 万件"]  # fmt: skip
    cells = {str(row[1]): row[2] for row in card.table.rows if row[0] == "办理总量"}
    assert isinstance(cells["2025年11月"], Amount) and cells["2025年11月"].count == 1
    assert isinstance(cells["2025年10月"], Amount) and cells["2025年10月"].count is None


def test_the_week_and_the_year_to_date_of_the_window_are_counted_from_the_same_days() -> None:
    start = datetime(2025, 1, 2, 9)
    publish([case(start + timedelta(days=i), channel="comprehensive_window") for i in range(0, 340, 2)])
    found = observations.load(about())
    weeks = found.of("comprehensive_accepted", "W")
    to_date = found.of("comprehensive_accepted", "W", "year_to_date")
    # a week that begins before the first day held has no count, and none to date either
    assert weeks.keys() == to_date.keys() and "2025-W01" not in weeks and len(weeks) > 40
    begun = int(next(iter(to_date.values())).quantity.value)
    assert begun == 6, "2, 4, 6, 8, 10 and 12 January"
    whole = 0
    for key, week in weeks.items():
        whole += int(week.quantity.value)
        own = to_date[key]
        assert own.counted and own.period.end == week.period.end and own.period.key == key
        assert int(own.quantity.value) == whole + begun - int(next(iter(weeks.values())).quantity.value)
    assert not found.of("handled_total", "W", "year_to_date"), "only the four steps are told to date"


def periods_of(found: pl.DataFrame, freq: Freq) -> list[Period]:
    own = found.filter(pl.col("freq") == freq)
    return [Period(start, end, freq) for start, end in own.select("period_start", "period_end").iter_rows()]


def test_a_month_whose_end_is_not_reached_is_no_month_yet() -> None:
    # Wednesday 15 October is the newest moment: the week before and the days are whole, the month is not
    publish([case(datetime(2025, 9, 30, 9)), case(OCTOBER), case(datetime(2025, 10, 15, 9))])
    found = case_counts.observations(about(), ("D", "W", "M"), ("handled_total",))
    keys = {freq: [p.key for p in periods_of(found, freq)] for freq in ("D", "W", "M")}
    assert keys["M"] == ["2025-09"]
    assert keys["W"][-1] == "2025-W41"
    assert keys["D"][-1] == "2025-10-15"


def test_days_off_after_the_newest_moment_complete_a_month() -> None:
    # Friday 28 November, then a weekend
    publish([case(datetime(2025, 11, 28, 9))])
    assert observations.load(about()).of("handled_total", "M").keys() == {"2025-11"}


def test_months_between_that_are_not_held_stay_out() -> None:
    publish([case(datetime(2025, 8, 5, 9)), case(datetime(2025, 10, 9, 9)), case(NEXT), case(datetime(2025, 12, 1, 9))])
    found = case_counts.observations(about(), ("D", "M"), ("online_accepted",))
    assert [p.key for p in periods_of(found, "M")] == ["2025-08", "2025-10", "2025-11"]
    assert not found.filter(pl.col("period_start").is_between(date(2025, 9, 1), date(2025, 9, 30))).height


def test_a_department_filter_narrows_counts_and_leaves_no_whole_hall_beside(new_store: Path) -> None:
    coverage = ("manual_coverage", "65", 0, 0, "as_of")
    build(new_store, [month(2025, 10, [STATED, ("phone_consultations", "910", 0, 0, "period"), coverage])])
    publish([case(OCTOBER), case(OCTOBER, department="transport"), case(NEXT)], owner="sichuan")
    found = observations.load(about(departments=("transport",)))
    assert n(found, "handled_total", "2025-10") == 1
    assert found.of("handled_total", "M")["2025-10"].counted
    # consultations are not among the records, so what the bulletin states of the whole hall stays
    assert n(found, "phone_consultations", "2025-10") == 910
    assert "handled_total" in found.narrowed
    assert "phone_consultations" not in found.narrowed
    assert not observations.load(about()).narrowed


def test_records_without_departments_are_not_narrowed() -> None:
    publish([case(OCTOBER), case(NEXT)], [call(OCTOBER, department=None), call(NEXT, department=None)])
    found = observations.load(about(departments=("health",)))
    assert n(found, "phone_consultations", "2025-10") == 1
    assert "phone_consultations" not in found.narrowed


def test_what_the_records_never_hold_is_not_recorded_rather_than_none() -> None:
    window = case(NEXT, department="transport", channel="comprehensive_window")
    publish([case(OCTOBER), window, case(datetime(2025, 12, 1, 9))])
    found = observations.load(about())
    assert n(found, "comprehensive_accepted", "2025-10") == 0, "other months hold some"
    assert n(found, "mailed", "2025-10") is None
    narrowed = observations.load(about(departments=("health",)))
    assert n(narrowed, "comprehensive_accepted", "2025-11") == 0, "this department has none"


def test_what_was_not_built_yet_is_not_known() -> None:
    publish([case(OCTOBER), case(NEXT)])
    assert context.load(Selection(known_on=date(2020, 1, 1))).empty
    assert not observations.load(about(publisher=DEMO, known_on=date(2020, 1, 1))).all
    assert observations.load(about(publisher=DEMO, known_on=date(2100, 1, 1))).all


def test_records_alone_are_a_data_set() -> None:
    publish([case(OCTOBER, department="transport"), case(NEXT)])
    found = about().choices
    assert (found.publishers, found.measured) == ((DEMO,), (DEMO,))
    assert (found.months, set(found.departments)) == (("2025-10", "2025-11"), {"health", "transport"})


def test_the_setting_names_the_data_set_that_is_shown_first(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(new_store, [month(2025, 10, [STATED])])
    publish([case(OCTOBER)])
    assert about().publisher == OURS
    for name in ("demo", "演示大厅"):
        monkeypatch.setenv("HALL_DATA", name)
        assert about().choices.measured == (DEMO, OURS)
        assert about().choices.publishers == (OURS, DEMO)
    assert about(publisher=OURS).publisher == OURS
    monkeypatch.setenv("HALL_DATA", "sample")
    assert about().publisher == OURS, "a data set that holds nothing is not shown"
    monkeypatch.setenv("HALL_DATA", "no such hall")
    with pytest.raises(HallError, match="bad_setting"):
        context.load(Selection())


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        publish(*year())
    return folder


@tuned(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(departments=st.sets(st.sampled_from(DEPARTMENTS)))
def test_days_add_up_to_weeks_months_and_channels(
    departments: set[str], long_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_STORE", str(long_store))
    chosen = Selection(departments=tuple(sorted(departments)))
    found = case_counts.observations(about(chosen), ("D", "W", "M"))
    by = {freq: found.filter(pl.col("freq") == freq) for freq in ("D", "W", "M")}
    for freq in ("W", "M"):
        for metric, start, end, total in by[freq].select("metric", "period_start", "period_end", "n").iter_rows():
            days = by["D"].filter((pl.col("metric") == metric) & pl.col("period_start").is_between(start, end))
            assert days["n"].sum() == total
    split = case_counts.channels(about(chosen), "M")
    both = (
        split.filter(pl.col("metric").is_in(["online", "comprehensive_window"]))
        .group_by("period_start")
        .agg(pl.sum("n"))
    )
    totals = by["M"].filter(pl.col("metric") == "handled_total")
    assert dict(both.iter_rows()) == dict(totals.select("period_start", "n").iter_rows())


@pytest.mark.parametrize("freq", ["Q", "A"])
def test_longer_periods_are_whole_ones(freq: Freq, long_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", str(long_store))
    found = case_counts.channels(about(), freq)
    starts = sorted(set(found["period_start"]))
    assert (starts[0], starts[-1]) == {
        "Q": (date(2024, 10, 1), date(2025, 10, 1)), "A": (date(2025, 1, 1), date(2025, 1, 1)),
    }[freq]  # fmt: skip


def test_a_cube_that_cannot_be_read_takes_nothing_else_away(new_store: Path) -> None:
    name = publish([case(OCTOBER), case(NEXT)], owner="sichuan")
    (cube.root("sichuan") / name).write_bytes(b"torn")
    with pytest.raises(HallError, match="cube_unreadable"):
        context.load(Selection())
    build(new_store, [month(2025, 10, [STATED])])
    assert [v.counted for v in observations.load(about()).all] == [False]
    view = overview.load(about())
    assert any("cases rollup" in item.text and item.tone == "attention" for item in view.attention[1])


def test_a_new_cube_is_seen_at_once(new_store: Path) -> None:
    from hall.ui import cache

    publish([case(OCTOBER), case(NEXT)])
    first = cache.load(observations.load, cache.context(Selection()))
    assert cache.load(observations.load, cache.context(Selection())) is first
    publish([*[case(OCTOBER)] * 2, case(NEXT)])
    assert n(cache.load(observations.load, cache.context(Selection())), "handled_total", "2025-10") == 2
    assert settings.store() == new_store


def test_within_keeps_what_is_narrowed() -> None:
    publish([case(OCTOBER), case(NEXT)])
    chosen = about(departments=("health",), month_from="2025-10", month_to="2025-10")
    found = observations.within(observations.load(chosen), chosen)
    assert found.narrowed
    assert {v.period.key for v in found.all if v.period.freq == "M"} == {"2025-10"}
    assert {v.period.end.strftime("%Y-%m") for v in found.all} == {"2025-10"}
