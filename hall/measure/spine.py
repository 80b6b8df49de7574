"""Complete runs of periods: what is missing between the known ones, so that nothing is joined across a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hall.model import Period


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of periods that are not known."""

    first: Period
    last: Period
    count: int


def spine(known: Iterable[Period], first: Period | None = None, last: Period | None = None) -> tuple[Period, ...]:
    """Every period from the first to the last (by default of the known), of the known frequency, in order.

    A known week keeps its own days (Monday to Friday where it was printed so).
    """
    own = {p.key: p for p in known}
    if not own:
        return ()
    keys = sorted(own)
    at, end = Period.parse((first or own[keys[0]]).key), Period.parse((last or own[keys[-1]]).key)
    found: list[Period] = []
    while at.start <= end.start:
        found.append(own.get(at.key, at))
        at = at.shift(1)
    return tuple(found)


def gaps(periods: Iterable[Period], known: Iterable[str]) -> tuple[Gap, ...]:
    """Runs of periods whose keys are not known."""
    have = set(known)
    found: list[Gap] = []
    run: list[Period] = []
    for period in [*periods, None]:
        if period is not None and period.key not in have:
            run.append(period)
        elif run:
            found.append(Gap(run[0], run[-1], len(run)))
            run = []
    return tuple(found)


def newest_slots(newest: Period, count: int = 12) -> tuple[Period, ...]:
    """The periods that end with the newest: the slots of a sparkline."""
    return tuple(newest.shift(i - count + 1) for i in range(count))
