"""The consultations of a month: of which kind and where, about which department, when and how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hall.demo import scenario, volumes
from hall.demo.cases import SHARE, SLICE, cities
from hall.demo.clock import Seconds
from hall.demo.volumes import Plan
from hall.period import Period

_BITS = 16  # of the tables by which departments and cities are drawn
_LONGEST = 240  # minutes


@dataclass(frozen=True, slots=True, eq=False)
class Consulted:
    """Consultations in order of time; arrays of [rows]."""

    at: Seconds
    stream: NDArray[np.int8]  # its place among the streams
    department: NDArray[np.int8]  # its place among the departments of the demo, -1 none
    city: NDArray[np.int8]
    cents: NDArray[np.int32]  # hundredths of a minute, -1 not known


def draw(plan: Plan, month: Period) -> Iterator[Consulted]:
    """The consultations of a month, slice by slice."""
    rng = scenario.random(plan.seed, "consulted at", month.key)
    hours = [stream.hours for stream in scenario.streams()]
    counts = volumes.spread_over_hours(plan.consulted(month), hours, rng)
    keys = volumes.sorted_keys(counts, rng)
    cases = float(volumes.cases_by_day(month, plan.seed).sum() * plan.scale)
    bodies = scenario.draw_codes(volumes.departments(plan.seed, month, cases).sum(axis=0), _BITS)
    places = scenario.draw_codes(cities(plan, abroad=0.4), _BITS)
    usual = np.log([stream.minutes for stream in scenario.streams()]).astype(np.float32)
    words = scenario.raw()["consultation"]
    for start in range(0, len(keys), SLICE):
        part = keys[start : start + SLICE]
        rng = scenario.random(plan.seed, "consultation", month.key, start)
        size, stream = len(part), part & 7
        length = np.exp(usual[stream] + rng.standard_normal(size, dtype=np.float32) * words["spread"])
        cents = np.rint(np.clip(length, 0.2, _LONGEST) * 100).astype(np.int32)
        known, assigned = (rng.integers(SHARE, size=size, dtype=np.uint16) for _ in range(2))
        body = bodies[rng.integers(1 << _BITS, size=size)].astype(np.int8)
        yield Consulted(
            at=part >> 3,
            stream=stream.astype(np.int8),
            department=np.where(assigned < words["unassigned"] * SHARE, np.int8(-1), body),
            city=places[rng.integers(1 << _BITS, size=size)].astype(np.int8),
            cents=np.where(known < words["timed"] * SHARE, cents, np.int32(-1)),
        )
