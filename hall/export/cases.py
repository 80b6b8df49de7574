"""The cases of a number as a file: CSV and Parquet piece by piece, so that memory stays flat; Excel within its rows.

Codes get their names beside them, moments are written as the records know them (a day alone where no time is known),
text that a spreadsheet would run is disarmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from hall import catalog
from hall.export.csv import guarded
from hall.model import HallError, Lang
from hall.text import t

FORMATS = ("csv", "xlsx", "parquet")
# a sheet holds no more, its header included
_SHEET = 1_048_576
_BOM = b"\xef\xbb\xbf"


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


def csv_pieces(pieces: Iterable[pl.DataFrame], lang: Lang, *, demo: bool = False) -> Iterator[bytes]:
    """The lines of the CSV, header first."""
    head = pl.DataFrame(schema=dict.fromkeys(columns(lang, demo=demo).values(), pl.String))
    yield _BOM + _lines(head, header=True)
    for piece in pieces:
        if piece.height:
            yield _lines(_plain(dressed(piece, lang, demo=demo)), header=False)


def write(path: Path, form: str, pieces: Iterable[pl.DataFrame], lang: Lang, *, demo: bool = False) -> int:
    """Write the file in one of FORMATS; the number of rows. Half a file is never left: it takes its name when it is
    whole. HallError unknown_format, not_writable, too_many_for_sheet."""
    if form not in FORMATS:
        raise HallError("unknown_format", format=form, known=" ".join(FORMATS))
    part = path.with_name(f".{path.name}.part")
    try:
        rows = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[form](part, pieces, lang, demo)
        part.replace(path)
        return rows
    except OSError as fault:
        raise HallError("not_writable", file=path, detail=fault.strerror or str(fault)) from fault
    finally:
        part.unlink(missing_ok=True)


def _csv(path: Path, pieces: Iterable[pl.DataFrame], lang: Lang, demo: bool) -> int:
    counter = _Counter(pieces)
    with path.open("wb") as out:
        out.writelines(csv_pieces(counter, lang, demo=demo))
    return counter.rows


def _parquet(path: Path, pieces: Iterable[pl.DataFrame], lang: Lang, demo: bool) -> int:
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for piece in pieces:
            table: pa.Table = dressed(piece, lang, demo=demo).to_arrow(compat_level=pl.CompatLevel.oldest())
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
            rows += piece.height
    finally:
        if writer:
            writer.close()
    return rows


def _xlsx(path: Path, pieces: Iterable[pl.DataFrame], lang: Lang, demo: bool) -> int:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(columns(lang, demo=demo).values()))
    rows = 0
    for piece in pieces:
        rows += piece.height
        if rows >= _SHEET:
            sheet.close()
            raise HallError("too_many_for_sheet", limit=_SHEET - 1)
        for row in _guarded(dressed(piece, lang, demo=demo)).iter_rows():
            sheet.append(row)
    book.save(path)
    return rows


class _Counter:
    """Pieces, and how many rows went by."""

    def __init__(self, pieces: Iterable[pl.DataFrame]) -> None:
        self._pieces, self.rows = pieces, 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for piece in self._pieces:
            self.rows += piece.height
            yield piece


def _names(lang: Lang) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for column in catalog.tables()["cases"].columns:
        entries: Any = {"department": catalog.departments(), "city": catalog.cities()}.get(column.type, {})
        if column.type == "code":
            entries = {code.id: code for code in column.codes}
        if entries:
            found[column.id] = {key: entry.label(lang) for key, entry in entries.items()}
    return found


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(guarded(name) for name, kind in frame.schema.items() if kind == pl.String)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """As text: a moment at midnight sharp is a day whose time nobody knows."""
    moments = [
        pl.when(pl.col(name).dt.truncate("1d") == pl.col(name))
        .then(pl.col(name).dt.strftime("%Y-%m-%d"))
        .otherwise(pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S"))
        .alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.Datetime
    ]
    return _guarded(frame).with_columns(moments)


def _lines(frame: pl.DataFrame, *, header: bool) -> bytes:
    return frame.write_csv(include_header=header, line_terminator="\r\n").encode("utf-8")
