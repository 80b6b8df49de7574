"""The consultations of a month: of which kind and where, about which department, when and how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hall.demo import chance, scenario
from hall.demo.arrivals import arrivals
from hall.demo.chance import SHARE
from hall.demo.clock import Seconds
from hall.demo.volumes import Plan
from hall.period import Period

_BITS = 16  # of the decks of departments and cities
UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Consulted:
    """Consultations in order of time; arrays of [rows]."""

    at: Seconds
    stream: NDArray[np.int32]  # its place among the streams
    department: NDArray[np.int16]  # its place among the departments of the demo, or UNKNOWN
    city: NDArray[np.int16]  # its place in the catalogue
    length: NDArray[np.int32]  # hundredths of a minute, or UNKNOWN


def draw(plan: Plan, month: Period) -> Iterator[Consulted]:
    """The consultations of a month, slice by slice."""
    words, streams = scenario.raw()["consultation"], scenario.streams()
    bodies = chance.deck(plan.departments(month).sum(axis=0), _BITS)
    places = chance.deck(plan.cities(words["abroad"]), _BITS)
    usual = np.log([stream.minutes for stream in streams]).astype(np.float32)
    moments = arrivals(plan.consulted(month), streams, chance.stream(plan.seed, "called", month.key))
    for place, (at, stream) in enumerate(moments):
        rng, size = chance.stream(plan.seed, "consultations", month.key, place), len(at)
        minutes = np.exp(usual[stream] + rng.standard_normal(size, dtype=np.float32) * np.float32(words["spread"]))
        length = np.rint(np.minimum(minutes, words["longest"]) * 100).astype(np.int32)
        body = bodies[rng.integers(1 << _BITS, size=size, dtype=np.int32)]
        timed, assigned = (rng.integers(SHARE, size=size, dtype=np.uint16) for _ in range(2))
        yield Consulted(
            at=at,
            stream=stream,
            department=np.where(assigned < words["unassigned"] * SHARE, np.int16(UNKNOWN), body),
            city=places[rng.integers(1 << _BITS, size=size, dtype=np.int32)],
            length=np.where(timed < words["timed"] * SHARE, length, np.int32(UNKNOWN)),
        )
