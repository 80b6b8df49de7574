"""The rollups on every engine that ``--engine`` names: the specs, random records, the declared types."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import grids
import polars as pl
import pytest
import servers
from rollup_specs import SPECS, Spec

from hall import catalog
from hall.engines import base
from hall.engines.duckdb import DuckDBEngine
from hall.engines.spark import SparkEngine
from hall.measure import handling

MONTHS = [date(2025, month, 1) for month in (9, 10, 11)]
Tables = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[base.Engine]:
    """The engine of that name: duckdb, sail, spark (a master and two workers) or connect (Spark Connect on those)."""
    name, folder = request.param, tmp_path_factory.mktemp(request.param)
    if name == "duckdb":
        yield DuckDBEngine()
        return
    with ExitStack() as stack:
        master = stack.enter_context(servers.sail(folder)) if name == "sail" else request.getfixturevalue("cluster")
        if name == "connect":
            master = stack.enter_context(servers.connect(folder, master))
        spark = SparkEngine(master, more=servers.SMALL)
        stack.callback(spark.close)
        yield spark


@pytest.fixture(scope="module")
def rolled_specs(engine: base.Engine, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The cube of all specs together, since a question to a cluster costs seconds: each has its own places in it."""
    folder = tmp_path_factory.mktemp("specs")
    rows: dict[str, list[grids.Row]] = {"cases": [], "consultations": []}
    for number, spec in enumerate(SPECS):
        for table, grid in (("cases", spec.cases), ("consultations", spec.consultations)):
            for row in grids.records(table, grid):
                key = catalog.tables()[table].key
                own = {name: f"{number}:{row[name]}" for name in (*OWN, key) if row.get(name)}
                rows[table].append({**row, **own})
    return roll(engine, {table: [grids.write(folder / f"{table}.parquet", table, rows[table])] for table in rows})


# A spec's rows are told apart by these columns, of which every table of a cube has one.
OWN = ("channel", "place", "department")


def roll(engine: base.Engine, files: Mapping[str, Sequence[str]]) -> Tables:
    """The tables of the cube, as polars sees them, in order."""
    found = dict(engine.rollup(base.Records(grids.DAYS, **files)))
    for name, table in found.items():
        assert table.schema.equals(base.schemas()[name]), f"{name}: {table.schema}"
    return {name: pl.DataFrame(table).sort(pl.all()) for name, table in found.items()}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.says.replace(" ", "_"))
def test_spec(spec: Spec, rolled_specs: Tables) -> None:
    mark = f"{SPECS.index(spec)}:"
    for name, grid in spec.shows.items():
        table = rolled_specs[name]
        own = next(column for column in OWN if column in table.columns)
        mine = table.filter(pl.col(own).str.starts_with(mark)).with_columns(
            pl.col(column).str.strip_prefix(mark) for column in OWN if column in table.columns
        )
        drawn = grids.read(grid, base.schemas()[name])
        wanted = [{key: "" if value is None else value for key, value in row.items()} for row in drawn]
        shown = mine.select(wanted[0].keys()) if wanted else mine
        assert sorted(map(repr, shown.to_dicts())) == sorted(map(repr, wanted)), name


@pytest.fixture(scope="module")
def random_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Thousands of random records, a file for each table and month; the folder's name is one that needs care."""
    folder, chance = tmp_path_factory.mktemp("random") / "大厅 100%", random.Random(4)
    files: dict[str, list[str]] = {"cases": [], "consultations": []}
    for first in MONTHS:
        for table, draw in (("cases", _case), ("consultations", _consultation)):
            rows = [{**draw(chance, first), catalog.tables()[table].key: f"{first}-{n}"} for n in range(1500)]
            files[table].append(grids.write(folder / table / f"month={first:%Y-%m}" / "part.parquet", table, rows))
    return files


@pytest.fixture(scope="module")
def rolled(engine: base.Engine, random_files: dict[str, list[str]]) -> Tables:
    return roll(engine, random_files)


def test_random_records_roll_up_alike(rolled: Tables, random_files: dict[str, list[str]]) -> None:
    # By DuckDB, each month alone: a month that is delivered again is computed in this way.
    alone = [roll(DuckDBEngine(), {table: [file]}) for table, files in random_files.items() for file in files]
    assert rolled.keys() == {name for tables in alone for name in tables}
    for name, table in rolled.items():
        wanted = pl.concat([tables[name] for tables in alone if name in tables]).sort(pl.all())
        assert table.height > 50, name
        assert table.equals(wanted), name


