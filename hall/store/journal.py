"""The journal beside the versions: who loaded, withdrew or rolled back what, and so which files a version holds."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from hall import settings
from hall.decision import Decision
from hall.model import Document

Act = Literal["load", "withdraw", "rollback", "review"]
T = TypeVar("T")


class File(msgspec.Struct, frozen=True):
    """A file of a load, as a line names it."""

    sha256: str
    name: str
    suffix: str


class JournalEntry(msgspec.Struct, frozen=True):
    """One line: who did what when, which version was served before and after, and, as the act has them, the files that
    came and the documents that went, decisions made, published and taken back, heads that were typed, and held
    deliveries of records that were let in or given up."""

    at: datetime
    act: str
    previous: str = msgspec.field(name="from")
    version: str
    user: str = ""
    files: tuple[File, ...] = ()
    documents: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    decisions: tuple[Any, ...] = ()
    heads: tuple[Any, ...] = ()
    deliveries: tuple[Any, ...] = ()
    undo: tuple[str, ...] = ()

    @property
    def publishes(self) -> bool:
        """Whether it published a version; decisions are written down before they are published."""
        return self.act != "review" or self.version != self.previous


@dataclass(frozen=True, slots=True)
class JournalItem:
    """A loaded file: kept as files/<sha256><suffix>, shown under the name it came with."""

    sha256: str
    name: str
    suffix: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class JournalState:
    """What a version holds: its files in the order of loading, the documents that a person took out, the decisions that
    it was published with, and those that a rollback undid."""

    items: tuple[JournalItem, ...] = ()
    withdrawn: frozenset[str] = field(default=frozenset())
    decided: frozenset[str] = field(default=frozenset())
    undone: frozenset[str] = field(default=frozenset())

    def has(self, sha256: str) -> bool:
        """Whether the file is part of it."""
        return any(item.sha256 == sha256 for item in self.items)

    def next_at(self, at: datetime) -> datetime:
        """The time of the next file: files that come within one second keep their order."""
        last = self.items[-1].loaded_at if self.items else at
        return last + timedelta(microseconds=1) if self.items and last.replace(microsecond=0) == at else at

    def with_item(self, item: JournalItem) -> JournalState:
        """The state after a file was loaded; loading it by name ends its withdrawal."""
        items = self.items if self.has(item.sha256) else (*self.items, item)
        return replace(self, items=items, withdrawn=self.withdrawn - {item.sha256})

    def without(self, documents: frozenset[str]) -> JournalState:
        """The state after documents were withdrawn."""
        left = tuple(item for item in self.items if item.sha256 not in documents)
        return replace(self, items=left, withdrawn=self.withdrawn | documents)

    def with_decisions(self, decisions: Iterable[str], taken_back: Iterable[str] = ()) -> JournalState:
        """The state after decisions were published, and others that had been taken back."""
        return replace(self, decided=(self.decided | frozenset(decisions)) - frozenset(taken_back))

    def pending(self, made: Mapping[str, Decision], back: frozenset[str]) -> list[Decision]:
        """Of all decisions made, with those taken ``back``: what it does not hold yet, or should hold no longer."""
        return [
            decision
            for word, decision in made.items()
            if (word in self.decided if word in back else word not in self.decided | self.undone)
        ]


def path(store: Path) -> Path:
    """The journal's file; lines are only ever appended."""
    return store / "journal.jsonl"


def now() -> datetime:
    """The time of an act: UTC without a zone, to the second; the day is that of HALL_TODAY where it is set."""
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return datetime.combine(settings.today(), at.time()) if settings.fixed_today() else at


def append(store: Path, act: Act, previous: str, version: str, **details: object) -> None:
    """Write one line and bring it to the disk: in one piece, so that two writers never mix. ``user`` among the details
    names who acted, else the settings do."""
    entry = {"at": now(), "user": settings.user(), "act": act, "from": previous, "version": version}
    given = {key: value for key, value in details.items() if value is not None}
    plain = msgspec.to_builtins(entry | given)
    line = (json.dumps(plain, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    file = os.open(path(store), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        size = os.fstat(file).st_size
        torn = size and os.pread(file, 1, size - 1) != b"\n"  # a line that a crash cut short ends here
        piece = b"\n" * bool(torn) + line
        if os.write(file, piece) < len(piece):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file)
    finally:
        os.close(file)


def entries(store: Path) -> list[JournalEntry]:
    """All lines, oldest first; a line that a crash cut short is passed over."""
    found = []
    try:
        lines = path(store).read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    for line in lines:
        with suppress(ValueError, msgspec.MsgspecError):
            try:
                found.append(msgspec.json.decode(line, type=JournalEntry))
            except msgspec.DecodeError:  # half a character, in the name of a file
                found.append(msgspec.convert(json.loads(line), JournalEntry))
    return found


def state(store: Path, version: str) -> JournalState:
    """What the version holds, by the journal; without a journal, every file that was kept."""
    log = entries(store)
    if not log:
        return JournalState(tuple(_kept(store))) if version else JournalState()
    version = version or _last(log)
    states: dict[str, JournalState] = {"": JournalState()}
    for entry in log:
        # An act whose switch never happened left a line too: nothing later starts from its version.
        before = states.get(entry.previous, JournalState())
        if entry.act == "rollback":
            target = states.get(entry.version, JournalState())
            dropped = {item.sha256 for item in before.items} - {item.sha256 for item in target.items}
            undone = target.undone | before.undone | (before.decided - target.decided)
            states[entry.version] = replace(target, withdrawn=target.withdrawn | dropped, undone=undone)
        elif entry.publishes:
            states[entry.version] = _after(before, entry)
    return states.get(version, JournalState())


def last(store: Path) -> str:
    """The version that the last act made: without CURRENT, what was served."""
    return _last(entries(store))


def _last(log: list[JournalEntry]) -> str:
    return next((entry.version for entry in reversed(log) if entry.publishes), "")


def _after(before: JournalState, entry: JournalEntry) -> JournalState:
    after = before.without(frozenset(entry.documents)).with_decisions(entry.decided, entry.undecided)
    for file in entry.files:
        after = after.with_item(JournalItem(file.sha256, file.name, file.suffix, after.next_at(entry.at)))
    return after


def made(store: Path) -> dict[str, Decision]:
    """Every decision that was ever made, by id, oldest first."""
    return {made.id: made for entry in entries(store) for made in _each(entry.decisions, Decision)}


def heads(store: Path) -> list[Document]:
    """What people typed about documents that cannot be read, oldest first."""
    return [head for entry in entries(store) for head in _each(entry.heads, Document)]


def taken_back(store: Path) -> frozenset[str]:
    """The ids of the decisions that a person took back."""
    return frozenset(word for entry in entries(store) for word in entry.undo)


def decisions(store: Path) -> list[Decision]:
    """All decisions that nobody took back, oldest first."""
    back = taken_back(store)
    return [decision for word, decision in made(store).items() if word not in back]


def _each(raw: Iterable[Any], kind: type[T]) -> Iterator[T]:
    """Those that are whole: one that is not keeps no other out."""
    for one in raw:
        with suppress(msgspec.MsgspecError):
            yield msgspec.convert(one, kind)


def _kept(store: Path) -> list[JournalItem]:
    files = sorted((store / "files").glob("*"), key=lambda file: (file.stat().st_mtime, file.name))
    at = [datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(tzinfo=None) for file in files]
    return [JournalItem(file.stem, file.name, file.suffix, when) for file, when in zip(files, at, strict=True)]
