"""The journal beside the versions: who loaded, withdrew or rolled back what, and so which files a version holds."""

from __future__ import annotations

import json
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
from hall.store import lines, seal

Act = Literal["load", "withdraw", "rollback", "review", "repair"]
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

    def back_from(self, later: JournalState) -> JournalState:
        """The state of an earlier version that is served again: what it lacks was taken out by a person."""
        dropped = {item.sha256 for item in later.items} - {item.sha256 for item in self.items}
        undone = self.undone | later.undone | (later.decided - self.decided)
        return replace(self, withdrawn=self.withdrawn | dropped, undone=undone)

    def pending(self, made: Mapping[str, Decision], back: frozenset[str]) -> list[Decision]:
        """Of all decisions made, with those taken ``back``: what it does not hold yet, or should hold no longer."""
        return [
            decision
            for word, decision in made.items()
            if (word in self.decided if word in back else word not in self.decided | self.undone)
        ]


def path(store: Path) -> Path:
    """The journal's file, beside which a copy lies; lines are only ever appended."""
    return lines.place_of(store)


def now() -> datetime:
    """The time of an act: UTC without a zone, to the second; the day is that of HALL_TODAY where it is set."""
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return datetime.combine(settings.today(), at.time()) if settings.fixed_today() else at


def append(store: Path, act: Act, previous: str, version: str, **details: object) -> None:
    """Write one line and bring it to the disk. ``user`` among the details names who acted, else the settings do."""
    entry = {"at": now(), "user": settings.user(), "act": act, "from": previous, "version": version}
    given = {key: value for key, value in details.items() if value is not None}
    plain = msgspec.to_builtins(entry | given)
    lines.append(store, json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def mend(store: Path) -> None:
    """Write both copies of the journal with all lines that can be had; in place of one that is lost in both stands that
    it is."""
    lost = {"at": now(), "user": settings.user(), "act": "review", "from": "", "version": "", "lost": True}
    lines.mend(store, json.dumps(msgspec.to_builtins(lost)).encode())


def entries(store: Path) -> list[JournalEntry]:
    """All lines, oldest first; one that a crash cut short, or that is none, is passed over."""
    found = []
    for line in lines.read(store).lines:
        with suppress(ValueError, RecursionError, msgspec.MsgspecError):
            try:
                found.append(msgspec.json.decode(line, type=JournalEntry))
            except msgspec.DecodeError:  # half a character, in the name of a file
                found.append(msgspec.convert(json.loads(line), JournalEntry))
    return found


def state(store: Path, version: str) -> JournalState:
    """What the version holds: by its seal, else by the journal; without a journal, every file that was kept."""
    own = seal.read(store / version) if version else None
    if own and isinstance(own.holds, dict):
        return msgspec.convert(own.holds["state"], JournalState)
    log = entries(store)
    if not log:
        return JournalState(tuple(_kept(store))) if version else JournalState()
    states: dict[str, JournalState] = {"": JournalState()}
    for entry in log:
        # An act whose switch never happened left a line too: nothing later starts from its version.
        before = states.get(entry.previous, JournalState())
        if entry.act == "rollback":
            states[entry.version] = states.get(entry.version, JournalState()).back_from(before)
        elif entry.publishes:
            states[entry.version] = _after(before, entry)
    return states[version if version in states and version else _last(log)]


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
