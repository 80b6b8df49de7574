"""Ranks of rates that chance cannot top: by the lower bound of each rate's interval (docs/decisions/10-ranking.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

# of the interval: 95 of 100 such intervals hold the rate that more cases would show
_Z = 1.959963984540054
# Fewer cases than this tell too little of a rate to be ranked by it: a hundred of a hundred have the lower bound 96 %,
# thirty of thirty 89 %, which would stand last among good ones.
FLOOR = 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry: ``hits`` of ``n`` (a rate of 0 to 1) with the interval around it; ``rank`` counts from 1, equal ones
    share it, None where ``n`` is below the floor."""

    id: str
    hits: int
    n: int
    low: float
    high: float
    rank: int | None = None

    @property
    def rate(self) -> float:
        """The share of hits as it was counted; 0 where there is nothing to count."""
        return self.hits / self.n if self.n else 0.0


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's interval of a rate at 95 %; (0, 1) where nothing was counted. ValueError unless 0 ≤ hits ≤ n."""
    if not 0 <= hits <= n:
        raise ValueError((hits, n))
    if not n:
        return 0.0, 1.0
    rate, z2 = hits / n, _Z * _Z
    middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
    reach = _Z / (1 + z2 / n) * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n))
    # rounding must not carry a bound beyond the rate itself
    return min(max(middle - reach, 0.0), rate), max(min(middle + reach, 1.0), rate)


def ranking(counted: Iterable[tuple[str, int, int]], floor: int = FLOOR) -> tuple[Ranked, ...]:
    """Entries (id, hits, n) by the lower bound of their rate, best first, equal ones in the order given; then those of
    fewer than ``floor`` cases, unranked, the most cases first."""
    entries = [Ranked(key, hits, n, *interval(hits, n)) for key, hits, n in counted]
    shown = sorted((e for e in entries if e.n >= floor), key=lambda e: -e.low)
    places: dict[float, int] = {}
    for place, entry in enumerate(shown, start=1):
        places.setdefault(entry.low, place)
    ranked = [Ranked(e.id, e.hits, e.n, e.low, e.high, places[e.low]) for e in shown]
    return (*ranked, *sorted((e for e in entries if e.n < floor), key=lambda e: -e.n))
