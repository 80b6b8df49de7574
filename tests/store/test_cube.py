"""Cubes: built beside the one that serves, a month at a time, and published in one step."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import case_records
import duckdb
import issues
import polars as pl
import pyarrow as pa
import pytest

from hall import __main__ as command
from hall.cases.rollup import rollup
from hall.engines.base import Records
from hall.engines.duckdb import DuckDBEngine
from hall.measure.calendar import calendar, fingerprints
from hall.model import HallError
from hall.store import cube, cubing, holdings, published
from hall.store.cubing import Month
from hall.text import t

DAYS = calendar(date(2025, 1, 1), date(2025, 12, 31))
YEARS = fingerprints(DAYS)
WHEN = pl.Datetime("us")


@pytest.fixture(autouse=True)
def cubes(new_store: Path) -> Iterator[Path]:
    yield new_store / "cubes" / "sichuan"
    cube.close()


def cases(folder: Path, accepted: datetime, count: int, done: datetime | None = None) -> str:
    """A file of equal cases; its path."""
    status = "completed" if done else "open"
    one = {"item_code": "A", "item_name": None, "department": "health", "channel": "online", "city": None,
           "applicant_type": None, "accepted_at": accepted, "completed_at": done, "issued_at": None,
           "transferred_at": None, "status": status, "issued_at_place": None, "delivery": None,
           "promised_workdays": 3, "satisfaction": None}  # fmt: skip
    texts = dict.fromkeys(("item_name", "city", "applicant_type", "issued_at_place", "delivery"), pl.String)
    moments = dict.fromkeys(("accepted_at", "completed_at", "issued_at", "transferred_at"), WHEN)
    whole = dict.fromkeys(("promised_workdays", "satisfaction"), pl.Int16)
    frame = pl.DataFrame([one] * count, schema_overrides=texts | moments | whole)
    path = folder / f"{accepted:%Y-%m-%d}-{count}.parquet"
    frame.with_columns(pl.int_range(count).cast(pl.String).alias("case_id")).write_parquet(path)
    return str(path)


def tables(*files: str) -> dict[str, pa.Table]:
    return dict(DuckDBEngine().rollup(Records(DAYS.to_arrow(), cases=files)))


def publish(month: str, delivery: str, found: dict[str, pa.Table], years: dict[int, str] = YEARS) -> str:
    with cubing.draft("sichuan", years) as draft:
        draft.put([Month("cases", month, delivery, 1)], found, "duckdb")
        return draft.publish()


def accepted() -> dict[str, int]:
    found = cube.rows("daily", "sichuan")
    return {str(day): n for day, n in found.select("day", "accepted").iter_rows() if n}


def test_a_month_delivered_again_replaces_its_own_rows_alone(tmp_path: Path) -> None:
    publish("2025-09", "a", tables(cases(tmp_path, datetime(2025, 9, 30, 9), 2, datetime(2025, 10, 9, 9))))
    publish("2025-10", "b", tables(cases(tmp_path, datetime(2025, 10, 9, 9), 3)))
    publish("2025-10", "c", tables(cases(tmp_path, datetime(2025, 10, 10, 9), 5)))
    assert accepted() == {"2025-09-30": 2, "2025-10-10": 5}
    # what September's cases did in October stands
    assert cube.rows("daily", "sichuan").filter(pl.col("completed") > 0)["day"].to_list() == [date(2025, 10, 9)]
    assert [tuple(row[:3]) for row in cube.rows("months_held", "sichuan").iter_rows()] == [
        ("cases", "2025-09", "a"), ("cases", "2025-10", "c")]  # fmt: skip


def test_a_reader_sees_the_old_cube_until_the_new_one_is_published(tmp_path: Path) -> None:
    before = publish("2025-09", "a", tables(cases(tmp_path, datetime(2025, 9, 30, 9), 2)))
    with cubing.draft("sichuan", YEARS) as draft:
        draft.drop(draft.months())
        assert accepted() == {"2025-09-30": 2}
    assert cube.version("sichuan") == before, "a draft that is not published leaves nothing"
    assert [path.name for path in (cube.root("sichuan")).glob("*.duckdb*")] == [before]


def test_a_writer_that_fails_leaves_the_published_cube(tmp_path: Path) -> None:
    publish("2025-09", "a", tables(cases(tmp_path, datetime(2025, 9, 30, 9), 2)))
    with pytest.raises(ZeroDivisionError), cubing.draft("sichuan", YEARS) as draft:
        draft.put([Month("cases", "2025-10", "b", 1)], tables(cases(tmp_path, datetime(2025, 10, 9), 3)), "duckdb")
        _ = 1 / 0
    assert accepted() == {"2025-09-30": 2}


def test_another_calendar_starts_anew_but_a_new_year_does_not(tmp_path: Path) -> None:
    publish("2025-09", "a", tables(cases(tmp_path, datetime(2025, 9, 30, 9), 2)))
    october = tables(cases(tmp_path, datetime(2025, 10, 9, 9), 3))
    publish("2025-10", "b", october, {**YEARS, 2026: "announced"})
    assert accepted() == {"2025-09-30": 2, "2025-10-09": 3}
    publish("2025-10", "b", october, {**YEARS, 2026: "changed"})
    assert accepted() == {"2025-10-09": 3}


def test_a_damaged_cube_is_built_anew_and_told_of_when_read(tmp_path: Path) -> None:
    name = publish("2025-09", "a", tables(cases(tmp_path, datetime(2025, 9, 30, 9), 2)))
    cube.close()
    (cube.root("sichuan") / name).write_bytes(b"torn")
    with pytest.raises(HallError, match="cube_unreadable"):
        accepted()
    publish("2025-10", "b", tables(cases(tmp_path, datetime(2025, 10, 9, 9), 3)))
    assert accepted() == {"2025-10-09": 3}


def test_two_writers_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "_WAIT", 0.1)
    with cubing.draft("sichuan", YEARS), pytest.raises(HallError, match="store_busy"), cubing.draft("sichuan", YEARS):
        raise AssertionError


def test_no_cube_is_an_empty_frame_with_its_columns() -> None:
    found = cube.rows("daily", "sichuan")
    assert found.is_empty()
    assert "accepted" in found.columns
    assert cube.version("sichuan") == ""
    assert cube.publishers() == ()


def test_the_calendar_counts_working_days_with_transfers() -> None:
    by_day = {row["day"]: row for row in DAYS.iter_rows(named=True)}
    # 30 September to 9 October 2025: the holiday from 1 to 8 October holds no working day
    assert by_day[date(2025, 10, 9)]["number"] - by_day[date(2025, 9, 30)]["number"] == 1
    # Saturday 11 October is a working day
    assert by_day[date(2025, 10, 11)]["number"] - by_day[date(2025, 10, 10)]["number"] == 1
    assert by_day[date(2025, 10, 12)]["number"] == by_day[date(2025, 10, 11)]["number"]
    assert by_day[date(2025, 10, 12)]["weekday"] == 7
    assert calendar(date(2031, 1, 1), date(2031, 1, 5))["announced"].to_list() == [False] * 5


class Blind(DuckDBEngine):
    """Sees the first file alone, as workers do that lack the others."""

    def rollup(self, records: Records, beside: int = 1) -> Iterator[tuple[str, pa.Table]]:
        return super().rollup(Records(records.workdays, cases=records.cases[:1]))


def test_rows_that_the_engine_did_not_count_are_told_and_nothing_is_published(tmp_path: Path) -> None:
    with holdings.changing("sichuan") as draft:
        for month, count in ((9, 2), (10, 3)):
            made = Path(cases(draft.stage, datetime(2025, month, 9, 9), count))
            draft.put("cases", f"2025-{month:02}", made, count, {})
    with pytest.raises(HallError, match="rows_uncounted"):
        rollup("sichuan", Blind())
    assert cube.version("sichuan") == ""
    rollup("sichuan")
    assert accepted() == {"2025-09-09": 2, "2025-10-09": 3}


def test_a_cube_of_another_release_is_told_of_and_computed_again_by_load(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as older:
        older.setattr(cubing, "schema_version", lambda: "older")
        case_records.keep("sichuan", case_records.cases(("2025-10", "2025-11"), 30))
    with duckdb.connect(cube.root("sichuan") / cube.version("sichuan")) as con:
        con.execute("drop table channel_day")
    with pytest.raises(HallError, match="cube_outdated"):
        accepted()
    cube.close()
    monkeypatch.setattr(sys, "argv", ["hall", "load", str(issues.put(tmp_path, "a.txt", issues.monthly()))])
    assert command.main() == 0
    told = {"publisher": "sichuan", "version": cube.version("sichuan"), "engine": "duckdb"}
    assert t("cli.rolled_up", "zh", **told, computed=2, dropped=0, kept=0) in capsys.readouterr().out
    assert cube.rows("daily", "sichuan")["accepted"].sum() == 60 and not cubing.outdated("sichuan")
