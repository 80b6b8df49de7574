"""How many cases and consultations come on which day: levels, seasons, days of the week, spells and policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from hall import catalog
from hall.demo import chance, scenario
from hall.demo.clock import working_days
from hall.demo.scenario import DemoSource
from hall.period import Period

Counts = NDArray[np.int64]
Rates = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """The volumes of a demo: of the hall's own size, or scaled to a number of ``cases`` over all its months."""

    months: tuple[Period, ...]
    seed: int = 1
    cases: int | None = None

    @cached_property
    def scale(self) -> float:
        """What every level is multiplied by."""
        return 1.0 if self.cases is None else self.cases / self._own[-1]

    @cached_property
    def _own(self) -> Rates:
        """[months] cases up to and including each month, to be expected at the hall's own size."""
        return np.cumsum([expected(month, self.seed).sum() for month in self.months])

    def known(self, month: Period) -> scenario.Steered | None:
        """The totals that the month is steered to: only at the hall's own size."""
        return scenario.steered().get(month.key) if self.cases is None else None

    def accepted(self, month: Period) -> Counts:
        """[channels, days] cases accepted; a scaled plan adds up to its number of cases."""
        usual = expected(month, self.seed) * self.scale
        totals = np.rint(usual.sum(axis=1)).astype(np.int64)
        if known := self.known(month):
            codes = list(catalog.channels())
            totals[codes.index("online")] = known.online_accepted
            totals[codes.index("comprehensive_window")] = known.comprehensive_accepted
        elif self.cases is not None:
            ends = np.rint(self._own * self.scale)
            own = np.diff(ends, prepend=0)[self.months.index(month)]
            totals[np.argmax(totals)] += int(own) - totals.sum()
        return _by_day(totals, usual, chance.stream(self.seed, "accepted", month.key))

    def consulted(self, month: Period) -> Counts:
        """[streams, days] consultations."""
        rng = chance.stream(self.seed, "consulted", month.key)
        usual = _rates(month, scenario.streams(), rng, scenario.raw()["consultation"]["noise"]) * self.scale
        totals = np.rint(usual.sum(axis=1)).astype(np.int64)
        if known := self.known(month):
            for place, stream in enumerate(scenario.streams()):
                totals[place] = getattr(known, stream.total) if stream.total else totals[place]
        return _by_day(totals, usual, rng)

    def departments(self, month: Period) -> Rates:
        """[channels, departments] weights by which the cases of a month are drawn."""
        return _departments(month, self.seed, expected(month, self.seed).sum() * self.scale)

    def cities(self, abroad: float) -> Rates:
        """[cities] weights in the catalogue's order; ``abroad`` is a factor on those beside the province's own hall."""
        where = scenario.raw()["place"]
        people = np.array([where["people"].get(city, 0) for city in catalog.cities()], dtype=float)
        home = where["provincial" if self.cases is None else "provincial_scaled"]
        weights: Rates = np.where(people > 0, people / people.sum() * (1 - home) * abroad, home)
        return weights


@lru_cache(maxsize=128)
def expected(month: Period, seed: int) -> Rates:
    """[channels, days] cases to be expected at the hall's own size."""
    rng = chance.stream(seed, "noise", month.key)
    usual = _rates(month, scenario.channels(), rng, scenario.raw()["noise"])
    gained = _departments(month, seed, usual.sum()).sum(axis=1, keepdims=True)
    found: Rates = usual * gained
    return found


def _departments(month: Period, seed: int, cases: float) -> Rates:
    """[channels, departments] shares of so many cases; a policy lifts the sum of a channel above one."""
    bodies, channels = scenario.departments(), scenario.channels()
    rng, order = chance.stream(seed, "departments", month.key), scenario.raw()["order"]
    usual = (
        1 / (np.arange(len(bodies)) + order["head"]) ** order["skew"] * rng.lognormal(0, order["drift"], len(bodies))
    )
    favours = np.array([[body.favours.get(channel.id, 1.0) for body in bodies] for channel in channels])
    small = np.array([body.yearly / 12 / cases for body in bodies])
    weights = np.where(small > 0, 0, usual * favours)
    weights /= weights.sum(axis=1, keepdims=True)
    for policy in scenario.policies():
        if month.key >= policy.first:
            where = [c.id == policy.channel for c in channels], [body.id == policy.department for body in bodies]
            weights[np.ix_(*where)] *= policy.factor
    shares: Rates = np.where(small > 0, small * weights.sum(axis=1, keepdims=True), weights)
    return shares


def _by_day(totals: Counts, usual: Rates, rng: np.random.Generator) -> Counts:
    return rng.multinomial(totals, usual / usual.sum(axis=1, keepdims=True))


def _rates(month: Period, sources: Sequence[DemoSource], rng: np.random.Generator, noise: float) -> Rates:
    """[sources, days] what is to be expected, where ``noise`` is the spread of a day (log)."""
    days = [month.start + timedelta(days=step) for step in range((month.end - month.start).days + 1)]
    working, season = working_days(month.start, month.end), scenario.raw()["season"][month.start.month - 1]
    weekday = np.array([scenario.raw()["weekday"][day.weekday()] for day in days])
    rates = [
        scenario.at(source.level, month) * season * weekday * np.where(working, 1, source.off) * _spells(days, source)
        for source in sources
    ]
    found: Rates = np.array(rates) * rng.lognormal(0, noise, (len(sources), len(days)))
    return found


def _spells(days: Sequence[date], source: DemoSource) -> Rates:
    """[days] the factor of the spells that a day lies in or after."""
    factors = np.ones(len(days))
    for spell in scenario.spells():
        if spell.concerns(source):
            factors *= [spell.factor_on(day) for day in days]
    return factors
