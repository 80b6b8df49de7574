"""Turns what was drawn into the columns of records.toml, as Arrow arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hall import catalog
from hall.demo import consultations, scenario, steer
from hall.demo.cases import draw
from hall.demo.clock import NEVER, Seconds
from hall.demo.course import follow
from hall.demo.items import items
from hall.demo.scenario import codes
from hall.demo.volumes import Plan
from hall.period import Period

Columns = dict[str, pa.Array]


def cases(plan: Plan, month: Period) -> Iterator[Columns]:
    """The cases accepted in a month, slice by slice."""
    known, pace, rows = items(plan.seed), steer.pace(plan, month), 0
    bodies = [body.id for body in scenario.departments()]
    for drawn in draw(plan, month):
        seen = follow(drawn, month, plan.seed, pace)
        yield {
            "case_id": _numbers(month, rows, len(drawn.item)),
            "item_code": _coded(drawn.item, known.code),
            "item_name": _coded(drawn.item, known.name),
            "department": _coded(known.department[drawn.item], bodies),
            "channel": _coded(drawn.channel, codes("cases", "channel")),
            "city": _coded(drawn.city, list(catalog.cities())),
            "applicant_type": _coded(drawn.applicant, codes("cases", "applicant_type")),
            "accepted_at": _moments(drawn.accepted, month),
            "completed_at": _moments(seen.completed, month),
            "issued_at": _moments(seen.issued, month),
            "transferred_at": _moments(seen.transferred, month),
            "status": _coded(seen.status, codes("cases", "status")),
            "issued_at_place": _coded(seen.place, codes("cases", "issued_at_place")),
            "delivery": _coded(seen.delivery, codes("cases", "delivery")),
            "promised_workdays": _whole(known.promised[drawn.item]),
            "satisfaction": _whole(seen.satisfaction),
        }
        rows += len(drawn.item)


def consulted(plan: Plan, month: Period) -> Iterator[Columns]:
    """The consultations of a month, slice by slice."""
    streams, rows = scenario.streams(), 0
    bodies = [body.id for body in scenario.departments()]
    for drawn in consultations.draw(plan, month):
        yield {
            "id": _numbers(month, rows, len(drawn.at)),
            "kind": _coded(drawn.stream, [stream.kind for stream in streams]),
            "place": _coded(drawn.stream, [stream.place for stream in streams]),
            "department": _coded(drawn.department, bodies),
            "city": _coded(drawn.city, list(catalog.cities())),
            "at": _moments(drawn.at, month),
            "minutes": _hundredths(drawn.length),
        }
        rows += len(drawn.at)


def _numbers(month: Period, before: int, rows: int) -> pa.Array:
    """Text of fourteen digits: the month, and the number of the row in it."""
    row = np.arange(before + 1, before + 1 + rows)
    fours = np.array([f"{number:04d}" for number in range(10_000)], dtype="S4")
    text = np.empty(rows, dtype=[("month", "S6"), ("high", "S4"), ("low", "S4")])
    text["month"], text["high"], text["low"] = f"{month.start:%Y%m}", fours[row // 10_000], fours[row % 10_000]
    ends = np.arange(rows + 1, dtype=np.int32) * np.int32(text.itemsize)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(text))


def _coded(places: NDArray[np.signedinteger], values: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int16), mask=places < 0), pa.array(values))


def _whole(values: NDArray[np.signedinteger]) -> pa.Array:
    return pa.array(values.astype(np.int16), mask=values < 0)


def _moments(seconds: Seconds, month: Period) -> pa.Array:
    start = np.datetime64(month.start, "s").astype(np.int64)
    return pa.array((seconds + start) * 1_000_000, pa.timestamp("us"), mask=seconds == NEVER)


def _hundredths(numbers: NDArray[np.int32]) -> pa.Array:
    """A decimal is a whole number of sixteen bytes, the lower eight first."""
    words = np.zeros((len(numbers), 2), dtype="<i8")
    words[:, 0] = np.maximum(numbers, 0)
    known = np.packbits(numbers >= 0, bitorder="little")
    return pa.Array.from_buffers(pa.decimal128(9, 2), len(numbers), [pa.py_buffer(known), pa.py_buffer(words)])
