"""A frame as a file of any format, with the same columns in the same order: CSV, Excel or Parquet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from hall.export.csv import csv_bytes, headers, named, safe
from hall.model import HallError, Lang

FORMATS = ("csv", "xlsx", "parquet")
# What a cell can hold.
_LONGEST = 32_767


def content(frame: pl.DataFrame, form: str, lang: Lang, notes: Mapping[str, str] | None = None) -> bytes:
    """The frame in one of FORMATS; HallError unknown_format. Parquet is read by programs: its columns go by their ids,
    and its text is as it is. ``notes`` are words after the header of a column, in Parquet part of its metadata."""
    if form == "csv":
        return csv_bytes(frame, lang, notes)
    if form == "xlsx":
        return _xlsx(frame, lang, notes)
    if form == "parquet":
        out = io.BytesIO()
        named(frame, lang).write_parquet(out, metadata=dict(notes or {}) or None)
        return out.getvalue()
    raise HallError("unknown_format", format=form, known=" ".join(FORMATS))


def _xlsx(frame: pl.DataFrame, lang: Lang, notes: Mapping[str, str] | None) -> bytes:
    # One sheet, its headers kept in view.
    full = named(frame, lang)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(headers(full.columns, lang, notes))
    for row in full.iter_rows():
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(value: Any) -> Any:
    """A value as a workbook can hold it, disarmed."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, Decimal):
        return value if value % 1 else int(value)
    if isinstance(value, list | tuple):
        value = "; ".join(str(part) for part in value)
    return safe(ILLEGAL_CHARACTERS_RE.sub("", value))[:_LONGEST] if isinstance(value, str) else value
