"""The journal beside the versions: who loaded, withdrew or rolled back what, and so which files a version holds."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from hall import settings

Act = Literal["load", "withdraw", "rollback"]


@dataclass(frozen=True, slots=True)
class Item:
    """A loaded file: kept as files/<sha256><suffix>, shown under the name it came with."""

    sha256: str
    name: str
    suffix: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """What a version holds: its files in the order of loading, and the documents that a person took out."""

    items: tuple[Item, ...] = ()
    withdrawn: frozenset[str] = field(default=frozenset())

    def has(self, sha256: str) -> bool:
        """Whether the file is part of it."""
        return any(item.sha256 == sha256 for item in self.items)

    def with_item(self, item: Item) -> State:
        """The state after a file was loaded; loading it by name ends its withdrawal."""
        return State((*self.items, item), self.withdrawn - {item.sha256})

    def without(self, documents: frozenset[str]) -> State:
        """The state after documents were withdrawn."""
        return State(tuple(item for item in self.items if item.sha256 not in documents), self.withdrawn | documents)


def path(store: Path) -> Path:
    """The journal's file; lines are only ever appended."""
    return store / "journal.jsonl"


def now() -> datetime:
    """The time of an act: UTC without a zone, to the second; the day is that of HALL_TODAY where it is set."""
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return datetime.combine(settings.today(), at.time()) if settings.fixed_today() else at


def append(store: Path, act: Act, previous: str, version: str, **details: object) -> None:
    """Write one line and bring it to the disk."""
    entry = {"at": now().isoformat(), "user": settings.user(), "act": act, "from": previous, "version": version}
    line = json.dumps(entry | details, ensure_ascii=False) + "\n"
    with path(store).open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def entries(store: Path) -> list[dict[str, Any]]:
    """All lines, oldest first; a line that a crash cut short is passed over."""
    found = []
    try:
        lines = path(store).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def state(store: Path, version: str) -> State:
    """What the version holds, by the journal; without a journal, every file that was kept."""
    log = entries(store)
    if not log:
        return State(tuple(_kept(store))) if version else State()
    # Without CURRENT, the last act tells what was served.
    version = version or log[-1]["version"]
    states: dict[str, State] = {"": State()}
    for entry in log:
        # An act whose switch never happened left a line too: nothing later starts from its version.
        before = states.get(entry["from"], State())
        if entry["act"] == "rollback":
            target = states.get(entry["version"], State())
            dropped = {item.sha256 for item in before.items} - {item.sha256 for item in target.items}
            states[entry["version"]] = replace(target, withdrawn=target.withdrawn | dropped)
        else:
            states[entry["version"]] = _after(before, entry)
    return states.get(version, State())


def _after(before: State, entry: dict[str, Any]) -> State:
    after = before.without(frozenset(entry.get("documents", ())))
    at = datetime.fromisoformat(entry["at"])
    for raw in entry.get("files", ()):
        after = after.with_item(Item(raw["sha256"], raw["name"], raw["suffix"], at))
    return after


def _kept(store: Path) -> list[Item]:
    files = sorted((store / "files").glob("*"), key=lambda file: (file.stat().st_mtime, file.name))
    at = [datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(tzinfo=None) for file in files]
    return [Item(file.stem, file.name, file.suffix, when) for file, when in zip(files, at, strict=True)]
