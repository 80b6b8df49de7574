"""Stages one delivered file in the way that fits it: as it is where that is safe, else through a clean copy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from hall.model import HallError
from hall.records.books import Staged, book
from hall.records.copying import copy
from hall.records.delimited import Layout, layout
from hall.records.heads import find
from hall.records.staging import Staging
from hall.records.survey import Survey, encodings, first_words

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
SUFFIXES = _TEXT | _BOOKS | {".parquet"}


def stage(
    staging: Staging, file: int, path: Path, seen: Survey, work: Path, asked: str = "", chosen: Sequence[str] = ()
) -> list[Staged]:
    """Stage a file, each sheet of a workbook as a number of its own from ``file`` on: those ``chosen``, else all that
    are headed alike. HallError unknown_type, not_readable, no_headings, missing_columns, unknown_map, unknown_sheet,
    no_rows, ids_spoiled; nothing of it is staged then."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise HallError("unknown_type", file=path.name, suffix=suffix or "-", known=" ".join(sorted(SUFFIXES)))
    if not seen.size:
        raise HallError("empty_file", file=path.name)
    try:
        done = [one for one in _staged(staging, file, path, seen, work, asked, chosen) if one.rows]
        if not done:
            raise HallError("no_rows", file=path.name)
        for one in done:
            _refuse_spoiled(staging, path.name, one)
    except HallError:
        staging.unstage(file)
        raise
    return done


def _staged(
    staging: Staging, file: int, path: Path, seen: Survey, work: Path, asked: str, chosen: Sequence[str]
) -> list[Staged]:
    suffix = path.suffix.lower()
    try:
        if suffix in _BOOKS:
            return book(staging, file, path, work, asked, chosen)
        return [
            _text(staging, file, path, seen, work, asked) if suffix in _TEXT else _parquet(staging, file, path, asked)
        ]
    except duckdb.Error as fault:
        # Those of a damaged file are of no kind of their own.
        if type(fault) not in (duckdb.Error, duckdb.InvalidInputException, duckdb.ConversionException):
            raise
        raise HallError("not_readable", file=path.name, detail=str(fault).splitlines()[0]) from fault


def _refuse_spoiled(staging: Staging, name: str, one: Staged) -> None:
    """HallError where numbers (ids) lost their last digits: which cases they were nobody can tell any more."""
    table = one.head.table
    for column, rows, value in staging.rows("records/spoiled", of=table.id, file=one.file):
        raise HallError("ids_spoiled", file=name, column=table.column(column).zh, rows=rows, value=value)


def _text(staging: Staging, file: int, path: Path, seen: Survey, work: Path, asked: str) -> Staged:
    found = _layout(path, asked)
    if found.encoding == "utf-8" and seen.even:
        for bare in (False, True):
            rows = _as_it_is(staging, file, path, seen, found, bare)
            if rows is None:
                break
            if bare or not staging.one("records/padded", of=found.head.table.id, file=file):
                return Staged(file, path.name, found.head, found.skip, rows)
            staging.unstage(file)
    made = work / f"{file}.csv"
    try:
        broken = copy(path, found, made)
        rows = staging.text(file, made, found.head, found.delimiter, 0, numbered=True, bare=True)
        staging.break_off(file, broken)
    finally:
        made.unlink(missing_ok=True)
    return Staged(file, path.name, found.head, found.skip, rows + len(broken))


def _layout(path: Path, asked: str) -> Layout:
    """The layout by the encoding of most lines, or by the other one where only that makes headings. Where none does,
    the fault of the one that the first words are written in: its words can be read."""
    faults = {}
    for encoding in encodings(path):
        try:
            return layout(path, encoding, asked)
        except HallError as fault:
            faults[encoding] = fault
    raise faults.get(first_words(path), next(iter(faults.values())))


def _as_it_is(staging: Staging, file: int, path: Path, seen: Survey, found: Layout, bare: bool) -> int | None:
    """The rows that came in, None where lines were passed over or read as one: then the numbers of lines are not known,
    or an open quote took rows with it."""
    rows = None
    with suppress(duckdb.InvalidInputException):
        staged = staging.text(file, path, found.head, found.delimiter, found.skip, numbered=False, bare=bare)
        rows = staged + int(staging.one("records/lines", file=file))
    if rows == seen.lines - found.skip:
        return rows
    staging.unstage(file)
    return None


def _parquet(staging: Staging, file: int, path: Path, asked: str) -> Staged:
    head = find(path.name, [staging.columns(path)], asked)
    return Staged(file, path.name, head, 0, staging.parquet(file, path, head))
