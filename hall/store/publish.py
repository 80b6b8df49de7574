"""Publishes the ledger by version: drafts, previews, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall import settings
from hall.model import HallError, Reading
from hall.store import journal, schema, versions
from hall.store.draft import LedgerDraft, Read
from hall.store.published import Published


@contextmanager
def draft(read_file: Read) -> Iterator[LedgerDraft]:
    """The one writer's draft; HallError store_busy when another holds the lock, disk_full, store_not_writable."""
    with _drafted(read_file, versions.ledger()) as work:
        yield work


@contextmanager
def look(read_file: Read) -> Iterator[LedgerDraft]:
    """A draft that is only looked at (``preview``): it waits for no writer, and no writer waits for it."""
    with _drafted(read_file, versions.previews()) as work:
        yield work


@contextmanager
def _drafted(read_file: Read, own: Published) -> Iterator[LedgerDraft]:
    with own.writing():
        (own.folder / "files").mkdir(exist_ok=True)
        work = LedgerDraft(own, read_file)
        try:
            yield work
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
            versions.ledger().serve(name)
    return name


def _no_reader(path: Path) -> Reading:
    raise HallError("file_lost", file=path.name)
