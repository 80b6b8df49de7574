"""Makes an empty ledger: its tables and views, and the catalogue as tables that queries join."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from hall import sql
from hall.catalog import departments, identities, metrics

if TYPE_CHECKING:
    import pyarrow as pa

# No query may reach for the network or for another file.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # a ledger is small; what a check needs beyond this is spilled to the disk
    "memory_limit": "512MB",
}

# The files that define a ledger.
LEDGER = ("schema/ledger", "schema/views")
_shapes: dict[str, pa.Schema] = {}


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
             "range_min": Decimal(str(m.range[0])), "range_max": Decimal(str(m.range[1]))}
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
    """Append rows to a table, what a row lacks as null. duckdb.ConversionException when a value does not fit."""
    if not rows:
        return
    import pyarrow as pa

    if table not in _shapes:
        _shapes[table] = con.table(table).limit(0).to_arrow_table().schema
    shape = _shapes[table]
    given = [{f.name: _value(row[f.name], f) for f in shape if f.name in row} for row in rows]
    try:
        found = pa.Table.from_struct_array(pa.scalar(given, type=pa.list_(pa.struct(list(shape)))).values)
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as fault:
        raise duckdb.ConversionException(str(fault)) from fault
    con.from_arrow(found).insert_into(table)


@cache
def version() -> str:
    """A hash of what defines the ledger: a file with another one cannot be read by this program."""
    parts = [sql.bare(sql.text(name)) for name in LEDGER]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _value(value: Any, column: pa.Field[Any]) -> Any:
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, Decimal):
        return round(value, column.type.scale)
    return value
