"""The cases accepted in a month: who asks for what, when and through which channel, and what chance decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hall import catalog
from hall.demo import scenario, volumes
from hall.demo.clock import Seconds
from hall.demo.items import items
from hall.demo.volumes import Plan
from hall.period import Period

SLICE = 1 << 20  # rows that are drawn at a time
SHARE = 1 << 16  # shares are drawn as whole numbers below this
_ITEMS, _CITIES = 20, 16  # bits of the tables by which items and cities are drawn
_OTHER = 32  # of so many applicants that are no persons one is no company either


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What chance has decided of the cases of a slice, in order of acceptance; arrays of [rows]."""

    accepted: Seconds
    channel: NDArray[np.int8]
    item: NDArray[np.int16]
    city: NDArray[np.int8]
    applicant: NDArray[np.int8]
    span: NDArray[np.float32]  # working days that handling takes
    fate: NDArray[np.uint16]  # stuck, withdrawn or completed
    flow: NDArray[np.uint16]  # whether it is transferred
    flowed: NDArray[np.float32]  # the part of its handling after which it is
    way: NDArray[np.float32]  # how its document is delivered
    spot: NDArray[np.float32]  # at which window
    wait: NDArray[np.float32]  # how long until then, of the usual wait
    voice: NDArray[np.uint16]  # whether it is rated
    score: NDArray[np.float32]  # and how


def draw(plan: Plan, month: Period) -> Iterator[Drawn]:
    """The cases accepted in a month, slice by slice in order of acceptance."""
    rng = scenario.random(plan.seed, "moments", month.key)
    hours = [channel.hours for channel in scenario.channels()]
    counts = volumes.spread_over_hours(plan.accepted(month), hours, rng)
    keys = volumes.sorted_keys(counts, rng)
    tables = _tables(plan, month)
    for start in range(0, len(keys), SLICE):
        yield _draw(keys[start : start + SLICE], tables, plan.seed, scenario.random(plan.seed, month.key, start))


def cities(plan: Plan, abroad: float) -> NDArray[np.float64]:
    """[cities] shares in the catalogue's order; ``abroad`` is a factor on those beside the province's own hall."""
    where = scenario.raw()["place"]
    people = np.array([where["people"].get(city, 0) for city in catalog.cities()], dtype=float)
    home = where["provincial" if plan.cases is None else "provincial_scaled"]
    shares: NDArray[np.float64] = np.where(people > 0, people / people.sum() * (1 - home) * abroad, home)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """By what a slice is drawn."""

    item: NDArray[np.int16]  # [channels x 2^_ITEMS]
    city: NDArray[np.int16]  # [channels x 2^_CITIES]
    pace: NDArray[np.float32]  # log of the factor on handling time, by city
    slow: NDArray[np.float32]  # the same by item


def _tables(plan: Plan, month: Period) -> _Tables:
    known = items(plan.seed)
    cases = float(volumes.cases_by_day(month, plan.seed).sum() * plan.scale)
    shares = volumes.departments(plan.seed, month, cases)[:, known.department] * known.share
    places = [cities(plan, channel.abroad) for channel in scenario.channels()]
    pace = scenario.random(plan.seed, "cities").normal(0, scenario.raw()["place"]["pace"], len(places[0]))
    slow = np.zeros(len(scenario.departments()))
    for spell in scenario.slow():
        if spell.first <= month.key <= spell.last:
            slow[[body.id == spell.department for body in scenario.departments()]] = np.log(spell.factor)
    return _Tables(
        item=np.concatenate([scenario.draw_codes(row, _ITEMS) for row in shares]),
        city=np.concatenate([scenario.draw_codes(row, _CITIES) for row in places]),
        pace=pace.astype(np.float32),
        slow=slow[known.department].astype(np.float32),
    )


def _draw(keys: NDArray[np.int32], tables: _Tables, seed: int, rng: np.random.Generator) -> Drawn:
    known, size = items(seed), len(keys)
    channel = keys & 7
    item = tables.item[(channel << _ITEMS) + rng.integers(1 << _ITEMS, size=size, dtype=np.int32)]
    city = tables.city[(channel << _CITIES) + rng.integers(1 << _CITIES, size=size, dtype=np.int32)]
    person = rng.integers(256, size=size, dtype=np.uint8)
    length = rng.standard_normal(size, dtype=np.float32) * known.spread[item] + (known.usual + tables.slow)[item]
    length += tables.pace[city]
    firm = known.company[item]
    return Drawn(
        accepted=keys >> 3,
        channel=channel.astype(np.int8),
        item=item,
        city=city.astype(np.int8),
        applicant=np.where(person < firm, np.where(person < firm // _OTHER, np.int8(2), np.int8(1)), np.int8(0)),
        span=np.exp(length, out=length),
        fate=rng.integers(SHARE, size=size, dtype=np.uint16),
        flow=rng.integers(SHARE, size=size, dtype=np.uint16),
        flowed=rng.random(size, dtype=np.float32),
        way=rng.random(size, dtype=np.float32),
        spot=rng.random(size, dtype=np.float32),
        wait=rng.standard_exponential(size, dtype=np.float32),
        voice=rng.integers(SHARE, size=size, dtype=np.uint16),
        score=rng.random(size, dtype=np.float32),
    )
