"""What a clerk does with a document: take it in, look at it before others do, decide, publish, take it back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from hall import intake, settings
from hall.decision import Decision
from hall.intake import Progress
from hall.model import Document, HallError, Reading
from hall.store import decisions, disk, facts, folders, heads, journal, proposals, publish, read
from hall.store.journal import JournalItem
from hall.store.published import told

# word characters of any script, and CJK punctuation
_NAME = re.compile(r"[^\w.()\[\]\u2014\u3000-\u303f\uff00-\uffef-]+")
Standing = Literal["new", "loaded", "withdrawn", "unreadable"]
# A value without a place: when it was typed, what was typed, the metric.
Typed = tuple[datetime, str, str | None]
UNREADABLE = heads.UNREADABLE


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox: new ones wait to be read, the others are in the store or were taken out of it."""

    name: str
    sha256: str
    size: int
    state: Standing


def inbox() -> list[Waiting]:
    """The files of the inbox by name, without links that lead out of it."""
    folder, state = settings.inbox(), journal.state(settings.store(), read.published())
    found = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.name.startswith(".") or not folders.holds(folder, file) or not file.is_file():
            continue
        sha256 = intake.hash_of(file) or ""
        kind: Standing
        kind = "unreadable" if not sha256 or file.suffix.lower() not in intake.SUFFIXES else "new"
        if kind == "new" and state.has(sha256):
            kind = "loaded"
        elif kind == "new" and sha256 in state.withdrawn:
            kind = "withdrawn"
        found.append(Waiting(file.name, sha256, file.stat().st_size, kind))
    return found


def receive(name: str, data: bytes) -> Path:
    """Put an uploaded file into the inbox under a safe name. HallError unknown_type, too_large, empty_file,
    store_not_writable, disk_full."""
    plain = _NAME.sub("_", Path(name.replace("\\", "/")).name).lstrip(".")[-60:]
    suffix = Path(plain).suffix.lower()
    if suffix not in intake.SUFFIXES:
        raise HallError("unknown_type", file=plain, suffix=suffix or "-", known=" ".join(intake.SUFFIXES))
    limit = settings.read_megabytes()
    if len(data) > limit << 20:
        raise HallError("too_large", file=plain, size=f"{len(data) >> 20}", limit=f"{limit}")
    if not data:
        raise HallError("empty_file", file=plain)
    folder = settings.inbox()
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place, copy = folder / plain, 1
        while place.is_symlink() or (place.exists() and place.read_bytes() != data):
            copy += 1
            place = folder / f"{Path(plain).stem} ({copy}){suffix}"
        disk.write(place, data)
    return place


def preview(file: str = "", progress: Progress | None = None) -> str:
    """The name of a version that nobody is served: the published one, with the pending decisions and, when one is
    named, with a file of the inbox. Views show it within ``store.read.serving``."""
    path = settings.inbox() / file if file else None
    if path:
        intake.remembered(path, progress)  # slow reading is done before the lock is held
    with publish.look(intake.remembered) as draft:
        if path and not draft.state.has(intake.hash_of(path) or ""):
            draft.add(intake.remembered(path), path, keep=False)
        return draft.preview()


def decide(given: Sequence[Decision], by: str) -> None:
    """Write decisions to the journal, at once and for good; none of them when HallError as of ``decisions.check``."""
    ready = [replace(d, id=uuid.uuid4().hex[:12], by=by.strip(), at=journal.now()) for d in given]
    if not ready:
        return
    for document in dict.fromkeys(d.document for d in ready):
        reading = reading_of(document)
        for decision in ready:
            if decision.document == document:
                decisions.check(reading, decision)
    _note(by, decisions=ready)


def enter(head: Document, given: Decision, by: str) -> None:
    """Write a value of a document that cannot be read, and what the document is, to the journal. The last head that was
    typed holds for all its values. HallError as of ``heads.check`` and ``decisions.check``, reason_needed."""
    if kept_file(head.sha256) is None:
        raise HallError("unknown_document", document=head.sha256[:12])
    heads.check(head)
    ready = replace(given, id=uuid.uuid4().hex[:12], document=head.sha256, by=by.strip(), at=journal.now())
    decisions.check(heads.reading(head), ready)
    if not ready.reason.strip():
        raise HallError("reason_needed")
    _note(by, heads=[head], decisions=[ready])


def head_of(document: str) -> Document | None:
    """What a person typed about a document that cannot be read."""
    return heads.typed(settings.store(), document)


