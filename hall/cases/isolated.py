"""Months of records that stand apart from all others, as a slip of the pen in a date makes them"""

from __future__ import annotations

from hall import catalog
from hall.measure import held
from hall.store.holdings import Holdings, Part


def isolated(standing: Holdings) -> tuple[Part, ...]:
    """The files of such months, in order."""
    found: list[Part] = []
    for table in catalog.tables():
        own = {part.month: part for part in standing.parts if part.table == table}
        found += [own[month] for month in held.isolated({month: part.rows for month, part in own.items()})]
    return tuple(found)
