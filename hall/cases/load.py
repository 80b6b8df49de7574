"""Loads deliveries of records: every file is read and checked, the whole is judged, then its months replace those that
stand, or its rows theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hall import catalog
from hall.cases import holding
from hall.cases.delivery import Call, Progress
from hall.cases.outcome import LoadedFile, LoadedRecords, Wish
from hall.model import HallError
from hall.records.files import SUFFIXES
from hall.records.staging import Staging
from hall.store import folders, held, holdings

__all__ = ["LoadedFile", "LoadedRecords", "Wish", "let_in", "load"]


def load(
    paths: Sequence[Path], publisher: str = "", wish: Wish | None = None, progress: Progress | None = None
) -> LoadedRecords:
    """Load files and folders for a publisher (its id; the hall itself when left out). A delivery that would cost too
    much of what stands, or too many of its own rows, is held as a whole. HallError unknown_records, no_ids, store_busy,
    disk_full, store_not_writable."""
    owner, wish = catalog.publisher(publisher).id, wish or Wish()
    with holdings.changing(owner) as draft:
        staging = Staging(draft.stage, telling=wish.dry)
        try:
            call = Call(draft, staging, wish, progress or (lambda done, total, name: None))
            files, links = _files(paths)
            call.read(files)
            call.files += links
            call.settle()
            holds = call.judge()
            would = holding.made(owner, draft.at, wish, call.taken(), holds) if holds else None
            stays = would is not None and wish.insist is None
            if stays:
                call.hold()
            elif not wish.dry:
                call.put()
            call.end()
            unread = call.unread()
        finally:
            staging.close()
        if would and stays and not wish.dry:
            held.write(would)
    if not stays and not wish.dry:
        if wish.insist:
            holding.insisted(would or holding.made(owner, draft.at, wish, call.taken(), ()), wish.insist)
        holding.loaded(owner, call.standing())
    return LoadedRecords(
        owner, holdings.version(owner), tuple(call.files), tuple(call.months), tuple(call.older), tuple(call.spelled),
        unread, would if stays else None,
    )  # fmt: skip


def let_in(publisher: str, id_: str, by: str, reason: str) -> LoadedRecords:
    """Load a held delivery from where its files lie, and write who let it in and why to the journal. HallError as of
    ``holding.ready`` and ``load``, and what keeps all of its files from being read."""
    one, paths, wish = holding.ready(publisher, id_, by, reason)
    done = load(paths, publisher, wish)
    faults = [file.fault for file in done.files if file.fault]
    if len(faults) == len(done.files):
        raise faults[0]
    held.forget(one)
    return done


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[LoadedFile]]:
    """The files named, and of folders all that can be a delivery, sorted; and the links that lead out of a folder,
    refused. HallError no_permission."""
    found: list[Path] = []
    refused: list[LoadedFile] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside, outside = folders.walk(path)
        except OSError as fault:
            raise HallError("no_permission", file=fault.filename or path) from fault
        found += [one for one in inside if one.suffix.lower() in SUFFIXES and not one.name.startswith("~$")]
        refused += [LoadedFile(one.name, "refused", fault=HallError("leads_out", file=one, folder=path))
                    for one in outside]  # fmt: skip
    return found, refused
