"""What comes to stand of the staged rows: numbers that repeat give way, each month becomes a Parquet file, and what is
not taken goes to another one with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression, Expression

from hall import catalog, sql
from hall.records.books import Staged
from hall.records.staging import Staging


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows of a file were not taken: how many, and the first of them."""

    code: str
    rows: int
    row: int
    column: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What becomes of the rows of a month that stood: so many are delivered again (``found``), of them to another month
    (``moved``), or in an earlier state (``back``)."""

    found: int = 0
    moved: int = 0
    back: int = 0


Months = dict[str, dict[int, int]]
# Hashes that are compared at once: 8 bytes each.
_AT_ONCE = 20_000_000


def settle(staging: Staging, table: str, standing: Mapping[str, Path], *, added: bool = False) -> Months:
    """Have every number stand once: inside the delivery, and beside the months that stand already (their files by
    month), of which rows are ``added`` to take the place of theirs. Returns the rows of each file by month."""
    _repeated(staging, table)
    found = months(staging, table)
    while not added:
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
    return found


def beside(staging: Staging, table: str, standing: Mapping[str, Path]) -> dict[str, Beside]:
    """What becomes of the rows of months that stood, beside those that are staged; those of which none is delivered
    again are left out."""
    if not standing:
        return {}
    paths = {str(path): month for month, path in standing.items()}
    rows = staging.con.sql(sql.text(f"records/stood_{table}"), params={"paths": list(paths)})
    rows.create_view("stood", replace=True)
    staging.register("standing_months", ("path", "month"), paths.items())
    return {month: Beside(*counts) for month, *counts in staging.rows("records/beside", of=table)}


def newest(staging: Staging, table: str) -> tuple[datetime, datetime] | None:
    """Up to which moments the staged rows tell and those that stood (see ``beside``); None where one tells nothing."""
    added, stood = staging.rows("records/newest", of=table)[0]
    return (added, stood) if added and stood else None


def spelled(staging: Staging, table: str) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many numbers (ids) came in several texts, and the texts of the first."""
    rows = staging.rows("records/spelled", of=table)
    return (rows[0][2] if rows else 0), tuple(tuple(texts) for _, texts, _ in rows)


def months(staging: Staging, table: str) -> Months:
    """How many rows of each file come to stand in each month."""
    found: Months = {}
    for month, file, rows in staging.rows("records/months", of=table):
        found.setdefault(month, {})[file] = rows
    return found


def write(
    staging: Staging, table: str, month: str, path: Path, stood: Path | None = None
) -> tuple[int, dict[str, int]]:
    """Write the rows of a month in order of time and number, beside those of the file that ``stood`` whose numbers are
    not delivered; returns how many there are, and their totals."""
    shape, first = catalog.tables()[table], datetime.strptime(month, "%Y-%m")
    rows = staging.con.sql(sql.text(f"records/month_{table}"), params={"month": first})
    if stood:
        rows = rows.union(_left(staging, table, stood))
    # Most deliveries come in that order, and a sort costs as much as all checks.
    if stood or staging.one("records/unsorted", of=table, month=first):
        rows = rows.order(f'"{shape.month}", "{shape.key}"')
    rows.write_parquet(str(path), compression="zstd")
    totals = dict(staging.one(f"records/totals_{table}", path=str(path)))
    return next(iter(totals.values())), totals


def _left(staging: Staging, table: str, stood: Path) -> Any:
    """The rows of a file whose numbers are not delivered; a column that it has not is empty."""
    shape = catalog.tables()[table]
    old = staging.con.read_parquet(str(stood))
    delivered = staging.con.sql(sql.text("records/delivered_keys"), params={"of": table})
    left = old.join(delivered.select(ColumnExpression("key").alias(shape.key)), shape.key, how="anti")
    there = set(old.columns)
    return left.select(*(_column(column.id, there) for column in shape.columns))


def _column(name: str, there: set[str]) -> Expression:
    return ColumnExpression(name) if name in there else ConstantExpression(None).alias(name)


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
