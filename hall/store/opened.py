"""Versions that are open for reading, each once in a process; every question has a cursor of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import duckdb

import hall
from hall.model import HallError
from hall.store import schema, seal

_KEPT = 4
# What DuckDB raises of a file that is not as it was written, beside plain Error for a block whose checksum is wrong.
_DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)


def damaged(fault: duckdb.Error, version: Path) -> bool:
    """Whether a fault comes from a version that is not as it was written, and not from the question."""
    return isinstance(fault, _DAMAGE) or type(fault) is duckdb.Error or bool(seal.fault(version))


class OpenVersions:
    """Open versions of one kind. ``create`` makes an empty one for who has none; ``fault`` is the HallError of one that
    cannot be opened."""

    def __init__(self, create: Callable[[duckdb.DuckDBPyConnection], object], fault: str) -> None:
        self._create, self._fault = create, fault
        self._lock = threading.Lock()
        self._open: dict[Path | None, duckdb.DuckDBPyConnection] = {}

    def cursor(self, folder: Path, version: Callable[[], str]) -> duckdb.DuckDBPyConnection:
        """A cursor on the version that is served now."""
        with self._lock:
            name = version()
            path = folder / name if name else None
            if path not in self._open:
                if path and not path.exists():
                    # A writer may have moved on and cleared this one away since CURRENT was read.
                    path = folder / (version() or name)
                self._open[path] = self._connect(path)
                # Let go of, not closed: that would cut off the cursor of a reader who is still at it.
                while len(self._open) > _KEPT:
                    del self._open[next(iter(self._open))]
            return self._open[path].cursor()

    def close(self) -> None:
        """Close every connection (tests; before a process ends)."""
        with self._lock:
            for con in self._open.values():
                con.close()
            self._open.clear()

    def _connect(self, path: Path | None) -> duckdb.DuckDBPyConnection:
        try:
            con = schema.connect(path, read_only=path is not None)
        except duckdb.Error as fault:
            if path and (release := seal.newer(path)):
                raise HallError("store_newer", folder=path.parent, release=release, own=hall.__version__) from fault
            raise HallError(self._fault, version=path.name if path else "") from fault
        if path is None:
            self._create(con)
        return con
