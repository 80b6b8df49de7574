"""Excel workbooks as rows of text, one at a time: numbers as they are read, dates in ISO 8601."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import xlrd

from hall.model import HallError

Sheet = tuple[str, Iterator[list[str]]]
_WHOLE = 1e15


def sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook by name, with their rows from the first. HallError not_readable."""
    try:
        yield from _old(path) if path.suffix.lower() == ".xls" else _new(path)
    except (xlrd.XLRDError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as fault:
        raise HallError("not_readable", file=path.name, detail=str(fault) or type(fault).__name__) from fault


def _new(path: Path) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            # Some programs state a size that is not that of the sheet.
            sheet.reset_dimensions()
            yield sheet.title, ([_words(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _old(path: Path) -> Iterator[Sheet]:
    with xlrd.open_workbook(path, on_demand=True) as book:
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            yield name, ([_cell(cell, book.datemode) for cell in sheet.row(at)] for at in range(sheet.nrows))
            book.unload_sheet(name)


def _cell(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _words(xlrd.xldate_as_datetime(cell.value, datemode))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _words(cell.value)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).splitlines())
