"""Writes deliveries: Parquet with the columns of records.toml, a file for each table and month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hall import catalog
from hall.demo import columns
from hall.demo.columns import Columns
from hall.demo.volumes import Plan
from hall.period import Period

_TYPES = {"moment": pa.timestamp("us"), "whole": pa.int16(), "amount": pa.decimal128(9, 2)}
_CODED = pa.dictionary(pa.int16(), pa.string())


def delivery(folder: Path, plan: Plan, month: Period) -> list[Path]:
    """The two files of a month: its cases and its consultations."""
    return [
        _write(folder / f"cases-{month.key}.parquet", "cases", columns.cases(plan, month)),
        _write(folder / f"consultations-{month.key}.parquet", "consultations", columns.consulted(plan, month)),
    ]


def _write(path: Path, name: str, slices: Iterator[Columns]) -> Path:
    """Text is written plainly, so that readers see text; in memory and in the file it is numbered values."""
    table = catalog.tables()[name]
    text = [c.id for c in table.columns if c.type not in _TYPES and c.id != table.key]
    types = {c.id: _CODED if c.id in text else _TYPES.get(c.type, pa.string()) for c in table.columns}
    few = text + [c.id for c in table.columns if c.type == "whole"]
    moments = [c.id for c in table.columns if c.type == "moment"]
    schema = pa.schema(types)
    with pq.ParquetWriter(
        path, schema, compression="zstd", use_dictionary=few, write_statistics=moments, store_schema=False
    ) as file:
        for own in slices:
            file.write_table(pa.table(own, schema=schema))
    return path
