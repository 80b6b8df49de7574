"""What is published by version: the versions of one thing in a folder, of which CURRENT names the one that readers are
served. A writer builds the next one beside them under a lock, seals it and switches to it in one step: one that dies
leaves all as it was, and the next one clears up."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec

import hall
from hall.model import HallError
from hall.store import disk, seal

_WAIT = 60.0
_NAME = re.compile(r"[a-z]+-[\w-]+\.(duckdb|json)\n?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Published:
    """The versions in ``folder`` whose names fit ``pattern``: the newest ``kept`` are the undo. Names of what a writer
    is at begin with ``draft``; those that are only looked at (not ``served``) are never switched to."""

    folder: Path
    pattern: str
    kept: int
    draft: str = ".draft"
    lock: str = "lock"
    served: bool = True

    @property
    def current(self) -> str:
        """The version that is served, "" for none; HallError current_damaged."""
        return current(self.folder)

    def versions(self) -> list[Path]:
        """The versions that were served and are kept, the one that is served first, then the last before it. Those of
        an earlier release, which have no numbers, come last, in order of their dates."""
        order = {path: self._number(path) for path in self.folder.glob(self.pattern)}
        served = self.folder / self.current if self.served else None
        found = [path for path, (number, _) in order.items() if number or path == served]
        return sorted(found, key=lambda path: (path == served, *order[path]), reverse=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; what earlier ones left is deleted first, and what is no longer kept at the end.
        HallError store_busy, store_newer, disk_full, store_not_writable, memory_short."""
        with told(self.folder):
            disk.folder(self.folder)
            with locked(self.folder, self.lock):
                self._take_up()
                self._sweep()
                try:
                    yield
                finally:
                    self._sweep()

    def add(self, draft: Path, key: str, counts: Mapping[str, int], holds: object = None) -> str:
        """Make a finished draft the newest version, opened and counted, sealed, and whole on the disk before it can be
        served; its name, which tells what it holds (``key``, a hash). A version of that name that is there and whole
        is kept; where it is damaged the draft gets another name. HallError not_whole when it has other ``counts``."""
        name = self.pattern.replace("*", key[:12])
        if not (self.folder / name).exists():
            made = seal.make(draft, name, holds)
            if made.counts != counts:
                raise HallError("not_whole", version=name)
            seal.write(self.folder, made)
            disk.place(draft, self.folder / name)
        elif seal.fault(self.folder / name):
            return self.add(draft, hashlib.sha256(key.encode()).hexdigest(), counts, holds)
        if not self.served:
            self._count_on(name)
        return name

    def serve(self, name: str, holds: object = None) -> None:
        """Make a version the one that readers move to, in one step; ``holds`` is what it holds from now on."""
        own = seal.read(self.folder / name)
        if own and holds is not None:
            seal.write(self.folder, msgspec.structs.replace(own, holds=msgspec.to_builtins(holds)))
        self._switch(name)
        self._count_on(name)

    def lasting(self) -> list[Path]:
        """Versions that were served at some time, the last one first, whatever CURRENT says."""
        order = {path: self._number(path) for path in {*self.folder.glob(self.pattern), *self._sealed()}}
        return sorted((path for path, (number, _) in order.items() if number), key=order.__getitem__, reverse=True)

    def mend(self) -> None:
        """Have CURRENT name what was served last, and let damaged versions go that nobody is served."""
        with self.writing():
            for path in self.versions():
                if path.name != self.current and seal.fault(path):
                    path.unlink()

    def whole(self, name: str) -> bool:
        """Whether a version is there as it was written."""
        return bool(name) and not seal.fault(self.folder / name)

    def _switch(self, name: str) -> None:
        disk.write(self.folder / "CURRENT", f"{name}\n".encode())

    def _take_up(self) -> None:
        """Go on from what was served last: where CURRENT is lost or names nothing, the seals tell it. What a writer
        switched to that died at once gets its number."""
        if not self.served:
            return
        name = self._named()
        if not name:
            name = next((path.name for path in self.lasting()), "")
        if name and (release := seal.newer(self.folder / name)):
            raise HallError("store_newer", folder=self.folder, release=release, own=hall.__version__)
        if not name:
            (self.folder / "CURRENT").unlink(missing_ok=True)
        elif self._named() != name:
            self._switch(name)
        if name:
            self._count_on(name)

    def _named(self) -> str:
        """What CURRENT names, if that is a version or was one."""
        try:
            name = self.current
        except HallError:
            return ""
        path = self.folder / name
        return name if name and (path.exists() or seal.read(path)) else ""

    def _sealed(self) -> list[Path]:
        """Where versions lie or lay, by their seals."""
        suffix = Path(self.pattern).suffix
        return [path.with_suffix(suffix) for path in self.folder.glob(f"{Path(self.pattern).stem}.seal")]

    def _number(self, version: Path) -> tuple[int, int]:
        """When a version was last switched to, 0 for never; below 0, with its date, where no seal tells."""
        own = seal.read(version)
        return (own.number, 0) if own else (-1, version.stat().st_mtime_ns if version.exists() else 0)

    def _count_on(self, name: str) -> None:
        """Give a version the highest number."""
        numbers = {path.name: self._number(path)[0] for path in self._sealed()}
        highest = max([0, *(number for other, number in numbers.items() if other != name)])
        if numbers.get(name, 0) > highest:
            return
        path = self.folder / name
        with suppress(HallError, OSError):  # one of an earlier release that cannot be opened stays without
            own = seal.read(path) or seal.make(path, name)
            seal.write(self.folder, msgspec.structs.replace(own, number=highest + 1))

    def _sweep(self) -> None:
        for left in (f"{self.draft}*", f".{Path(self.pattern).stem}.seal.*", *((".CURRENT.*",) if self.served else ())):
            clear(self.folder, left)
        kept = self.versions()[: self.kept]
        for path in self.folder.glob(self.pattern):
            if path not in kept:
                path.unlink(missing_ok=True)
        for path in self._sealed():
            if path not in kept and not (self.served and path.name == self.current):
                seal.place_of(path).unlink(missing_ok=True)


def current(folder: Path) -> str:
    """The version that a folder serves, "" for none; HallError no_permission, current_damaged."""
    path = folder / "CURRENT"
    try:
        name = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return ""
    except IsADirectoryError:
        name = ""
    except OSError as fault:
        raise HallError("no_permission", file=str(fault.filename)) from fault
    if not _NAME.fullmatch(name):
        raise HallError("current_damaged", file=path)
    return name.strip()


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
