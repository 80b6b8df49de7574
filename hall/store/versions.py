"""The published versions of the ledger: which are kept, and what they were built from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from hall import settings, sql
from hall.store import journal, schema
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


def ledger() -> Published:
    """The ledger as it is published."""
    return Published(settings.store(), "hall-*.duckdb", settings.versions())


def previews() -> Published:
    """Versions that are only looked at: no writer of the ledger waits for one, and it waits for none."""
    return Published(settings.store(), "preview-*.duckdb", _PREVIEWS, ".look", "lock-look")


def versions() -> list[Version]:
    """The versions that are kept, newest first."""
    own, acts = ledger(), {e.version: e for e in journal.entries(settings.store()) if e.publishes}
    found = []
    for path in own.versions():
        built, entry = datetime.fromtimestamp(path.stat().st_mtime, UTC), acts.get(path.name)
        act, user = (entry.act, entry.user) if entry else ("", "")
        found.append(Version(path.name, built, act, user, path.name == own.current))
    return found


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
