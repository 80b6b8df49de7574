"""What comes to stand of the staged rows: numbers that repeat give way, each month becomes a Parquet file, and what is
not taken goes to another one with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from duckdb import ColumnExpression

from hall import catalog, sql
from hall.records.files import Staged
from hall.records.staging import Staging


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows of a file were not taken: how many, and the first of them."""

    code: str
    rows: int
    row: int
    column: str | None
    value: str | None


Months = dict[str, dict[int, int]]
# Hashes that are compared at once: 8 bytes each.
_AT_ONCE = 20_000_000


def settle(staging: Staging, table: str, standing: dict[str, Path]) -> Months:
    """Have every number stand once: inside the delivery, and beside the months that stand already (their files by
    month). Returns the rows of each file by month."""
    _repeated(staging, table)
    found = months(staging, table)
    while True:
        others = [path for month, path in standing.items() if month not in found]
        if not others or not found:
            return found
        key = ColumnExpression(catalog.tables()[table].key).alias("key")
        staging.con.read_parquet([str(path) for path in others]).select(key).create_view("standing", replace=True)
        staging.con.execute(sql.text("records/elsewhere"), {"of": table})
        staging.con.execute(sql.text(f"records/drop_{table}"))
        # A month of which nothing is left is not replaced: its own numbers stand as well.
        left = months(staging, table)
        if left.keys() == found.keys():
            return left
        found = left


def months(staging: Staging, table: str) -> Months:
    """How many rows of each file come to stand in each month."""
    found: Months = {}
    for month, file, rows in staging.rows("records/months", of=table):
        found.setdefault(month, {})[file] = rows
    return found


def write(staging: Staging, table: str, month: str, path: Path) -> tuple[int, dict[str, int]]:
    """Write the rows of a month in order of time and number; returns how many there are, and their totals."""
    shape, first = catalog.tables()[table], datetime.strptime(month, "%Y-%m")
    rows = staging.con.sql(sql.text(f"records/month_{table}"), params={"month": first})
    # Most deliveries come in that order, and a sort costs as much as all checks.
    if staging.one("records/unsorted", of=table, month=first):
        rows = rows.order(f'"{shape.month}", "{shape.key}"')
    rows.write_parquet(str(path), compression="zstd")
    totals = dict(staging.one(f"records/totals_{table}", path=str(path)))
    return next(iter(totals.values())), totals


def reject(staging: Staging, staged: Staged, path: Path) -> list[Reason]:
    """Write the rows of a file that are not taken, in order: file, table, row, column, reason, value. Returns their
    reasons, the most frequent first; no file when there are none."""
    table = staged.head.table
    given = {"of": table.id, "file": staged.file, "name": staged.name, "skip": staged.skip, "key": table.key}
    staging.con.sql(sql.text("records/rejected"), params=given).write_parquet(str(path), compression="zstd")
    found = staging.rows("records/reasons", path=str(path))
    if not found:
        path.unlink()
    return [Reason(*row) for row in found]


def _repeated(staging: Staging, table: str) -> None:
    """Numbers that repeat, by their hashes: a few of 8 bytes a row are all that is kept in memory."""
    slices = 1 + int(staging.one("records/staged", of=table)) // _AT_ONCE
    alike = []
    for slice_ in range(slices):
        given = {"of": table, "slices": slices, "slice": slice_}
        numbers = np.asarray(staging.con.execute(sql.text("records/numbers"), given).fetchnumpy()["number"])
        numbers.sort()
        alike.append(numbers[1:][numbers[1:] == numbers[:-1]])
    if any(map(len, alike)):
        staging.con.register("alike", pa.table({"number": np.unique(np.concatenate(alike))}))
        staging.con.execute(sql.text("records/repeated"), {"of": table})
        staging.con.execute(sql.text(f"records/drop_{table}"))