def test_every_record_is_counted_once_in_each_cube(rolled: Tables, random_files: dict[str, list[str]]) -> None:
    cases, consultations = (pl.read_parquet(random_files[table]) for table in ("cases", "consultations"))
    ended = cases.group_by("status").len()
    wanted = {
        "accepted": cases.height,
        "completed": ended.filter(status="completed")["len"].item(),
        "withdrawn": ended.filter(status="withdrawn")["len"].item(),
        "issued": cases["issued_at"].count(),
        "transferred": cases["transferred_at"].count(),
    }
    for name in ("day", "channel_day", "month", "city", "department_month"):
        assert {measure: rolled[name][measure].sum() for measure in wanted} == wanted, name
    for name in ("day_handling", "month_handling", "city_handling", "department_handling"):
        assert rolled[name]["completed"].sum() == wanted["completed"], name
    assert rolled["consulted"]["consultations"].sum() == consultations.height
    assert rolled["consulted"]["minutes"].sum() == consultations["minutes"].sum()
    assert rolled["consulted"]["timed"].sum() == consultations["minutes"].count()
    for name, measure in (("day", "on_time"), ("day", "overdue"), ("day", "rated"), ("day", "satisfied")):
        assert rolled[name][measure].sum() == rolled["month"][measure].sum() > 0


# How long each completed case took, and the engine's own quantiles of that: the definition of hall.measure.handling.
EXACT = """
    select c.department, count(*) as n,
        percentile_disc(0.5) within group (order by b.number - a.number) as median,
        percentile_disc(0.9) within group (order by b.number - a.number) as nine_in_ten
    from cases as c
    inner join workdays as a on a.day = cast(c.accepted_at as date)
    inner join workdays as b on b.day = cast(c.completed_at as date)
    where c.status = 'completed' and b.number - a.number < 250
    group by c.department
"""


def test_quantiles_of_the_histogram_are_those_of_the_cases(
    engine: base.Engine, rolled: Tables, random_files: dict[str, list[str]]
) -> None:
    if isinstance(engine, SparkEngine):
        assert engine.session is not None
        exact = engine.session.sql(EXACT).toArrow()
    else:
        with duckdb.connect() as con:
            con.register("workdays", grids.DAYS)
            con.read_parquet(random_files["cases"]).create_view("cases")
            exact = con.sql(EXACT).to_arrow_table()
    for name in ("day_handling", "month_handling"):
        found = handling.summary(rolled[name].filter(pl.col("workdays") < handling.LAST), ["department"])
        assert found.height == 3
        assert found.equals(pl.DataFrame(exact).cast(dict(found.schema)).sort("department")), name


def _case(chance: random.Random, first: date) -> grids.Row:
    accepted = _moment(chance, datetime(first.year, first.month, 1), 30)
    status = chance.choice(["open", "completed", "completed", "completed", "withdrawn"])
    return {
        "item_code": f"A{chance.randrange(9)}",
        "item_name": chance.choice([None, "Licence", "licence", "许可“证”", "O'Neill; --"]),
        "department": chance.choice(["health", "education", "transport"]),
        "channel": chance.choice(list(catalog.channels())),
        "city": chance.choice([None, "chengdu", "mianyang"]),
        "accepted_at": accepted,
        "completed_at": None if status == "open" else _moment(chance, accepted, chance.choice([1, 30, 400])),
        "issued_at": _perhaps(chance, _moment(chance, accepted, 40)),
        "transferred_at": _perhaps(chance, _moment(chance, accepted, 2)),
        "status": status,
        "issued_at_place": chance.choice([None, "counter", "comprehensive_window", "department_window"]),
        "delivery": chance.choice([None, "counter", "mail", "electronic"]),
        "promised_workdays": _perhaps(chance, chance.randrange(25)),
        "satisfaction": _perhaps(chance, chance.randint(1, 5)),
    }


def _consultation(chance: random.Random, first: date) -> grids.Row:
    return {
        "kind": chance.choice(["phone", "onsite", "online"]),
        "place": chance.choice(["hall", "comprehensive_window", "hotline"]),
        "department": chance.choice([None, "health", "education"]),
        "city": None,
        "at": _moment(chance, datetime(first.year, first.month, 1), 30),
        "minutes": _perhaps(chance, Decimal(chance.randrange(9000)) / 100),
    }


def _moment(chance: random.Random, after: datetime, days: int) -> datetime:
    """A moment within that many days, at midnight where only its day is known (if that is not before ``after``)."""
    moment = after + timedelta(microseconds=chance.randrange(days * 86_400_000_000))
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day >= after and chance.random() < 0.3 else moment


def _perhaps(chance: random.Random, value: Any) -> Any:
    return value if chance.random() < 0.7 else None
