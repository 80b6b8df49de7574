"""Which column map fits the headings of a file, and which headings it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hall import catalog
from hall.catalog.columns import ColumnMap, folded
from hall.catalog.records import RecordTable
from hall.model import HallError

# A title and a line of notes may stand above the headings.
ABOVE = 10


@dataclass(frozen=True, slots=True)
class DeliveryHead:
    """The headings of a file as a map reads them: ``places`` is the position of each column that it has, ``unknown``
    the headings that nothing is read from, ``row`` its place among the rows, from 0."""

    map: ColumnMap
    headings: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    row: int = 0

    @property
    def table(self) -> RecordTable:
        """The table of records that the file holds."""
        return catalog.tables()[self.map.table]


def find(name: str, rows: Iterable[Sequence[str]], asked: str = "") -> DeliveryHead:
    """The headings among the first rows of a file, read by the map that knows most of them, or by the one asked for.
    HallError unknown_map; missing_columns and no_headings when no row has all that a map requires."""
    maps = [one for one in catalog.column_maps() if not asked or one.id == asked]
    if not maps:
        known = " ".join(dict.fromkeys(one.id for one in catalog.column_maps()))
        raise HallError("unknown_map", map=asked, known=known)
    heads = [_head(one, row, at) for at, row in zip(range(ABOVE), rows, strict=False) for one in maps]
    whole = [head for head in heads if not _missing(head)]
    if whole:
        return max(whole, key=lambda head: len(head.places))
    best = max(heads, key=lambda head: len(head.places), default=None)
    if best is None or not best.places:
        shown = next((head.headings for head in heads if any(head.headings)), ())
        raise HallError("no_headings", file=name, found=_listed(shown))
    raise HallError("missing_columns", file=name, found=_listed(best.headings), missing=_listed(_missing(best)))


def _head(one: ColumnMap, row: Sequence[str], at: int) -> DeliveryHead:
    order = {heading: rank for rank, heading in enumerate(one.columns)}
    found: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(row):
        key = folded(heading)
        if key in order:
            column, better = one.columns[key], (order[key], place)
            found[column] = min(found.get(column, better), better)
    places = {column: place for column, (_, place) in found.items()}
    read = set(places.values())
    unknown = tuple(heading.strip() for place, heading in enumerate(row) if place not in read and heading.strip())
    return DeliveryHead(one, tuple(row), places, unknown, at)


def _missing(head: DeliveryHead) -> list[str]:
    return [column.zh for column in head.table.columns if column.required and column.id not in head.places]


def _listed(words: Iterable[str]) -> str:
    return " ".join(word.strip() for word in words if word.strip()) or "-"
