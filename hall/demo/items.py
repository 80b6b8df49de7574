"""The items of the demo hall: their names and codes, and what is usual for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hall.demo import chance, scenario


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """One entry for each item; arrays of [items]."""

    code: list[str]  # twelve characters
    name: list[str]
    department: NDArray[np.int8]  # its place among the departments of the demo
    share: NDArray[np.float64]  # of the cases of its department
    promised: NDArray[np.int16]  # working days, -1 none
    usual: NDArray[np.float32]  # log of the median handling time in working days
    spread: NDArray[np.float32]  # of that log
    company: NDArray[np.uint8]  # 255 times the share of applicants that are no persons
    document: NDArray[np.bool_]  # whether it gives a document
    instant: NDArray[np.bool_]  # whether it is decided by rule when applied for online


@lru_cache(maxsize=4)
def items(seed: int) -> Items:
    """All items, by department and then by volume."""
    words, course = scenario.raw()["items"], scenario.course()
    bodies = scenario.departments()
    counts = np.rint(np.linspace(words["most"], words["least"], len(bodies))).astype(int)
    rng = chance.stream(seed, "items")
    code, name, share = [], [], []
    for body, count in zip(bodies, counts, strict=True):
        named = [grade + matter + act for grade in words["classes"] for act in words["acts"] for matter in body.matters]
        weights = 1 / np.arange(1, count + 1) ** words["skew"]
        code += [f"SX{body.rank + 1:04d}{place + 1:06d}" for place in range(count)]
        name += [named[place] for place in rng.permutation(len(named))[:count]]
        share += list(weights / weights.sum())
    department = np.repeat(np.arange(len(bodies)), counts)
    size = len(code)
    promise = np.array([body.promise for body in bodies])[department]
    promised = np.clip(np.rint(promise * rng.lognormal(0, words["spread"], size)), 1, words["longest"])
    spread = rng.uniform(*course.spread, size)
    # Late is what takes longer than the promise and half a day: cases come at any time of their first day.
    late = np.array([NormalDist().inv_cdf(body.on_time) for body in bodies])[department]
    company = np.array([body.company for body in bodies])[department] + rng.normal(0, words["company"], size)
    return Items(
        code=code,
        name=name,
        department=department.astype(np.int8),
        share=np.array(share),
        promised=np.where(rng.random(size) < course.unpromised, -1, promised).astype(np.int16),
        usual=(np.log(promised + 0.5) - spread * late).astype(np.float32),
        spread=spread.astype(np.float32),
        company=np.rint(np.clip(company, 0, 1) * 255).astype(np.uint8),
        document=rng.random(size) < course.document,
        instant=(rng.random(size) < course.instant) & (promised <= course.instant_promise),
    )
