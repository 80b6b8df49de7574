"""The working clock: seconds during which the hall is open, and the moments of the calendar that they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hall.measure.workdays import is_workday

Seconds = NDArray[np.int32]
DAY = 86_400
OPENS, NOON, BACK, CLOSES = 9 * 3600, 12 * 3600, 13 * 3600, 17 * 3600
OPEN = NOON - OPENS + CLOSES - BACK  # seconds that a working day is open
NEVER = np.int32(-1)  # a moment that the records do not hold


@dataclass(frozen=True, slots=True)
class Clock:
    """Calendar and working time from the first midnight of ``first`` to the last moment that is recorded.

    Moments are seconds since that midnight; working time is the seconds open since it.
    """

    first: date
    working: NDArray[np.bool_]  # [days] whether the hall is open
    number: NDArray[np.int32]  # [days] working days up to and including the day
    opened: NDArray[np.int32]  # [working days] which day each of them is

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """The clock of the days from first to last, both included; a year without a calendar has its weekdays."""
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        known = [is_workday(day) for day in days]
        working = np.array([day.weekday() < 5 if k is None else k for day, k in zip(days, known, strict=True)])
        return cls(first, working, np.cumsum(working, dtype=np.int32), np.flatnonzero(working).astype(np.int32))

    def worked(self, moments: Seconds) -> Seconds:
        """Working time at each moment."""
        day = moments // np.int32(DAY)
        second = moments - day * np.int32(DAY)
        today = np.clip(second, OPENS, NOON) + np.clip(second, BACK, CLOSES) - np.int32(OPENS + BACK)
        before = (self.number - self.working) * np.int32(OPEN)
        found: Seconds = before[day] + today * self.working[day]
        return found

    def moments(self, worked: Seconds) -> Seconds:
        """The moment at which that much working time has passed, NEVER where that lies beyond the last day."""
        number = worked // np.int32(OPEN)
        second = worked - number * np.int32(OPEN)
        beyond = number >= len(self.opened)
        day = self.opened[np.minimum(number, len(self.opened) - 1)]
        closed = np.where(second < NOON - OPENS, np.int32(OPENS), np.int32(OPENS + BACK - NOON))
        found: Seconds = np.where(beyond, NEVER, day * np.int32(DAY) + second + closed)
        return found

    def workdays(self, start: Seconds, end: Seconds) -> NDArray[np.int32]:
        """Working days from start to end, the day of start not counted; only for moments that are recorded."""
        between: NDArray[np.int32] = self.number[end // np.int32(DAY)] - self.number[start // np.int32(DAY)]
        return between
