"""What the filters may offer: the months, departments and data sets that the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.model import Period, Selection
from hall.store.read import rows


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the filters; all empty for an empty store. ``datasets`` are publishers by name, catalogue order.

    ``measured`` are those with observations: where none is chosen, pages with numbers show the first of them.
    """

    months: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store holds no document that any page could show."""
        return not self.datasets and not self.months


def load(selection: Selection) -> Choices:
    """All that the current version holds, or held on the day of the selection, which narrows it in no other way."""
    span = rows("series/months", known_on=selection.known_on).row(0, named=True)
    months: list[str] = []
    if span["first"] and span["last"]:
        at = Period.month(span["first"].year, span["first"].month)
        while at.start <= span["last"]:
            months.append(at.key)
            at = at.shift(1)
    held = rows("series/present_publishers", known_on=selection.known_on)
    known = [p.names[0] for p in catalog.publishers()]
    order = {name: i for i, name in enumerate(known)}
    names = sorted(held["publisher"].to_list(), key=lambda name: (order.get(name, len(order)), name))
    with_values = set(held.filter(held["measured"])["publisher"].to_list())
    return Choices(
        months=tuple(months),
        departments=tuple(rows("series/present_departments")["department"].to_list()),
        datasets=tuple(names),
        measured=tuple(name for name in names if name in with_values),
    )
