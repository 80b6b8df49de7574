"""The cases of a number as a file: CSV and Parquet piece by piece, so that memory stays flat; Excel within its rows.

Codes get their names beside them, moments are written as the records know them (a day alone where no time is known),
text that a spreadsheet would run is disarmed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from hall import catalog
from hall.export.csv import safe
from hall.model import HallError, Lang
from hall.store.rows import Drill
from hall.text import t

FORMATS = ("csv", "xlsx", "parquet")
# a sheet holds no more, its header included
_SHEET = 1_048_576


def columns(lang: Lang, *, demo: bool = False) -> dict[str, str]:
    """The columns of the file by id, each with its header; ``department_name`` is what ``department`` means. Generated
    cases say in every row that they are."""
    declared = {column.id: column for column in catalog.tables()["cases"].columns}
    found: dict[str, str] = {}
    for name in ("case_id", "item_code", "item_name", "department", "channel", "city", "applicant_type", "accepted_at",
                 "completed_at", "workdays", "promised_workdays", "on_time", "status", "issued_at", "issued_at_place",
                 "transferred_at", "delivery", "satisfaction"):  # fmt: skip
        label = declared[name].label(lang) if name in declared else t(f"drill.{name}", lang)
        if name in declared and declared[name].type in ("department", "city", "code"):
            found[name] = t("column.code", lang, name=label)
            found[f"{name}_name"] = label
        else:
            found[name] = label
    return found | ({"demo": t("column.demo", lang)} if demo else {})


def dressed(piece: pl.DataFrame, lang: Lang, *, demo: bool = False) -> pl.DataFrame:
    """A piece of the drill (hall.store.rows) with its columns as in ``columns``: names beside codes."""
    names = [
        pl.col(name).replace_strict(words, default=None, return_dtype=pl.String).alias(f"{name}_name")
        for name, words in _names(lang).items()
    ]
    return piece.with_columns(*names, pl.lit(value=True).alias("demo")).select(columns(lang, demo=demo).keys())


def csv_pieces(
    drills: Iterable[Drill], lang: Lang, *, whole: bool, demo: bool = False
) -> Iterator[tuple[int, bytes | memoryview]]:
    """The lines of the CSV, header first: how many rows, and their bytes. DuckDB itself makes them text."""
    yield 0, f"\ufeff{_line(*columns(lang, demo=demo).values())}\r\n".encode()
    cells = [(of, code, _line(code, name)) for of, names in _names(lang).items() for code, name in names.items()]
    labels = pl.DataFrame(cells, schema=["of", "code", "cells"], orient="row")
    for drill in drills:
        yield from drill.lines(labels, ",true\r\n" if demo else "\r\n", whole=whole)


def write(path: Path, form: str, drills: Iterable[Drill], lang: Lang, *, whole: bool, demo: bool = False) -> int:
    """Write the file in one of FORMATS; the number of rows. Half a file is never left: it takes its name when it is
    whole. HallError unknown_format, not_writable, too_many_for_sheet."""
    if form not in FORMATS:
        raise HallError("unknown_format", format=form, known=" ".join(FORMATS))
    part = path.with_name(f".{path.name}.part")
    try:
        if form == "csv":
            with part.open("wb") as out:
                rows = sum(n for n, text in csv_pieces(drills, lang, whole=whole, demo=demo) if out.write(text))
        else:
            pieces = (dressed(piece, lang, demo=demo) for drill in drills for piece in drill.pieces(whole=whole))
            rows = _parquet(part, pieces) if form == "parquet" else _xlsx(part, pieces, columns(lang, demo=demo))
        part.replace(path)
        return rows
    except OSError as fault:
        raise HallError("not_writable", file=path, detail=fault.strerror or str(fault)) from fault
    finally:
        part.unlink(missing_ok=True)


def _parquet(path: Path, pieces: Iterator[pl.DataFrame]) -> int:
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for piece in pieces:
            table: pa.Table = piece.to_arrow(compat_level=pl.CompatLevel.oldest())
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
            rows += piece.height
    finally:
        if writer:
            writer.close()
    return rows


def _xlsx(path: Path, pieces: Iterator[pl.DataFrame], headers: Mapping[str, str]) -> int:
    # half a second of imports that a reader of CSV need not wait for
    import openpyxl

    from hall.export.files import cell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(headers.values()))
    rows = 0
    for piece in pieces:
        rows += piece.height
        if rows >= _SHEET:
            sheet.close()
            raise HallError("too_many_for_sheet", limit=_SHEET - 1)
        for row in piece.iter_rows():
            sheet.append([cell(value) for value in row])
    book.save(path)
    return rows


def _names(lang: Lang) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for column in catalog.tables()["cases"].columns:
        entries: Any = {"department": catalog.departments(), "city": catalog.cities()}.get(column.type, {})
        if column.type == "code":
            entries = {code.id: code for code in column.codes}
        if entries:
            found[column.id] = {key: entry.label(lang) for key, entry in entries.items()}
    return found


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(map(safe, cells))
    return out.getvalue()
