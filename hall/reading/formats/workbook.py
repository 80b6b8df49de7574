"""Workbooks opened: what each visible sheet shows, cell by cell, and which of its cells are merged."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from hall.model import HallError, Problem
from hall.reading.formats.markdown import CellSpan
from hall.reading.formats.shown import shown

_ROWS, _COLUMNS, _STYLED_ROWS, CELLS = 20_000, 200, 200_000, 500_000
_UNSAVED = re.compile(rb"<c\b([^<>]*)>\s*<f(?:\s[^<>]*)?(?:/>|>[^<>]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


@dataclass(slots=True)
class Sheet:
    """A sheet as it is seen: its title, its rows without hidden rows and columns, and its merged cells."""

    title: str
    rows: list[list[str]]
    spans: list[CellSpan] = field(default_factory=list)


def sheets(data: bytes, name: str, problems: list[Problem]) -> list[Sheet]:
    """The visible sheets of a .xlsx or .xls; what is hidden or never computed is told in ``problems``. HallError
    not_readable or too_many_rows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of drawings and rules that it leaves out
            return list(_new(data, name, problems) if data.startswith(b"PK") else _old(data, name, problems))
    except HallError:
        raise
    except Exception as fault:
        # both libraries let KeyError, ValueError, struct's and the XML parser's errors out for a broken part
        raise HallError("broken_inside", file=name) from fault


def _new(data: bytes, name: str, problems: list[Problem]) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    _look_inside(data, name, problems)
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(Problem("hidden_sheet", {"sheet": sheet.title}))
            continue
        filled = {place: cell for place, cell in sheet._cells.items() if cell.value is not None}
        height, width = _size(filled, name)
        rows = [[""] * width for _ in range(height)]
        for (row, column), cell in filled.items():
            rows[row - 1][column - 1] = shown(cell.value, cell.number_format or "")
        spans = [
            CellSpan(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges
        ]
        hidden_rows = {row - 1 for row, about in sheet.row_dimensions.items() if about.hidden}
        hidden_columns = {
            i - 1
            for about in sheet.column_dimensions.values()
            if about.hidden and about.min
            for i in range(about.min, min(about.max or about.min, _COLUMNS) + 1)
        }
        yield _seen(Sheet(sheet.title, rows, spans), hidden_rows, hidden_columns, problems)


def _look_inside(data: bytes, name: str, problems: list[Problem]) -> None:
    """Refuse sheets that are too long before they are built; tell formulas whose values were never saved."""
    unsaved = 0
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                words = book.read(part)
                cells = words.count(b"<v>") + words.count(b"<t>") + words.count(b"<t ")  # those that hold anything
                if words.count(b"<row") > _STYLED_ROWS or cells > CELLS:
                    raise HallError("too_many_rows", file=name, limit=f"{_ROWS}")
                unsaved += sum(b't="str"' not in about for about in _UNSAVED.findall(words))
    if unsaved:
        problems.append(Problem("formulas_without_values", {"count": f"{unsaved}"}))


def _size(filled: Collection[tuple[int, int]], name: str) -> tuple[int, int]:
    height = max((row for row, _ in filled), default=0)
    width = max((column for _, column in filled), default=0)
    if height > _ROWS or width > _COLUMNS or len(filled) > CELLS:
        raise HallError("too_many_rows", file=name, limit=f"{_ROWS}")
    return height, width


def _old(data: bytes, name: str, problems: list[Problem]) -> Iterator[Sheet]:
    import xlrd

    with io.StringIO() as quiet:
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=quiet)
        except xlrd.XLRDError as fault:
            code = "encrypted" if "encrypted" in str(fault).lower() else "broken_inside"
            raise HallError(code, file=name) from fault
        for sheet in book.sheets():
            if sheet.visibility:
                problems.append(Problem("hidden_sheet", {"sheet": sheet.name}))
                continue
            filled = {
                (r + 1, c + 1): cell
                for r in range(sheet.nrows)
                for c, cell in enumerate(sheet.row(r))
                if cell.value != ""
            }
            height, width = _size(filled, name)
            rows = [[""] * width for _ in range(height)]
            for (row, column), cell in filled.items():
                rows[row - 1][column - 1] = _old_words(book, cell)
            spans = [CellSpan(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
            hidden_rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden}
            hidden_columns = {column for column, about in sheet.colinfo_map.items() if about.hidden}
            yield _seen(Sheet(sheet.name, rows, spans), hidden_rows, hidden_columns, problems)


def _old_words(book: Any, cell: Any) -> str:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_TEXT, xldate

    if cell.ctype == XL_CELL_ERROR:
        return "-"
    if cell.ctype == XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == XL_CELL_BOOLEAN:
        return shown(bool(cell.value), "")
    form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == XL_CELL_DATE:
        when = xldate.xldate_as_datetime(cell.value, book.datemode)
        return shown(when if cell.value >= 1 else when.time(), form)
    return shown(cell.value, form)


def _seen(sheet: Sheet, rows: set[int], columns: set[int], problems: list[Problem]) -> Sheet:
    """The sheet without what its author has hidden; a merged cell keeps the part that is left of it."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    told = sum(any(sheet.rows[r]) for r in rows if r < height)
    told_columns = sum(any(row[c] for row in sheet.rows) for c in columns if c < width)
    for code, count in (("hidden_rows", told), ("hidden_columns", told_columns)):
        if count:
            problems.append(Problem(code, {"sheet": sheet.title, "count": f"{count}"}))
    spans = []
    for span in sheet.spans:
        if span.top >= height or span.left >= width:
            continue
        words = sheet.rows[span.top][span.left]
        down = [r for r in range(span.top, min(span.bottom, height - 1) + 1) if r not in rows]
        across = [c for c in range(span.left, min(span.right, width - 1) + 1) if c not in columns]
        if down and across:
            sheet.rows[down[0]][across[0]] = words
            spans.append((down[0], across[0], down[-1], across[-1]))
    row_at = _places(height, rows)
    column_at = _places(width, columns)
    kept = [
        [words for c, words in enumerate(row) if c not in columns] for r, row in enumerate(sheet.rows) if r not in rows
    ]
    return Sheet(
        sheet.title, kept, [CellSpan(row_at[t], column_at[a], row_at[b], column_at[z]) for t, a, b, z in spans]
    )


def _places(size: int, hidden: set[int]) -> list[int]:
    """Where each row or column stands once the hidden ones are gone."""
    found, at = [], 0
    for i in range(size):
        found.append(at)
        at += i not in hidden
    return found
