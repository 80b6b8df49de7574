"""Deliveries of records that wait for a person, each in one file beside the records of its publisher: they outlive
undo, and nothing that stands depends on them. The delivered files stay where they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hall import settings
from hall.model import HallError, Hold
from hall.store.disk import settle
from hall.store.manifest import root

_FOLDER = "held"


@dataclass(frozen=True, slots=True)
class HeldReason:
    """Why rows of a held file were not taken: how many, and the first of them."""

    code: str
    rows: int
    row: int
    column: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a held delivery: where it lies, its hash and its counts."""

    path: str
    name: str
    sha256: str
    table: str
    rows: int
    kept: int
    reasons: tuple[HeldReason, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldDelivery:
    """A call that was held as a whole: how it was asked for (``added`` to what stands, by which map, which sheets), its
    files, and why."""

    id: str
    publisher: str
    at: str
    files: tuple[HeldFile, ...]
    holds: tuple[Hold, ...]
    added: bool = False
    map: str = ""
    sheets: tuple[str, ...] = ()


def name(files: Iterable[HeldFile], sheets: Iterable[str] = ()) -> str:
    """The id of a held delivery: that of its files, so that the same call is held once."""
    words = " ".join([*sorted({file.sha256 for file in files}), *sheets])
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def write(one: HeldDelivery) -> None:
    """Keep a held delivery, in one step."""
    folder = root(one.publisher) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{one.id}"
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(one), indent=1))
    settle(beside)
    beside.replace(folder / f"{one.id}.json")
    settle(folder)


def forget(one: HeldDelivery) -> None:
    """Keep it no longer."""
    (root(one.publisher) / _FOLDER / f"{one.id}.json").unlink(missing_ok=True)


def every(publisher: str | None = None) -> tuple[HeldDelivery, ...]:
    """What waits, of a publisher or of all, oldest first; a file that cannot be read is passed over."""
    found = []
    for path in (settings.store() / "records").glob(f"{publisher or '*'}/{_FOLDER}/*.json"):
        with suppress(OSError, msgspec.MsgspecError):
            found.append(msgspec.json.decode(path.read_bytes(), type=HeldDelivery))
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def one(publisher: str, id_: str) -> HeldDelivery:
    """The held delivery of that id; HallError unknown_held."""
    found = next((held for held in every(publisher) if held.id == id_), None)
    if found is None:
        raise HallError("unknown_held", id=id_)
    return found


def key() -> str:
    """What tells apart two states of all that waits, for caches."""
    paths = (settings.store() / "records").glob(f"*/{_FOLDER}/*.json")
    return " ".join(sorted(f"{path.parent.parent.name}/{path.stem}" for path in paths))


def missing(held: HeldDelivery) -> str:
    """The first of its files that does not lie there any more, "" when all do."""
    return next((file.path for file in held.files if not Path(file.path).is_file()), "")
