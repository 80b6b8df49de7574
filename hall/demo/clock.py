"""The working clock: seconds during which the hall is open, and the moments of the calendar that they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hall.measure.calendar import calendar

Seconds = NDArray[np.int32]
DAY = np.int32(86_400)
NEVER = np.int32(-1)  # a moment that the records do not hold
_OPENS, _NOON, _BACK, _CLOSES = (np.int32(hour * 3600) for hour in (9, 12, 13, 17))
OPEN = _NOON - _OPENS + _CLOSES - _BACK  # seconds that a working day is open


@lru_cache(maxsize=128)
def working_days(first: date, last: date) -> NDArray[np.bool_]:
    """[days] whether the hall is open on each day from first to last, both included."""
    number = calendar(first, last)["number"].to_numpy()
    return np.diff(number, prepend=0) > 0


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Calendar and working time from the first midnight of ``first`` to the last moment that is recorded.

    Moments are seconds since that midnight; working time is the seconds that the hall has been open since it.
    """

    first: date
    working: NDArray[np.bool_]  # [days] whether the hall is open
    number: NDArray[np.int32]  # [days] working days up to and including the day
    opened: NDArray[np.int32]  # [working days] which day each of them is

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """The clock of the days from first to last, both included."""
        working = working_days(first, last)
        return cls(first, working, np.cumsum(working, dtype=np.int32), np.flatnonzero(working).astype(np.int32))

    def worked(self, moments: Seconds) -> Seconds:
        """Working time at each moment."""
        day = moments // DAY
        second = moments - day * DAY
        today = np.clip(second, _OPENS, _NOON) - _OPENS + np.clip(second, _BACK, _CLOSES) - _BACK
        before = (self.number - self.working) * OPEN
        found: Seconds = before[day] + today * self.working[day]
        return found

    def moments(self, worked: Seconds) -> Seconds:
        """The moment at which that much working time has passed, NEVER where that lies beyond the last day."""
        number = worked // OPEN
        second = worked - number * OPEN
        beyond = number >= len(self.opened)
        day = self.opened[np.minimum(number, len(self.opened) - 1)]
        closed = np.where(second < _NOON - _OPENS, _OPENS, _OPENS + _BACK - _NOON)
        found: Seconds = np.where(beyond, NEVER, day * DAY + second + closed)
        return found

    def workdays(self, start: Seconds, end: Seconds) -> NDArray[np.int32]:
        """Working days from start to end, the day of start not counted; both must be recorded."""
        found: NDArray[np.int32] = self.number[end // DAY] - self.number[start // DAY]
        return found


def same_day(moments: Seconds, wait: NDArray[np.float32]) -> Seconds:
    """So many seconds later, but before midnight, which would say that the time of day is not known."""
    last: Seconds = moments // DAY * DAY + (DAY - np.int32(1))
    return np.minimum(moments + wait.astype(np.int32), last, out=last)
