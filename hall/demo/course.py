"""What becomes of the cases that were drawn: transferred, completed or withdrawn, issued, rated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from hall.demo import scenario
from hall.demo.cases import Drawn
from hall.demo.chance import SHARE
from hall.demo.clock import NEVER, OPEN, Clock, Seconds, same_day
from hall.demo.items import Items, items
from hall.period import Period

Codes = NDArray[np.int8]
FOLLOWED = 12  # months after which nothing happens to a case any more
NONE = np.int8(-1)
_LONGEST = 230  # working days: fewer than FOLLOWED months hold
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """What steers a month to known totals: factors on the handling time of online cases, and on the shares of
    documents that are fetched at a window and mailed."""

    handling: float = 1.0
    counter: float = 1.0
    mailed: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """What became of cases: arrays of [rows]. Moments are NEVER and codes NONE where there is none; codes are places in
    the catalogue."""

    completed: Seconds  # or withdrawn
    issued: Seconds
    transferred: Seconds
    status: Codes
    place: Codes
    delivery: Codes
    satisfaction: Codes


def follow(drawn: Drawn, month: Period, seed: int, pace: Pace) -> Followed:
    """What becomes of cases accepted in the month, up to the day until which the records tell."""
    known, time, course = items(seed), _clock(month), scenario.course()
    begun, ruled = time.worked(drawn.accepted), _ruled(drawn, known)
    span = _span(drawn, pace)
    by_rule = same_day(drawn.accepted, (drawn.wait + 0.5) * np.float32(course.instant_minutes * _MINUTE))
    ended = np.where(ruled, by_rule, time.moments(begun + span.astype(np.int32)))
    ended[drawn.fate < course.stuck * SHARE] = NEVER
    given_up = drawn.fate < (course.stuck + course.withdrawn) * SHARE
    status = np.where(given_up, code("status", "withdrawn"), code("status", "completed"))
    status[ended == NEVER] = code("status", "open")
    completed = np.where(status == code("status", "completed"), ended, NEVER)
    delivery = _delivery(drawn, known, month, pace)
    issued = _issued(drawn, time, completed, delivery)
    return Followed(
        completed=ended,
        issued=issued,
        transferred=_transferred(drawn, month, time, begun, np.where(ruled, np.float32(-1), span)),
        status=status,
        place=_place(drawn, (issued != NEVER) & (delivery == code("delivery", "counter"))),
        delivery=delivery,
        satisfaction=_satisfaction(drawn, known, time, completed),
    )


@cache
def code(column: str, value: str) -> np.int8:
    """The place of a value of the column among the catalogue's codes."""
    return np.int8(scenario.codes("cases", column).index(value))


@lru_cache(maxsize=64)
def _clock(month: Period) -> Clock:
    """The clock of what is accepted in a month: until the records end or nothing happens any more."""
    return Clock.between(month.start, min(month.shift(FOLLOWED).end, scenario.raw()["as_of"]))


def _ruled(drawn: Drawn, known: Items) -> NDArray[np.bool_]:
    """Whether a case is decided by rule within minutes."""
    machines = np.isin(scenario.codes("cases", "channel"), ("online", "self_service"))
    found: NDArray[np.bool_] = known.instant[drawn.item] & machines[drawn.channel]
    return found


def _span(drawn: Drawn, pace: Pace) -> NDArray[np.float32]:
    """The working time that handling takes, in seconds."""
    online = drawn.channel == code("channel", "online")
    days = np.where(online, drawn.span * np.float32(pace.handling), drawn.span)
    return np.minimum(days, np.float32(_LONGEST)) * np.float32(OPEN)


def _transferred(drawn: Drawn, month: Period, time: Clock, begun: Seconds, span: NDArray[np.float32]) -> Seconds:
    """``span`` is the working time that handling takes, negative for what is decided by rule."""
    shares = np.array([scenario.at(channel.transferred, month) * SHARE for channel in scenario.channels()])
    rows = np.flatnonzero((drawn.flow < shares[drawn.channel]) & (span >= 0))
    first, last = scenario.course().transferred
    part = np.float32(first) + drawn.flowed[rows] * np.float32(last - first)
    found = np.full(len(begun), NEVER)
    found[rows] = time.moments(begun[rows] + (span[rows] * part).astype(np.int32))
    return found


def _delivery(drawn: Drawn, known: Items, month: Period, pace: Pace) -> Codes:
    """How the document of a case is delivered, whether or not it is issued yet."""
    mailed = scenario.course().mailed * pace.mailed
    fetched = np.array([scenario.at(channel.counter, month) for channel in scenario.channels()])
    border = mailed + (1 - mailed) * np.minimum(fetched * pace.counter, 1)
    found = np.where(drawn.way < border[drawn.channel], code("delivery", "counter"), code("delivery", "electronic"))
    found[drawn.way < mailed] = code("delivery", "mail")
    found[~known.document[drawn.item]] = NONE
    return found


def _issued(drawn: Drawn, time: Clock, completed: Seconds, delivery: Codes) -> Seconds:
    """Electronic documents are issued within minutes, the others after some working days."""
    course = scenario.course()
    at_once = same_day(completed, drawn.wait * np.float32(course.electronic_seconds))
    issued = np.where((completed != NEVER) & (delivery == code("delivery", "electronic")), at_once, NEVER)
    for name, days in (("counter", course.pickup_days), ("mail", course.post_days)):
        rows = np.flatnonzero((completed != NEVER) & (delivery == code("delivery", name)))
        wait = drawn.wait[rows] * np.float32(days * OPEN)
        issued[rows] = time.moments(time.worked(completed[rows]) + wait.astype(np.int32))
    return issued


def _place(drawn: Drawn, fetched: NDArray[np.bool_]) -> Codes:
    """At which window a document was fetched."""
    rows = np.flatnonzero(fetched)
    borders = np.cumsum([channel.place for channel in scenario.channels()], axis=1)[:, :-1]
    found = np.full(len(fetched), NONE)
    found[rows] = (drawn.spot[rows, None] >= borders[drawn.channel[rows]]).sum(axis=1)
    return found


def _satisfaction(drawn: Drawn, known: Items, time: Clock, completed: Seconds) -> Codes:
    """1 to 5, lower where the case was late."""
    course = scenario.course()
    rows = np.flatnonzero((drawn.voice < course.rated * SHARE) & (completed != NEVER))
    promised = known.promised[drawn.item[rows]]
    late = (promised >= 0) & (time.workdays(drawn.accepted[rows], completed[rows]) > promised)
    usual, worse = (np.cumsum(scores[:-1]) for scores in (course.scores, course.scores_late))
    found = np.full(len(completed), NONE)
    found[rows] = 1 + np.where(late, worse.searchsorted(drawn.score[rows]), usual.searchsorted(drawn.score[rows]))
    return found
