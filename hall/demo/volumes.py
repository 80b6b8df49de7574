"""How many cases and consultations come on which day: levels, seasons, days of the week, spells and policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from hall.demo import scenario
from hall.demo.scenario import Source
from hall.measure.workdays import is_workday
from hall.period import Period

Counts = NDArray[np.int64]
Rates = NDArray[np.float64]
HOURS = 24


@dataclass(frozen=True, eq=False)
class Plan:
    """The volumes of a demo: of the hall's own size, or scaled to a number of ``cases`` over all its months."""

    months: tuple[Period, ...]
    seed: int = 1
    cases: int | None = None

    @cached_property
    def scale(self) -> float:
        """What every level is multiplied by."""
        if self.cases is None:
            return 1.0
        return self.cases / sum(float(cases_by_day(month, self.seed).sum()) for month in self.months)

    def accepted(self, month: Period) -> Counts:
        """[channels, days] cases accepted; as known from a bulletin where the month is steered."""
        usual = cases_by_day(month, self.seed) * self.scale
        totals = np.rint(usual.sum(axis=1))
        if known := self.known(month):
            codes = [channel.id for channel in scenario.channels()]
            totals[codes.index("online")] = known.online_accepted
            totals[codes.index("comprehensive_window")] = known.comprehensive_accepted
        elif self.cases is not None:
            totals = self._exactly(month, totals)
        rng = scenario.random(self.seed, "days", month.key)
        return rng.multinomial(totals.astype(np.int64), usual / usual.sum(axis=1, keepdims=True))

    def consulted(self, month: Period) -> Counts:
        """[streams, days] consultations; as known from a bulletin where the month is steered."""
        spread = scenario.raw()["consultation"]["noise"]
        rng = scenario.random(self.seed, "consulted", month.key)
        usual = np.array([_by_day(stream, month, rng, spread) for stream in scenario.streams()]) * self.scale
        totals = np.rint(usual.sum(axis=1)).astype(np.int64)
        if known := self.known(month):
            fixed = [getattr(known, stream.total) if stream.total else -1 for stream in scenario.streams()]
            totals = np.where(np.array(fixed) >= 0, fixed, totals)
        return rng.multinomial(totals, usual / usual.sum(axis=1, keepdims=True))

    def known(self, month: Period) -> scenario.Steered | None:
        """The totals that the month is steered to: only at the hall's own size."""
        return scenario.steered().get(month.key) if self.cases is None else None

    def _exactly(self, month: Period, totals: Rates) -> Rates:
        """Totals of the channels that make the months add up to the number of cases asked for."""
        ends = np.cumsum([cases_by_day(one, self.seed).sum() * self.scale for one in self.months])
        place = self.months.index(month)
        wanted = round(ends[place]) - (round(ends[place - 1]) if place else 0)
        totals[np.argmax(totals)] += wanted - totals.sum()
        return totals


@lru_cache(maxsize=128)
def cases_by_day(month: Period, seed: int) -> Rates:
    """[channels, days] cases to be expected at the hall's own size."""
    rng, spread = scenario.random(seed, "noise", month.key), scenario.raw()["noise"]
    usual = np.array([_by_day(channel, month, rng, spread, channel.id) for channel in scenario.channels()])
    gained = departments(seed, month, float(usual.sum())).sum(axis=1)
    expected: Rates = usual * gained[:, None]
    return expected


def departments(seed: int, month: Period, cases: float) -> Rates:
    """[channels, departments] shares of a month that brings so many cases; a policy lifts their sum above one."""
    bodies, channels = scenario.departments(), scenario.channels()
    rng = scenario.random(seed, "departments", month.key)
    skew, drift = scenario.raw()["items"]["department_skew"], scenario.raw()["drift"]
    fixed = np.array([body.yearly / 12 / cases for body in bodies])
    usual = np.where(fixed > 0, 0, 1 / (np.arange(len(bodies)) + 1.6) ** skew) * rng.lognormal(0, drift, len(bodies))
    favours = np.array([[body.favours.get(channel.id, 1.0) for body in bodies] for channel in channels])
    shares = favours * usual
    shares = np.where(fixed > 0, fixed, shares / shares.sum(axis=1, keepdims=True))
    for policy in scenario.policies():
        if month.key >= policy.first:
            where = [channel.id == policy.channel for channel in channels], [b.id == policy.department for b in bodies]
            shares[np.ix_(*where)] *= policy.factor
    return shares


def spread_over_hours(counts: Counts, hours: list[str], rng: np.random.Generator) -> Counts:
    """[sources, days, hours] of counts [sources, days], where each source has the profile of that name."""
    profiles = scenario.raw()["hours"]
    shares = np.array([np.array(profiles[name]) / sum(profiles[name]) for name in hours])
    return rng.multinomial(counts, shares[:, None, :])


def sorted_keys(counts: Counts, rng: np.random.Generator) -> NDArray[np.int32]:
    """[rows] seconds since the month began and, in the lowest three bits, the source: in order of time.

    No row comes at midnight, which would say that its time is not known.
    """
    source, day, hour = np.indices(counts.shape, dtype=np.int32)
    keys = np.repeat(((day * 24 + hour) * 3600 << 3 | source).ravel(), counts.ravel())
    keys += rng.integers(1, 3600, len(keys), dtype=np.int32) << 3
    keys.sort()
    return keys


def _by_day(source: Source, month: Period, rng: np.random.Generator, spread: float, channel: str = "") -> Rates:
    days = [month.start + timedelta(days=step) for step in range((month.end - month.start).days + 1)]
    level = scenario.at(source.level, month) * scenario.raw()["season"][month.start.month - 1]
    usual = np.array([_factor(day, source.off, channel) for day in days])
    expected: Rates = level * usual * rng.lognormal(0, spread, len(days))
    return expected


def _factor(day: date, off: float, channel: str) -> float:
    """How much comes on a day, where an ordinary working day is one."""
    open_ = is_workday(day)
    factor = scenario.raw()["weekday"][day.weekday()] * (1.0 if open_ or (open_ is None and day.weekday() < 5) else off)
    for spell in scenario.spells():
        if not spell.channels or channel in spell.channels:
            after = (day - spell.last).days
            if spell.first <= day <= spell.last:
                factor *= spell.factor
            elif 0 < after <= len(spell.rebound):
                factor *= spell.rebound[after - 1]
    return float(factor)
