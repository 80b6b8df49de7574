"""A cube from anywhere: the declared tables as Parquet are examined whole, and published or refused in one sentence."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import deliveries
import duckdb
import polars as pl
import pytest
import small_cube
from refusals import refused
from source_tree import ROOT

from hall import __main__ as command
from hall import sql
from hall.cases.load import load
from hall.cases.publish import publish
from hall.cases.rollup import rollup
from hall.engines import base
from hall.store import contract, cube

TABLES = tuple(base.schemas())
OWN = "sichuan"
Table = pl.DataFrame


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the cube of a quarter, and beside it the tables of that cube as Parquet."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "made").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder / "store"))
        small_cube.publish(*small_cube.year(date(2024, 10, 1), 92), owner="demo")
        with duckdb.connect(str(cube.root("demo") / cube.version("demo")), read_only=True) as con:
            for name in TABLES:
                con.table(name).write_parquet(str(folder / "made" / f"{name}.parquet"))
    pl.DataFrame({"cube_version": [contract.VERSION]}).write_parquet(folder / "made" / "meta.parquet")
    return folder


@pytest.fixture
def made(built: Path, new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Those tables, and a store that serves the cube for the publisher demo."""
    shutil.copytree(built / "store", new_store)
    yield shutil.copytree(built / "made", tmp_path / "made")
    cube.close()


def change(folder: Path, name: str, how: Callable[[Table], Table]) -> None:
    path = folder / f"{name}.parquet"
    how(pl.read_parquet(path)).write_parquet(path)


def held(owner: str) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(cube.root(owner) / cube.version(owner)), read_only=True) as con:
        return {name: con.table(name).order("all").fetchall() for name in TABLES}


def test_the_number_of_the_version_changes_with_the_tables() -> None:
    """Who changes queries/schema/cube.sql gives the tables another number, and writes it here and in docs/scale.md."""
    text = sql.bare(sql.text("schema/cube")).partition("create table meta")[0]
    assert (contract.VERSION, hashlib.sha256(text.encode()).hexdigest()[:12]) == (1, "421515e46795")
    assert f"cube_version = {contract.VERSION}" in (ROOT / "docs/scale.md").read_text("utf-8")
    told = (ROOT / "docs/scale.md").read_text("utf-8")
    for name, schema in base.schemas().items():
        assert f"| `{name}` |" in told
        assert all(f"`{column}`" in told for column in schema.names), name


def test_it_is_published_as_it_is(made: Path) -> None:
    done = publish(made, OWN)
    assert (done.version, done.months) == (cube.version(OWN), 6)
    assert held(OWN) == held("demo")
    ours, theirs = (
        [(month["records"], month["month"], month["last"]) for month in cube.rows("coverage", name)["months"][0]]
        for name in (OWN, "demo")
    )
    assert ours == theirs and len(ours) == 6
    assert cube.rows("months_held", OWN)["rows"].sum() == done.rows
    assert publish(made, OWN).months == 6, "and again"


def test_by_types_and_files_of_other_engines(made: Path) -> None:
    wide = pl.selectors.integer()
    change(made, "day", lambda t: t.with_columns(wide.cast(pl.Float64)))
    change(made, "channel_day", lambda t: t.with_columns(wide.cast(pl.Decimal(38, 0))))
    change(made, "month", lambda t: t.with_columns(wide.cast(pl.UInt64), pl.col("city").cast(pl.Categorical)))
    change(made, "hours", lambda t: t.with_columns(pl.col("department").cast(pl.Binary)).select(reversed(t.columns)))
    change(made, "items", lambda t: t.with_columns(pl.col("month_accepted").cast(pl.Datetime("ms"))))
    change(made, "consulted", lambda t: t.with_columns(pl.col("minutes").cast(pl.Float64)))
    days = pl.read_parquet(made / "day.parquet")
    (made / "day.parquet").unlink()
    (made / "day").mkdir()
    for at in range(3):  # Trino gives its files no suffix
        days.filter(pl.int_range(pl.len()) % 3 == at).write_parquet(made / "day" / f"20251201_{at}")
    for mark in ("_SUCCESS", ".day.crc", "README.md"):
        (made / mark).write_text("", encoding="utf-8")
    publish(made, OWN)
    assert held(OWN) == held("demo")


def test_consultations_alone_are_a_cube_and_cases_alone_are_one(made: Path) -> None:
    (made / "consulted.parquet").rename(made.parent / "consulted.parquet")
    assert publish(made, OWN).months == 3
    for path in made.glob("*.parquet"):
        if path.stem != "meta":
            path.unlink()
    (made.parent / "consulted.parquet").rename(made / "consulted.parquet")
    assert publish(made, OWN).months == 3
    assert {month["records"] for month in cube.rows("coverage", OWN)["months"][0]} == {"consultations"}


