"""What becomes of the cases that were drawn: transferred, completed or withdrawn, issued, rated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hall import catalog
from hall.demo import scenario
from hall.demo.cases import SHARE, Drawn
from hall.demo.clock import DAY, NEVER, OPEN, Clock, Seconds
from hall.demo.items import Items, items
from hall.period import Period

FOLLOWED = 12  # months after which nothing happens to a case any more
_LONGEST = 230  # working days: fewer than FOLLOWED months hold
NONE = np.int8(-1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What steers a month to known totals: factors on the handling time of online cases, and on the shares of
    documents that are fetched at a window and mailed."""

    handling: float = 1.0
    counter: float = 1.0
    mailed: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What became of cases; moments are NEVER and codes NONE where there is none. Codes are places in the catalogue."""

    completed: Seconds  # or withdrawn
    issued: Seconds
    transferred: Seconds
    status: NDArray[np.int8]
    place: NDArray[np.int8]
    delivery: NDArray[np.int8]
    satisfaction: NDArray[np.int8]


@lru_cache(maxsize=32)
def clock(month: Period) -> Clock:
    """The clock of what is accepted in a month: until the records end or nothing happens any more."""
    return Clock.between(month.start, min(month.shift(FOLLOWED).end, scenario.raw()["as_of"]))


def follow(drawn: Drawn, month: Period, seed: int, pace: Pace) -> Followed:
    """What becomes of cases accepted in the month."""
    known, course, time = items(seed), scenario.course(), clock(month)
    ids = list(catalog.channels())
    begun = time.worked(drawn.accepted)
    factors = np.array([pace.handling if name == "online" else 1.0 for name in ids], dtype=np.float32)
    span = np.minimum(drawn.span * factors[drawn.channel], _LONGEST) * OPEN
    ruled = known.instant[drawn.item] & np.isin(ids, ("online", "self_service"))[drawn.channel]
    completed = np.where(
        ruled,
        _same_day(drawn.accepted, 30 + drawn.wait * np.float32(course.instant_minutes * 60)),
        time.moments(begun + span.astype(np.int32)),
    )
    completed[drawn.fate < course.stuck * SHARE] = NEVER
    status = np.where(drawn.fate < (course.stuck + course.withdrawn) * SHARE, _code("status", "withdrawn"),
                      _code("status", "completed"))  # fmt: skip
    status[completed == NEVER] = _code("status", "open")
    done = status == _code("status", "completed")
    delivery = _delivery(drawn, known, month, pace)
    issued = _issued(drawn, time, np.where(done & (delivery != NONE), completed, NEVER), delivery)
    fetched = (issued != NEVER) & (delivery == _code("delivery", "counter"))
    return Followed(
        completed=completed,
        issued=issued,
        transferred=_transferred(drawn, month, time, begun, np.where(ruled, np.float32(-1), span)),
        status=status,
        place=_place(drawn, fetched),
        delivery=delivery,
        satisfaction=_satisfaction(drawn, known, time, np.where(done, completed, NEVER)),
    )


def _delivery(drawn: Drawn, known: Items, month: Period, pace: Pace) -> NDArray[np.int8]:
    mailed = scenario.course().mailed * pace.mailed
    fetched = np.array([scenario.at(channel.counter, month) for channel in scenario.channels()], dtype=np.float32)
    border = (mailed + (1 - mailed) * np.minimum(fetched * pace.counter, 1)).astype(np.float32)
    way = np.where(drawn.way < border[drawn.channel], _code("delivery", "counter"), _code("delivery", "electronic"))
    way[drawn.way < mailed] = _code("delivery", "mail")
    way[~known.document[drawn.item]] = NONE
    return way


def _issued(drawn: Drawn, time: Clock, completed: Seconds, delivery: NDArray[np.int8]) -> Seconds:
    """Electronic documents within minutes; the others after some working days."""
    course = scenario.course()
    issued = np.where(
        completed == NEVER, NEVER, _same_day(completed, drawn.wait * np.float32(course.electronic_seconds))
    )
    for name, days in (("counter", course.pickup_days), ("mail", course.post_days)):
        rows = np.flatnonzero((delivery == _code("delivery", name)) & (completed != NEVER))
        wait = np.minimum(drawn.wait[rows] * (days * OPEN), 20 * OPEN).astype(np.int32)
        issued[rows] = time.moments(time.worked(completed[rows]) + wait)
    return issued


def _transferred(drawn: Drawn, month: Period, time: Clock, begun: Seconds, span: NDArray[np.float32]) -> Seconds:
    """``span`` is the working time that handling takes, negative for what is decided by rule."""
    shares = np.array([scenario.at(channel.transferred, month) for channel in scenario.channels()])
    rows = np.flatnonzero((drawn.flow < (shares * SHARE)[drawn.channel]) & (span >= 0))
    first, last = scenario.course().transferred
    part = np.float32(first) + drawn.flowed[rows] * np.float32(last - first)
    found = np.full(len(begun), NEVER)
    found[rows] = time.moments(begun[rows] + (span[rows] * part).astype(np.int32))
    return found


def _place(drawn: Drawn, fetched: NDArray[np.bool_]) -> NDArray[np.int8]:
    rows = np.flatnonzero(fetched)
    borders = np.cumsum([channel.place for channel in scenario.channels()], axis=1, dtype=np.float32)[:, :-1]
    found = np.full(len(fetched), NONE)
    found[rows] = (drawn.spot[rows, None] >= borders[drawn.channel[rows]]).sum(axis=1)
    return found


def _satisfaction(drawn: Drawn, known: Items, time: Clock, completed: Seconds) -> NDArray[np.int8]:
    course = scenario.course()
    rows = np.flatnonzero((drawn.voice < course.rated * SHARE) & (completed != NEVER))
    promised = known.promised[drawn.item[rows]]
    late = (promised >= 0) & (time.workdays(drawn.accepted[rows], completed[rows]) > promised)
    given = [np.searchsorted(np.cumsum(s)[:-1], drawn.score[rows]) for s in (course.scores, course.scores_late)]
    found = np.full(len(completed), NONE)
    found[rows] = np.where(late, given[1], given[0]) + 1
    return found


def _same_day(moments: Seconds, wait: NDArray[np.float32]) -> Seconds:
    """So many seconds later, but before midnight, which would say that the time is not known."""
    last: Seconds = moments // np.int32(DAY) * np.int32(DAY) + np.int32(DAY - 1)
    return np.minimum(moments + wait.astype(np.int32), last, out=last)


def _code(column: str, value: str) -> np.int8:
    return np.int8([code.id for code in catalog.tables()["cases"].column(column).codes].index(value))
