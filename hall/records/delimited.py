"""Delimited text: how a file is laid out, and where its headings stand."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hall.model import HallError
from hall.records.heads import ABOVE, DeliveryHead, find

_BEGIN = 1 << 16
_DELIMITERS = ",\t;|"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file is written: ``skip`` lines stand above its first row, ``end`` ends a line."""

    encoding: str
    delimiter: str
    end: str
    skip: int
    head: DeliveryHead


def layout(path: Path, encoding: str, asked: str = "") -> Layout:
    """Find the delimiter and the headings of a file. HallError as ``heads.find``."""
    with path.open("rb") as file:
        begin = file.read(_BEGIN).decode(encoding, "replace").removeprefix("\ufeff")
    end = "\r" if "\r" in begin and "\n" not in begin else "\n"
    found: list[Layout] = []
    faults: list[tuple[int, HallError]] = []
    for delimiter in _DELIMITERS:
        rows, ends = _first(begin, delimiter)
        try:
            head = find(path.name, rows, asked)
            found.append(Layout(encoding, delimiter, end, ends[head.row], head))
        except HallError as fault:
            faults.append((max(map(len, rows), default=0), fault))
    if not found:
        raise max(faults, key=lambda one: one[0])[1]
    return max(found, key=lambda one: len(one.head.places))


def _first(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and for each the number of lines down to its end."""
    rows, ends = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error, StopIteration):
        for _ in range(ABOVE):
            rows.append(next(reader))
            ends.append(reader.line_num)
    return rows, ends
