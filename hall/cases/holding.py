"""Deliveries of records that were held: a clerk lets them in with a reason, or gives them up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hall import settings
from hall.cases.outcome import Insisted, Wish
from hall.model import HallError, Hold
from hall.records.survey import survey
from hall.store import held, journal, read
from hall.store.held import HeldDelivery, HeldFile
from hall.store.published import told


def made(publisher: str, at: str, wish: Wish, files: tuple[HeldFile, ...], holds: tuple[Hold, ...]) -> HeldDelivery:
    """A call as it is held."""
    return HeldDelivery(held.name(files, wish.sheets), publisher, at, files, holds, wish.add, wish.map, wish.sheets)


def loaded(publisher: str, hashes: Sequence[str]) -> None:
    """Nothing waits any more of which all files came to stand."""
    for one in held.every(publisher):
        if {file.sha256 for file in one.files} <= set(hashes):
            held.forget(one)


def insisted(one: HeldDelivery, who: Insisted) -> None:
    """Write to the journal who let a delivery in that was held, or would have been, and why."""
    if one.holds or any(other.id == one.id for other in held.every(one.publisher)):
        _note(one, "replace", who)


def ready(publisher: str, id_: str, by: str, reason: str) -> tuple[HeldDelivery, list[Path], Wish]:
    """What is to be loaded to let a held delivery in. HallError unknown_held, name_needed, held_reason_needed,
    held_file_gone."""
    one = held.one(publisher, id_)
    if not by.strip():
        raise HallError("name_needed")
    if not reason.strip():
        raise HallError("held_reason_needed")
    for file in one.files:
        path = Path(file.path)
        if not path.is_file() or survey(path).sha256 != file.sha256:
            raise HallError("held_file_gone", file=path)
    paths = [Path(path) for path in dict.fromkeys(file.path for file in one.files)]
    return one, paths, Wish(one.map, one.sheets, one.added, Insisted(by.strip(), reason.strip()))


def give_up(publisher: str, id_: str, by: str, reason: str = "") -> None:
    """Have a held delivery wait no longer: what stands stays. HallError unknown_held, name_needed."""
    one = held.one(publisher, id_)
    if not by.strip():
        raise HallError("name_needed")
    _note(one, "drop", Insisted(by.strip(), reason.strip()))
    held.forget(one)


def _note(one: HeldDelivery, act: str, who: Insisted) -> None:
    store, version = settings.store(), read.published()
    line = {
        "publisher": one.publisher, "held": one.id, "act": act, "reason": who.reason,
        "files": [{"name": file.name, "sha256": file.sha256} for file in one.files],
        "holds": [{"reason": hold.reason, "table": hold.table, **hold.words} for hold in one.holds],
    }  # fmt: skip
    with told(store):
        store.mkdir(parents=True, exist_ok=True)
        journal.append(store, "review", version, version, user=who.by, deliveries=[line])
