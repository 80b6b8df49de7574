"""What an engine says when it cannot: every fault is one sentence, in time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import grids
import pytest
import servers
from refusals import refused

from hall import settings
from hall.engines import base, session
from hall.engines.duckdb import DuckDBEngine
from hall.engines.spark import SparkEngine

NOBODY = f"{servers.HOST}:{servers.free_port()}"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "ANSWER", 0.5)
    monkeypatch.setattr(session, "TRIES", 1)


def ask(engine: base.Engine, *files: object) -> dict[str, int]:
    """How many rows each table of the cube has."""
    try:
        records = base.Records(grids.DAYS, cases=[str(file) for file in files])
        return {name: table.num_rows for name, table in engine.rollup(records)}
    finally:
        engine.close()


def case(path: Path) -> Path:
    grids.write(path, "cases", grids.records("cases", "accepted_at\n2025-10-09 09:30"))
    return path


@pytest.mark.parametrize("master", ["", "spark:7077", "local[two]", "http://127.0.0.1:7077", "sc://", "mesos://a:1",
                                    "sc://127.0.0.1:no-port"])  # fmt: skip
def test_no_master(master: str, tmp_path: Path) -> None:
    with refused("bad_master"):
        ask(SparkEngine(master), case(tmp_path / "a.parquet"))


@pytest.mark.parametrize("master", [f"spark://{NOBODY}", f"spark://{NOBODY},{NOBODY}", f"k8s://https://{NOBODY}",
                                    f"sc://{NOBODY}", "spark://no.such.host.invalid:7077"],
                         ids=["spark", "two", "k8s", "connect", "unknown"])  # fmt: skip
def test_nobody_answers(master: str, tmp_path: Path) -> None:
    with refused("spark_unreachable"):
        ask(SparkEngine(master), case(tmp_path / "a.parquet"))


def test_somebody_else_answers(tmp_path: Path) -> None:
    with servers.silent() as port, refused("spark_unreachable"):
        ask(SparkEngine(f"sc://{servers.HOST}:{port}"), case(tmp_path / "a.parquet"))


def test_a_server_of_another_version(tmp_path: Path) -> None:
    with servers.sail(tmp_path, "9.9.9") as address, refused("spark_unreachable"):
        ask(SparkEngine(address), case(tmp_path / "a.parquet"))


def test_yarn_is_found_by_its_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HADOOP_CONF_DIR", raising=False)
    monkeypatch.delenv("YARN_CONF_DIR", raising=False)
    with refused("spark_unreachable"):
        ask(SparkEngine("yarn"), case(tmp_path / "a.parquet"))


@pytest.mark.parametrize("master", ["local[1]", f"sc://{NOBODY}"], ids=["local", "connect"])
def test_spark_is_not_installed(master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("pyspark", "grpc")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "grpc" if master.startswith("sc") else "pyspark", None)
    with refused("spark_missing"):
        ask(SparkEngine(master), case(tmp_path / "a.parquet"))


def test_java_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_java", [])
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with refused("java_missing"):
        ask(SparkEngine("local[1]"), case(tmp_path / "a.parquet"))


@pytest.mark.parametrize(
    "says", ['openjdk version "11.0.2" 2019-01-15', 'java version "1.8.0_401"', "no such thing", ""]
)
def test_java_is_too_old(says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin/java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setattr(session, "_java", [])
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with refused("java_missing"):
        ask(SparkEngine("local[1]"), case(tmp_path / "a.parquet"))


# More different values than an enumeration takes, so that they stay texts; and texts that would end one.
@pytest.mark.parametrize("codes", [["A'1", 'B"2', "C\\3", "D\n4", "企业'); --", ""], [f"A{n}" for n in range(70_000)]])
def test_items_of_any_spelling_and_number(codes: list[str], tmp_path: Path) -> None:
    (row,) = grids.records("cases", "accepted_at\n2025-10-09 09:30")
    rows = [{**row, "case_id": str(n), "item_code": code} for n, code in enumerate(codes)]
    file = grids.write(tmp_path / "a.parquet", "cases", rows)
    found = dict(DuckDBEngine().rollup(base.Records(grids.DAYS, cases=[file])))
    assert sorted(found["items"]["item_code"].to_pylist()) == sorted(codes)
    assert sorted(found["month"]["item_code"].to_pylist()) == sorted(codes)


@pytest.fixture(scope="module")
def sail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.sail(tmp_path_factory.mktemp("sail")) as address:
        yield address


@pytest.mark.parametrize("content", [None, b"", b"PAR1 torn"])
def test_a_file_that_is_none(sail: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "a.parquet").write_bytes(content)
    for engine in (DuckDBEngine(), SparkEngine(sail)):
        with refused("engine_failed|spark_files"):
            ask(engine, tmp_path / "a.parquet")


def test_the_workers_see_the_store_elsewhere(sail: str, new_store: Path, tmp_path: Path) -> None:
    path = case(new_store / "records/a")
    path.parent.rename(tmp_path / "records")
    assert settings.store() == new_store
    for there in (str(tmp_path), f"file://{tmp_path}/"):
        assert ask(SparkEngine(sail, there), path)["day"] == 1
    assert ask(SparkEngine(sail), f"file://{tmp_path}/records/a")["day"] == 1


def test_one_engine_rolls_up_again_and_again(sail: str, tmp_path: Path) -> None:
    engine = SparkEngine(sail)
    assert ask(engine, case(tmp_path / "a.parquet")) == ask(engine, tmp_path / "a.parquet")
    assert engine.session is None


def test_a_server_that_goes_away(tmp_path: Path) -> None:
    engine = SparkEngine("")
    with servers.sail(tmp_path) as address:
        engine = SparkEngine(address)
        assert dict(engine.rollup(base.Records(grids.DAYS, cases=[str(case(tmp_path / "a.parquet"))])))
    with refused("engine_failed"):
        ask(engine, tmp_path / "a.parquet")
