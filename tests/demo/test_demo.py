"""The demo hall: its rows keep the rules of the records, agree with the two real months, and are always the same."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from hall import catalog, demo
from hall.__main__ import app
from hall.demo import scenario
from hall.demo.clock import DAY, NEVER, Clock
from hall.measure.calendar import calendar
from hall.measure.workdays import workdays
from hall.period import Period
from hall.store import cube, holdings

# Twenty months: whatever happens in the first real month was accepted in them.
MONTHS = 20
# As printed, with half a unit of the last place.
PRINTED = {
    "2025-05": {
        "handled_total": (41_300, 50), "online_accepted": (40_100, 50), "online_completed": (39_100, 50),
        "comprehensive_accepted": (1_200, 50), "window_issued": (2_600, 50), "mailed": (900, 50),
        "phone_consultations": (822, 0), "onsite_consultations": (4_745, 0),
    },
    "2025-10": {
        "handled_total": (55_700, 50), "online_accepted": (53_400, 50), "online_completed": (53_000, 50),
        "comprehensive_accepted": (2_300, 50), "window_issued": (3_200, 50), "mailed": (1_000, 500),
        "phone_consultations": (910, 0), "onsite_consultations": (4_524, 0),
    },
}  # fmt: skip
TYPES = {"moment": "TIMESTAMP", "whole": "SMALLINT", "amount": "DECIMAL(9,2)"}
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("deliveries")
    demo.deliveries(made, months=MONTHS)
    return made


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return {name: pl.read_parquet(folder / f"{name}-*.parquet") for name in catalog.tables()}


def in_month(column: str, key: str) -> pl.Expr:
    period = Period.parse(key)
    return pl.col(column).dt.date().is_between(period.start, period.end)


def counted(tables: Tables, metric: str, month: str) -> int:
    """By the rule of counts.toml."""
    rule = catalog.counts()[metric]
    event = rule.event if rule.event == "at" else f"{rule.event}_at"
    rows = tables[rule.table].filter(in_month(event, month))
    for column, values in (("channel", rule.channel), ("kind", rule.kind), ("place", rule.place)):
        rows = rows.filter(pl.col(column).is_in(values)) if values else rows
    measures = {
        "completed": pl.col("status") == "completed",
        "issued_window": pl.col("issued_at_place").is_not_null(),
        "issued_comprehensive": pl.col("issued_at_place") == "comprehensive_window",
        "mailed": pl.col("delivery") == "mail",
    }
    return rows.filter(measures.get(rule.measure, pl.lit(True))).height


@pytest.mark.parametrize("month", PRINTED)
@pytest.mark.parametrize("metric", PRINTED["2025-05"])
def test_totals_agree_with_what_was_printed(tables: Tables, month: str, metric: str) -> None:
    printed, half = PRINTED[month][metric]
    assert abs(counted(tables, metric, month) - printed) <= half


def test_other_months_are_of_the_same_size(tables: Tables) -> None:
    for month in scenario.months(MONTHS):
        accepted = counted(tables, "comprehensive_accepted", month.key)
        assert 1_200 <= accepted <= 3_000
        assert counted(tables, "comprehensive_transferred", month.key) > accepted
        outside = tables["cases"].filter(in_month("accepted_at", month.key)).height
        assert 1.07 <= outside / counted(tables, "handled_total", month.key) <= 1.18


@pytest.mark.parametrize("name", ["cases", "consultations"])
def test_columns_are_those_of_the_catalogue(folder: Path, name: str) -> None:
    declared = [(c.id, TYPES.get(c.type, "VARCHAR")) for c in catalog.tables()[name].columns]
    with duckdb.connect() as con:
        for path in sorted(folder.glob(f"{name}-*.parquet")):
            described = con.execute("describe select * from read_parquet($1)", [str(path)]).fetchall()
            assert [(row[0], row[1]) for row in described] == declared
            codec = con.execute("select distinct compression from parquet_metadata($1)", [str(path)]).fetchall()
            assert codec == [("ZSTD",)]


@pytest.mark.parametrize("name", ["cases", "consultations"])
def test_rows_keep_the_rules(folder: Path, tables: Tables, name: str) -> None:
    table, rows = catalog.tables()[name], tables[name]
    known = {"department": set(catalog.departments()), "city": set(catalog.cities())}
    for column in table.columns:
        values = rows[column.id]
        assert not column.required or values.null_count() == 0, column.id
        allowed = known.get(column.type) or {code.id for code in column.codes}
        assert not allowed or set(values.drop_nulls().unique()) <= allowed, column.id
        if column.range:
            assert values.drop_nulls().is_between(*column.range).all(), column.id
        if column.type == "moment":
            assert values.max() < datetime(2026, 1, 6), "what happens later is not known yet"
            assert not (values.drop_nulls().dt.time() == datetime.min.time()).any(), (
                "that would be a day without a time"
            )
    for first, then in table.order:
        assert not (rows[then] < rows[first]).any(), then
    assert rows[table.key].is_unique().all()
    for month in scenario.months(MONTHS):
        moments = pl.read_parquet(folder / f"{name}-{month.key}.parquet")[table.month]
        assert moments.is_sorted()
        assert moments.dt.strftime("%Y-%m").unique().to_list() == [month.key]


def test_moments_and_codes_of_a_case_agree(tables: Tables) -> None:
    ended, issued = pl.col("completed_at").is_not_null(), pl.col("issued_at").is_not_null()
    for broken in (
        ended == (pl.col("status") == "open"),
        issued & (pl.col("status") != "completed"),
        issued & pl.col("delivery").is_null(),
        pl.col("issued_at_place").is_not_null() != (issued & (pl.col("delivery") == "counter")),
        pl.col("issued_at") < pl.col("completed_at"),
        pl.col("transferred_at") > pl.col("completed_at"),
        pl.col("satisfaction").is_not_null() & (pl.col("status") != "completed"),
    ):
        assert tables["cases"].filter(broken).is_empty(), broken
    names = tables["cases"].group_by("item_code").agg(pl.col("item_name", "department").n_unique())
    assert (names["item_name"] == 1).all()
    assert (names["department"] == 1).all()
    assert 500 <= names.height <= 700
    assert set(tables["cases"]["item_code"].str.len_chars()) == {12}


def test_cases_that_stay_open_are_few_and_some_are_old(tables: Tables) -> None:
    by_month = tables["cases"].group_by(pl.col("accepted_at").dt.strftime("%Y-%m").alias("month")).agg(
        (pl.col("status") == "open").mean().alias("open"), (pl.col("status") == "withdrawn").mean().alias("withdrawn")
    )  # fmt: skip
    share = dict(by_month.select("month", "open").iter_rows())
    assert 0.001 < share["2024-06"] < 0.006
    assert share["2025-12"] > 0.03
    assert by_month["withdrawn"].is_between(0.009, 0.02).all()


def online(tables: Tables, *condition: pl.Expr) -> dict[date, int]:
    rows = tables["cases"].filter(pl.col("channel") == "online", *condition)
    return dict(rows.group_by(pl.col("accepted_at").dt.date()).len().iter_rows())


def test_windows_open_on_working_days_and_online_never_closes(tables: Tables) -> None:
    at_windows = tables["cases"].filter(pl.col("channel").str.ends_with("window"))["accepted_at"]
    assert all(workdays(day, day) for day in at_windows.dt.date().unique())
    assert set(at_windows.dt.hour().unique()) == {9, 10, 11, 13, 14, 15, 16}
    by_day = online(tables)
    assert by_day[date(2025, 10, 11)] > 2 * by_day[date(2025, 10, 18)], "a working Saturday, and a free one"
    hours = tables["cases"].filter(pl.col("channel") == "online")["accepted_at"].dt.hour().value_counts(sort=True)
    assert hours.height == 24
    assert dict(hours.iter_rows())[20] > dict(hours.iter_rows())[18], "an evening peak"


def test_outage_and_its_rebound_show(tables: Tables) -> None:
    by_day = online(tables)
    assert by_day[date(2024, 8, 14)] + by_day[date(2024, 8, 15)] < 0.1 * by_day[date(2024, 8, 13)]
    assert by_day[date(2024, 8, 16)] > 1.3 * by_day[date(2024, 8, 9)], "Fridays"
    windows = tables["cases"].filter(pl.col("channel") == "department_window")["accepted_at"].dt.date()
    assert (windows == date(2024, 8, 14)).sum() > 0.7 * (windows == date(2024, 8, 13)).sum()


def test_spring_festival_and_national_day_show(tables: Tables) -> None:
    by_day = online(tables)
    assert by_day[date(2025, 1, 29)] < 0.2 * by_day[date(2025, 1, 13)]
    assert by_day[date(2025, 2, 5)] < by_day[date(2025, 2, 12)]
    assert by_day[date(2025, 10, 3)] < 0.3 * by_day[date(2025, 9, 26)]
    assert by_day[date(2025, 10, 9)] > by_day[date(2025, 10, 23)], "what waited comes after the holiday"


def test_policy_doubles_what_a_department_receives(tables: Tables) -> None:
    def per_day(department: str, month: str) -> float:
        days = online(tables, pl.col("department") == department, in_month("accepted_at", month))
        period = Period.parse(month)
        return sum(days.values()) / (workdays(period.start, period.end) or 1)

    grown = {
        name: per_day(name, "2025-03") / per_day(name, "2024-12") for name in ("market_regulation", "public_security")
    }
    assert 1.7 < grown["market_regulation"] / grown["public_security"] < 2.3


def test_departments_are_in_time_but_one_in_summer(tables: Tables) -> None:
    days = calendar(date(2024, 1, 1), date(2026, 12, 31)).select(pl.col("day").alias("date"), "number")
    done = tables["cases"].filter(pl.col("status") == "completed", pl.col("promised_workdays").is_not_null())
    for name in ("accepted", "completed"):
        numbered = days.rename({"number": name})
        done = done.join(numbered, left_on=pl.col(f"{name}_at").dt.date(), right_on="date", how="left")
    timed = done.with_columns(
        (pl.col("completed") - pl.col("accepted") <= pl.col("promised_workdays")).alias("on_time"),
        pl.col("accepted_at").is_between(datetime(2025, 6, 1), datetime(2025, 9, 1)).alias("summer"),
    )
    slow = timed.filter(pl.col("department") == "housing_construction").group_by("summer").agg(pl.col("on_time").mean())
    share = dict(slow.iter_rows())
    assert 0.75 < share[True] < 0.86 < 0.95 < share[False]
    usual = timed.filter(pl.col("department") != "housing_construction").group_by("department").agg(
        pl.len(), pl.col("on_time").mean()
    )  # fmt: skip
    assert usual.filter(pl.col("len") > 1000)["on_time"].is_between(0.915, 0.997).all()
    assert 15 < usual.filter(pl.col("department") == "archives")["len"].item() < 130


@pytest.mark.parametrize("name", ["cases", "consultations"])
def test_a_month_is_the_same_whatever_else_is_made(folder: Path, tmp_path: Path, name: str) -> None:
    demo.deliveries(tmp_path / "again", months=1)
    demo.deliveries(tmp_path / "other", months=1, seed=2)
    first, again, other = (pl.read_parquet(at / f"{name}-2025-12.parquet") for at in
                           (folder, tmp_path / "again", tmp_path / "other"))  # fmt: skip
    assert first.equals(again)
    assert not first.equals(other)


def test_a_steered_month_is_the_same_without_the_months_before(folder: Path, tmp_path: Path) -> None:
    demo.deliveries(tmp_path, months=3)
    alone, among = (pl.read_parquet(at / "cases-2025-10.parquet") for at in (tmp_path, folder))
    assert alone.hash_rows(seed=1).sort().equals(among.hash_rows(seed=1).sort())


def test_a_number_of_cases_is_met_and_comes_from_everywhere(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    files = demo.deliveries(tmp_path, cases=100_003, months=5, progress=lambda *step: told.append(step))
    cases = pl.read_parquet([path for path in files if path.name.startswith("cases")])
    assert cases.height == 100_003
    assert 0.03 < (cases["city"] == "provincial").mean() < 0.09
    assert set(cases["city"]) == set(catalog.cities())
    assert told[-1] == (5, 5, "2025-12")


def test_command_writes_deliveries(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["demo", "--cases", "3_000", "--months", "2", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert str(tmp_path / "out") in done.output
    assert pl.read_parquet(tmp_path / "out/cases-*.parquet").height == 3_000


def test_command_loads_some_months_at_a_time_rolls_up_and_leaves_no_delivery(
    new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_TODAY", "2026-01-05")
    monkeypatch.setattr("hall.cases.demo._AT_ONCE", 1)
    done = CliRunner().invoke(app, ["demo", "--cases", "2000", "--months", "3"])
    assert done.exit_code == 0, done.output
    held = holdings.held("demo")
    assert held.months("cases") == held.months("consultations") == ("2025-10", "2025-11", "2025-12")
    assert sum(delivery.rejected for delivery in held.deliveries) == 0
    assert pl.read_parquet(held.files("cases")).height == 2_000
    assert cube.rows("daily", "demo")["accepted"].sum() == 2_000
    assert not list((new_store / "demo").glob("*.parquet"))
    cube.close()


def test_the_catalogue_of_the_demo_is_sound() -> None:
    bodies = catalog.departments()
    assert all(bodies[body.id].kind in ("department", "center") for body in scenario.departments())
    assert set(scenario.raw()["place"]["people"]) | {"provincial"} == set(catalog.cities())
    for channel in scenario.channels():
        assert sum(channel.place) == pytest.approx(1)
    for scores in (scenario.course().scores, scenario.course().scores_late):
        assert len(scores) == 5
        assert sum(scores) == pytest.approx(1)


CLOCK = Clock.between(date(2025, 9, 1), date(2025, 12, 31))


@given(st.lists(st.integers(0, 121 * 86_400), min_size=2, max_size=20))
def test_the_working_clock_runs_forward_and_back(seconds: list[int]) -> None:
    moments = np.sort(np.array(seconds, dtype=np.int32))
    worked = CLOCK.worked(moments)
    assert (np.diff(worked) >= 0).all()
    back = CLOCK.moments(worked)
    assert ((back >= moments) | (back == NEVER)).all()
    assert (CLOCK.worked(back[back != NEVER]) == worked[back != NEVER]).all()


def test_the_working_clock_counts_working_days() -> None:
    start, end = np.array([29 * DAY], dtype=np.int32), np.array([40 * DAY], dtype=np.int32)
    assert CLOCK.workdays(start, end).tolist() == [workdays(date(2025, 10, 1), date(2025, 10, 11))]
    assert CLOCK.moments(np.array([10**8], dtype=np.int32)).tolist() == [NEVER]
