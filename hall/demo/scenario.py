"""What the demo hall is drawn from: data/catalog/demo.toml as frozen values."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import msgspec
import numpy as np

from hall import catalog
from hall.catalog.load import Entry, entries, file
from hall.period import Period

Anchors = tuple[tuple[str, float], ...]


class DemoSource(Entry, frozen=True):
    """Where rows come from day by day: ``level`` on an ordinary working day at given months, ``off`` the factor of a
    day off, ``hours`` the name of its profile over the day."""

    hours: str
    off: float
    level: Anchors


class Channel(DemoSource, frozen=True):
    """A channel of acceptance; shares as demo.toml explains them, ``place`` in the order of the catalogue's codes."""

    id: str
    abroad: float
    transferred: Anchors
    counter: Anchors
    place: tuple[float, ...]


class Stream(DemoSource, frozen=True):
    """Consultations of one kind at one place; ``total`` is the metric that a steered month fixes."""

    kind: str
    place: str
    minutes: float
    total: str = ""


class Spell(Entry, frozen=True):
    """Days on which volume differs by ``factor``, and the factors of the days that follow; all channels when empty."""

    first: date
    last: date
    factor: float
    rebound: tuple[float, ...] = ()
    channels: tuple[str, ...] = ()

    def concerns(self, source: DemoSource) -> bool:
        """Whether it touches the source."""
        return not self.channels or (isinstance(source, Channel) and source.id in self.channels)

    def factor_on(self, day: date) -> float:
        """The factor of a day: one where it lies neither in the spell nor in what follows."""
        after = (day - self.last).days
        if 0 < after <= len(self.rebound):
            return self.rebound[after - 1]
        return self.factor if self.first <= day <= self.last else 1.0


class Policy(Entry, frozen=True):
    """From month ``first`` on a department receives ``factor`` times its cases through a channel."""

    department: str
    channel: str
    first: str
    factor: float


class Slow(Entry, frozen=True):
    """A department whose handling takes ``factor`` times as long for what it accepts from ``first`` to ``last``."""

    department: str
    first: str
    last: str
    factor: float


class Steered(Entry, frozen=True):
    """The counts of a month whose published totals are known, by metric."""

    month: str
    online_accepted: int
    comprehensive_accepted: int
    online_completed: int
    window_issued: int
    mailed: int
    phone_consultations: int
    onsite_consultations: int


class DemoDepartment(Entry, frozen=True):
    """A department of the demo hall and what its items are about; ``yearly`` fixes its cases a year."""

    id: str
    on_time: float
    company: float
    promise: int
    matters: tuple[str, ...]
    rank: int
    favours: dict[str, float] = msgspec.field(default_factory=dict)
    yearly: float = 0.0


class Course(Entry, frozen=True):
    """What becomes of a case: shares, and times in working days unless their name says otherwise."""

    stuck: float
    withdrawn: float
    document: float
    mailed: float
    pickup_days: float
    post_days: float
    spread: tuple[float, float]
    instant: float
    instant_promise: int
    instant_minutes: float
    electronic_seconds: float
    transferred: tuple[float, float]
    unpromised: float
    rated: float
    scores: tuple[float, ...]
    scores_late: tuple[float, ...]


def raw() -> dict[str, Any]:
    """The tables of demo.toml that are read as they stand."""
    return file("demo")


@cache
def codes(table: str, column: str) -> tuple[str, ...]:
    """The values of a code in the order of the catalogue: its places are what is drawn."""
    return tuple(code.id for code in catalog.tables()[table].column(column).codes)


@cache
def channels() -> tuple[Channel, ...]:
    """The channels in the order of the catalogue's codes."""
    found = {channel.id: channel for channel in entries("demo", "channel", Channel)}
    return tuple(found[code] for code in codes("cases", "channel"))


@cache
def streams() -> tuple[Stream, ...]:
    """The streams of consultations in the order of the file."""
    return tuple(entries("demo", "stream", Stream))


@cache
def departments() -> tuple[DemoDepartment, ...]:
    """The departments in the order of their volume."""
    return tuple(entries("demo", "department", DemoDepartment))


@cache
def spells() -> tuple[Spell, ...]:
    """Days on which volume differs."""
    return tuple(entries("demo", "spell", Spell))


@cache
def policies() -> tuple[Policy, ...]:
    """What lifts the volume of a department for good."""
    return tuple(entries("demo", "policy", Policy))


@cache
def slow() -> tuple[Slow, ...]:
    """When a department is slower than usual."""
    return tuple(entries("demo", "slow", Slow))


@cache
def course() -> Course:
    """What becomes of a case."""
    return msgspec.convert(raw()["course"], Course)


@cache
def steered() -> dict[str, Steered]:
    """The months whose totals are known, by key."""
    return {one.month: one for one in entries("demo", "steered", Steered)}


def months(count: int) -> list[Period]:
    """The last ``count`` months of the demo, oldest first."""
    last = Period.parse(raw()["last"])
    return [last.shift(step) for step in range(1 - count, 1)]


def at(anchors: Anchors, month: Period) -> float:
    """The value of anchored levels in a month: straight between anchors, level outside them."""
    places = [_ordinal(Period.parse(key)) for key, _ in anchors]
    return float(np.interp(_ordinal(month), places, [value for _, value in anchors]))


def _ordinal(month: Period) -> int:
    return month.start.year * 12 + month.start.month
