"""Writes what was drawn as deliveries: Parquet with the columns of records.toml, a file a month and table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from hall import catalog
from hall.demo import cases, consultations, scenario, steer
from hall.demo.clock import NEVER, Seconds
from hall.demo.course import follow
from hall.demo.items import items
from hall.demo.volumes import Plan
from hall.period import Period

Progress = Callable[[int, int, str], None]
_TYPES = {"moment": pa.timestamp("us"), "whole": pa.int16(), "amount": pa.decimal128(9, 2)}


def schema(table: str) -> pa.Schema:
    """The columns of a delivery: those of the catalogue, in its order."""
    return pa.schema([(c.id, _TYPES.get(c.type, pa.string())) for c in catalog.tables()[table].columns])


def month_files(folder: Path, plan: Plan, month: Period) -> list[Path]:
    """Writes the cases and the consultations of a month."""
    return [
        _write(folder / f"cases-{month.key}.parquet", "cases", _cases(plan, month)),
        _write(folder / f"consultations-{month.key}.parquet", "consultations", _consultations(plan, month)),
    ]


def _write(path: Path, table: str, batches: Iterator[list[pa.Array]]) -> Path:
    columns = catalog.tables()[table].columns
    coded = [c.id for c in columns if c.type not in ("moment", "amount") and c.id != catalog.tables()[table].key]
    fields = schema(table)
    text = pa.dictionary(pa.int16(), pa.string())
    held = pa.schema([(f.name, text if f.name in coded and f.type == pa.string() else f.type) for f in fields])
    moments = [c.id for c in columns if c.type == "moment"]
    options = {"compression": "zstd", "use_dictionary": coded, "store_schema": False, "write_statistics": moments}
    with pq.ParquetWriter(path, held, **options) as file:
        for arrays in batches:
            file.write_table(pa.Table.from_arrays(arrays, schema=held))
    return path


def _cases(plan: Plan, month: Period) -> Iterator[list[pa.Array]]:
    known, pace, row = items(plan.seed), steer.pace(plan, month), 0
    bodies = [body.id for body in scenario.departments()]
    for drawn in cases.draw(plan, month):
        seen = follow(drawn, month, plan.seed, pace)
        yield [
            _numbers(month, row, len(drawn.item)),
            _coded(drawn.item, known.code),
            _coded(drawn.item, known.name),
            _coded(known.department[drawn.item], bodies),
            _coded(drawn.channel, list(catalog.channels())),
            _coded(drawn.city, list(catalog.cities())),
            _coded(drawn.applicant, _codes("cases", "applicant_type")),
            _moments(drawn.accepted, month),
            _moments(seen.completed, month),
            _moments(seen.issued, month),
            _moments(seen.transferred, month),
            _coded(seen.status, _codes("cases", "status")),
            _coded(seen.place, _codes("cases", "issued_at_place")),
            _coded(seen.delivery, _codes("cases", "delivery")),
            _whole(known.promised[drawn.item]),
            _whole(seen.satisfaction.astype(np.int16)),
        ]
        row += len(drawn.item)


def _consultations(plan: Plan, month: Period) -> Iterator[list[pa.Array]]:
    streams, row = scenario.streams(), 0
    bodies = [body.id for body in scenario.departments()]
    for drawn in consultations.draw(plan, month):
        yield [
            _numbers(month, row, len(drawn.at)),
            _coded(drawn.stream, [stream.kind for stream in streams]),
            _coded(drawn.stream, [stream.place for stream in streams]),
            _coded(drawn.department, bodies),
            _coded(drawn.city, list(catalog.cities())),
            _moments(drawn.at, month),
            _minutes(drawn.cents),
        ]
        row += len(drawn.at)


def _codes(table: str, column: str) -> list[str]:
    return [code.id for code in catalog.tables()[table].column(column).codes]


def _numbers(month: Period, start: int, rows: int) -> pa.Array:
    """Fourteen digits: the month and the row."""
    row = np.arange(start + 1, start + 1 + rows)
    fours = np.array([f"{number:04d}" for number in range(10_000)], dtype="S4")
    digits = np.empty(rows, dtype=[("month", "S6"), ("high", "S4"), ("low", "S4")])
    digits["month"], digits["high"], digits["low"] = f"{month.start:%Y%m}", fours[row // 10_000], fours[row % 10_000]
    ends = np.arange(rows + 1, dtype=np.int32) * digits.itemsize
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(digits))


def _coded(places: NDArray[np.integer], values: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int16), mask=places < 0), pa.array(values))


def _whole(values: NDArray[np.int16]) -> pa.Array:
    return pa.array(values, mask=values < 0)


def _moments(seconds: Seconds, month: Period) -> pa.Array:
    start = np.datetime64(month.start, "s").astype(np.int64)
    micros = (seconds.astype(np.int64) + start) * 1_000_000
    return pa.array(micros, pa.timestamp("us"), mask=seconds == NEVER)


def _minutes(cents: NDArray[np.int32]) -> pa.Array:
    """Hundredths as decimals: a decimal is a whole number of sixteen bytes."""
    words = np.zeros((len(cents), 2), dtype=np.int64)
    words[:, 0] = np.maximum(cents, 0)
    known = np.packbits(cents >= 0, bitorder="little")
    return pa.Array.from_buffers(pa.decimal128(9, 2), len(cents), [pa.py_buffer(known), pa.py_buffer(words)])
