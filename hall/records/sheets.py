"""Excel workbooks as rows of text, one sheet at a time: numbers as they are read, dates in ISO 8601, and a cell that is
merged downwards in each of its rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import xlrd
from openpyxl.utils.cell import range_boundaries

from hall.model import HallError

Sheet = tuple[str, Iterator[list[str]]]
# A cell holds a number as a floating point, of which no more than 15 digits are kept.
_WHOLE = 1e15
_BLOCK = 1 << 20
# Longer than any mention of a merged range.
_OVERLAP = 256
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')


class Merged(NamedTuple):
    """Rows of a column that are one cell, counted from 0."""

    first: int
    last: int
    column: int


def sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook by name, with their rows from the first. HallError not_readable."""
    try:
        yield from _old(path) if path.suffix.lower() == ".xls" else _new(path)
    except (xlrd.XLRDError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as fault:
        raise HallError("not_readable", file=path.name, detail=str(fault) or type(fault).__name__) from fault


def _new(path: Path) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        with zipfile.ZipFile(path) as parts:
            for sheet in book.worksheets:
                # Some programs state a size that is not that of the sheet.
                sheet.reset_dimensions()
                rows = ([_words(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
                yield sheet.title, _filled(rows, _merged(parts, sheet._worksheet_path))
    finally:
        book.close()


def _old(path: Path) -> Iterator[Sheet]:
    # Only with the formats are merged cells read.
    with xlrd.open_workbook(path, on_demand=True, formatting_info=True) as book:
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            merged = [Merged(first, end - 1, column) for first, end, column, _ in sheet.merged_cells if end - first > 1]
            rows = ([_cell(cell, book.datemode) for cell in sheet.row(at)] for at in range(sheet.nrows))
            yield name, _filled(rows, merged)
            book.unload_sheet(name)


def _merged(parts: zipfile.ZipFile, name: str) -> list[Merged]:
    """The cells of a sheet that are merged downwards: openpyxl does not tell of them while it reads row by row."""
    found, rest = set[bytes](), b""
    with parts.open(name) as part:
        while block := part.read(_BLOCK):
            found.update(_MERGED.findall(rest + block))
            rest = block[-_OVERLAP:]
    spans = (range_boundaries(one.decode()) for one in found)
    return [Merged(top - 1, bottom - 1, left - 1) for left, top, _, bottom in spans if bottom > top]


def _filled(rows: Iterable[list[str]], merged: Sequence[Merged]) -> Iterator[list[str]]:
    """The rows, with what stands at the top of merged cells in each of their rows."""
    waiting = sorted(merged, reverse=True)
    open_: list[tuple[Merged, str]] = []
    for at, row in enumerate(rows):
        open_ = [one for one in open_ if one[0].last >= at]
        # A row that is blank otherwise is none.
        for cells, words in open_ if any(row) else ():
            row += [""] * (cells.column + 1 - len(row))
            row[cells.column] = words
        while waiting and waiting[-1].first == at:
            cells = waiting.pop()
            if cells.column < len(row):
                open_.append((cells, row[cells.column]))
        yield row


def _cell(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _words(xlrd.xldate_as_datetime(cell.value, datemode))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _words(cell.value)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    if isinstance(value, int) and abs(value) >= _WHOLE:
        return f"{value}.0"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).splitlines())