def one(table: str, column: str, value: object, where: str = "") -> Callable[[Path], None]:
    """Give one row another value."""

    def how(held: Table) -> Table:
        first = held.with_row_index("at_").filter(pl.sql_expr(where) if where else pl.lit(value=True))["at_"][0]
        mine = pl.int_range(pl.len()) == first
        return held.with_columns(pl.when(mine).then(pl.lit(value)).otherwise(pl.col(column)).alias(column))

    return lambda folder: change(folder, table, how)


def add(table: str, column: str, where: str = "") -> Callable[[Path], None]:
    def how(held: Table) -> Table:
        rest = held.with_row_index("at_").filter(pl.sql_expr(where) if where else pl.lit(value=True))["at_"][0]
        return held.with_columns(pl.col(column) + (pl.int_range(pl.len()) == rest).cast(held[column].dtype))

    return lambda folder: change(folder, table, how)


def tables(*names: str, how: Callable[[Table], Table]) -> Callable[[Path], None]:
    def both(folder: Path) -> None:
        for name in names:
            change(folder, name, how)

    return both


def cast(column: str, kind: pl.DataType | type[pl.DataType]) -> Callable[[Table], Table]:
    return lambda held: held.with_columns(pl.col(column).cast(kind))


BAD: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a table is missing": ("contract_missing", lambda f: (f / "hours.parquet").unlink()),
    "no version is told": ("contract_missing", lambda f: (f / "meta.parquet").unlink()),
    "another version": ("contract_version", one("meta", "cube_version", 99)),
    "no version in the table": ("contract_version", lambda f: change(f, "meta", lambda t: t.head(0))),
    "an unknown table": ("contract_unknown", lambda f: shutil.copy(f / "day.parquet", f / "days.parquet") and None),
    "a column is missing": ("contract_columns", lambda f: change(f, "day", lambda t: t.drop("rated"))),
    "a column is misspelled": ("contract_columns", lambda f: change(f, "day", lambda t: t.rename({"rated": "rate"}))),
    "a column more": ("contract_columns", lambda f: change(f, "city", lambda t: t.with_columns(x=1))),
    "a number as text": ("contract_type", tables("day", how=cast("accepted", pl.String))),
    "a day as text": ("contract_type", tables("day", how=cast("day", pl.String))),
    "a department as a number": ("contract_type", lambda f: change(f, "items", lambda t: t.with_columns(department=1))),
    "half a case": ("contract_value", lambda f: change(f, "day", lambda t: t.with_columns(pl.col("rated") + 0.5))),
    "no number": ("contract_value", one("day", "accepted", None)),
    "a negative number": ("contract_value", one("day", "withdrawn", -1)),
    "a number beyond the type": ("contract_value", lambda f: change(f, "hours", lambda t: t.with_columns(hour=300))),
    "a time of day": (
        "contract_value",
        lambda f: change(f, "day", lambda t: t.with_columns(pl.col("day").cast(pl.Datetime) + pl.duration(hours=8))),
    ),
    "not a Parquet file": ("not_readable", lambda f: (f / "day.parquet").write_bytes(b"PAR1 torn") and None),
    "an empty file": ("not_readable", lambda f: (f / "day.parquet").write_bytes(b"") and None),
    "an unknown department": ("contract_codes", one("day", "department", "ministry_of_magic")),
    "an unknown channel": ("contract_codes", one("hours", "channel", "pigeon")),
    "a row twice": ("contract_doubled", lambda f: change(f, "hours", lambda t: pl.concat([t, t.head(1)]))),
    "a rolled up row twice": ("contract_sums", lambda f: change(f, "channel_day", lambda t: pl.concat([t, t.head(1)]))),
    "days without a channel": ("contract_sums", add("channel_day", "accepted", "accepted > 0")),
    "a month that is not its days": ("contract_sums", add("day", "rated", "completed > rated")),
    "an item more": ("contract_sums", add("items", "accepted")),
    "a month's histogram": ("contract_sums", add("month_handling", "completed")),
    "a day's histogram": ("contract_sums", add("day_handling", "completed")),
    "a city's histogram": ("contract_sums", add("city_handling", "completed")),
    "a department's histogram": ("contract_sums", add("department_handling", "completed")),
    "a department's month": ("contract_sums", add("department_month", "rated")),
    "a city's month": ("contract_sums", add("city", "accepted")),
    "a month lost in one table": (
        "contract_sums",
        lambda f: change(f, "department_month", lambda t: t.filter(pl.col("month_accepted") != pl.date(2024, 11, 1))),
    ),
    "more satisfied than rated": ("contract_limits", one("day", "satisfied", 9_000)),
    "more mailed than issued": ("contract_limits", one("month", "mailed", 9_000)),
    "an hour that there is not": ("contract_limits", one("hours", "hour", 24)),
    "an hour of more cases": ("contract_limits", one("hours", "accepted", 9_000)),
    "a month that does not begin": (
        "contract_limits", tables(*(t for t in TABLES if t != "consulted"),
                                  how=lambda t: t.with_columns(pl.col("month_accepted").dt.offset_by("1d")))),
    "a day after tomorrow": ("contract_limits", one("consulted", "day", date(2027, 1, 1))),
    "a consultation of another month": ("contract_limits", one("consulted", "day", date(2024, 12, 5))),
    "minutes without consultations": ("contract_limits", one("consulted", "timed", 9_000)),
    "no row at all": ("contract_empty", tables(*TABLES, how=lambda t: t.head(0))),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_and_nothing_half_published(
    name: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(made, OWN)
    before, files = held(OWN), sorted(cube.root(OWN).iterdir())
    code, spoil = BAD[name]
    spoil(made)
    with refused(code):
        publish(made, OWN)
    monkeypatch.setattr(sys, "argv", ["hall", "cases", "publish", str(made), "--publisher", OWN])
    assert command.main() == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert held(OWN) == before
    assert sorted(cube.root(OWN).iterdir()) == files


@pytest.mark.parametrize(
    ("path", "code"), [("none", "not_found"), ("made/day.parquet", "no_folder"), (".", "contract_")]
)
def test_what_is_no_folder_of_tables(path: str, code: str, made: Path, tmp_path: Path) -> None:
    with refused(code):
        publish(tmp_path / path, OWN)
    assert cube.version(OWN) == ""


def test_links_out_of_the_folder_are_refused(made: Path, tmp_path: Path) -> None:
    (made / "day.parquet").rename(tmp_path / "day.parquet")
    (made / "day.parquet").symlink_to(tmp_path / "day.parquet")
    with refused("leads_out"):
        publish(made, OWN)


def test_beside_records_it_counts_these(new_store: Path, tmp_path: Path) -> None:
    """What a cluster computed of records that stand here too is published, and gone on from; of others it is not."""
    months = ["2025-09", "2025-10"]
    rows = [deliveries.case(at, accepted_at=f"{months[at % 2]}-09 09:30:00") for at in range(30)]
    load([deliveries.write(tmp_path / "a.csv", rows)])
    rollup(OWN)
    folder = tmp_path / "made"
    folder.mkdir()
    with duckdb.connect(str(cube.root(OWN) / cube.version(OWN)), read_only=True) as con:
        for name in set(TABLES) - {"consulted"}:
            con.table(name).write_parquet(str(folder / f"{name}.parquet"))
    pl.DataFrame({"cube_version": [contract.VERSION]}).write_parquet(folder / "meta.parquet")
    before = held(OWN)
    publish(folder, OWN)
    assert held(OWN) == before
    assert rollup(OWN).computed == (), "it is known what each month was computed from"
    load([deliveries.write(tmp_path / "b.csv", [deliveries.case(99, accepted_at="2025-11-03 09:30:00")])])
    with refused("contract_records"):
        publish(folder, OWN)
    cube.close()


def test_months_made_elsewhere_outlast_a_rollup(made: Path, tmp_path: Path) -> None:
    publish(made, OWN)
    before = held(OWN)["day"]
    load([deliveries.write(tmp_path / "a.csv", [deliveries.case(1, accepted_at="2025-01-06 09:30:00")])])
    with refused("cube_elsewhere"):
        rollup(OWN)
    assert held(OWN)["day"] == before, "the calendar of the months before is not that of the records here"


def test_killed_at_any_moment(made: Path, new_store: Path) -> None:
    publish(made, OWN)
    before = held(OWN)
    arguments = [sys.executable, "-m", "hall", "cases", "publish", str(made), "--publisher", OWN]
    begun = time.monotonic()
    assert subprocess.run(arguments, cwd=ROOT, env=os.environ, capture_output=True, check=False).returncode == 0
    took, chance = time.monotonic() - begun, random.Random(4)
    for _ in range(6):
        with subprocess.Popen(arguments, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL) as running:
            time.sleep(chance.uniform(0.3, 1) * took)
            running.send_signal(signal.SIGKILL)
        assert held(OWN) == before
    publish(made, OWN)
    assert {path.name.partition("-")[0] for path in cube.root(OWN).iterdir()} == {"cube", "CURRENT", "lock"}
