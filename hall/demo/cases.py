"""The cases accepted in a month: who asks for what, when and through which channel, and what chance decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hall.demo import chance, scenario
from hall.demo.arrivals import arrivals
from hall.demo.chance import SHARE
from hall.demo.clock import Seconds
from hall.demo.items import Items, items
from hall.demo.volumes import Plan
from hall.period import Period

_ITEMS, _CITIES = 20, 16  # bits of the decks of items and cities
_OTHER = 32  # of so many applicants that are no persons one is no company either
_PERSON, _COMPANY, _BODY = np.int8(0), np.int8(1), np.int8(2)  # places among the catalogue's codes


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What chance has decided of the cases of a slice, in order of acceptance; arrays of [rows].

    Codes are places in the catalogue, ``item`` one among the items; what is drawn for later is even over its type's
    range (uint16: below SHARE; float32: below 1) unless the comment says otherwise.
    """

    accepted: Seconds
    channel: NDArray[np.int32]
    item: NDArray[np.int16]
    city: NDArray[np.int16]
    applicant: NDArray[np.int8]
    span: NDArray[np.float32]  # working days that handling takes
    fate: NDArray[np.uint16]  # stuck, withdrawn or completed
    flow: NDArray[np.uint16]  # whether it is transferred
    flowed: NDArray[np.float32]  # after which part of its handling
    way: NDArray[np.float32]  # how its document is delivered
    spot: NDArray[np.float32]  # at which window
    wait: NDArray[np.float32]  # how long until then, in usual waits: one on average
    voice: NDArray[np.uint16]  # whether it is rated
    score: NDArray[np.float32]  # and how


@dataclass(frozen=True, slots=True, eq=False)
class _Month:
    """By what the cases of a month are drawn."""

    items: Items
    item: NDArray[np.int16]  # [channels x 2^_ITEMS] deck
    city: NDArray[np.int16]  # [channels x 2^_CITIES] deck
    by_city: NDArray[np.float32]  # [cities] log of the factor on handling time
    by_item: NDArray[np.float32]  # [items] log of the median handling time in working days

    @classmethod
    def of(cls, plan: Plan, month: Period) -> Self:
        """What holds in the month."""
        known, bodies = items(plan.seed), scenario.departments()
        weights = plan.departments(month)[:, known.department] * known.share
        places = [plan.cities(channel.abroad) for channel in scenario.channels()]
        pace = chance.stream(plan.seed, "cities").normal(0, scenario.raw()["place"]["pace"], len(places[0]))
        slow = np.zeros(len(bodies), dtype=np.float32)
        for spell in scenario.slow():
            if spell.first <= month.key <= spell.last:
                slow[[body.id == spell.department for body in bodies]] += np.log(spell.factor)
        return cls(
            items=known,
            item=np.concatenate([chance.deck(row, _ITEMS) for row in weights]),
            city=np.concatenate([chance.deck(row, _CITIES) for row in places]),
            by_city=pace.astype(np.float32),
            by_item=known.usual + slow[known.department],
        )


def draw(plan: Plan, month: Period) -> Iterator[Drawn]:
    """The cases accepted in a month, slice by slice in order of acceptance."""
    about = _Month.of(plan, month)
    rng = chance.stream(plan.seed, "moments", month.key)
    moments = arrivals(plan.accepted(month), scenario.channels(), rng)
    for place, (accepted, channel) in enumerate(moments):
        yield _draw(accepted, channel, about, chance.stream(plan.seed, "cases", month.key, place))


def _draw(accepted: Seconds, channel: NDArray[np.int32], about: _Month, rng: np.random.Generator) -> Drawn:
    size = len(accepted)
    item = about.item[(channel << _ITEMS) + rng.integers(1 << _ITEMS, size=size, dtype=np.int32)]
    city = about.city[(channel << _CITIES) + rng.integers(1 << _CITIES, size=size, dtype=np.int32)]
    firm, who = about.items.company[item], rng.integers(255, size=size, dtype=np.uint8)
    length = about.by_item[item] + about.by_city[city]
    length += rng.standard_normal(size, dtype=np.float32) * about.items.spread[item]
    return Drawn(
        accepted=accepted,
        channel=channel,
        item=item,
        city=city,
        applicant=np.where(who < firm, np.where(who < firm // _OTHER, _BODY, _COMPANY), _PERSON),
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
