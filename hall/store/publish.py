"""Publishes the ledger by version: drafts, previews, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall import settings
from hall.model import HallError, Reading
from hall.store import disk, journal, lines, schema, seal, versions
from hall.store.draft import LedgerDraft, Read
from hall.store.published import Published
from hall.store.versions import LedgerContent


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
        disk.folder(own.folder / "files")
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
        own = versions.ledger()
        if not (store / name).is_file():
            raise HallError("unknown_version", version=word)
        if not own.whole(name):
            raise HallError("version_damaged", version=name)
        if versions.schema_of(store / name) != schema.version():
            raise HallError("version_outdated", version=name)
        if name != work.previous:
            state = journal.state(store, name).back_from(work.state)
            journal.append(store, "rollback", work.previous, name, user=by)
            own.serve(name, LedgerContent(state, versions.documents(store / name)))
    return name


def mend(read_file: Read) -> str:
    """Mend the journal, and the kept files from the inbox; build the ledger again where it is damaged or was built by
    another release. The version served now, "" for none; HallError documents_dropped."""
    store, own = settings.store(), versions.ledger()
    own.mend()
    if lines.place_of(store).exists() or journal.entries(store):
        journal.mend(store)
    for item in journal.state(store, own.current).items:
        kept = store / "files" / f"{item.sha256}{item.suffix}"
        if not kept.is_file() or seal.digest(kept) != item.sha256:
            same = (f for f in settings.inbox().rglob("*") if f.is_file() and seal.digest(f) == item.sha256)
            if original := next(same, None):
                kept.unlink(missing_ok=True)
                disk.keep(original, kept)
    if not own.current and not journal.entries(store):
        return ""
    with draft(read_file) as work:
        return work.publish("repair")


def _no_reader(path: Path) -> Reading:
    raise HallError("file_lost", file=path.name)
