"""Stages the sheets of a workbook: those that are headed alike are one delivery."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from hall.catalog.columns import folded
from hall.model import HallError
from hall.records.heads import ABOVE, DeliveryHead, find
from hall.records.sheets import sheets
from hall.records.staging import Staging


@dataclass(frozen=True, slots=True)
class Staged:
    """A file, or a sheet of a workbook, that was staged as number ``file``: ``rows`` came in, the first of them below
    ``skip`` lines. ``unread`` are sheets that hold no table, ``unequal`` those whose headings are others than those of
    the first: neither was read."""

    file: int
    name: str
    head: DeliveryHead
    skip: int
    rows: int
    unread: tuple[str, ...] = ()
    unequal: tuple[str, ...] = ()


def book(
    staging: Staging, file: int, path: Path, work: Path, asked: str = "", chosen: Sequence[str] = ()
) -> list[Staged]:
    """Stage the sheets of a workbook, numbers from ``file`` on: those ``chosen``, else the first that a map fits and
    all that are headed as it is. HallError unknown_sheet, empty_file and as of ``heads.find``."""
    done: list[Staged] = []
    unread, unequal, names = list[str](), list[str](), list[str]()
    fault: HallError | None = None
    for name, lines in sheets(path):
        names.append(name)
        first = list(islice(lines, ABOVE))
        if (chosen and name not in chosen) or not any(map(any, first)):
            continue
        try:
            head = find(path.name, first, asked)
        except HallError as told:
            fault = fault or told
            (unequal if _is_table(first) else unread).append(name)
            continue
        if done and not chosen and _headings(head) != _headings(done[0].head):
            unequal.append(name)
            continue
        made = work / f"{file}.csv"
        try:
            rows = _write(made, head, chain(first, lines))
            number = file + len(done)
            staging.text(number, made, head, ",", 0, numbered=True, bare=True)
        finally:
            made.unlink(missing_ok=True)
        done.append(Staged(number, name, head, head.row + 1, rows))
    if missing := [name for name in chosen if name not in names]:
        raise HallError("unknown_sheet", file=path.name, sheet=" ".join(missing), known=" ".join(names))
    if not done or (chosen and fault):
        raise fault or HallError("empty_file", file=path.name)
    done = [each for each in done if each.rows] or done[:1]
    one = len(done) == 1
    done = [replace(each, name=path.name if one else f"{path.name} [{each.name}]") for each in done]
    return [replace(done[0], unread=tuple(unread), unequal=tuple(unequal)), *done[1:]]


def _is_table(rows: Iterable[Sequence[str]]) -> bool:
    """Whether rows of several cells stand below each other: notes do not."""
    return sum(sum(map(bool, row)) > 1 for row in rows) > 1


def _headings(head: DeliveryHead) -> list[str]:
    """The headings as they are compared: their order does not count."""
    return sorted(filter(None, map(folded, head.headings)))


def _write(made: Path, head: DeliveryHead, sheet: Iterable[list[str]]) -> int:
    """Write the rows below the headings, blank ones left out, each with its number in the sheet; returns how many."""
    width, rows = len(head.headings), 0
    with made.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for number, row in enumerate(sheet, 1):
            if number > head.row + 1 and any(row):
                writer.writerow([number, *row[:width], *[""] * (width - len(row))])
                rows += 1
    return rows
