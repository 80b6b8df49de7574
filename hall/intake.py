"""Reading, checks and store in order; the only module that imports the reader."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hall import settings
from hall.decision import Decision
from hall.model import HallError, Reading
from hall.reading.formats import SUFFIXES as SUFFIXES
from hall.reading.process import codec, sandbox
from hall.store import disk, facts, fingerprint, folders, heads, publish
from hall.store.draft import LedgerDraft
from hall.store.examined import examine as examine
from hall.store.folders import hash_of as hash_of

Progress = Callable[[int, int, str], None]
# A text of more characters takes a while to read.
_LONG = 20_000
# Seconds after which a document that is loaded with others waits until these are published.
_PATIENCE = 20
# Files that this process could not read, by hash and reader.
_failed: dict[tuple[str, str], HallError] = {}


@dataclass(slots=True)
class LoadedDocuments:
    """What came of a load: file names by outcome, refused ones with their reason, decisions that lost their figure, and
    the version served now."""

    version: str = ""
    changed: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)
    refused: list[tuple[str, HallError]] = field(default_factory=list)
    lost: list[Decision] = field(default_factory=list)

    def put(self, outcome: str, name: str) -> None:
        """Note a file: added, copy, vintage, filled, unchanged, withdrawn, or a document of the facts."""
        self.names.setdefault(outcome, []).append(name)

    def count(self, outcome: str) -> int:
        """How many files had this outcome."""
        return len(self.names.get(outcome, ()))


def read(path: Path) -> Reading:
    """Read and examine one file; no store is touched. HallError when it cannot be read."""
    return examine(sandbox.shared().read(path))


def text(path: Path) -> str:
    """The text of one file as it is read; offsets count its characters. HallError when it cannot be read."""
    return sandbox.shared().read(path).text


def page(path: Path, number: int) -> bytes:
    """A page of a document as PNG, counted from 1; HallError no_page."""
    return sandbox.shared().page(path, number)


def load(paths: Sequence[Path] = (), progress: Progress | None = None) -> LoadedDocuments:
    """Load files and folders, or the facts and the inbox when none is named, and publish. Each file is loaded whole
    or not at all; what cannot be read is told in ``refused``. HallError when the store cannot be written."""
    done = LoadedDocuments()
    files = list(_files(paths or _inbox(), done))
    slow = []
    with publish.draft(remembered) as draft:
        for at, (file, named) in enumerate(files):
            if progress:
                progress(at, len(files), file.name)
            try:
                _load(draft, file, named, done, progress, _PATIENCE)
            except HallError as fault:
                if _is_hasty(fault):
                    slow.append((file, named))
                else:
                    done.refused.append((str(file), fault))
        _publish(draft, done)
    for file, named in slow:
        try:
            remembered(file, progress)  # nobody waits for the lock meanwhile
            with publish.draft(remembered) as draft:
                _load(draft, file, named, done)
                _publish(draft, done)
        except HallError as fault:
            done.refused.append((str(file), fault))
    if progress:
        progress(len(files), len(files), "")
    return done


def _publish(draft: LedgerDraft, done: LoadedDocuments) -> None:
    done.version = draft.publish("load")
    done.changed |= done.version != draft.previous
    done.refused += [told for told in draft.refused if told[0] not in {name for name, _ in done.refused}]
    done.lost += draft.lost


def _is_hasty(fault: HallError) -> bool:
    """Whether more time may help."""
    return fault.code == "too_hard" and fault.params.get("limit") == f"{_PATIENCE} s" != f"{settings.read_seconds()} s"


def withdraw(word: str, by: str | None = None) -> tuple[str, str]:
    """Take a document out, named by its hash, the first six or more characters of it, or its file name. Its hash and
    the version served now; HallError unknown_document, ambiguous_document."""
    with publish.draft(remembered) as draft:
        found = draft.find(word)
        if not found:
            raise HallError("unknown_document", document=word)
        if len(found) > 1:
            names = ", ".join(f"{sha256[:12]} {name}" for sha256, name in found)
            raise HallError("ambiguous_document", document=word, found=names)
        draft.remove(found[0][0])
        return found[0][0], draft.publish("withdraw", by)


def write_facts(paths: Sequence[Path], folder: Path) -> tuple[int, int]:
    """Write the facts of these documents as CSV; titles written by hand stay. How many documents, and acts and tasks
    without a title; HallError for the first file that cannot be read, not_writable."""
    done = LoadedDocuments()
    readings = [sandbox.shared().read(file) for file, _ in _files(paths, done)]
    for _, fault in done.refused:
        raise fault
    try:
        return len(readings), facts.write(folder, readings)
    except OSError as fault:
        raise HallError("not_writable", file=folder, detail=fault.strerror or str(fault)) from fault


def _load(
    draft: LedgerDraft, file: Path, named: bool, done: LoadedDocuments, progress: Progress | None = None,
    seconds: int | None = None,
) -> None:  # fmt: skip
    sha256 = hash_of(file)
    if sha256 and draft.state.has(sha256):
        done.put("unchanged", file.name)
    elif sha256 in draft.state.withdrawn and not named:
        # Taken out by a person: it comes back only when a person names it.
        done.put("withdrawn", file.name)
    else:
        done.put(draft.add(remembered(file, progress, seconds), file), file.name)


def remembered(file: Path, progress: Progress | None = None, seconds: int | None = None) -> Reading:
    """The reading of a file, within so many seconds; where it has no words, or does not tell whose and of when it is,
    with what a person typed about it."""
    sha256 = hash_of(file)
    try:
        reading = _read(file, sha256, progress, seconds)
    except HallError as fault:
        if _is_hasty(fault) or fault.code not in heads.UNREADABLE or not sha256 or not file.stat().st_size:
            raise
        _failed[sha256, fingerprint.reader()] = fault
        head = heads.typed(settings.store(), sha256)
        if head is None:
            raise
        return heads.reading(head)
    if reading.document.publisher and reading.document.period:
        return reading
    return heads.completed(reading, heads.typed(settings.store(), sha256))


def _read(file: Path, sha256: str | None, progress: Progress | None, seconds: int | None) -> Reading:
    """The file as it is read; one that takes long is kept beside the store until the reader or the catalogue changes,
    and one that failed is not tried again once a person typed what it says."""
    by = fingerprint.reader()
    fault = _failed.get((sha256 or "", by))
    if fault is not None and heads.typed(settings.store(), sha256):
        raise fault
    kept = settings.store() / "readings" / f"{sha256}-{by[:12]}.bin"
    if sha256 and kept.exists():
        with suppress(HallError, OSError):
            data = kept.read_bytes()
            if hashlib.sha256(data[32:]).digest() == data[:32]:
                return codec.unpack(data[32:])
    told = (lambda done, total: progress(done, total, file.name)) if progress else None
    began = time.monotonic()
    reading = sandbox.shared().read(file, told, seconds)
    if reading.lines or len(reading.text) > _LONG or time.monotonic() - began > 1:
        with suppress(OSError):  # without it the file is read again
            _keep(kept, codec.pack(reading))
    return reading


def _keep(kept: Path, data: bytes) -> None:
    disk.write(kept, hashlib.sha256(data).digest() + data)
    for old in kept.parent.glob(f"{kept.name.partition('-')[0]}-*"):
        if old != kept:
            old.unlink(missing_ok=True)


def _inbox() -> list[Path]:
    inbox = settings.inbox()
    return [inbox] if inbox.is_dir() else []


def _files(paths: Sequence[Path], done: LoadedDocuments) -> Iterator[tuple[Path, bool]]:
    for path in paths:
        try:
            if path.is_dir():
                yield from ((file, False) for file in _walk(path, done))
            elif not facts.is_table(path):
                yield path, True
            else:
                _note_facts(path.parent, done)
        except OSError as fault:
            place = str(fault.filename or path)
            done.refused.append((place, HallError("no_permission", file=place)))


def _walk(folder: Path, done: LoadedDocuments) -> list[Path]:
    found, outside = folders.walk(folder)
    done.refused += [(str(link), HallError("leads_out", file=link, folder=folder)) for link in outside]
    tables = [file for file in found if facts.is_table(file)]
    for parent in dict.fromkeys(file.parent for file in tables):
        _note_facts(parent, done)
    return [file for file in found if file not in tables]


def _note_facts(folder: Path, done: LoadedDocuments) -> None:
    """The facts that the settings name are in every version; others are told how to become these."""
    own = settings.facts()
    if folder.resolve() != own.resolve():
        done.refused.append((str(folder), HallError("facts_elsewhere", folder=folder, own=own)))
    elif not done.count("facts"):
        for entry in facts.read(own):
            done.put("facts", entry.name)
