"""Changes the records that stand for a publisher: files are staged beside those that are served, and a manifest that
names the new ones is switched to in one step. A writer that dies leaves all as it was; the next one clears up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hall.store import standing
from hall.store.manifest import (
    Delivery,
    Holdings,
    Part,
    Vintage,
    content,
    held,
    publishers,
    read,
    root,
    version,
)  # fmt: skip
from hall.store.published import Published, settle

__all__ = [
    "Delivery", "RecordsDraft", "Holdings", "Part", "Vintage", "back",
    "changing", "held", "publishers", "root", "version",
]  # fmt: skip

# Manifests that are kept, with the files that they name: the undo.
_KEPT = 3
_STAGE, _FILES, _REJECTS = ".stage", "files", "rejects"


class RecordsDraft:
    """The next manifest while the lock is held. Nothing of it is seen before ``changing`` ends well."""

    def __init__(self, publisher: str) -> None:
        self.held = held(publisher)
        self.folder = root(publisher)
        self.stage = self.folder / _STAGE
        self.at = datetime.now(UTC).isoformat(timespec="microseconds")
        self.changed = False

    def put(self, table: str, month: str, staged: Path, rows: int, totals: Mapping[str, int]) -> None:
        """Have a staged file stand for a month, in place of the one that did, whose totals become a vintage."""
        path, digest = self._place(staged, f"{table}-{month}")
        before = [p for p in self.held.parts if (p.table, p.month) == (table, month)]
        part = Part(table, month, path, rows, digest, self.at, dict(totals))
        old = tuple(Vintage(table, month, p.loaded_at, self.at, p.rows, p.totals) for p in before)
        parts = (*(p for p in self.held.parts if p not in before), part)
        self.held = replace(self.held, parts=parts, vintages=(*self.held.vintages, *old))
        self.changed = True

    def note(self, delivery: Delivery, rejects: Path | None = None) -> None:
        """Remember a file that was loaded, with the staged file of the rows that were not taken."""
        if rejects is not None:
            delivery = replace(delivery, rejects=self._place(rejects, _REJECTS)[0])
        self.held = replace(self.held, deliveries=(*self.held.deliveries, delivery))
        self.changed = True

    def publish(self) -> None:
        """Write the manifest and switch to it; a delivery of which nothing stands any more is forgotten."""
        left = tuple(one for one in self.held.deliveries if self.held.left(one))
        self.held = replace(self.held, deliveries=left, parts=tuple(map(self._moved, self.held.parts)))
        text = content(self.held)
        own, written = manifests(self.held.publisher), self.stage / "manifest.json"
        written.write_bytes(text)
        name = own.pattern.replace("*", hashlib.sha256(self.at.encode() + text).hexdigest()[:12])
        own.add(written, name)
        standing.build(self.folder, name, self.held.parts, self.stage)
        own.serve(name)
        standing.switch(self.folder, name)

    def _moved(self, part: Part) -> Part:
        """A file of the layout before ``standing``, where files lie now; it stays there for the manifests before."""
        path = _path(f"{part.table}-{part.month}", part.sha256)
        if part.path == path or not (self.folder / part.path).is_file():
            return part
        (self.folder / _FILES).mkdir(exist_ok=True)
        if not (self.folder / path).exists():
            standing.same(self.folder / part.path, self.folder / path)
            settle(self.folder / _FILES)
        return replace(part, path=path)

    def _place(self, staged: Path, what: str) -> tuple[str, str]:
        digest = _hash(staged)
        settle(staged)
        path = _path(what, digest)
        (self.folder / _FILES).mkdir(parents=True, exist_ok=True)
        staged.replace(self.folder / path)
        settle(self.folder / _FILES)
        return path, digest


@contextmanager
def changing(publisher: str) -> Iterator[RecordsDraft]:
    """The one writer's draft; published when the block ends well, forgotten when it does not. HallError store_busy,
    disk_full, store_not_writable."""
    with manifests(publisher).writing():
        _sweep(publisher)
        draft = RecordsDraft(publisher)
        draft.stage.mkdir()
        _stand(publisher)
        try:
            yield draft
            if draft.changed:
                draft.publish()
        finally:
            _sweep(publisher)


def back(publisher: str) -> str:
    """Serve what stood before the last change again; returns its manifest, "" where none is kept. HallError as
    ``changing``."""
    own = manifests(publisher)
    with own.writing():
        now, *older = own.versions() if own.current else [own.folder]
        if older:
            own.serve(older[0].name)
            now.unlink()
            _stand(publisher)
        _sweep(publisher)
        return older[0].name if older else ""


def manifests(publisher: str) -> Published:
    """The manifests of a publisher as they are published."""
    return Published(root(publisher), "manifest-*.json", _KEPT, _STAGE)


def _stand(publisher: str) -> None:
    """Have ``standing`` lead to what is served, also after a writer was killed and for a store of an earlier layout."""
    if name := version(publisher):
        folder = root(publisher)
        standing.build(folder, name, held(publisher).parts, folder / _STAGE)
        standing.switch(folder, name)


def _sweep(publisher: str) -> None:
    """Delete every file that no kept manifest names."""
    own = manifests(publisher)
    held = [read(publisher, path) for path in own.versions()[:_KEPT]]
    named = {p.path for h in held for p in h.parts} | {d.rejects for h in held for d in h.deliveries if d.rejects}
    # until there was `standing`, files lay by table and month
    for path in (*own.folder.glob(f"{_FILES}/*"), *own.folder.glob(f"{_REJECTS}/*"), *own.folder.glob("*/month=*/*")):
        if path.relative_to(own.folder).as_posix() not in named:
            path.unlink(missing_ok=True)
    for month in own.folder.glob("*/month=*"):
        with suppress(OSError):  # not empty
            month.rmdir()
            month.parent.rmdir()


def _path(what: str, digest: str) -> str:
    # without the suffix of Parquet: no engine's glob counts what no longer stands
    return f"{_FILES}/{what}-{digest[:16]}"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
