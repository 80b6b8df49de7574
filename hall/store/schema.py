"""Makes an empty ledger: its tables and views, and the catalogue as tables that queries join."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from hall import sql
from hall.catalog import departments, identities, metrics

# No query may reach for the network or for another file.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # a ledger is small; what a check needs beyond this is spilled to the disk
    "memory_limit": "512MB",
}

# The files that define a ledger.
LEDGER = ("schema/ledger", "schema/views")
# Rows that go in at once: a large text of JSON takes many times its size to parse. Not as Arrow: that makes columns of
# Python's values by way of pandas, half a second in which `read` is done otherwise.
_PIECE = 1000
_shapes: dict[str, str] = {}


def connect(path: Path | None = None, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a ledger file, or one in memory when ``path`` is None."""
    return duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=CONFIG)


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and views in an empty database and fill the tables of the catalogue."""
    for name in LEDGER:
        con.execute(sql.text(name))
    insert(
        con,
        "metrics",
        [
            {"metric": m.id, "rank": m.rank, "unit": m.unit, "kind": m.kind,
             "range_min": str(m.range[0]), "range_max": str(m.range[1])}
            for m in metrics().values()
        ],
    )  # fmt: skip
    insert(
        con,
        "identities",
        [
            {"id": i.id, "kind": i.kind, "whole": i.whole, "part": part, "rank": rank}
            for i in identities()
            for rank, part in enumerate(i.parts)
        ],
    )
    insert(con, "departments", [{"department": d.id, "rank": d.rank, "kind": d.kind} for d in departments().values()])


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a table, what a row lacks as null; dates and Decimals as text, in the columns' own types."""
    add = sql.text("ledger/add").replace("into documents", f"into {table}")
    for at in range(0, len(rows), _PIECE):
        piece = json.dumps(rows[at : at + _PIECE], ensure_ascii=False, default=str)
        con.execute(add, {"rows": piece, "shape": _shape(con, table)})


@cache
def version() -> str:
    """A hash of what defines the ledger: a file with another one cannot be read by this program."""
    parts = [sql.bare(sql.text(name)) for name in LEDGER]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _shape(con: duckdb.DuckDBPyConnection, table: str) -> str:
    if table not in _shapes:
        columns = con.execute(sql.text("ledger/columns"), {"name": table}).fetchall()
        _shapes[table] = json.dumps([{name: [kind[:-2]] if kind.endswith("[]") else kind for name, kind in columns}])
    return _shapes[table]
