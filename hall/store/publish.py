"""Publishes the ledger by version: a draft is built beside the current file under a lock, then CURRENT is switched.
A writer that dies leaves the version that is being served as it was."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from hall import settings
from hall.model import HallError, Reading
from hall.store import checks, facts, journal, read, schema, sql, versions, write
from hall.store.journal import Item

Read = Callable[[Path], Reading]


class Draft:
    """The next version while the lock is held. Nothing is copied or built until something is to change."""

    def __init__(self, store: Path, read_file: Read) -> None:
        self.store = store
        self.previous = read.version()
        self.state = journal.state(store, self.previous)
        self.refused: list[tuple[str, HallError]] = []
        self.path = store / f".draft-{os.getpid()}.duckdb"
        self._read = read_file
        self._con: duckdb.DuckDBPyConnection | None = None
        self._fingerprint = versions.fingerprint()
        self._facts: dict[str, facts.Entry] | None = None
        self._new: list[Item] = []
        self._gone: list[str] = []

    @property
    def stale(self) -> bool:
        """Whether the published version was built from other facts, another catalogue, schema or reader."""
        return not self.previous or versions.built_from(self.store / self.previous) != self._fingerprint

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The open draft."""
        if self._con is None:
            if self.stale:
                self._con = self._rebuild()
            else:
                shutil.copyfile(self.store / self.previous, self.path)
                self._con = schema.connect(self.path)
        return self._con

    def facts(self) -> dict[str, facts.Entry]:
        """The accepted facts by document."""
        if self._facts is None:
            self._facts = {entry.reading.document.sha256: entry for entry in facts.read(settings.facts())}
        return self._facts

    def add(self, reading: Reading, file: Path) -> write.Outcome:
        """Add a file that was read; it is kept beside the versions under its hash."""
        item = Item(reading.document.sha256, file.name, file.suffix.lower(), journal.now())
        entry = self.facts().get(item.sha256)
        if entry and item.sha256 in self.state.withdrawn:
            _put(self.con, entry.reading, write.Source(entry.name, "facts", item.loaded_at))
        _keep(file, self.store / "files" / f"{item.sha256}{item.suffix}")
        outcome = _put(self.con, reading, write.Source(item.name, "file", item.loaded_at))
        self.state = self.state.with_item(item)
        self._new.append(item)
        return outcome

    def remove(self, document: str) -> None:
        """Take a document out; copies that hung on it come in again by themselves."""
        copies = [row[0] for row in self.con.execute(sql.text("ledger/copies"), {"document": document}).fetchall()]
        self.con.execute(sql.text("ledger/leaving"), {"document": document})
        self.con.execute(sql.text("ledger/delete_documents"))
        self.state = self.state.without(frozenset({document}))
        self._gone.append(document)
        for item in self.state.items:
            if item.sha256 in copies:
                self._add_again(self.con, item)

    def publish(self, act: journal.Act) -> str:
        """Check, name and switch; the name of the version that is served now. Without a change nothing is written."""
        if self._con is None and not self.stale:
            return self.previous
        checks.run(self.con)
        meta = {"fingerprint": self._fingerprint, "schema_version": schema.version(), "built_at": journal.now()}
        schema.insert(self.con, "meta", [meta])
        self.con.close()
        name = self._name()
        if not (self.store / name).exists():
            self.path.replace(self.store / name)
        os.utime(self.store / name)  # the newest are kept
        if name != self.previous:
            files = [{"sha256": item.sha256, "name": item.name, "suffix": item.suffix} for item in self._new]
            journal.append(self.store, act, self.previous, name, files=files, documents=self._gone)
            versions.switch(self.store, name)
        return name

    def close(self) -> None:
        """Remove what is left of the draft."""
        if self._con is not None:
            self._con.close()
        for left in self.store.glob(f"{self.path.name}*"):
            left.unlink()

    def _name(self) -> str:
        left_out = sorted({sha for sha, _ in self.refused} | (self.state.withdrawn & self.facts().keys()))
        content = [self._fingerprint, [item.sha256 for item in self.state.items], left_out]
        return f"hall-{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]}.duckdb"

    def _rebuild(self) -> duckdb.DuckDBPyConnection:
        con = schema.connect(self.path)
        schema.create(con)
        for sha256, entry in self.facts().items():
            if sha256 not in self.state.withdrawn:
                _put(con, entry.reading, write.Source(entry.name, "facts", entry.known_at))
        for item in self.state.items:
            self._add_again(con, item)
        return con

    def _add_again(self, con: duckdb.DuckDBPyConnection, item: Item) -> None:
        file = self.store / "files" / f"{item.sha256}{item.suffix}"
        try:
            _put(con, self._read(file), write.Source(item.name, "file", item.loaded_at))
        except HallError as fault:
            # It stays in the journal: a later reader may read it again.
            self.refused.append((item.sha256, HallError(fault.code, **fault.params | {"file": item.name})))


@contextmanager
def draft(read_file: Read) -> Iterator[Draft]:
    """The one writer's draft; HallError store_busy when another holds the lock, disk_full, store_not_writable."""
    store = settings.store()
    try:
        (store / "files").mkdir(parents=True, exist_ok=True)
        with versions.lock(store):
            for left in store.glob(".draft-*"):
                left.unlink()
            work = Draft(store, read_file)
            try:
                yield work
                versions.prune(store)
            finally:
                work.close()
    except OSError as fault:
        code = "disk_full" if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "store_not_writable"
        raise HallError(code, folder=str(store), detail=fault.strerror or str(fault)) from fault
    except duckdb.IOException as fault:
        code = "disk_full" if "No space left" in str(fault) or "File too large" in str(fault) else "store_not_writable"
        raise HallError(code, folder=str(store), detail=str(fault).splitlines()[0]) from fault


def rollback(word: str) -> str:
    """Serve an earlier version again; HallError unknown_version, version_outdated."""
    store = settings.store()
    name = f"hall-{word.removeprefix('hall-').removesuffix('.duckdb')}.duckdb"
    with draft(_no_reader) as work:
        if not (store / name).is_file():
            raise HallError("unknown_version", version=word)
        if versions.schema_of(store / name) != schema.version():
            raise HallError("version_outdated", version=name)
        if name != work.previous:
            journal.append(store, "rollback", work.previous, name)
            os.utime(store / name)
            versions.switch(store, name)
    return name


def _put(con: duckdb.DuckDBPyConnection, reading: Reading, source: write.Source) -> write.Outcome:
    """A document comes in whole or not at all."""
    con.begin()
    try:
        outcome = write.add(con, reading, source)
    except BaseException as fault:
        con.rollback()
        if isinstance(fault, duckdb.ConstraintException | duckdb.ConversionException | duckdb.InvalidInputException):
            raise HallError("not_stored", file=source.name, detail=str(fault).splitlines()[0]) from fault
        raise
    con.commit()
    return outcome


def _keep(file: Path, kept: Path) -> None:
    if not kept.exists():
        beside = kept.with_name(f".{kept.name}")
        shutil.copyfile(file, beside)
        beside.replace(kept)


def _no_reader(path: Path) -> Reading:
    raise HallError("file_lost", file=path.name)