def undo(document: str, start: int | None, end: int | None, by: str, typed: Typed | None = None) -> None:
    """Take the last decision on a figure back; values that were typed have no place, so ``typed`` tells which one of
    them it is. HallError nothing_to_undo."""
    place = (document, start or 0, end or 0)
    made = [d for d in journal.decisions(settings.store()) if (d.document, d.start or 0, d.end or 0) == place]
    if typed and not end:
        at, printed, metric = typed
        made = [d for d in made if d.at == at and d.metric == metric and d.as_printed in (None, printed)]
    if not made:
        raise HallError("nothing_to_undo")
    _note(by, undo=[made[-1].id])


def accept_all(document: str, by: str, reason: str = "", *, held: bool = False) -> int:
    """Accept each figure that was read without doubt and that no check found wrong; how many. With ``held``, for which
    a reason is needed, those as well that wait for a person although no check found them wrong (OCR)."""
    made = [d for d in journal.decisions(settings.store()) if d.document == document and d.act != "map"]
    decided = {(d.start, d.end) for d in made}
    with read.serving(preview(_file_of(document))):
        rows = read.records("series/figures", document=document)
        checks = read.records("series/checks", document=document)
    wrong = {at for c in checks if c["result"] == "fail" and c["severity"] == "hold" for at in c["figures"]}
    free = {"V", "U"} if held else {"V"}
    plain = [
        r
        for r in rows
        if r["status"] in free and r["figure"] not in wrong and (r["start_at"], r["end_at"]) not in decided
    ]
    if plain:
        decide([_accept(document, r, reason) for r in plain], by)
    return len(plain)


def _accept(document: str, row: dict[str, Any], reason: str) -> Decision:
    place = {"start": row["start_at"], "end": row["end_at"], "as_printed": row["as_printed"], "label": row["label"]}
    return Decision("", document, "accept", "", journal.now(), reason, **place)


def publish_document(document: str, by: str) -> str:
    """Publish a document with its decisions, from the inbox or again; the version that is served now. HallError
    name_needed, store_busy, and what keeps the file from being read."""
    if not by.strip():
        raise HallError("name_needed")
    file = _file_of(document)
    if file:
        intake.remembered(settings.inbox() / file)
    with publish.draft(intake.remembered) as draft:
        if file:
            draft.add(intake.remembered(settings.inbox() / file), settings.inbox() / file)
        draft.decide(document)
        return draft.publish("load" if file else "review", by.strip())


def reading_of(document: str) -> Reading:
    """A document as it is read now, from the inbox, the store or the facts; HallError unknown_document."""
    file = kept_file(document)
    if file:
        return intake.remembered(file)
    entry = next((e for e in facts.read(settings.facts()) if e.reading.document.sha256 == document), None)
    if entry is None:
        raise HallError("unknown_document", document=document[:12])
    return entry.reading


def page_image(document: str, page: int) -> Path:
    """A page of a document as PNG, drawn once; HallError no_page, unknown_document."""
    kept = settings.store() / "pages" / f"{document}-{page}.png"
    file = kept_file(document)
    if file is None:
        raise HallError("unknown_document", document=document[:12])
    if not kept.exists():
        disk.write(kept, intake.page(file, page))
    return kept


def kept_file(document: str) -> Path | None:
    """Where the file of a document lies: in the store, else in the inbox."""
    item: JournalItem | None = next(
        (i for i in journal.state(settings.store(), read.published()).items if i.sha256 == document), None
    )
    if item:
        return settings.store() / "files" / f"{item.sha256}{item.suffix}"
    file = _file_of(document)
    return settings.inbox() / file if file else None


def pending(document: str | None = None) -> list[Decision]:
    """What people decided or took back since the published version, on one document or on all, oldest first."""
    store = settings.store()
    open_ = journal.state(store, read.published()).pending(journal.made(store), journal.taken_back(store))
    return [d for d in open_ if document in (None, d.document)]


def label_proposals() -> str:
    """The labels that people mapped to metrics, as entries for data/catalog/phrases.toml."""
    return proposals.toml(journal.decisions(settings.store()))


def _file_of(document: str) -> str:
    """The name of an inbox file that is not loaded; empty when there is none."""
    return next((w.name for w in inbox() if w.sha256 == document and w.state in {"new", "withdrawn"}), "")


def _note(by: str, **details: object) -> None:
    store, version = settings.store(), read.published()
    if not by.strip():
        raise HallError("name_needed")
    with told(store):
        disk.folder(store)
        journal.append(store, "review", version, version, user=by.strip(), **details)
