"""The journal beside the versions: who loaded, withdrew or rolled back what, and so which files a version holds."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from hall import settings
from hall.decision import Decision

Act = Literal["load", "withdraw", "rollback", "review"]


@dataclass(frozen=True, slots=True)
class Item:
    """A loaded file: kept as files/<sha256><suffix>, shown under the name it came with."""

    sha256: str
    name: str
    suffix: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """What a version holds: its files in the order of loading, the documents that a person took out, the decisions that
    it was published with, and those that a rollback undid."""

    items: tuple[Item, ...] = ()
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

    def with_item(self, item: Item) -> State:
        """The state after a file was loaded; loading it by name ends its withdrawal."""
        items = self.items if self.has(item.sha256) else (*self.items, item)
        return replace(self, items=items, withdrawn=self.withdrawn - {item.sha256})

    def without(self, documents: frozenset[str]) -> State:
        """The state after documents were withdrawn."""
        left = tuple(item for item in self.items if item.sha256 not in documents)
        return replace(self, items=left, withdrawn=self.withdrawn | documents)

    def with_decisions(self, decisions: Iterable[str], taken_back: Iterable[str] = ()) -> State:
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
    entry = {"at": now().isoformat(), "user": settings.user(), "act": act, "from": previous, "version": version}
    given = {key: value for key, value in details.items() if value is not None}
    line = (json.dumps(entry | given, ensure_ascii=False, default=str) + "\n").encode("utf-8", "backslashreplace")
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


def entries(store: Path) -> list[dict[str, Any]]:
    """All lines, oldest first; a line that a crash cut short is passed over."""
    found = []
    try:
        lines = path(store).read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    for line in lines:
        with suppress(ValueError):
            entry = json.loads(line)
            if isinstance(entry, dict) and entry.keys() >= {"at", "act", "from", "version"}:
                found.append(entry)
    return found


def published(entry: Mapping[str, Any]) -> bool:
    """Whether the line is an act that published a version; decisions are written down before they are published."""
    return bool(entry["act"] != "review" or entry["version"] != entry["from"])


def state(store: Path, version: str) -> State:
    """What the version holds, by the journal; without a journal, every file that was kept."""
    log = entries(store)
    if not log:
        return State(tuple(_kept(store))) if version else State()
    version = version or _last(log)
    states: dict[str, State] = {"": State()}
    for entry in log:
        # An act whose switch never happened left a line too: nothing later starts from its version.
        before = states.get(entry["from"], State())
        if entry["act"] == "rollback":
            target = states.get(entry["version"], State())
            dropped = {item.sha256 for item in before.items} - {item.sha256 for item in target.items}
            undone = target.undone | before.undone | (before.decided - target.decided)
            states[entry["version"]] = replace(target, withdrawn=target.withdrawn | dropped, undone=undone)
        elif published(entry):
            states[entry["version"]] = _after(before, entry)
    return states.get(version, State())


def last(store: Path) -> str:
    """The version that the last act made: without CURRENT, what was served."""
    return _last(entries(store))


def _last(log: list[dict[str, Any]]) -> str:
    return next((e["version"] for e in reversed(log) if published(e)), "")


def _after(before: State, entry: dict[str, Any]) -> State:
    after = before.without(frozenset(entry.get("documents", ()))).with_decisions(
        entry.get("decided", ()), entry.get("undecided", ())
    )
    at = datetime.fromisoformat(entry["at"])
    for raw in entry.get("files", ()):
        after = after.with_item(Item(raw["sha256"], raw["name"], raw["suffix"], after.next_at(at)))
    return after


def made(store: Path) -> dict[str, Decision]:
    """Every decision that was ever made, by id, oldest first."""
    found: dict[str, Decision] = {}
    for entry in entries(store):
        for raw in entry.get("decisions", ()):
            with suppress(TypeError, ValueError, ArithmeticError):
                decision = _decision(raw)
                found[decision.id] = decision
    return found


def taken_back(store: Path) -> frozenset[str]:
    """The ids of the decisions that a person took back."""
    return frozenset(word for entry in entries(store) for word in entry.get("undo", ()))


def decisions(store: Path) -> list[Decision]:
    """All decisions that nobody took back, oldest first."""
    back = taken_back(store)
    return [decision for word, decision in made(store).items() if word not in back]


def _decision(raw: dict[str, Any]) -> Decision:
    days = {key: date.fromisoformat(raw[key]) for key in ("period_start", "period_end") if raw.get(key)}
    value = Decimal(raw["value"]) if raw.get("value") is not None else None
    return Decision(**raw | days | {"at": datetime.fromisoformat(raw["at"]), "value": value})


def _kept(store: Path) -> list[Item]:
    files = sorted((store / "files").glob("*"), key=lambda file: (file.stat().st_mtime, file.name))
    at = [datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(tzinfo=None) for file in files]
    return [Item(file.stem, file.name, file.suffix, when) for file, when in zip(files, at, strict=True)]
