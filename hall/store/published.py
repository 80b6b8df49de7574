"""What is published by version: the versions of one thing in a folder, of which CURRENT names the one that readers are
served. A writer builds the next one beside them under a lock and switches to it in one step: one that dies leaves all
as it was, and the next one clears up."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hall.model import HallError

_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Published:
    """The versions in ``folder`` whose names fit ``pattern``: the newest ``kept`` are the undo. Names of what a writer
    is at begin with ``draft``."""

    folder: Path
    pattern: str
    kept: int
    draft: str = ".draft"
    lock: str = "lock"

    @property
    def current(self) -> str:
        """The version that is served, "" for none."""
        return current(self.folder)

    def versions(self) -> list[Path]:
        """The versions that were served and are kept, newest first. What is newer than the one that is served was
        written, but never switched to."""
        found = sorted(self.folder.glob(self.pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        served = self.folder / self.current
        return found[found.index(served) :] if served in found else found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; what earlier ones left is deleted first, and what is no longer kept at the end.
        HallError store_busy, disk_full, store_not_writable, memory_short."""
        with told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder, self.lock):
                self._sweep()
                try:
                    yield
                finally:
                    self._sweep()

    def add(self, draft: Path, name: str) -> None:
        """Make a finished draft the newest version, whole on the disk before it can be served; once, since its name
        tells what it holds."""
        if not (self.folder / name).exists():
            settle(draft)
            draft.replace(self.folder / name)
        os.utime(self.folder / name)
        settle(self.folder)

    def serve(self, name: str) -> None:
        """Make a version the one that readers move to, in one step."""
        os.utime(self.folder / name)
        beside = self.folder / ".CURRENT"
        beside.write_text(name + "\n", encoding="ascii")
        settle(beside)
        beside.replace(self.folder / "CURRENT")
        settle(self.folder)

    def _sweep(self) -> None:
        clear(self.folder, f"{self.draft}*")
        kept = self.versions()[: self.kept]
        for path in self.folder.glob(self.pattern):
            if path not in kept:
                path.unlink(missing_ok=True)


def current(folder: Path) -> str:
    """The version that a folder serves, "" for none; HallError no_permission."""
    try:
        return (folder / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except OSError as fault:
        raise HallError("no_permission", file=str(fault.filename)) from fault


def settle(path: Path) -> None:
    """Have a file, or the names in a folder, survive a power cut."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def clear(folder: Path, pattern: str) -> None:
    """Delete what a writer left: its draft, the log of it, and the folder where a large query spilled."""
    for left in folder.glob(pattern):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, name: str = "lock") -> Iterator[None]:
    """Hold the one writer's lock; HallError store_busy when another keeps it for a minute."""
    with (folder / name).open("a+", encoding="ascii") as file:
        end = time.monotonic() + _WAIT
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as fault:
                if time.monotonic() > end:
                    raise HallError("store_busy", folder=str(folder)) from fault
                time.sleep(0.05)
        yield  # closing the file, or the end of the process however it comes, releases the lock


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
