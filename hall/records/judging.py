"""Whether a delivery may take the place of what stands, before it does: each judge looks at all that one call delivers
of a table and names why a person should look first. A held delivery replaces nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hall.model import Hold
from hall.records.staging import Staging

# A month of fewer rows may change as it likes; of a larger one this share must be left.
_LARGE, _LEFT = 50, 0.8
# Rows that are lost before a delivery is held: so many, and more than this share.
_FEW, _LOST = 20, 0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """A month that stood before the call: its file, its rows, and how many of them would be left (all, where the call
    does not touch it)."""

    path: Path
    rows: int
    left: int


@dataclass(frozen=True, slots=True)
class TableDelivery:
    """What one call delivers of a table, staged and settled: ``months`` are the rows that it would have stand in
    each of its months, ``standing`` all months that stood; of the ``rows`` that came in so many are ``lost`` (an equal
    row or a newer state of the same case loses nothing). ``files`` are the numbers of the staged files."""

    table: str
    staging: Staging
    files: tuple[int, ...]
    months: Mapping[str, int]
    standing: Mapping[str, Standing]
    rows: int
    lost: int


Judge = Callable[[TableDelivery], Iterable[Hold]]


def judge(delivered: TableDelivery) -> tuple[Hold, ...]:
    """Why the delivery is held; nothing when it is not. Each reason is text key ``hold.<reason>`` with its words, to
    which ``table`` (the label, in the reader's language) is added."""
    return tuple(hold for one in JUDGES for hold in one(delivered))


def _months_lost(delivered: TableDelivery) -> Iterator[Hold]:
    """Months that stood and of which too little would be left."""
    for month, stood in sorted(delivered.standing.items()):
        if stood.rows >= _LARGE and stood.left < _LEFT * stood.rows:
            now = delivered.months.get(month, 0)
            words: dict[str, int | str] = {"month": month, "before": stood.rows, "rows": now, "left": stood.left}
            yield Hold("month", delivered.table, words)


def _rows_lost(delivered: TableDelivery) -> Iterator[Hold]:
    """Too many of the rows would not be taken."""
    if delivered.lost >= _FEW and delivered.lost > _LOST * delivered.rows:
        yield Hold("rows", delivered.table, {"rows": delivered.rows, "lost": delivered.lost})


# A judge more is one function here and its sentence in both text files.
JUDGES: tuple[Judge, ...] = (_months_lost, _rows_lost)
