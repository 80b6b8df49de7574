"""Stages one delivered file in the way that fits it: as it is where that is safe, else through a clean copy."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import duckdb

from hall.model import HallError
from hall.records.copying import copy
from hall.records.delimited import Layout, layout
from hall.records.heads import ABOVE, DeliveryHead, find
from hall.records.sheets import sheets
from hall.records.staging import Staging
from hall.records.survey import Survey, encodings, first_words

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
SUFFIXES = _TEXT | _BOOKS | {".parquet"}


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was staged as number ``file``: ``rows`` came in, the first of them below ``skip`` lines; ``unread``
    are the sheets that were left out."""

    file: int
    name: str
    head: DeliveryHead
    skip: int
    rows: int
    unread: tuple[str, ...] = ()


def stage(staging: Staging, file: int, path: Path, seen: Survey, work: Path, asked: str = "") -> Staged:
    """Stage a file. HallError unknown_type, not_readable, no_headings, missing_columns, unknown_map, no_rows."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise HallError("unknown_type", file=path.name, suffix=suffix or "-", known=" ".join(sorted(SUFFIXES)))
    if not seen.size:
        raise HallError("empty_file", file=path.name)
    try:
        if suffix in _BOOKS:
            done = _book(staging, file, path, work, asked)
        elif suffix in _TEXT:
            done = _text(staging, file, path, seen, work, asked)
        else:
            done = _parquet(staging, file, path, asked)
    except duckdb.Error as fault:
        # Those of a damaged file are of no kind of their own.
        if type(fault) not in (duckdb.Error, duckdb.InvalidInputException, duckdb.ConversionException):
            raise
        raise HallError("not_readable", file=path.name, detail=str(fault).splitlines()[0]) from fault
    if not done.rows:
        raise HallError("no_rows", file=path.name)
    return done


def _text(staging: Staging, file: int, path: Path, seen: Survey, work: Path, asked: str) -> Staged:
    found = _layout(path, asked)
    if found.encoding == "utf-8" and seen.even:
        for bare in (False, True):
            rows = _as_it_is(staging, file, path, seen, found, bare)
            if rows is None:
                break
            if bare or not staging.one("records/padded", of=found.head.table.id, file=file):
                return Staged(file, path.name, found.head, found.skip, rows)
            staging.unstage(file, found.head.table.id)
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
    staging.unstage(file, found.head.table.id)
    return None


def _book(staging: Staging, file: int, path: Path, work: Path, asked: str) -> Staged:
    made = work / f"{file}.csv"
    head: DeliveryHead | None = None
    rows, unread = 0, []
    fault: HallError | None = None
    try:
        for name, lines in sheets(path):
            first = list(islice(lines, ABOVE))
            if not any(map(any, first)):
                continue
            if head is not None:
                unread.append(name)
                continue
            try:
                head = find(path.name, first, asked)
            except HallError as told:
                fault = fault or told
                unread.append(name)
                continue
            rows = _write(made, head, chain(first, lines))
        if head is None:
            raise fault or HallError("empty_file", file=path.name)
        staging.text(file, made, head, ",", 0, numbered=True, bare=True)
    finally:
        made.unlink(missing_ok=True)
    return Staged(file, path.name, head, head.row + 1, rows, tuple(unread))


def _write(made: Path, head: DeliveryHead, sheet: chain[list[str]]) -> int:
    """Write the rows below the headings, blank ones left out, each with its number in the sheet; returns how many."""
    width, rows = len(head.headings), 0
    with made.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for number, row in enumerate(sheet, 1):
            if number > head.row + 1 and any(row):
                writer.writerow([number, *row[:width], *[""] * (width - len(row))])
                rows += 1
    return rows


def _parquet(staging: Staging, file: int, path: Path, asked: str) -> Staged:
    head = find(path.name, [staging.columns(path)], asked)
    return Staged(file, path.name, head, 0, staging.parquet(file, path, head))
