"""A range of days with its frequency, and the SDMX key that names it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Freq = Literal["D", "W", "M", "Q", "A"]
_MONTHS = {"M": 1, "Q": 3, "A": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed range of days with the frequency at which it is published."""

    start: date
    end: date
    freq: Freq

    @property
    def key(self) -> str:
        """SDMX time period: 2025-10, 2023-W49, 2025-Q3, 2025, 2025-10-17."""
        return _key(self.start, self.freq)

    @classmethod
    def parse(cls, key: str) -> Period:
        """Read an SDMX time period; ValueError when it is none. A week is Monday to Sunday."""
        if m := re.fullmatch(r"(\d{4})-W(\d{2})", key):
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
            return cls(monday, monday + timedelta(days=6), "W")
        if m := re.fullmatch(r"(\d{4})-Q([1-4])", key):
            return _months(int(m[1]), int(m[2]) * 3 - 2, "Q")
        if m := re.fullmatch(r"(\d{4})-(\d{2})", key):
            return _months(int(m[1]), int(m[2]), "M")
        if re.fullmatch(r"\d{4}", key):
            return _months(int(key), 1, "A")
        day = date.fromisoformat(key)
        return cls(day, day, "D")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        return _months(year, month, "M")

    def shift(self, steps: int) -> Period:
        """The period that many steps later (earlier when negative)."""
        if self.freq in _MONTHS:
            at = self.start.year * 12 + self.start.month - 1 + steps * _MONTHS[self.freq]
            return _months(at // 12, at % 12 + 1, self.freq)
        days = timedelta(days=steps * (7 if self.freq == "W" else 1))
        return Period(self.start + days, self.end + days, self.freq)

    def year_ago(self) -> Period | None:
        """The same period of the year before; a week keeps its ISO number. None for 29 February, and for a week 53
        where the year before has no such week."""
        if self.freq in _MONTHS:
            return self.shift(-12 // _MONTHS[self.freq])
        iso = self.start.isocalendar()
        try:
            if self.freq == "W":
                return Period.parse(f"{iso.year - 1}-W{iso.week:02d}")
            return Period.parse(f"{self.start.year - 1}-{self.start:%m-%d}")
        except ValueError:
            return None


def _months(year: int, month: int, freq: Freq) -> Period:
    last = month + _MONTHS[freq] - 1
    return Period(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]), freq)


@lru_cache(maxsize=65_536)
def _key(start: date, freq: Freq) -> str:
    if freq == "W":
        iso = start.isocalendar()
        return f"{iso.year}-W{iso.week:02d}"
    if freq == "M":
        return f"{start:%Y-%m}"
    if freq == "Q":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return f"{start.year}" if freq == "A" else start.isoformat()
