"""Working days with 调休: chinesecalendar, and data/catalog/workdays.toml for years that it does not know."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar

from hall.paths import CATALOG


@cache
def _override(path: Path) -> dict[int, tuple[frozenset[date], frozenset[date]]]:
    if not path.exists():
        return {}
    years = tomllib.loads(path.read_text(encoding="utf-8")).get("year", [])
    return {y["year"]: (frozenset(y.get("holidays", ())), frozenset(y.get("workdays", ()))) for y in years}


@lru_cache(maxsize=50_000)
def is_workday(day: date, path: Path = CATALOG / "workdays.toml") -> bool | None:
    """Whether offices are open; None when the calendar of that year has not been announced."""
    years = _override(path)
    if day.year in years:
        holidays, workdays = years[day.year]
        return day in workdays or (day.weekday() < 5 and day not in holidays)
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def workdays(start: date, end: date, path: Path = CATALOG / "workdays.toml") -> int | None:
    """Working days from start to end, both included; None when one of the years has not been announced."""
    days = [is_workday(start + timedelta(days=i), path) for i in range((end - start).days + 1)]
    return None if None in days else sum(1 for d in days if d)
