"""Loads deliveries of records: every file is read and checked, then its months replace those that stand."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from hall import catalog
from hall.cases.watch import watched
from hall.catalog.columns import rules
from hall.model import HallError
from hall.records.files import SUFFIXES, Staged, stage
from hall.records.months import Months, Reason, reject, settle, write
from hall.records.staging import Staging
from hall.records.survey import Survey, survey
from hall.store import folders, holdings
from hall.store.holdings import Delivery, RecordsDraft

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What came of a file: rows = kept + rejected. ``unknown`` are headings that nothing was read from, ``unread`` the
    sheets of a workbook that were left out; ``fault`` says why it was refused."""

    name: str
    outcome: Literal["loaded", "unchanged", "refused"]
    table: str = ""
    map: str = ""
    rows: int = 0
    kept: int = 0
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    fault: HallError | None = None

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return sum(reason.rows for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class LoadedMonth:
    """A month that the delivery holds: its rows now, and those that stood before it (None: it is new)."""

    table: str
    month: str
    rows: int
    before: int | None


@dataclass(frozen=True, slots=True)
class LoadedRecords:
    """What came of a load: every file, and every month that stands anew; ``version`` is the manifest served now."""

    publisher: str
    version: str
    files: tuple[LoadedFile, ...] = ()
    months: tuple[LoadedMonth, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a file was refused."""
        return any(file.outcome == "refused" for file in self.files)


def load(
    paths: Sequence[Path], publisher: str = "", asked: str = "", progress: Progress | None = None
) -> LoadedRecords:
    """Load files and folders for a publisher (its id; the hall itself when left out), by the map asked for or the one
    that fits. HallError unknown_records, store_busy, disk_full, store_not_writable."""
    owner = catalog.publisher(publisher).id
    with holdings.changing(owner) as draft:
        staging = Staging(draft.stage)
        try:
            delivery = _Delivery(draft, staging, asked, progress or (lambda done, total, name: None))
            files, links = _files(paths)
            delivery.read(files)
            delivery.files += links
            for table in catalog.tables():
                delivery.settle(table)
            delivery.end()
        finally:
            staging.close()
    return LoadedRecords(owner, holdings.version(owner), tuple(delivery.files), tuple(delivery.months))


class _Delivery:
    """The files of one load and the months that they hold together."""

    def __init__(self, draft: RecordsDraft, staging: Staging, asked: str, progress: Progress) -> None:
        self.files: list[LoadedFile] = []
        self.months: list[LoadedMonth] = []
        self._draft, self._staging, self._asked, self._progress = draft, staging, asked, progress
        self._staged: list[tuple[Staged, Survey]] = []

    def read(self, paths: Sequence[Path]) -> None:
        """Stage every file that is new."""
        for at, path in enumerate(paths):
            tell = partial(self._tell, at, len(paths), path.name)
            tell(0)
            try:
                with watched(self._staging.percent, tell):
                    self.files.append(self._read(at, path))
            except HallError as fault:
                self.files.append(LoadedFile(path.name, "refused", fault=fault))

    def _tell(self, at: int, total: int, name: str, percent: float) -> None:
        self._progress(at, total, f"{name} {percent:.0f} %")

    def end(self) -> None:
        """Tell that all is done."""
        self._progress(len(self.files), len(self.files), "")

    def _read(self, at: int, path: Path) -> LoadedFile:
        seen = _survey(path)
        twice = any(seen.sha256 == other.sha256 for _, other in self._staged)
        if twice or self._draft.held.standing(seen.sha256, rules()):
            return LoadedFile(path.name, "unchanged")
        staged = stage(self._staging, at, path, seen, self._draft.stage, self._asked)
        self._staged.append((staged, seen))
        head = staged.head
        return LoadedFile(
            path.name, "loaded", head.table.id, head.map.id, staged.rows, unknown=head.unknown, unread=staged.unread
        )

    def settle(self, table: str) -> None:
        """Let the months of a table stand that its staged files hold."""
        mine = [(staged, seen) for staged, seen in self._staged if staged.head.table.id == table]
        if not mine:
            return
        held = self._draft.held
        standing = dict(zip(held.months(table), held.files(table), strict=True))
        found = settle(self._staging, table, standing)
        for staged, seen in mine:
            self._deliver(staged, seen, [month for month, files in found.items() if staged.file in files], found)
        for at, (month, files) in enumerate(found.items()):
            self._progress(at, len(found), month)
            made = self._draft.stage / f"{table}-{month}.parquet"
            rows, totals = write(self._staging, table, month, made)
            if rows != sum(files.values()):
                raise HallError("rows_lost", file=month, rows=sum(files.values()), kept=rows, rejected=0)
            before = held.part(table, month)
            self.months.append(LoadedMonth(table, month, rows, before.rows if before else None))
            self._draft.put(table, month, made, rows, totals)

    def _deliver(self, staged: Staged, seen: Survey, months: Sequence[str], found: Months) -> None:
        made = self._draft.stage / f"{staged.file}.rejects.parquet"
        reasons = tuple(reject(self._staging, staged, made))
        kept = sum(found[month][staged.file] for month in months)
        file = replace(self.files[staged.file], kept=kept, reasons=reasons)
        if file.rows != file.kept + file.rejected:
            raise HallError("rows_lost", file=file.name, rows=file.rows, kept=kept, rejected=file.rejected)
        if not kept:
            self.files[staged.file] = replace(
                file, outcome="refused", fault=HallError("all_rejected", file=file.name, rows=file.rows)
            )
            return
        self.files[staged.file] = file
        counts = {reason.code: reason.rows for reason in reasons}
        told = Delivery(
            seen.sha256, file.name, file.table, file.rows, kept, file.rejected, counts, file.unknown, tuple(months),
            self._draft.at, file.map, rules(),
        )  # fmt: skip
        self._draft.note(told, made if reasons else None)


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[LoadedFile]]:
    """The files named, and of folders all that can be a delivery, sorted; and the links that lead out of a folder,
    refused. HallError no_permission."""
    found: list[Path] = []
    refused: list[LoadedFile] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside, outside = folders.walk(path)
        except OSError as fault:
            raise HallError("no_permission", file=fault.filename or path) from fault
        found += [one for one in inside if one.suffix.lower() in SUFFIXES and not one.name.startswith("~$")]
        refused += [LoadedFile(one.name, "refused", fault=HallError("leads_out", file=one, folder=path))
                    for one in outside]  # fmt: skip
    return found, refused


def _survey(path: Path) -> Survey:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise HallError("no_file", file=path)
        return survey(path)
    except FileNotFoundError as fault:
        raise HallError("not_found", file=path) from fault
    except OSError as fault:
        raise HallError("no_permission", file=path) from fault
