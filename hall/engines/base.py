"""What an engine is, which rollups it runs in which order, and the declared schema that its results are cast to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import duckdb
import pyarrow as pa

from hall import sql
from hall.model import HallError

# In order: a rollup may read the results of those before it by their names. Those that no cube holds are intermediate.
FROM_CASES = (
    "items", "hours",
    "spans_day", "accepted_day", "ended_day", "issued_day", "transferred_day", "day", "channel_day", "day_handling",
    "issued_month", "transferred_month", "spans_month", "accepted_month", "ended_month", "month", "month_handling",
    "city", "city_handling", "department_month", "department_handling",
)  # fmt: skip
FROM_CONSULTATIONS = ("consulted",)
_SOURCE = re.compile(r"\b(?:from|join) (\w+)")


@dataclass(frozen=True, slots=True)
class Records:
    """Parquet files of records, as paths or addresses that the engine can open, and the calendar of working days:
    ``day`` and the first ``month`` day (dates), ``number`` (how many working days lie on or before it) and ``weekday``
    (1 Monday … 7 Sunday)."""

    workdays: pa.Table
    cases: Sequence[str] = field(default_factory=tuple)
    consultations: Sequence[str] = field(default_factory=tuple)

    @property
    def rollups(self) -> tuple[str, ...]:
        """The rollups that these files feed."""
        return (FROM_CASES if self.cases else ()) + (FROM_CONSULTATIONS if self.consultations else ())


class Engine(Protocol):
    """Computes cubes. ``rows`` is how many rows of records it takes in a part, whole months at least, None for all;
    ``at_once`` how many parts it computes side by side."""

    name: str
    rows: int | None
    at_once: int

    def rollup(self, records: Records, beside: int = 1) -> Iterator[tuple[str, pa.Table]]:
        """Each table of the cube that the records feed, by name, rows unsorted, cast to ``schemas()``, with its share
        of the engine where it is one of ``beside`` computed side by side. HallError engine_failed when a file cannot
        be read or the engine gives up."""
        ...

    def close(self) -> None:
        """Give back what it holds from one rollup to the next."""
        ...


@cache
def schemas() -> Mapping[str, pa.Schema]:
    """The declared schema of every table of a cube (queries/schema/cube.sql), in Arrow's types."""
    con = duckdb.connect()
    try:
        con.execute(sql.text("schema/cube"))
        return {name: con.table(name).limit(0).to_arrow_table().schema for name in (*FROM_CASES, *FROM_CONSULTATIONS)
                if name in _tables(con)}  # fmt: skip
    finally:
        con.close()


@cache
def sources(name: str) -> frozenset[str]:
    """What a rollup reads: records, and results of other rollups."""
    return frozenset(_SOURCE.findall(sql.text(f"rollups/{name}")))


@cache
def last_read(name: str) -> frozenset[str]:
    """The records and results that no rollup reads after this one, whose own result may be one of them."""
    order = FROM_CASES + FROM_CONSULTATIONS
    later = [sources(other) for other in order[order.index(name) + 1 :]]
    return (sources(name) & {"cases", "consultations", *order} | {name}).difference(*later)


def cast(name: str, found: pa.Table) -> pa.Table:
    """A result in the declared schema, columns by name; HallError engine_failed where a value does not fit."""
    wanted = schemas()[name]
    try:
        return found.select(wanted.names).cast(wanted)
    except (KeyError, pa.ArrowInvalid) as fault:
        raise HallError("engine_failed", rollup=name, detail=str(fault)) from fault


def _tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in con.execute("show tables").fetchall()}
