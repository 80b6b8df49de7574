"""Steers months whose published totals are known: the draws stay, the pace at which cases end and are issued is found.

A month's total of completed or issued cases holds what earlier months left over, so those are drawn too, whether or not
they are delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from hall import catalog
from hall.demo.cases import Drawn, draw
from hall.demo.clock import DAY, NEVER, Seconds
from hall.demo.course import FOLLOWED, NONE, Followed, Pace, follow
from hall.demo.volumes import Plan
from hall.period import Period

_STEPS = 24  # halvings of the range in which a factor is looked for
_RANGE = 0.2, 5.0
# What a bulletin's total is steered by. What is mailed comes first: the rest of the documents is fetched or electronic.
TOTALS = {"online_completed": "handling", "mailed": "mailed", "window_issued": "counter"}


@lru_cache(maxsize=64)
def pace(plan: Plan, month: Period) -> Pace:
    """The pace of a month: as usual, or such that its totals become those that are known."""
    known, found = plan.known(month), Pace()
    if known is None:
        return found
    drawn = list(draw(plan, month))
    carried = [_totals(plan, month.shift(-back))[:, back] for back in range(1, FOLLOWED + 1)]

    def own(total: int, tried: Pace) -> int:
        return sum(int(count(part, follow(part, month, plan.seed, tried), month)[total, 0]) for part in drawn)

    for total, (name, knob) in enumerate(TOTALS.items()):
        wanted = getattr(known, name) - int(np.sum(carried, axis=0)[total])
        found = _meet(partial(own, total), wanted, found, knob)
    return found


def count(drawn: Drawn, followed: Followed, month: Period) -> NDArray[np.int64]:
    """[TOTALS, months] what happens to cases accepted in ``month``, in that month and in each later one."""
    online = drawn.channel == list(catalog.channels()).index("online")
    codes = {c: [x.id for x in catalog.tables()["cases"].column(c).codes] for c in ("status", "delivery")}
    return np.array(
        [
            _by_month(followed.completed[online & (followed.status == codes["status"].index("completed"))], month),
            _by_month(followed.issued[followed.delivery == codes["delivery"].index("mail")], month),
            _by_month(followed.issued[followed.place != NONE], month),
        ]
    )


@lru_cache(maxsize=64)
def _totals(plan: Plan, month: Period) -> NDArray[np.int64]:
    own = pace(plan, month)
    parts = [count(drawn, follow(drawn, month, plan.seed, own), month) for drawn in draw(plan, month)]
    totals: NDArray[np.int64] = np.sum(parts, axis=0)
    return totals


def _by_month(moments: Seconds, month: Period) -> NDArray[np.int64]:
    ends = [((month.shift(later).end - month.start).days + 1) * DAY for later in range(FOLLOWED + 1)]
    below = [int(np.count_nonzero(moments[moments != NEVER] < end)) for end in ends]
    return np.diff(below, prepend=0)


def _meet(count: Callable[[Pace], int], wanted: int, pace: Pace, knob: str) -> Pace:
    """The pace whose factor of that name brings a count to what is wanted, or nearest to it."""
    low, high = _RANGE
    falls = count(replace(pace, **{knob: low})) > count(replace(pace, **{knob: high}))
    for _ in range(_STEPS):
        middle = (low * high) ** 0.5
        enough = count(replace(pace, **{knob: middle})) >= wanted
        low, high = (low, middle) if enough != falls else (middle, high)
    return replace(pace, **{knob: high})
