"""The records that a publisher's deliveries left: which Parquet file stands for each month, from which delivery, and
what an earlier delivery of the month said. A manifest names them all, and is switched in one step."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hall import settings
from hall.store import publish, versions

# Manifests that are kept, with the files that they name: the undo.
_KEPT = 3


@dataclass(frozen=True, slots=True)
class Part:
    """The file of a month (2025-10): ``path`` below the publisher's folder, rows, hash, and simple ``totals``."""

    table: str
    month: str
    path: str
    rows: int
    sha256: str
    loaded_at: str
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that was loaded: rows = kept + rejected; ``reasons`` counts the rejected by reason; ``map`` is the column
    map that it was read by, ``unknown_columns`` are headings that the map does not know."""

    sha256: str
    name: str
    table: str
    rows: int
    kept: int
    rejected: int
    reasons: Mapping[str, int]
    unknown_columns: tuple[str, ...]
    months: tuple[str, ...]
    loaded_at: str
    map: str
    rejects: str | None = None


@dataclass(frozen=True, slots=True)
class Vintage:
    """What an earlier delivery of a month said before another took its place."""

    table: str
    month: str
    loaded_at: str
    replaced_at: str
    rows: int
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that stands for a publisher (by id)."""

    publisher: str
    parts: tuple[Part, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    vintages: tuple[Vintage, ...] = ()

    def files(self, table: str, months: Sequence[str] | None = None) -> list[Path]:
        """The files of a table (of these months only), oldest month first."""
        folder = root(self.publisher)
        kept = [p for p in self.parts if p.table == table and (months is None or p.month in months)]
        return [folder / p.path for p in sorted(kept, key=lambda p: (p.month, p.path))]

    def months(self, table: str) -> tuple[str, ...]:
        """The months of a table that are held, oldest first."""
        return tuple(sorted({p.month for p in self.parts if p.table == table}))

    def delivery(self, table: str, month: str) -> str:
        """What a month was delivered as: a hash of its files, "" when it is not held."""
        hashes = sorted(p.sha256 for p in self.parts if (p.table, p.month) == (table, month))
        return hashlib.sha256(" ".join(hashes).encode()).hexdigest()[:16] if hashes else ""

    def standing(self, sha256: str) -> bool:
        """Whether that very file was loaded and all its months still stand as it left them."""
        own = [d for d in self.deliveries if d.sha256 == sha256]
        newest = {month: d for d in self.deliveries for month in ((d.table, m) for m in d.months)}
        return bool(own) and all(newest[own[-1].table, m].loaded_at == own[-1].loaded_at for m in own[-1].months)


def root(publisher: str) -> Path:
    """The folder of a publisher's records."""
    return settings.store() / "records" / publisher


def publishers() -> tuple[str, ...]:
    """The ids of publishers that hold records, sorted."""
    return tuple(sorted(path.parent.name for path in (settings.store() / "records").glob("*/CURRENT")))


def version(publisher: str) -> str:
    """The name of the manifest that stands, "" where nothing was loaded: the key of caches."""
    try:
        return (root(publisher) / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def held(publisher: str) -> Holdings:
    """What stands for the publisher; nothing when nothing was loaded."""
    name = version(publisher)
    return _read(publisher, root(publisher) / name) if name else Holdings(publisher)


class Draft:
    """The next manifest while the lock is held. Nothing of it is seen before ``changing`` ends well."""

    def __init__(self, publisher: str) -> None:
        self.held = held(publisher)
        self.folder = root(publisher)
        self.stage = self.folder / ".stage"
        self.at = datetime.now(UTC).isoformat(timespec="microseconds")
        self.changed = False

    def put(self, table: str, month: str, staged: Path, rows: int, totals: Mapping[str, int]) -> None:
        """Have a staged file stand for a month, in place of the one that did, whose totals become a vintage."""
        digest = _hash(staged)
        _settle(staged)
        path = Path(table) / f"month={month}" / f"{digest[:16]}.parquet"
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        staged.replace(self.folder / path)
        before = [p for p in self.held.parts if (p.table, p.month) == (table, month)]
        part = Part(table, month, path.as_posix(), rows, digest, self.at, dict(totals))
        old = tuple(Vintage(table, month, p.loaded_at, self.at, p.rows, p.totals) for p in before)
        parts = (*(p for p in self.held.parts if p not in before), part)
        self.held = replace(self.held, parts=parts, vintages=(*self.held.vintages, *old))
        self.changed = True

    def note(self, delivery: Delivery) -> None:
        """Remember a file that was loaded."""
        self.held = replace(self.held, deliveries=(*self.held.deliveries, delivery))
        self.changed = True

    def publish(self) -> None:
        """Write the manifest and switch to it; what no kept manifest names is deleted."""
        text = json.dumps(asdict(self.held), ensure_ascii=False, indent=1)
        name = f"manifest-{hashlib.sha256(f'{self.at}{text}'.encode()).hexdigest()[:12]}.json"
        (self.folder / name).write_text(text, encoding="utf-8")
        _settle(self.folder / name)
        versions.switch(self.folder, name)
        _sweep(self.folder, self.held.publisher)


@contextmanager
def changing(publisher: str) -> Iterator[Draft]:
    """The one writer's draft; published when the block ends well, forgotten when it does not. HallError store_busy,
    disk_full, store_not_writable."""
    folder = root(publisher)
    with publish.told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with versions.lock(folder):
            versions.clear(folder, ".stage*")
            draft = Draft(publisher)
            draft.stage.mkdir()
            try:
                yield draft
                if draft.changed:
                    draft.publish()
            finally:
                versions.clear(folder, ".stage*")


def _sweep(folder: Path, publisher: str) -> None:
    manifests = sorted(folder.glob("manifest-*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in manifests[_KEPT:]:
        path.unlink(missing_ok=True)
    kept = [_read(publisher, path) for path in manifests[:_KEPT]]
    named = {p.path for h in kept for p in h.parts} | {d.rejects for h in kept for d in h.deliveries if d.rejects}
    for path in folder.glob("*/**/*.parquet"):
        if path.relative_to(folder).as_posix() not in named:
            path.unlink(missing_ok=True)


def _read(publisher: str, path: Path) -> Holdings:
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    deliveries = tuple(
        Delivery(**d | {"unknown_columns": tuple(d["unknown_columns"]), "months": tuple(d["months"])})
        for d in raw["deliveries"]
    )
    parts, vintages = tuple(Part(**p) for p in raw["parts"]), tuple(Vintage(**v) for v in raw["vintages"])
    return Holdings(publisher, parts, deliveries, vintages)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    # what a manifest names must survive a power cut
    with path.open("rb") as file:
        os.fsync(file.fileno())
