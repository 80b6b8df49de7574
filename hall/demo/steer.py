"""Steers months whose published totals are known: the draws stay, the pace at which cases end and are issued is found.

What ends or is issued in a month was accepted in it or earlier, so the months before are drawn too, whether or not they
are delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from hall.demo.cases import Drawn, draw
from hall.demo.clock import DAY, NEVER, Seconds
from hall.demo.course import FOLLOWED, NONE, Pace, code, follow
from hall.demo.volumes import Plan
from hall.period import Period

_STEPS = 24  # halvings of the range in which a factor is looked for
_RANGE = 0.2, 5.0
# Which factor moves which total. What is mailed comes first: the rest of the documents is fetched or electronic.
_MOVED_BY = {"online_completed": "handling", "mailed": "mailed", "window_issued": "counter"}


@lru_cache(maxsize=64)
def pace(plan: Plan, month: Period) -> Pace:
    """The pace of a month: as usual, or such that its totals become those that are known."""
    known, found = plan.known(month), Pace()
    if known is None:
        return found
    left = np.sum([_events(plan, month.shift(-back))[:, back] for back in range(1, FOLLOWED + 1)], axis=0)
    drawn = list(draw(plan, month))
    for total, (name, factor) in zip(left, _MOVED_BY.items(), strict=True):
        own = partial(_own, drawn, month, plan.seed, name)
        found = _meet(own, getattr(known, name) - int(total), found, factor)
    return found


@lru_cache(maxsize=64)
def _events(plan: Plan, month: Period) -> NDArray[np.int64]:
    """[totals, months] what happens to cases accepted in ``month``, in that month and in each later one."""
    ends = [((month.shift(later).end - month.start).days + 1) * DAY for later in range(FOLLOWED + 1)]
    below = np.zeros((len(_MOVED_BY), FOLLOWED + 1), dtype=np.int64)
    own = pace(plan, month)
    for drawn in draw(plan, month):
        below += [[np.count_nonzero(m < end) for end in ends] for m in _moments(drawn, month, plan.seed, own).values()]
    return np.diff(below, prepend=0)


def _own(drawn: list[Drawn], month: Period, seed: int, name: str, tried: Pace) -> int:
    """What a month's own cases add to its total of that name, at a pace."""
    end = ((month.end - month.start).days + 1) * DAY
    return sum(int(np.count_nonzero(_moments(part, month, seed, tried)[name] < end)) for part in drawn)


def _moments(drawn: Drawn, month: Period, seed: int, tried: Pace) -> dict[str, Seconds]:
    """The moments that each total counts."""
    seen = follow(drawn, month, seed, tried)
    online = drawn.channel == code("channel", "online")
    found = {
        "online_completed": seen.completed[online & (seen.status == code("status", "completed"))],
        "mailed": seen.issued[seen.delivery == code("delivery", "mail")],
        "window_issued": seen.issued[seen.place != NONE],
    }
    return {name: moments[moments != NEVER] for name, moments in found.items()}


def _meet(count: Callable[[Pace], int], wanted: int, start: Pace, factor: str) -> Pace:
    """The pace whose factor of that name brings a count to what is wanted, or nearest to it."""
    low, high = _RANGE
    falls = count(replace(start, **{factor: low})) > count(replace(start, **{factor: high}))
    for _ in range(_STEPS):
        middle = (low * high) ** 0.5
        enough = count(replace(start, **{factor: middle})) >= wanted
        low, high = (low, middle) if enough != falls else (middle, high)
    return replace(start, **{factor: high})
