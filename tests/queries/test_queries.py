"""Every SQL file parses, binds, has its header, asks one question and is used."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from hall import catalog, sql
from hall.engines import base
from hall.paths import QUERIES, ROOT
from hall.records.heads import find
from hall.records.staging import Staging
from hall.store import schema
from hall.views.extracts.tables import TABLES

FILES = sorted(path.relative_to(QUERIES).with_suffix("").as_posix() for path in QUERIES.rglob("*.sql"))
_WHOLE_FOLDERS = {"checks", "contract"}  # run as a folder
# Named by table.
_BY_TABLE = re.compile(r"ledger/fill_\w+|cube/drop_\w+|records/(read|said|stage|stood|unstage|drop|month|totals)_\w+")


@cache
def _code() -> str:
    files = [*(ROOT / "hall").rglob("*.py"), *(ROOT / "pages").glob("*.py"), *(ROOT / "scripts").glob("*.py")]
    return "\n".join(path.read_text("utf-8") for path in files)


@pytest.mark.parametrize("name", FILES)
def test_has_its_header_and_size(name: str) -> None:
    text = sql.text(name)
    lines = text.splitlines()
    assert len(lines) <= (250 if name.startswith("schema/") else 60)
    assert max(map(len, lines)) <= 120
    head = "\n".join(line for line in lines[:8] if line.startswith("--"))
    assert lines[0].startswith("-- question: ")
    assert "-- grain: " in head
    assert "-- parameters: " in head
    told = head.partition("-- parameters: ")[2]
    for parameter in sql.parameters(name):
        assert re.search(rf"\b{parameter}\b", told), f"{parameter} is not in the header"


_WRITTEN = {"records": "cases", "month": "2025-10", "delivery": "a", "rows": 1, "engine": "duckdb", "publisher": "demo",
            "cube_version": 1, "newest": datetime(2025, 11, 1), "departments": [], "channels": [], "cities": [],
            "kinds": [], "places": [], "schema_version": "a", "calendar": "{}", "at": datetime(2025, 11, 1),
            "path": ":memory:"}  # fmt: skip
_LEDGER = ("checks/", "ledger/", "series/")


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(("cube/", "contract/"))])
def test_binds_to_a_cube(name: str) -> None:
    with schema.connect() as con:
        con.execute(sql.text("schema/cube"))
        if name.startswith("cube/drop_"):
            con.execute(sql.text("cube/leaving"), {"records": "cases", "month": "2025-10"})
        con.execute(sql.text(name), {p: _WRITTEN.get(p) for p in sql.parameters(name)})


# Asked of the records that stand; the others of records/ are asked while a delivery is read.
_STANDING = {f"records/{name}" for name in ("counted", "csv", "drill", "drill_count", "drilled")}


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("records/") and name not in _STANDING])
def test_binds_to_what_is_staged(name: str, tmp_path: Path) -> None:
    table = catalog.tables()["consultations" if name.endswith("consultations") else "cases"]
    columns = [column.id for column in table.columns]
    csv, parquet = tmp_path / "a.csv", tmp_path / "a.parquet"
    csv.write_text(",".join(columns), encoding="utf-8")
    pl.DataFrame({name: [""] for name in (*columns, "reason", "row", "column", "value")}).write_parquet(parquet)
    given = {
        "path": str(csv if name == "records/delimited" else parquet), "skip": 0, "columns": {"a": "VARCHAR"},
        "delimiter": ",", "file": 0, "files": [0], "paths": [str(parquet)], "formats": ["%Y"],
        "slices": 1, "month": datetime(2025, 10, 1),
        "limits": {column: [0, 1] for column in columns},
    }  # fmt: skip
    staging = Staging(tmp_path)
    try:
        staging.text(0, csv, find(csv.name, [columns]), ",", 0, numbered=False, bare=False)
        for relation in ("alike", "found", "standing", "stood", "standing_months", "said"):
            row = {"number": [1], "key": [""], "line": [1], "reason": [""], "value": [""], "path": [""], "month": [""],
                   "latest": [datetime(2025, 10, 1)], "names": [["city"]], "words": [[""]]}  # fmt: skip
            staging.con.register(relation, pa.table(row))
        staging.con.execute(sql.text(name), {p: given.get(p) for p in sql.parameters(name)}).fetchall()
    finally:
        staging.close()


def test_every_rollup_is_run() -> None:
    run = {f"rollups/{name}" for name in (*base.FROM_CASES, *base.FROM_CONSULTATIONS)}
    assert run == {name for name in FILES if name.startswith("rollups/")}


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(_LEDGER)])
def test_parses_and_binds(name: str) -> None:
    con = schema.connect()
    try:
        schema.create(con)
        if name == "ledger/delete_documents":
            con.execute(sql.text("ledger/leaving"), {"document": ""})
        given = {"rows": "[]", "shape": '[{"document": "VARCHAR"}]'}
        con.execute(sql.text(name), {p: given.get(p) for p in sql.parameters(name)})
    finally:
        con.close()


@pytest.mark.parametrize("name", FILES)
def test_is_used(name: str) -> None:
    folder = name.partition("/")[0]
    if folder in _WHOLE_FOLDERS or _BY_TABLE.fullmatch(name) or name.startswith("rollups/"):
        return
    if name.startswith("schema/"):
        assert f'"{name}"' in _code()
        return
    # Whole tables are extracted by their names.
    # The cube's questions are asked by their own names.
    own = name.removeprefix("cube/")
    if f'rows("{own}"' in _code():
        return
    assert f'"{name}"' in _code() or name.removeprefix("series/") in TABLES, f"{name}.sql is asked by nobody"
