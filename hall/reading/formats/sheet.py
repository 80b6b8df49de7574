"""Workbooks and CSV: each sheet a heading and a table, values as the sheet shows them."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from hall.model import HallError, Problem
from hall.reading import decode
from hall.reading.extracted import Extracted
from hall.reading.formats import markdown

_ROWS, _COLUMNS = 20_000, 200
_PLACES = re.compile(r"0\.(0+)")
_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")


def extract(data: bytes, name: str) -> Extracted:
    """The words of a .xlsx, .xls or .csv; HallError empty_file, not_text, not_readable, too_many_rows."""
    problems: list[Problem] = []
    if data.startswith(b"PK"):
        sheets = _workbook(data, name, problems)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        sheets = _old_workbook(data, name)
    else:
        sheets = [("", _separated(decode.text(data, name)))]
    lines: list[str] = []
    for title, rows in sheets:
        if len(rows) > _ROWS:
            raise HallError("too_many_rows", file=name, limit=f"{_ROWS}")
        if body := _laid_out(rows):
            lines += [title] * bool(title and len(sheets) > 1) + [*body, ""]
    if not any(lines):
        raise HallError("empty_file", file=name)
    return Extracted("\n".join(lines) + "\n", problems=tuple(problems))


def _laid_out(rows: list[list[str]]) -> list[str]:
    """Titles and notes as lines of their own, what has columns as a table."""
    lines: list[str] = []
    table: list[list[str]] = []
    for row in rows:
        filled = dict.fromkeys(words for words in row if words)
        if len(filled) > 1:
            table.append(row)
        elif not table or not filled:
            lines += [*_closed(table), *filled]
            table = []
        else:
            table.append(row)
    return [*lines, *_closed(table)]


def _closed(table: list[list[str]]) -> list[str]:
    """A table without the columns that are empty in all of its rows; a last line of one cell is a note."""
    notes: list[str] = []
    while table and len(set(filter(None, table[-1]))) <= 1:
        notes.insert(0, next(filter(None, table.pop()), ""))
    used = [i for i in range(max(map(len, table), default=0)) if any(row[i : i + 1] not in ([], [""]) for row in table)]
    return ["", *markdown.table([[row[i] if i < len(row) else "" for i in used] for row in table]), "", *notes]


def _separated(text: str) -> list[list[str]]:
    sample = text[:8192]
    mark = max(
        "\t,;", key=lambda m: min((line.count(m) for line in sample.splitlines()[:20] if line.strip()), default=0)
    )
    mark = mark if mark in sample else max(",;\t，", key=sample.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as fault:
        raise HallError("not_text", file="csv") from fault
    return [[cell.strip() for cell in row] for row in rows]


def _workbook(data: bytes, name: str, problems: list[Problem]) -> list[tuple[str, list[list[str]]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as fault:
        # openpyxl lets KeyError, ValueError and the XML parser's errors out for a broken part
        raise HallError("not_readable", file=name, detail=type(fault).__name__) from fault
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(Problem("hidden_sheet", {"sheet": sheet.title}))
            continue
        if sheet.max_row > _ROWS or sheet.max_column > _COLUMNS:
            raise HallError("too_many_rows", file=name, limit=f"{_ROWS}")
        rows = [[shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
        for merged in sheet.merged_cells.ranges:
            words = rows[merged.min_row - 1][merged.min_col - 1]
            for r in range(merged.min_row - 1, merged.max_row):
                for c in range(merged.min_col - 1, merged.max_col):
                    rows[r][c] = words
        sheets.append((sheet.title, rows))
    return sheets


def _old_workbook(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    import fastexcel

    try:
        book = fastexcel.read_excel(data)
        frames = [(title, book.load_sheet(title, header_row=None, dtypes="string")) for title in book.sheet_names]
        return [(title, [[c or "" for c in row] for row in frame.to_polars().rows()]) for title, frame in frames]
    except fastexcel.FastExcelError as fault:
        raise HallError("not_readable", file=name, detail=type(fault).__name__) from fault


def shown(value: Any, form: str) -> str:
    """A cell as the sheet shows it: a date by the parts that its format names, a number by its places."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime | date):
        return _dated(value, form)
    if isinstance(value, int | float):
        return _number(value, form)
    words = "" if isinstance(value, time | timedelta) else str(value).strip()
    return "" if words.startswith("#") and words.endswith(("!", "?", "A")) else words


def _dated(value: date, form: str) -> str:
    plain = _QUOTED.sub("", form).lower()
    if "d" not in plain and "y" in plain:
        return f"{value.year}年{value.month}月" if "m" in plain else f"{value.year}年"
    return f"{value.year}-{value.month:02}-{value.day:02}"


def _number(value: float, form: str) -> str:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return ""
    places = _PLACES.search(form)
    if "%" in form:
        number *= 100
    if places or "%" in form or (form.strip("#,0") == "" and "0" in form):
        number = number.quantize(Decimal(1).scaleb(-len(places[1]) if places else 0), ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.to_integral_value()
    return format(number, "f") + ("%" if "%" in form else "")
