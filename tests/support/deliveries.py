"""Small deliveries of records for tests: rows as dictionaries by column id, written as a hall would."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from hall import catalog
from hall.store import holdings

Row = Mapping[str, str]
CASE = {
    "case_id": "510000000001", "item_code": "000123", "item_name": "食品经营许可", "department": "省市场监管局",
    "channel": "综合窗口", "city": "成都市", "accepted_at": "2025-10-09 09:30:00", "status": "在办",
}  # fmt: skip
CONSULTATION = {"id": "1", "kind": "电话", "place": "大厅", "at": "2025-10-09 09:30:00", "minutes": "3.5"}


def case(number: int, **changes: str) -> dict[str, str]:
    """A case that nothing is wrong with, but for the changes."""
    return CASE | {"case_id": f"{510000000000 + number}"} | changes


def text(rows: Sequence[Row], headings: Sequence[str] = (), delimiter: str = ",", end: str = "\n") -> str:
    """The rows as delimited text; headings are Chinese labels where they are not given."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    labels = {c.id: c.zh for table in catalog.tables().values() for c in table.columns}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(headings or [labels.get(name, name) for name in columns])
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue()


def write(path: Path, rows: Sequence[Row], encoding: str = "utf-8") -> Path:
    """The rows as a CSV file."""
    path.write_bytes(text(rows).encode(encoding))
    return path


def standing(table: str = "cases", publisher: str = "sichuan") -> pl.DataFrame:
    """All rows that stand, in order of month, time and number."""
    files = holdings.held(publisher).files(table)
    return pl.concat([pl.read_parquet(path) for path in files]) if files else pl.DataFrame()


def rejected(publisher: str = "sichuan") -> list[tuple[int, str, str | None, str | None]]:
    """Row, reason, column and value of what was not taken."""
    files = holdings.held(publisher).rejects()
    frames = [pl.read_parquet(path).select("row", "reason", "column", "value") for path in files]
    return pl.concat(frames).rows() if frames else []
