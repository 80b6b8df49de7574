"""What records stand, by publisher: which Parquet file for each month, from which deliveries, and what an earlier
delivery of the month said. A manifest names them all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from hall import settings
from hall.model import HallError
from hall.store import seal
from hall.store.published import current


@dataclass(frozen=True, slots=True)
class Part:
    """The file of a month (2025-10): ``path`` below the publisher's folder, rows, hash, and simple ``totals``.
    ``built_on`` are the times of the earlier loads that its rows came from too, where rows were added to them."""

    table: str
    month: str
    path: str
    rows: int
    sha256: str
    loaded_at: str
    totals: Mapping[str, int]
    built_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that was loaded: rows = kept + rejected; ``reasons`` counts the rejected by reason; ``map`` is the column
    map that it was read by, ``unknown_columns`` are headings that the map does not know; ``rules`` is a hash of the
    catalogue that it was read by, ``rejects`` the file of the rows that were not taken, ``sheets`` those that were
    asked for of a workbook (all that are alike when empty)."""

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
    rules: str = ""
    rejects: str | None = None
    sheets: tuple[str, ...] = ()


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

    def sound(self, table: str, months: Sequence[str]) -> list[Path]:
        """The same of these months, each file as it was loaded; HallError records_damaged."""
        lost = [p for p in self.parts if p.table == table and p.month in months and not self.whole(p)]
        if lost:
            raise HallError("records_damaged", publisher=self.publisher, months=", ".join(p.month for p in lost))
        return self.files(table, months)

    def whole(self, part: Part) -> bool:
        """Whether the file of a month is as it was loaded."""
        path = self.path(part)
        return path.is_file() and seal.digest(path) == part.sha256

    def path(self, part: Part) -> Path:
        """The file of a month."""
        return root(self.publisher) / part.path

    def damaged(self) -> list[Part]:
        """The months whose files are not as they were loaded; all of them are read for it."""
        return [part for part in self.parts if not self.whole(part)]

    def part(self, table: str, month: str) -> Part | None:
        """The file of a month, None when it does not stand."""
        return next((part for part in self.parts if (part.table, part.month) == (table, month)), None)

    def months(self, table: str) -> tuple[str, ...]:
        """The months of a table that are held, oldest first."""
        return tuple(sorted({p.month for p in self.parts if p.table == table}))

    def delivery(self, table: str, month: str) -> str:
        """What a month was delivered as: a hash of its files, "" when it is not held."""
        hashes = sorted(p.sha256 for p in self.parts if (p.table, p.month) == (table, month))
        return hashlib.sha256(" ".join(hashes).encode()).hexdigest()[:16] if hashes else ""

    def standing(self, sha256: str, rules: str = "", sheets: tuple[str, ...] = ()) -> bool:
        """Whether that very file was loaded, by these rules and these sheets of it, and all its months still stand as
        it left them, undamaged."""
        same = [one for one in self.deliveries if (one.sha256, one.rules, one.sheets) == (sha256, rules, sheets)]
        last = [one for one in same if one.loaded_at == same[-1].loaded_at]
        return bool(last) and all(self._sound(one) for one in last)

    def _sound(self, one: Delivery) -> bool:
        rejects = root(self.publisher) / one.rejects if one.rejects else None
        if rejects and not as_named(rejects):
            return False
        parts = [self.part(one.table, month) for month in one.months]
        return self.left(one) == one.months and all(self.whole(part) for part in parts if part)

    def left(self, delivery: Delivery) -> tuple[str, ...]:
        """The months that still stand as a delivery left them."""
        parts = (self.part(delivery.table, month) for month in delivery.months)
        return tuple(part.month for part in parts if part and part.loaded_at == delivery.loaded_at)

    def stands(self, delivery: Delivery) -> bool:
        """Whether rows of a delivery still stand, though others may have been added to their months."""
        parts = (self.part(delivery.table, month) for month in delivery.months)
        return any(delivery.loaded_at in (part.loaded_at, *part.built_on) for part in parts if part)

    def rejects(self) -> list[Path]:
        """The files of the rows that were not taken: file, table, row, column, reason, value."""
        return [root(self.publisher) / one.rejects for one in self.deliveries if one.rejects]


def as_named(path: Path) -> bool:
    """Whether a file of records is there, and as the hash at the end of its name says."""
    return path.is_file() and seal.digest(path).startswith(path.stem.rpartition("-")[2])


def root(publisher: str) -> Path:
    """The folder of a publisher's records."""
    return settings.store() / "records" / publisher


def publishers() -> tuple[str, ...]:
    """The ids of publishers that hold records, sorted."""
    return tuple(sorted(path.parent.name for path in (settings.store() / "records").glob("*/CURRENT")))


def held(publisher: str) -> Holdings:
    """What stands for the publisher; nothing when nothing was loaded. HallError current_damaged, store_unreadable where
    the manifest is lost or damaged and its seal as well."""
    folder = root(publisher)
    name = current(folder)
    return read(publisher, folder / name) if name else Holdings(publisher)


def version(publisher: str) -> str:
    """The manifest that is served, "" for none: it names what stands, in caches too."""
    return current(root(publisher))


def read(publisher: str, path: Path) -> Holdings:
    """What one manifest tells, or its seal, which holds the same; HallError store_unreadable."""
    own = seal.read(path)
    try:
        if own and own.holds and seal.fault(path):
            return replace(msgspec.convert(own.holds, Holdings), publisher=publisher)
        return replace(msgspec.json.decode(path.read_bytes(), type=Holdings), publisher=publisher)
    except (OSError, msgspec.MsgspecError, RecursionError) as fault:
        raise HallError("store_unreadable", version=path) from fault


def content(held: Holdings) -> bytes:
    """The text of a manifest (JSON)."""
    return msgspec.json.format(msgspec.json.encode(held), indent=1)
