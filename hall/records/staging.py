"""Reads delivered files into staged tables: every row with its values as the catalogue knows them, or with what is
wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression

from hall import catalog, settings, sql
from hall.catalog.columns import CODED, SPELLED, spellings
from hall.catalog.records import Column, RecordTable
from hall.records.copying import Broken
from hall.records.heads import DeliveryHead

_THREADS = 4
_FLOATS = frozenset({"FLOAT", "DOUBLE"})
_BLANKS = " \t\u3000\u00a0"


class Staging:
    """Staged tables in memory, spilled to a folder; files are told by their numbers. ``telling`` has every word that
    means nothing and every value that cannot be read noted in ``unread``."""

    def __init__(self, folder: Path, *, telling: bool = False) -> None:
        self._telling = telling
        self.con = duckdb.connect(
            config={
                "memory_limit": f"{settings.engine_memory()}MB",
                "threads": min(os.cpu_count() or 1, _THREADS),
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        self.register("codes", ("of", "value", "rank"), _codes())
        self.con.execute(sql.text("schema/records"))

    def close(self) -> None:
        """Let go of all that is staged."""
        self.con.close()

    def percent(self) -> float:
        """How much of the statement that runs is done; below 0 where that is not known. Any thread may ask."""
        return self.con.query_progress()

    def text(
        self, file: int, path: Path, head: DeliveryHead, delimiter: str, skip: int, *, numbered: bool, bare: bool
    ) -> int:
        """Stage delimited text in UTF-8; ``numbered`` when each line begins with its number, ``bare`` to cut blanks off
        all values. Returns the number of rows without the lines that are none; duckdb.Error where it cannot go on."""
        names = ["line"] * numbered + [f"c{place}" for place in range(len(head.headings))]
        given = {"path": str(path), "skip": skip, "columns": dict.fromkeys(names, "VARCHAR"), "delimiter": delimiter}
        rows = self.con.sql(sql.text("records/delimited"), params=given)
        line = ColumnExpression("line") if numbered else ConstantExpression(None)
        with suppress(duckdb.CatalogException):  # there are none before the first scan
            self.con.execute(sql.text("records/forget"))
        staged = self._stage(file, rows, head, line, [f"c{place}" for place in range(len(head.headings))], bare)
        self.con.execute(sql.text("records/broken"), {"file": file})
        return staged

    def parquet(self, file: int, path: Path, head: DeliveryHead) -> int:
        """Stage a Parquet file; returns the number of rows."""
        rows = self._parquet(path)
        told = [
            FunctionExpression("float_text", ColumnExpression(name)).alias(name) if str(kind) in _FLOATS else name
            for name, kind in zip(rows.columns, rows.types, strict=True)
        ]
        return self._stage(
            file, rows.select(*told), head, ColumnExpression("file_row_number") + 1, head.headings, bare=True
        )

    def columns(self, path: Path) -> list[str]:
        """The columns of a Parquet file."""
        return [str(name) for name in self._parquet(path).columns[:-1]]

    def _parquet(self, path: Path) -> Any:
        return self.con.sql(sql.text("records/parquet"), params={"path": str(path)})

    def _stage(
        self, file: int, rows: Any, head: DeliveryHead, line: Expression, names: Sequence[str], bare: bool
    ) -> int:
        table = head.table
        cells = [
            _cell(names[head.places[c.id]] if c.id in head.places else None, bare).alias(c.id) for c in table.columns
        ]
        rows.select(line.cast("BIGINT").alias("line"), *cells).create_view("delivered", replace=True)
        words = _words(head)
        spelled = ((of, word, rank) for of, meant in words.items() for rank, word in enumerate(meant))
        self.register("spelled", ("of", "word", "rank"), spelled)
        self.con.execute(sql.text("records/words"))
        self.con.execute(sql.text(f"records/read_{table.id}"))
        read = {
            "formats": list(head.map.dates),
            "meanings": {of: list(meant.values()) for of, meant in words.items()},
        }
        given = read | {
            "file": file,
            "horizon": datetime.combine(settings.today() + timedelta(days=2), time()),
            "limits": {column.id: list(column.range) for column in table.columns if column.range},
            "key_heading": head.headings[head.places[table.key]],
            "month_heading": head.headings[head.places[table.month]],
        }
        staged = int(self.one(f"records/stage_{table.id}", **given))
        if self._telling:
            self._tell(file, table, read)
        return staged

    def _tell(self, file: int, table: RecordTable, read: Mapping[str, object]) -> None:
        """Note the words of a file that mean nothing, whatever else is wrong with their rows."""
        columns = [column for column in table.columns if column.type != "text"]
        rows = self.con.sql(sql.text(f"records/said_{table.id}"), params=read)
        words = FunctionExpression("list_value", *map(_unread, columns))
        names = FunctionExpression("list_value", *(ConstantExpression(column.id) for column in columns))
        rows.select("line", words.alias("words"), names.alias("names")).create_view("said", replace=True)
        self.con.execute(sql.text("records/unread"), {"file": file})

    def break_off(self, file: int, lines: Sequence[Broken]) -> None:
        """Note lines of a file that are no rows."""
        if not lines:
            return
        self.register("found", ("line", "reason", "value"), ((one.line, one.reason, one.value) for one in lines))
        self.con.execute(sql.text("records/found"), {"file": file})

    def unstage(self, file: int) -> None:
        """Forget what was staged of a file, the newest one (of a workbook: of its sheets from that number on)."""
        for name in (*catalog.tables(), "broken", "unread"):
            self.con.execute(sql.text(f"records/unstage_{name}"), {"file": file})

    def rows(self, name: str, **given: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.con.execute(sql.text(name), given).fetchall()

    def one(self, name: str, **given: object) -> Any:
        """The one value of a query."""
        return self.rows(name, **given)[0][0]

    def register(self, name: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Have rows (one at least) stand as a table for the queries that follow."""
        table = pa.table(dict(zip(columns, zip(*rows, strict=True), strict=False)))
        self.con.register(name, table)


def _cell(name: str | None, bare: bool) -> Expression:
    if name is None:
        return ConstantExpression(None).cast("VARCHAR")
    words = ColumnExpression(name).cast("VARCHAR")
    if not bare:
        return words
    return FunctionExpression(
        "nullif", FunctionExpression("trim", words, ConstantExpression(_BLANKS)), ConstantExpression("")
    )


def _unread(column: Column) -> Expression:
    """What stands in a column where it cannot be read, or is beyond what is believed of it."""
    said = ColumnExpression(column.id)
    wrong = said.isnull()
    if column.range:
        low, high = column.range
        wrong = wrong | (said < ConstantExpression(low)) | (said > ConstantExpression(high))
    raw = FunctionExpression("struct_extract", ColumnExpression("raw"), ConstantExpression(column.id))
    return CaseExpression(wrong, FunctionExpression("bare", raw))


def _words(head: DeliveryHead) -> dict[str, dict[str, str]]:
    """By column, what each spelling means; of the other table's columns too, since types are made of all."""
    columns = [column for table in catalog.tables().values() for column in table.columns if column.type in SPELLED]
    own = {column.id: head.map.spellings(column) for column in head.table.columns}
    return {column.id: own.get(column.id, spellings(column)) or {"": ""} for column in columns}


def _codes() -> list[tuple[str, str, int]]:
    found: dict[tuple[str, str], int] = {}
    for table in catalog.tables().values():
        for column in table.columns:
            if column.type in CODED:
                for value in spellings(column).values():
                    found.setdefault((column.id, value), len(found))
    return [(column, value, rank) for (column, value), rank in found.items()]
