"""What one run of a page is about, resolved once: whose numbers, what is held of them, within which bounds, and what
the filters may offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from hall import catalog, settings
from hall.model import HallError, Lang, Period, Selection
from hall.store import cube
from hall.store.read import rows
from hall.views.data import coverage
from hall.views.data.coverage import Coverage
from hall.views.data.memory import per_version


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the filters; all empty for an empty store. ``publishers`` are ids in catalogue order.

    ``measured`` are those with observations, stated or counted: where none is chosen, pages with numbers show the first
    of them. That is the one that HALL_DATA names, where it has any. ``recorded`` are those with a cube, on any day.
    """

    months: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store holds nothing that any page could show."""
        return not self.publishers and not self.months


@dataclass(frozen=True, slots=True)
class Context:
    """A selection with what it means in this store. ``publisher`` (id) is the chosen data set, else the first hall that
    publishes or delivers figures: two halls never mix. ``coverage`` is what its records hold, ``choices`` what there is
    at all; both as known on the day of the selection, and ``known_later`` whether anything came after a day on which
    nothing was known."""

    selection: Selection
    choices: Choices
    publisher: str | None
    coverage: Coverage
    known_later: bool = False

    @property
    def lang(self) -> Lang:
        """The language of the reader."""
        return self.selection.lang

    @property
    def departments(self) -> tuple[str, ...]:
        """The chosen departments, none for all."""
        return self.selection.departments

    @property
    def month_from(self) -> str | None:
        """The first month of the filter, None for no bound."""
        return self.selection.month_from

    @property
    def month_to(self) -> str | None:
        """The last month of the filter, None for no bound."""
        return self.selection.month_to

    @property
    def known_on(self) -> date | None:
        """The day of knowledge, None for now."""
        return self.selection.known_on

    @property
    def empty(self) -> bool:
        """Whether the store holds nothing that any page could show."""
        return self.choices.empty

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return catalog.is_demo(self.publisher)

    @property
    def bounds(self) -> dict[str, object]:
        """The parameters publishers, first, last and known_on of the queries that a selection narrows."""
        return {
            "publishers": [self.publisher] if self.publisher else None,
            "first": Period.parse(self.month_from).start if self.month_from else None,
            "last": Period.parse(self.month_to).end if self.month_to else None,
            "known_on": self.known_on,
        }

    @property
    def chosen_issuers(self) -> list[str] | None:
        """As ``issuers`` of the chosen data set; None, for all, where none is chosen."""
        return self.issuers if self.selection.publisher else None

    @property
    def issuers(self) -> list[str] | None:
        """The publisher, and with a real hall also those who publish plans but no figures of their own; None for all
        in an empty store."""
        own = self.publisher
        if own is None or self.demo:
            return [own] if own else None
        plans = (p for p in self.choices.publishers if p not in self.choices.measured and not catalog.is_demo(p))
        return [own, *plans]

    def inside(self, period: Period) -> bool:
        """Whether a period ends within the months of the filter."""
        first, last = _ends(self.month_from, self.month_to)
        return first <= period.end <= last

    def of(self, publisher: str) -> Context:
        """The same for another publisher."""
        held = coverage.load(publisher, self.known_on)
        return replace(self, selection=replace(self.selection, publisher=publisher), publisher=publisher, coverage=held)

    def within(self, month_from: str | None, month_to: str | None) -> Context:
        """The same within other months."""
        return replace(self, selection=replace(self.selection, month_from=month_from, month_to=month_to))

    @property
    def whole(self) -> Context:
        """The same without a department filter."""
        return replace(self, selection=replace(self.selection, departments=()))


def load(selection: Selection) -> Context:
    """The context of a selection. HallError bad_setting where HALL_DATA names no publisher of the catalogue;
    cube_outdated and cube_unreadable where there is nothing but cubes, and none can be read."""
    choices, held = _known(selection.known_on)
    own = selection.publisher or next(iter(choices.measured), None)
    later = choices.empty and selection.known_on is not None and not _known(None)[0].empty
    return Context(selection, choices, own, held.get(own or "", Coverage()), later)


@per_version(8)
def _known(known_on: date | None) -> tuple[Choices, dict[str, Coverage]]:
    """What the filters may offer, and the coverage of each publisher with a cube."""
    held = {own: coverage.load(own, known_on) for own in cube.publishers() if catalog.publisher_id(own)}
    faults = [found.fault for found in held.values() if found.fault]
    recorded = {own: found for own, found in held.items() if found.as_of}
    present = rows("series/present", known_on=known_on).row(0, named=True)
    rank = {p.id: p.rank for p in catalog.publishers()}
    publishers = sorted({*present["publishers"], *recorded}, key=lambda own: (rank.get(own, len(rank)), own))
    if faults and not publishers:
        raise faults[0]
    stated, first = {*present["measured"], *recorded}, _first()
    choices = Choices(
        months=_months([f"{day:%Y-%m}" for day in (present["first"], present["last"]) if day], recorded.values()),
        departments=_departments({*present["departments"], *(d for c in recorded.values() for d in c.departments)}),
        publishers=tuple(publishers),
        measured=tuple(sorted((own for own in publishers if own in stated), key=lambda own: own != first)),
        recorded=tuple(sorted(held, key=rank.__getitem__)),
    )
    return choices, held


@lru_cache(maxsize=1024)
def _ends(month_from: str | None, month_to: str | None) -> tuple[date, date]:
    first = Period.parse(month_from).start if month_from else date.min
    return first, Period.parse(month_to).end if month_to else date.max


def _first() -> str | None:
    """The publisher that HALL_DATA names by its id or any of its names."""
    wanted = settings.data()
    if wanted and catalog.publisher_id(wanted) is None:
        raise HallError("bad_setting", name="HALL_DATA", value=wanted)
    return catalog.publisher_id(wanted)


def _months(stated: list[str], recorded: Iterable[Coverage]) -> tuple[str, ...]:
    """Every month from the first to the last that documents or records tell of."""
    told = stated + [month for found in recorded for month in found.all_months]
    if not told:
        return ()
    found, last = [min(told)], max(told)
    while found[-1] < last:
        found.append(Period.parse(found[-1]).shift(1).key)
    return tuple(found)


def _departments(named: set[str]) -> tuple[str, ...]:
    """In the order of the catalogue."""
    rank = {d: known.rank for d, known in catalog.departments().items()}
    return tuple(sorted(named & rank.keys(), key=rank.__getitem__))
