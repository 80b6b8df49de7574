"""Tables drawn as small text grids, and records of cases and consultations made from them.

    department | accepted_at      | completed_at
    health     | 2025-10-09 09:30 |

An empty cell is null; what is not drawn takes a plain value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hall import catalog
from hall.measure.calendar import calendar

Row = dict[str, Any]
DAYS = calendar(date(2025, 1, 1), date(2026, 12, 31)).to_arrow()
_TYPES = {"moment": pa.timestamp("us"), "whole": pa.int16(), "amount": pa.decimal128(9, 2)}
_PLAIN: Mapping[str, Row] = {
    "cases": {"item_code": "A1", "department": "health", "channel": "online"},
    "consultations": {"kind": "phone", "place": "hall"},
}


def schema(table: str) -> pa.Schema:
    """The columns of a table of records as its Parquet files hold them."""
    columns = catalog.tables()[table].columns
    return pa.schema([(column.id, _TYPES.get(column.type, pa.string())) for column in columns])


def read(grid: str, types: pa.Schema) -> list[Row]:
    """The rows of a grid, each cell as its column's type says; KeyError for a column that there is not."""
    lines = [[cell.strip() for cell in line.split("|")] for line in grid.strip().splitlines()]
    if not lines:
        return []
    head, *rows = lines
    return [{name: _value(cell, types.field(name).type) for name, cell in zip(head, row, strict=True)} for row in rows]


def records(table: str, grid: str) -> list[Row]:
    """The records that a grid draws: numbered, completed where they have a day of completion, else open."""
    found = []
    for number, drawn in enumerate(read(grid, schema(table))):
        row = {**_PLAIN[table], **drawn, catalog.tables()[table].key: str(number)}
        if table == "cases":
            row.setdefault("status", "completed" if row.get("completed_at") else "open")
        found.append(row)
    return found


def write(path: Path, table: str, rows: Iterable[Row]) -> str:
    """Write records as a Parquet file like those of the store; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema(table)), path, compression="zstd")
    return str(path)


def _value(cell: str, type_: pa.DataType) -> Any:
    if pa.types.is_string(type_):
        return cell or None
    if not cell:
        return None
    if pa.types.is_timestamp(type_):
        return datetime.fromisoformat(cell)
    if pa.types.is_date(type_):
        return date.fromisoformat(cell)
    return Decimal(cell) if pa.types.is_decimal(type_) else int(cell)
