"""The published versions of the ledger: which are kept, and what they were built from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from hall import settings, sql
from hall.store import journal, schema, seal
from hall.store.journal import JournalState
from hall.store.published import Published

_PREVIEWS = 8


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is kept: its name, when it was built, the act that made it and who acted."""

    name: str
    built_at: datetime
    act: str
    user: str
    current: bool


@dataclass(frozen=True, slots=True)
class LedgerContent:
    """What the seal of a version tells: its state, and its documents (hash: name), those of the facts too."""

    state: JournalState
    documents: dict[str, str]


def ledger() -> Published:
    """The ledger as it is published."""
    return Published(settings.store(), "hall-*.duckdb", settings.versions())


def previews() -> Published:
    """Versions that are only looked at: no writer of the ledger waits for one, and it waits for none."""
    return Published(settings.store(), "preview-*.duckdb", _PREVIEWS, ".look", "lock-look", served=False)


def versions() -> list[Version]:
    """The versions that are kept, newest first."""
    kept, acts = ledger(), {e.version: e for e in journal.entries(settings.store()) if e.publishes}
    found = []
    for path in kept.versions():
        own, entry = seal.read(path), acts.get(path.name)
        built = own.made_at.replace(tzinfo=UTC) if own else datetime.fromtimestamp(path.stat().st_mtime, UTC)
        act, user = (entry.act, entry.user) if entry else ("", "")
        found.append(Version(path.name, built, act, user, path.name == kept.current))
    return found


def documents(path: Path) -> dict[str, str]:
    """The documents of a version (hash: name), by its seal, else by itself; none where neither can be read."""
    own = seal.read(path)
    if own and isinstance(own.holds, dict):
        return dict(own.holds["documents"])
    with suppress(duckdb.Error), schema.connect(path, read_only=True) as con:
        return dict(con.execute(sql.text("ledger/documents")).fetchall())
    return {}


def built_from(path: Path) -> str | None:
    """The fingerprint that a version was built from; None when the file is missing or cannot be read."""
    return (_built(path) or (None, None))[0]


def schema_of(path: Path) -> str | None:
    """The schema of a version; None when the file cannot be read."""
    return (_built(path) or (None, None))[1]


def _built(path: Path) -> tuple[str, str] | None:
    with suppress(duckdb.Error), schema.connect(path, read_only=True) as con:
        row = con.execute(sql.text("ledger/meta")).fetchone()
        return (row[0], row[1]) if row else None
    return None
