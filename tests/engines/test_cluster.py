"""What needs a real cluster (`make test-spark`): the command from records to a cube, and what is said when the cluster
cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import grids
import polars as pl
import pytest
import servers
from refusals import refused
from source_tree import ROOT

from hall.cases import demo
from hall.engines import base, session
from hall.engines.spark import SparkEngine
from hall.store import cube


def published() -> tuple[str, dict[str, pl.DataFrame]]:
    """Which engine computed the demo's cube, and every table of it, in order."""
    with duckdb.connect(cube.root(demo.PUBLISHER) / cube.version(demo.PUBLISHER), read_only=True) as con:
        engines = {row[0] for row in con.table("months").project("engine").fetchall()}
        return " ".join(engines), {name: con.table(name).pl().sort(pl.all()) for name in base.schemas()}


def test_the_command_publishes_the_same_cube_as_duckdb(cluster: str, new_store: Path, tmp_path: Path) -> None:
    demo.build(4000, 3)
    # The settings of the cluster are Spark's own file.
    (tmp_path / "spark-defaults.conf").write_text("".join(f"{key} {value}\n" for key, value in servers.SMALL.items()))
    name, by_duckdb = published()
    assert name == "duckdb"
    env = {**os.environ, "SPARK_CONF_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "hall", "cases", "rollup", "--all", "--engine", "spark", "--master", cluster]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert "spark" in done.stdout
    assert not done.stderr, "no log of Spark and no progress where nobody looks on"
    name, by_spark = published()
    assert name == "spark"
    assert by_duckdb.keys() == by_spark.keys()
    for name, table in by_spark.items():
        assert table.height > 0, name
        assert table.equals(by_duckdb[name]), name


def test_workers_that_do_not_see_the_files(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grids.write(tmp_path / "a.parquet", "cases", grids.records("cases", "accepted_at\n2025-10-09"))
    # The folder that each process works in: the driver finds the file there, the workers look in their own.
    monkeypatch.chdir(tmp_path)
    engine = SparkEngine(cluster, more=servers.SMALL)
    try:
        with refused("spark_files"):
            dict(engine.rollup(base.Records(grids.DAYS, cases=["file:///proc/self/cwd/a.parquet"])))
        with refused("spark_files"):
            dict(engine.rollup(base.Records(grids.DAYS, cases=[str(tmp_path / "none.parquet")])))
    finally:
        engine.close()


def test_no_worker_is_large_enough(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "WORKER", 3.0)
    with refused("spark_no_worker"):
        dict(SparkEngine(cluster, more={"spark.executor.memory": "64g"}).rollup(base.Records(grids.DAYS)))
