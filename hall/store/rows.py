"""The cases that a number counts, read from the records: how many, a page of them, or all of them piece by piece.

The cube is the index of the records: it says on which days, and in files of which months of acceptance, those cases lie
(strips), so that a page opens few files and reads few days of them, however many cases there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from hall import catalog, settings, sql
from hall.model import HallError
from hall.store import cube, holdings

MEASURES = ("accepted", "completed", "on_time", "overdue", "withdrawn", "open", "issued", "issued_window",
            "issued_comprehensive", "mailed", "transferred")  # fmt: skip
# rows that are sorted at once, and those that are handed over at once
_PIECE, _BATCH = 100_000, 4_096
_EVER = date(1900, 1, 1)
_TYPES: dict[str, Any] = {"moment": pl.Datetime("us"), "whole": pl.Int16, "amount": pl.Decimal(9, 2)}
_LISTS = ("departments", "channels", "cities", "items")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cases by what happened to them from ``first`` to ``last`` (``open``: those open at the end of ``last``), of these
    departments, channels, cities ("" where none is told) and items; all where none is named."""

    measure: str
    first: date
    last: date
    departments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether they are told apart by city or item, which the cube counts by month only."""
        return bool(self.cities or self.items)


class Drill:
    """The cases of one number. ``days`` is the calendar of working days (hall.measure.calendar), which must reach as
    far as the records do. HallError cube_outdated, cube_unreadable, records_unreadable."""

    def __init__(self, publisher: str, wanted: Wanted, days: pl.DataFrame) -> None:
        self._publisher, self._days = publisher, days
        # open cases lie at their acceptance, whenever that was
        self._wanted = replace(wanted, first=_EVER) if wanted.measure == "open" else wanted
        self._held = holdings.held(publisher)

    @cached_property
    def strips(self) -> pl.DataFrame:
        """Where the cases lie by the cube: ``month`` of acceptance (2025-10), ``first`` and ``last`` day of the event,
        ``cases``, in the order of the days. Of cities and items on single days: the whole months that hold them."""
        wanted, own = self._wanted, self._publisher
        chosen: dict[str, object] = {n: list(getattr(wanted, n)) or None for n in _LISTS[: 4 if wanted.fine else 2]}
        chosen["last"] = wanted.last
        if wanted.measure == "open" and wanted.fine:
            return cube.rows("strips_open_month", own, **chosen)
        if wanted.measure == "open":
            return cube.rows("strips_open", own, **chosen)
        chosen |= {"measure": wanted.measure, "first": wanted.first}
        return cube.rows("strips_month", own, **chosen) if wanted.fine else cube.rows("strips_day", own, **chosen)

    @cached_property
    def counted(self) -> int | None:
        """What the cube counts; None where it cannot say, because it knows no single days of cities and items."""
        if self._wanted.fine and not self._whole_months():
            return None
        return int(self.strips["cases"].sum())

    @cached_property
    def here(self) -> bool:
        """Whether all records that hold them are on this machine."""
        months = self._held.months("cases")
        return bool(months) and set(self.strips["month"]) <= set(months)

    @cached_property
    def fresh(self) -> bool:
        """Whether the cube was computed from the records as they are now."""
        told = cube.rows("months_held", self._publisher).filter(pl.col("records") == "cases")
        return dict(told.select("month", "delivery").iter_rows()) == {
            month: self._held.delivery("cases", month) for month in self._held.months("cases")
        }

    def count(self) -> int:
        """How many they are, counted one by one in the records."""
        with self._records(self._all_months()) as con:
            given = self._given("records/drill_count")
            return int(con.sql(sql.text("records/drill_count"), params=given).fetchall()[0][0])

    def page(self, after: int, many: int, *, whole: bool) -> pl.DataFrame:
        """At most ``many`` of them in the order of the event and the number of the case, ``after`` left out; numbers of
        cases masked unless ``whole``."""
        if self.fresh and self.counted is not None:
            days = self._by_days().filter((pl.col("upto") > after) & (pl.col("upto") - pl.col("cases") < after + many))
            after -= int(days["upto"][0] - days["cases"][0]) if days.height else 0
            wanted, months = self._narrowed(days), days["month"].explode().unique().to_list()
        else:
            wanted, months = self._wanted, self._all_months()
        with self._records(months) as con:
            given = self._given("records/drill", wanted, whole=whole, after=after, many=many)
            found: pl.DataFrame = con.sql(sql.text("records/drill"), params=given).pl()
            return found

    def pieces(self, *, whole: bool) -> Iterator[pl.DataFrame]:
        """All of them in the same order, some thousand at a time; a piece may be empty, and there is at least one."""
        with self._records([]) as con:
            for batch in self._batches(con, "records/drill", whole=whole, after=0):
                yield pl.DataFrame(pl.from_arrow(batch))

    def lines(self, labels: pl.DataFrame, line_end: str, *, whole: bool) -> Iterator[tuple[int, memoryview]]:
        """The same as lines of CSV (queries/records/csv), each closed by ``line_end``: how many, and their bytes.
        ``labels`` has what stands for a code (of: its column, code, cells)."""
        with self._records([]) as con:
            con.execute(sql.text("records/cells"))
            con.register("labels", labels.to_arrow())
            for batch in self._batches(con, "records/csv", whole=whole, line_end=line_end):
                column = batch.column(0).cast(pa.large_string())
                if len(column):
                    # in Arrow the texts of a column lie one behind the other
                    _, ends, text = column.buffers()
                    at = memoryview(ends).cast("q")
                    yield len(column), memoryview(text)[at[column.offset] : at[column.offset + len(column)]]

    def _batches(self, con: duckdb.DuckDBPyConnection, name: str, **more: object) -> Iterator[pa.RecordBatch]:
        """The rows of a query, asked for the days of some ten thousand of them at a time."""
        if self.fresh and self.counted is not None:
            days = self._by_days().with_columns((pl.col("upto") // _PIECE).alias("piece"))
            some = days.partition_by("piece", maintain_order=True) or [days]
            asked = [(self._narrowed(one), one["month"].explode().unique().to_list()) for one in some]
        else:
            asked = [(self._wanted, self._all_months())]
        for wanted, months in asked:
            self._serve(con, months)
            given = self._given(name, wanted, **more)
            reader = con.sql(sql.text(name), params=given).to_arrow_reader(_BATCH)
            yield pa.RecordBatch.from_pylist([], reader.schema)
            yield from reader

    def _by_days(self) -> pl.DataFrame:
        """The strips of each day (month) together, with how many cases lie up to and on it."""
        days = self.strips.group_by("first", "last").agg("month", pl.col("cases").sum()).sort("first")
        return days.with_columns(pl.col("cases").cum_sum().alias("upto"))

    def _narrowed(self, days: pl.DataFrame) -> Wanted:
        wanted = self._wanted
        if days.is_empty():
            return wanted
        return replace(wanted, first=min(days["first"].to_list()), last=max(days["last"].to_list()))

    def _all_months(self) -> list[str]:
        """Months of acceptance that may hold some: by the cube where that is up to date, else all."""
        return sorted(set(self.strips["month"])) if self.fresh else list(self._held.months("cases"))

    def _whole_months(self) -> bool:
        after = self._wanted.last + timedelta(days=1)
        told = cube.rows("meta", self._publisher)["as_of"].to_list()
        to_end = after.day == 1 or bool(told and told[0] and self._wanted.last >= told[0])
        return to_end and (self._wanted.first.day == 1 or self._wanted.measure == "open")

    def _given(self, name: str, wanted: Wanted | None = None, **more: object) -> dict[str, object]:
        own = wanted or self._wanted
        lists = {name: list(getattr(own, name)) or None for name in _LISTS}
        given = {"measure": own.measure, "first": own.first, "last": own.last, "open_on": self._wanted.last}
        return sql.bind(name, {**given, **lists, **more})

    @contextmanager
    def _records(self, months: list[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that knows ``cases`` of these months of acceptance, and ``workdays``."""
        con = duckdb.connect(config={
            "memory_limit": f"{settings.engine_memory()}MB", "temp_directory": str(settings.store() / "spill"),
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        })  # fmt: skip
        try:
            con.register("workdays", self._days.to_arrow())
            self._serve(con, months)
            con.execute(sql.text("records/counted"))
            con.execute(sql.text("records/drilled"))
            yield con
        except duckdb.Error as fault:
            detail = str(fault).splitlines()[0]
            raise HallError("records_unreadable", publisher=self._publisher, detail=detail) from fault
        finally:
            con.close()

    def _serve(self, con: duckdb.DuckDBPyConnection, months: list[str]) -> None:
        files = [str(path) for path in self._held.sound("cases", months)]
        rows = con.read_parquet(files) if files else con.from_arrow(no_cases().to_arrow())
        rows.create_view("cases", replace=True)


def no_cases() -> pl.DataFrame:
    """Cases without a row, columns and types as they lie in the records."""
    columns = catalog.tables()["cases"].columns
    return pl.DataFrame(schema={column.id: _TYPES.get(column.type, pl.String) for column in columns})
