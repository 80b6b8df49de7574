"""What the filters may offer: the months, departments and data sets that the store holds, and the one shown first."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog, settings
from hall.model import HallError, Period, Selection
from hall.store import cube
from hall.store.read import rows
from hall.views.data import case_counts


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the filters; all empty for an empty store. ``datasets`` are publishers by name, catalogue order.

    ``measured`` are those with observations, stated or counted: where none is chosen, pages with numbers show the first
    of them. That is the one that HALL_DATA names, where it has any.
    """

    months: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store holds nothing that any page could show."""
        return not self.datasets and not self.months


def load(selection: Selection) -> Choices:
    """All that the current version and the cubes hold, or held on the day of the selection, which narrows it in no
    other way. HallError bad_setting where HALL_DATA names no publisher of the catalogue; cube_outdated and
    cube_unreadable where there is nothing but cubes, and none can be read."""
    known = {p.names[0]: p for p in catalog.publishers()}
    held = {name: case_counts.held(name, selection.known_on) for name, p in known.items() if p.id in cube.publishers()}
    faults = [found.fault for found in held.values() if found.fault]
    held = {name: found for name, found in held.items() if found.as_of}
    stated = rows("series/present_publishers", known_on=selection.known_on)
    order = {name: i for i, name in enumerate(known)}
    names = sorted({*stated["publisher"], *held}, key=lambda name: (order.get(name, len(order)), name))
    with_values = {*stated.filter(stated["measured"])["publisher"], *held}
    if faults and not names:
        raise faults[0]
    first = _first()
    return Choices(
        months=_months(selection, [month for found in held.values() for month in found.all_months]),
        departments=_departments([d for found in held.values() for d in found.departments]),
        datasets=tuple(names),
        measured=tuple(sorted((n for n in names if n in with_values), key=lambda name: name != first)),
    )


def hall(selection: Selection) -> str | None:
    """The chosen data set, else the first hall that publishes or delivers figures: two halls never mix."""
    return selection.dataset or next(iter(load(selection).measured), None)


def _first() -> str | None:
    """The publisher that HALL_DATA names by its id or any of its names."""
    wanted = settings.data()
    if not wanted:
        return None
    for p in catalog.publishers():
        if wanted in (p.id, p.short_zh, p.short_en, p.en, *p.names):
            return p.names[0]
    raise HallError("bad_setting", name="HALL_DATA", value=wanted)


def _months(selection: Selection, counted_months: list[str]) -> tuple[str, ...]:
    """Every month from the first to the last that documents or records tell of."""
    span = rows("series/months", known_on=selection.known_on).row(0, named=True)
    told = [f"{day:%Y-%m}" for day in (span["first"], span["last"]) if day] + counted_months
    if not told:
        return ()
    at, last = Period.parse(min(told)), max(told)
    found = [at.key]
    while found[-1] < last:
        at = at.shift(1)
        found.append(at.key)
    return tuple(found)


def _departments(counted_ones: list[str]) -> tuple[str, ...]:
    """In the order of the catalogue."""
    stated = rows("series/present_departments")["department"].to_list()
    rank = {d: known.rank for d, known in catalog.departments().items()}
    return tuple(sorted({d for d in (*stated, *counted_ones) if d in rank}, key=rank.__getitem__))
