"""Publishes the ledger by version: a draft is built beside the current file under a lock, then CURRENT is switched.
A writer that dies leaves the version that is being served as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from hall import settings
from hall.model import HallError, Reading
from hall.store import journal, schema, versions
from hall.store.draft import Draft, Read


@contextmanager
def draft(read_file: Read) -> Iterator[Draft]:
    """The one writer's draft; HallError store_busy when another holds the lock, disk_full, store_not_writable."""
    with _drafted(read_file, "draft", "lock") as work:
        yield work


@contextmanager
def look(read_file: Read) -> Iterator[Draft]:
    """A draft that is only looked at (``preview``): it waits for no writer, and no writer waits for it."""
    with _drafted(read_file, "look", "lock-look") as work:
        yield work


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Faults of the disk as HallError disk_full or store_not_writable, want of memory as memory_short. A statement that
    Ctrl-C breaks off is KeyboardInterrupt, as everything else is."""
    try:
        yield
    except OSError as fault:
        code = "disk_full" if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "store_not_writable"
        raise HallError(code, folder=str(folder), detail=fault.strerror or str(fault)) from fault
    except (duckdb.InterruptException, RuntimeError) as fault:
        if isinstance(fault, duckdb.InterruptException) or str(fault) == "Query interrupted":
            raise KeyboardInterrupt from fault
        raise
    except duckdb.OutOfMemoryException as fault:
        # What does not fit is spilled, until the disk is full.
        code = "disk_full" if "temp_directory" in str(fault) else "memory_short"
        raise HallError(code, folder=str(folder), detail=str(fault).splitlines()[0]) from fault
    except (duckdb.IOException, duckdb.FatalException) as fault:
        code = "disk_full" if "No space left" in str(fault) or "File too large" in str(fault) else "store_not_writable"
        raise HallError(code, folder=str(folder), detail=str(fault).splitlines()[0]) from fault


@contextmanager
def _drafted(read_file: Read, kind: str, lock: str) -> Iterator[Draft]:
    store = settings.store()
    with told(store):
        (store / "files").mkdir(parents=True, exist_ok=True)
        with versions.lock(store, lock):
            versions.clear(store, f".{kind}-*")
            work = Draft(store, read_file, kind)
            try:
                yield work
                versions.prune(store)
            finally:
                work.close()


def rollback(word: str, by: str | None = None) -> str:
    """Serve an earlier version again; HallError unknown_version, version_outdated."""
    store = settings.store()
    name = f"hall-{word.removeprefix('hall-').removesuffix('.duckdb')}.duckdb"
    with draft(_no_reader) as work:
        if not (store / name).is_file():
            raise HallError("unknown_version", version=word)
        if versions.schema_of(store / name) != schema.version():
            raise HallError("version_outdated", version=name)
        if name != work.previous:
            journal.append(store, "rollback", work.previous, name, user=by)
            os.utime(store / name)
            versions.switch(store, name)
    return name


def _no_reader(path: Path) -> Reading:
    raise HallError("file_lost", file=path.name)
