"""What is asked of a load of records, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hall.model import HallError
from hall.records.months import Reason
from hall.store.held import HeldDelivery


@dataclass(frozen=True, slots=True)
class Insisted:
    """Who lets a delivery in that would be held, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How files are to be loaded: by which map (the one that fits when empty), which sheets of workbooks (all that are
    alike), ``add`` to what stands instead of in its place, ``insist`` where it would be held, ``dry`` to be told
    only."""

    map: str = ""
    sheets: tuple[str, ...] = ()
    add: bool = False
    insist: Insisted | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What came of a file, or of a sheet: rows = kept + rejected. ``unknown`` are headings that nothing was read from,
    ``unread`` the sheets without a table, ``unequal`` those headed otherwise; ``fault`` says why it was refused."""

    name: str
    outcome: Literal["loaded", "unchanged", "refused", "held"]
    table: str = ""
    map: str = ""
    rows: int = 0
    kept: int = 0
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unequal: tuple[str, ...] = ()
    fault: HallError | None = None

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return sum(reason.rows for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class LoadedMonth:
    """A month that the delivery holds: its rows now, and those that stood before it (None: it is new); ``back`` of them
    tell an earlier state than before."""

    table: str
    month: str
    rows: int
    before: int | None
    back: int = 0


@dataclass(frozen=True, slots=True)
class Older:
    """What was added tells up to an earlier moment than what stood."""

    table: str
    added: datetime
    stood: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """Numbers (ids) that came in several texts: how many, and the texts of the first."""

    table: str
    numbers: int
    texts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A word of a column that means nothing, or a value that cannot be read, by the map that did not know it."""

    map: str
    table: str
    column: str
    word: str
    rows: int


@dataclass(frozen=True, slots=True)
class LoadedRecords:
    """What came of a load: every file, and every month that stands anew (or would, where it is ``held`` or was a dry
    run); ``version`` is the manifest served now."""

    publisher: str
    version: str
    files: tuple[LoadedFile, ...] = ()
    months: tuple[LoadedMonth, ...] = ()
    older: tuple[Older, ...] = ()
    spelled: tuple[Spelled, ...] = ()
    unread: tuple[Unread, ...] = ()
    held: HeldDelivery | None = None

    @property
    def refused(self) -> bool:
        """Whether a file, or a sheet that holds a table, was refused."""
        return any(file.outcome == "refused" or file.unequal for file in self.files)
