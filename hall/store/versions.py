"""The published versions: which are kept, what they were built from, and the one step that switches between them."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from hall import settings, sql
from hall.model import HallError
from hall.store import journal, read, schema

_WAIT = 60.0
_PREVIEWS = 8


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is kept: its name, when it was built, the act that made it and who acted."""

    name: str
    built_at: datetime
    act: str
    user: str
    current: bool


def versions() -> list[Version]:
    """The versions that are kept, newest first."""
    store, current = settings.store(), read.published()
    acts = {entry["version"]: entry for entry in journal.entries(store) if journal.published(entry)}
    found = []
    for path in _files(store):
        built = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        entry = acts.get(path.name, {})
        found.append(Version(path.name, built, entry.get("act", ""), entry.get("user", ""), path.name == current))
    return found


def switch(store: Path, name: str) -> None:
    """Make a version the one that readers move to, in one step."""
    beside = store / ".CURRENT"
    with beside.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(store / "CURRENT")


@contextmanager
def lock(store: Path, name: str = "lock") -> Iterator[None]:
    """Hold the one writer's lock; HallError store_busy when another keeps it for a minute."""
    with (store / name).open("a+", encoding="ascii") as file:
        end = time.monotonic() + _WAIT
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as fault:
                if time.monotonic() > end:
                    raise HallError("store_busy", folder=str(store)) from fault
                time.sleep(0.05)
        yield  # closing the file, or the end of the process however it comes, releases the lock


def _files(store: Path) -> list[Path]:
    return sorted(store.glob("hall-*.duckdb"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def clear(store: Path, pattern: str) -> None:
    """Delete what a writer left: its draft, the log of it, and the folder where a large query spilled."""
    for left in store.glob(pattern):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def prune(store: Path) -> None:
    """Delete the oldest versions beyond those that are kept, never the current one."""
    current = read.published()
    for path in _files(store)[settings.versions() :]:
        if path.name != current:
            path.unlink(missing_ok=True)
    previews = sorted(store.glob("preview-*.duckdb"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in previews[_PREVIEWS:]:
        path.unlink(missing_ok=True)


def built_from(path: Path) -> str | None:
    """The fingerprint that a version was built from; None when the file is missing or cannot be read."""
    return (_built(path) or (None, None))[0]


def schema_of(path: Path) -> str | None:
    """The schema of a version; None when the file cannot be read."""
    return (_built(path) or (None, None))[1]


def _built(path: Path) -> tuple[str, str] | None:
    with suppress(duckdb.Error):
        con = schema.connect(path, read_only=True)
        try:
            row = con.execute(sql.text("ledger/meta")).fetchone()
            return (row[0], row[1]) if row else None
        finally:
            con.close()
    return None
