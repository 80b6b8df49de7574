"""Which months of records stand apart from the continuous run, and which come so soon after months that are missing
that much of what ends in them was never seen to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from hall.measure.workdays import is_workday
from hall.model import Period

# months that far from all others are another stretch of time
_FAR = 12
# a stretch of no more months than these may be slips of the pen
_SHORT = 3
# so many times fewer rows than a usual month has
_FEW = 100
_YEAR = 12
_DAY = timedelta(days=1)
Taken = Callable[[Sequence[str]], int]


def isolated(rows: Mapping[str, int]) -> tuple[str, ...]:
    """Of months (2025-10) with their rows those that stand apart, oldest first: up to three of them a year or more from
    all others, which are more; or, with any gap, as good as no rows beside those of a usual month. What is left begins
    with the continuous run."""
    stretches = _runs(sorted(rows), _FAR)
    if not stretches:
        return ()
    body = max(stretches, key=lambda run: (len(run), sum(rows[m] for m in run)))
    apart = [m for run in stretches if len(run) <= _SHORT and len(run) < len(body) for m in run]
    left = [m for m in sorted(rows) if m not in apart]
    usual = median(rows[m] for m in body)
    runs = _runs(left, 1)
    if len(runs) > 1:
        apart += [m for run in runs if all(rows[m] * _FEW <= usual for m in run) for m in run]
    return tuple(sorted(apart))


def unsettled(months: Sequence[str], taken: Taken) -> tuple[str, ...]:
    """Of the months held those whose endings lack what began in months before them that are not held: after every gap,
    and after the beginning, until the first month that begins later than the gap's end by ``taken`` working days, one
    month at least. ``taken`` tells the 99th percentile of handling time of some months: the twelve before the gap, at
    the beginning the first twelve."""
    found, before = set[str](), list[str]()
    for run in _runs(months, 1):
        first = Period.parse(run[0])
        twelve = [Period.parse(before[-1]).shift(-i).key for i in range(_YEAR)] if before else months[:_YEAR]
        until = later(first.start - _DAY, taken([m for m in twelve if m in months]))
        found |= {m for m in months if m >= run[0] and (m == run[0] or Period.parse(m).start <= until)}
        before = run
    return tuple(sorted(found))


def later(day: date, workdays: int) -> date:
    """The day that lies so many working days later; where no calendar is announced, Monday to Friday."""
    while workdays > 0:
        day += _DAY
        workdays -= works(day)
    return day


def works(day: date) -> bool:
    """Whether offices are open; where no calendar is announced, Monday to Friday."""
    known = is_workday(day)
    return day.weekday() < 5 if known is None else known


def _runs(months: Sequence[str], far: int) -> list[list[str]]:
    """Months in order, parted where more than ``far`` steps lie between two: 1 keeps runs without a gap together."""
    found: list[list[str]] = []
    for month in months:
        if found and _at(month) - _at(found[-1][-1]) <= far:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _at(month: str) -> int:
    return int(month[:4]) * _YEAR + int(month[5:])
