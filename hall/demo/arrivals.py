"""When rows come: counts by day, spread over the hours and seconds of the day, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hall.demo import scenario
from hall.demo.clock import DAY, Seconds
from hall.demo.scenario import DemoSource

SLICE = 1 << 20  # rows that are drawn at a time
_SOURCES = 3  # bits that number the sources
_HOUR = 3600


def arrivals(
    counts: NDArray[np.int64], sources: Sequence[DemoSource], rng: np.random.Generator
) -> Iterator[tuple[Seconds, NDArray[np.int32]]]:
    """Moments and the places of their sources, slice by slice, of counts [sources, days].

    No row comes at midnight, which would say that its time of day is not known.
    """
    profiles = np.array([scenario.raw()["hours"][source.hours] for source in sources], dtype=float)
    shares = profiles / profiles.sum(axis=1, keepdims=True)
    by_hour = rng.multinomial(counts, shares[:, None, :])
    source, day, hour = np.indices(by_hour.shape, dtype=np.int32)
    # Moment and source in one number: both are put in order by sorting plain numbers.
    starts = (day * DAY + hour * np.int32(_HOUR)) << _SOURCES | source
    keys = np.repeat(starts.ravel(), by_hour.ravel())
    keys += rng.integers(1, _HOUR, len(keys), dtype=np.int32) << _SOURCES
    keys.sort()
    for start in range(0, len(keys), SLICE):
        part = keys[start : start + SLICE]
        yield part >> _SOURCES, part & ((1 << _SOURCES) - 1)
