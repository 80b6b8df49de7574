"""Changes the records that stand for a publisher: files are staged beside those that are served, and a manifest that
names the new ones is switched to in one step. A writer that dies leaves all as it was; the next one clears up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hall.model import HallError
from hall.store import disk, seal, standing
from hall.store.manifest import (
    Delivery,
    Holdings,
    Part,
    Vintage,
    as_named,
    content,
    held,
    publishers,
    read,
    root,
    version,
)  # fmt: skip
from hall.store.published import Published

__all__ = [
    "Delivery", "RecordsDraft", "Holdings", "Part", "Vintage", "back",
    "changing", "held", "manifests", "mend", "publishers", "root", "version",
]  # fmt: skip

# Manifests that are kept, with the files that they name: the undo.
_KEPT = 3
_STAGE, _FILES, _REJECTS = ".stage", "files", "rejects"


class RecordsDraft:
    """The next manifest while the lock is held. Nothing of it is seen before ``changing`` ends well."""

    def __init__(self, publisher: str, stands: Holdings | None = None) -> None:
        self.held = stands or held(publisher)
        self.folder = root(publisher)
        self.stage = self.folder / _STAGE
        self.at = datetime.now(UTC).isoformat(timespec="microseconds")
        self.changed = False

    def put(
        self, table: str, month: str, staged: Path, rows: int, totals: Mapping[str, int], *, added: bool = False
    ) -> None:
        """Have a staged file stand for a month, in place of the one that did, whose totals become a vintage; ``added``
        when it holds rows of that one too."""
        path, digest = self._place(staged, f"{table}-{month}")
        before = self.held.part(table, month)
        built_on = (*before.built_on, before.loaded_at) if before and added else ()
        part = Part(table, month, path, rows, digest, self.at, dict(totals), built_on)
        self.drop(table, month)
        self.held = replace(self.held, parts=(*self.held.parts, part))
        self.changed = True

    def drop(self, table: str, month: str) -> None:
        """Have nothing stand for a month any more; the totals of what did become a vintage."""
        before = [p for p in self.held.parts if (p.table, p.month) == (table, month)]
        old = tuple(Vintage(table, month, p.loaded_at, self.at, p.rows, p.totals) for p in before)
        parts = tuple(p for p in self.held.parts if p not in before)
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
        left = tuple(one for one in self.held.deliveries if self.held.stands(one))
        self.held = replace(self.held, deliveries=left, parts=tuple(map(self._moved, self.held.parts)))
        text = content(self.held)
        own, written = manifests(self.held.publisher), self.stage / "manifest.json"
        written.write_bytes(text)
        counts = {"parts": len(self.held.parts), "deliveries": len(left), "vintages": len(self.held.vintages)}
        name = own.add(written, hashlib.sha256(self.at.encode() + text).hexdigest(), counts, self.held)
        standing.build(self.folder, name, self.held.parts, self.stage)
        own.serve(name)
        standing.switch(self.folder, name)

    def _moved(self, part: Part) -> Part:
        """A file of the layout before ``standing``, where files lie now; it stays there for the manifests before."""
        path = _path(f"{part.table}-{part.month}", part.sha256)
        if part.path == path or not (self.folder / part.path).is_file():
            return part
        disk.folder(self.folder / _FILES)
        if not (self.folder / path).exists():
            standing.same(self.folder / part.path, self.folder / path)
            disk.settle(self.folder / _FILES)
        return replace(part, path=path)

    def _place(self, staged: Path, what: str) -> tuple[str, str]:
        digest = seal.digest(staged)
        path = _path(what, digest)
        disk.folder(self.folder / _FILES)
        disk.place(staged, self.folder / path)
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
        now = own.current
        older = [path for path in own.versions() if path.name != now]
        if older:
            stands = {part.path for part in held(publisher).parts}
            if lost := [part for part in read(publisher, older[0]).damaged() if part.path not in stands]:
                raise HallError("undo_damaged", publisher=publisher, months=", ".join(part.month for part in lost))
            own.serve(older[0].name)
            (own.folder / now).unlink(missing_ok=True)
            _stand(publisher)
        _sweep(publisher)
        return older[0].name if older else ""


def mend(publisher: str) -> None:
    """Write the manifest again where it is damaged, from its seal; where that is lost too from the one before it and
    the files that it does not name. HallError as ``changing``."""
    own = manifests(publisher)
    own.mend()
    with own.writing():
        if own.current and not own.whole(own.current):
            draft = RecordsDraft(publisher, _found(publisher))
            draft.stage.mkdir()
            draft.publish()
        _sweep(publisher)


def _found(publisher: str) -> Holdings:
    """What stands, as well as can be told."""
    own = manifests(publisher)
    for path in (own.folder / own.current, *own.versions()):
        with suppress(HallError):
            found = read(publisher, path)
            if path.name == own.current:
                return found
            break
    else:
        found = Holdings(publisher)
    named = {part.path for part in found.parts}
    # by table and month until there was `standing`
    newer = [path for path in (*own.folder.glob("*/month=*/*.parquet"), *own.folder.glob(f"{_FILES}/*-*-*-*"))
             if path.relative_to(own.folder).as_posix() not in named]  # fmt: skip
    parts = {(part.table, part.month): part for part in found.parts}
    for path in sorted(newer, key=lambda path: path.stat().st_mtime_ns):
        if as_named(path):
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="microseconds")
            old = path.parent.name != _FILES
            table, _, month = path.name.rpartition("-")[0].partition("-")
            if old:
                table, month = path.parts[-3], path.parts[-2].removeprefix("month=")
            below = path.relative_to(own.folder).as_posix()
            parts[table, month] = Part(table, month, below, seal.rows(path), seal.digest(path), at, {})
    return replace(found, parts=tuple(parts.values()))


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
    """Delete every file that no kept manifest names; none where a manifest cannot be read, or there is none."""
    own = manifests(publisher)
    kept = {own.folder / own.current, *own.versions()[:_KEPT]} if own.current else ()
    try:
        held = [read(publisher, path) for path in kept]
    except HallError:
        return
    named = {p.path for h in held for p in h.parts} | {d.rejects for h in held for d in h.deliveries if d.rejects}
    # until there was `standing`, files lay by table and month
    places = (*own.folder.glob(f"{_FILES}/*"), *own.folder.glob(f"{_REJECTS}/*"), *own.folder.glob("*/month=*/*"))
    for path in places if held else ():
        if path.relative_to(own.folder).as_posix() not in named:
            path.unlink(missing_ok=True)
    for month in own.folder.glob("*/month=*"):
        with suppress(OSError):  # not empty
            month.rmdir()
            month.parent.rmdir()


def _path(what: str, digest: str) -> str:
    # without the suffix of Parquet: no engine's glob counts what no longer stands
    return f"{_FILES}/{what}-{digest[:16]}"
