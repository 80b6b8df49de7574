"""Whether what is published and kept is as it was written. Each finding is a fault with its own sentence: what is
damaged and what to do. ``python -m hall repair`` mends it, ``/health`` and ``check`` tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hall
from hall import settings
from hall.model import HallError
from hall.store import cubing, holdings, journal, lines, schema, seal, versions
from hall.store.manifest import as_named
from hall.store.published import Published, current


def questions() -> list[HallError]:
    """What keeps a question of the pages from being answered. Files that look as they did are not read again."""
    return [*_ledger(), *(fault for one in _folders("cubes") for fault in _cube(one)), *_records()]


def everything() -> list[HallError]:
    """All that is not as it was written: beside that the versions that are kept for the undo, the journal, the files of
    documents and of records. Everything is read for it."""
    found = questions()
    for own in published():
        found += _kept(own)
    known = lines.read(settings.store())
    found += [HallError("journal_damaged", file=name) for name in known.damaged]
    found += [HallError("journal_lost", n=len(known.lost))] if known.lost else []
    return [*found, *_files(), *_months()]


def published() -> list[Published]:
    """All that is published by version in this store."""
    cubes = [cubing.cubes(one) for one in _folders("cubes")]
    return [versions.ledger(), *cubes, *(holdings.manifests(one) for one in _folders("records"))]


def served(own: Published) -> tuple[str, HallError | None]:
    """The version that is served, and what is wrong with how that is told."""
    try:
        name = current(own.folder)
    except HallError as fault:
        return "", fault
    if not name and own.lasting():
        return "", HallError("current_damaged", file=own.folder / "CURRENT")
    return name, None


def _ledger() -> Iterator[HallError]:
    own = versions.ledger()
    name, fault = served(own)
    if fault:
        yield fault
    if not name:
        return
    path = own.folder / name
    other = versions.schema_of(path) != schema.version()
    if other and (release := seal.newer(path)):
        yield HallError("store_newer", folder=own.folder, release=release, own=hall.__version__)
    elif seal.fault(path):
        yield HallError("store_unreadable", version=name)
    elif other:
        yield HallError("store_outdated", version=name)


def _cube(publisher: str) -> Iterator[HallError]:
    own = cubing.cubes(publisher)
    name, fault = served(own)
    if fault:
        yield fault
    elif name and (release := seal.newer(own.folder / name)) and cubing.outdated(publisher):
        yield HallError("store_newer", folder=own.folder, release=release, own=hall.__version__)
    elif name and seal.fault(own.folder / name):
        yield HallError("cube_unreadable", version=f"{publisher}/{name}")
    elif name and cubing.outdated(publisher):
        yield HallError("cube_outdated", version=f"{publisher}/{name}")


def _records() -> Iterator[HallError]:
    for publisher in _folders("records"):
        own = holdings.manifests(publisher)
        name, fault = served(own)
        if fault:
            yield fault
            continue
        try:
            held = holdings.held(publisher)
        except HallError as damaged:
            yield damaged
            continue
        if name and seal.fault(own.folder / name):
            yield HallError("manifest_damaged", version=f"{publisher}/{name}")
        if lost := [part.month for part in held.parts if not held.path(part).is_file()]:
            yield HallError("records_damaged", publisher=publisher, months=", ".join(lost))


def _kept(own: Published) -> Iterator[HallError]:
    name, fault = served(own)
    for path in own.versions() if not fault else ():
        if path.name != name and seal.fault(path):
            yield HallError("older_damaged", version=path.name)


def _files() -> Iterator[HallError]:
    name, fault = served(versions.ledger())
    if fault:
        return
    for item in journal.state(settings.store(), name).items:
        kept = settings.store() / "files" / f"{item.sha256}{item.suffix}"
        if not kept.is_file():
            yield HallError("file_lost", file=item.name)
        elif seal.digest(kept) != item.sha256:
            yield HallError("file_damaged", file=item.name)


def _months() -> Iterator[HallError]:
    for publisher in _folders("records"):
        try:
            held = holdings.held(publisher)
        except HallError:
            continue
        for part in held.damaged():
            files = [one.name for one in held.deliveries if one.table == part.table and part.month in one.months]
            words = {"publisher": publisher, "month": part.month, "files": ", ".join(files) or "-"}
            yield HallError("month_damaged", **words)
        for path in held.rejects():
            if not as_named(path):
                yield HallError("rejects_damaged", publisher=publisher, file=path.name)


def _folders(kind: str) -> list[str]:
    """The publishers that have, or had, something of a kind."""
    folder: Path = settings.store() / kind
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
