"""The default engine: DuckDB in this process, some months of records at a time, so that it never holds them all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb.sqltypes import DATE, DuckDBPyType

from hall import sql
from hall.engines import base
from hall.model import HallError

# What no rollup reads of the records.
_UNREAD = ("case_id", "applicant_type", "id")
# Of these moments rollups ask for the day alone.
_DAYS = ("completed_at", "issued_at", "transferred_at")
# Megabytes that some months take at least, to be computed beside others.
_EACH = 300
# Values from which on an enumeration is no help.
_MANY = 65_536


class DuckDBEngine:
    """Rolls up Parquet files on this machine. ``spill`` is a folder for what does not fit in its
    ``megabytes`` of memory; ``threads`` as many as there are cores where None."""

    name = "duckdb"
    rows: int | None = 3_000_000

    def __init__(self, spill: Path | None = None, megabytes: int = 600, threads: int | None = None) -> None:
        self._spill, self._megabytes = spill, megabytes
        self._threads = threads or os.cpu_count() or 1
        self.at_once = max(1, min(self._threads, megabytes // _EACH))

    def rollup(self, records: base.Records, beside: int = 1) -> Iterator[tuple[str, pa.Table]]:
        """See ``base.Engine``."""
        con = duckdb.connect(config={
            "memory_limit": f"{self._megabytes // beside}MB",
            "temp_directory": str(self._spill or ""),
            "threads": max(1, self._threads // beside),
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        })  # fmt: skip
        try:
            con.from_arrow(records.workdays).create("workdays")
            for name, files in (("cases", records.cases), ("consultations", records.consultations)):
                if files:
                    _decoded(con.read_parquet(list(files))).create(name)
            for name in records.rollups:
                found = con.sql(sql.text(f"rollups/{name}"))
                found.create(name)
                if name in base.schemas():
                    yield name, base.cast(name, con.table(name).to_arrow_table())
                for source in base.last_read(name):
                    con.execute(f"drop table {source}")
        except duckdb.Error as fault:
            raise HallError("engine_failed", rollup="duckdb", detail=str(fault).splitlines()[0]) from fault
        finally:
            con.close()

    def close(self) -> None:
        """Nothing is held."""


def _decoded(files: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """What rollups read of records, their texts as enumerations: grouping by numbers costs half of that by texts."""
    columns = []
    for name, kind in zip(files.columns, files.types, strict=True):
        column = duckdb.ColumnExpression(name)
        if name in _UNREAD:
            continue
        if name in _DAYS:
            column = column.cast(DATE).alias(name)
        if kind == "VARCHAR":
            values = sorted(value for (value,) in files.project(column).distinct().fetchall() if value is not None)
            column = column.cast(_enumeration(values)).alias(name) if 0 < len(values) < _MANY else column
        columns.append(column)
    return files.project(*columns)


def _enumeration(values: list[str]) -> DuckDBPyType:
    quoted = (value.replace("'", "''") for value in values)
    return duckdb.sqltype("enum({})".format(", ".join(f"'{value}'" for value in quoted)))
