"""One call to load records: its files are staged, settled with each other and judged before anything is replaced."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hall import catalog
from hall.cases.outcome import LoadedFile, LoadedMonth, Older, Spelled, Unread, Wish
from hall.cases.watch import watched
from hall.catalog.columns import rules
from hall.model import HallError, Hold
from hall.records import months as settling
from hall.records.books import Staged
from hall.records.files import stage
from hall.records.judging import Standing, TableDelivery, judge
from hall.records.months import Beside, Months
from hall.records.staging import Staging
from hall.records.survey import Survey, survey
from hall.store.held import HeldFile, HeldReason
from hall.store.holdings import Delivery, RecordsDraft

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class _File:
    """A staged file: where it lies, and its place among the outcomes."""

    staged: Staged
    seen: Survey
    path: Path
    at: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """The months that a table comes to hold, and what becomes of the rows of those that stood."""

    found: Months
    beside: dict[str, Beside]

    def rows(self, month: str, before: int) -> int:
        """The rows of a month: those delivered, and of those before the ones that are not."""
        return sum(self.found.get(month, {}).values()) + before - (self.beside.get(month, Beside()).found)


class Call:
    """The files of one load and the months that they hold together."""

    def __init__(self, draft: RecordsDraft, staging: Staging, wish: Wish, progress: Progress) -> None:
        self.files: list[LoadedFile] = []
        self.months: list[LoadedMonth] = []
        self.older: list[Older] = []
        self.spelled: list[Spelled] = []
        self._draft, self._staging, self._wish, self._progress = draft, staging, wish, progress
        self._staged: list[_File] = []
        self._settled: dict[str, _Settled] = {}

    def read(self, paths: Sequence[Path]) -> None:
        """Stage every file that is new."""
        for at, path in enumerate(paths):
            tell = partial(self._tell, at, len(paths), path.name)
            tell(0)
            try:
                with watched(self._staging.percent, tell):
                    self._read(path)
            except HallError as fault:
                self.files.append(LoadedFile(path.name, "refused", fault=fault))

    def _tell(self, at: int, total: int, name: str, percent: float) -> None:
        self._progress(at, total, f"{name} {percent:.0f} %")

    def end(self) -> None:
        """Tell that all is done."""
        self._progress(len(self.files), len(self.files), "")

    def _read(self, path: Path) -> None:
        seen = _survey(path)
        twice = any(seen.sha256 == other.seen.sha256 for other in self._staged)
        if twice or self._draft.held.standing(seen.sha256, rules(), self._wish.sheets):
            self.files.append(LoadedFile(path.name, "unchanged"))
            return
        number, tables = len(self._staged), catalog.tables()
        made = stage(self._staging, number, path, seen, self._draft.stage, self._wish.map, self._wish.sheets)
        if self._wish.add and (keyless := [one for one in made if not tables[one.head.map.table].key]):
            self._staging.unstage(number)
            raise HallError("no_ids", file=path.name, table=keyless[0].head.table.zh)
        for one in made:
            self._staged.append(_File(one, seen, path, len(self.files)))
            head = one.head
            self.files.append(
                LoadedFile(one.name, "loaded", head.table.id, head.map.id, one.rows, unknown=head.unknown,
                           unread=one.unread, unequal=one.unequal)
            )  # fmt: skip

    def settle(self) -> None:
        """Find out what every table would come to hold, and which rows of the files it would not take."""
        for table in catalog.tables():
            if any(self._of(table)):
                self._settle(table)

    def _of(self, table: str) -> list[_File]:
        return [one for one in self._staged if one.staged.head.table.id == table]

    def _settle(self, table: str) -> None:
        held, add = self._draft.held, self._wish.add
        standing = self._files(table)
        found = settling.settle(self._staging, table, standing, added=add)
        touched = {month: path for month, path in standing.items() if add or month in found}
        beside = settling.beside(self._staging, table, touched)
        settled = self._settled[table] = _Settled(found, beside)
        for one in self._of(table):
            self._account(one, found)
        for month in sorted(found.keys() | (beside.keys() if add else set())):
            part = held.part(table, month)
            before = part.rows if part else 0
            rows = settled.rows(month, before) if add else sum(found[month].values())
            back = beside[month].back if add and month in beside else 0
            self.months.append(LoadedMonth(table, month, rows, part.rows if part else None, back))
        numbers, texts = settling.spelled(self._staging, table)
        if numbers:
            self.spelled.append(Spelled(table, numbers, texts))
        if add and touched and (told := settling.newest(self._staging, table)) and told[0] < told[1]:
            self.older.append(Older(table, *told, sum(one.back for one in beside.values())))

    def _files(self, table: str) -> dict[str, Path]:
        """The files of the months that stand. One that is damaged waits for its own delivery; rows cannot be added to
        it: HallError records_damaged."""
        held = self._draft.held
        if self._wish.add:
            return dict(zip(held.months(table), held.sound(table, held.months(table)), strict=True))
        return {part.month: held.path(part) for part in held.parts if part.table == table and held.whole(part)}

    def _account(self, one: _File, found: Months) -> None:
        """The books of a file: rows = kept + rejected."""
        reasons = tuple(settling.reject(self._staging, one.staged, self._rejects(one)))
        kept = sum(files.get(one.staged.file, 0) for files in found.values())
        file = replace(self.files[one.at], kept=kept, reasons=reasons)
        if file.rows != file.kept + file.rejected:
            raise HallError("rows_lost", file=file.name, rows=file.rows, kept=kept, rejected=file.rejected)
        if not kept:
            fault = HallError("all_rejected", file=file.name, rows=file.rows)
            file = replace(file, outcome="refused", fault=fault)
        self.files[one.at] = file

    def _rejects(self, one: _File) -> Path:
        return self._draft.stage / f"{one.staged.file}.rejects.parquet"

    def judge(self) -> tuple[Hold, ...]:
        """Why a person should look first, of all tables; nothing where no row is taken at all."""
        if not any(settled.found for settled in self._settled.values()):
            return ()
        return tuple(hold for table in self._settled for hold in judge(self._delivered(table)))

    def _delivered(self, table: str) -> TableDelivery:
        mine = self._of(table)
        files = tuple(one.staged.file for one in mine)
        return TableDelivery(
            table, self._staging, files,
            {month.month: month.rows for month in self.months if month.table == table},
            {month: self._standing(table, month, path)
             for month, path in self._files(table).items()},
            sum(one.staged.rows for one in mine),
            int(self._staging.one("records/lost", of=table, files=list(files))),
        )  # fmt: skip

    def _standing(self, table: str, month: str, path: Path) -> Standing:
        part, settled = self._draft.held.part(table, month), self._settled[table]
        rows, beside = part.rows if part else 0, settled.beside.get(month, Beside())
        if self._wish.add:
            return Standing(path, rows, rows - beside.moved)
        return Standing(path, rows, beside.found if month in settled.found else rows)

    def taken(self) -> tuple[HeldFile, ...]:
        """The files that were staged, as a held delivery remembers them."""
        return tuple(
            HeldFile(str(one.path.absolute()), file.name, one.seen.sha256, file.table, file.rows, file.kept,
                     tuple(HeldReason(r.code, r.rows, r.row, r.column, r.value) for r in file.reasons))
            for one in self._staged for file in (self.files[one.at],)
        )  # fmt: skip

    def standing(self) -> list[str]:
        """The hashes of the files of which rows came to stand."""
        return [one.seen.sha256 for one in self._staged if self.files[one.at].outcome == "loaded"]

    def hold(self) -> None:
        """Have nothing of it stand."""
        self.files = [replace(f, outcome="held") if f.outcome == "loaded" else f for f in self.files]

    def put(self) -> None:
        """Let the months stand."""
        for one in self._staged:
            file = self.files[one.at]
            if file.outcome == "loaded":
                months = [month for month, files in self._settled[file.table].found.items() if one.staged.file in files]
                told = Delivery(
                    one.seen.sha256, file.name, file.table, file.rows, file.kept, file.rejected,
                    {reason.code: reason.rows for reason in file.reasons}, file.unknown, tuple(months), self._draft.at,
                    file.map, rules(), sheets=self._wish.sheets,
                )  # fmt: skip
                self._draft.note(told, self._rejects(one) if file.reasons else None)
        for at, month in enumerate(self.months):
            self._progress(at, len(self.months), month.month)
            self._put(month)

    def _put(self, told: LoadedMonth) -> None:
        table, month, add = told.table, told.month, self._wish.add
        if not told.rows:
            self._draft.drop(table, month)
            return
        made = self._draft.stage / f"{table}-{month}.parquet"
        stood = self._draft.held.files(table, [month]) if add else []
        rows, totals = settling.write(self._staging, table, month, made, stood[0] if stood else None)
        if rows != told.rows:
            raise HallError("rows_lost", file=month, rows=told.rows, kept=rows, rejected=0)
        self._draft.put(table, month, made, rows, totals, added=add)

    def unread(self) -> tuple[Unread, ...]:
        """The words that mean nothing and the values that cannot be read, where they were asked for."""
        counted: dict[tuple[str, str, str, str], int] = {}
        for number, column, word, rows in self._staging.rows("records/unread_words"):
            file = self.files[self._staged[number].at]
            key = (file.map, file.table, column, word)
            counted[key] = counted.get(key, 0) + rows
        return tuple(Unread(*key, rows) for key, rows in counted.items())


def _survey(path: Path) -> Survey:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise HallError("no_file", file=path)
        return survey(path)
    except FileNotFoundError as fault:
        raise HallError("not_found", file=path) from fault
    except OSError as fault:
        raise HallError("no_permission", file=path) from fault
