"""Chance: a random stream for each part of the demo, and draws by weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SHARE = 1 << 16  # shares are drawn as whole numbers below this


def stream(seed: int, *names: int | str) -> np.random.Generator:
    """The random stream of one part: the same whatever other parts are drawn."""
    words = [int.from_bytes(name.encode(), "big") if isinstance(name, str) else name for name in names]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *words])))


def deck(weights: NDArray[np.float64], bits: int) -> NDArray[np.int16]:
    """2^bits places of the weights, each as often as its weight says: any of them drawn evenly is a draw by weight."""
    ends = np.rint(np.cumsum(weights) / weights.sum() * (1 << bits)).astype(np.int64)
    return np.repeat(np.arange(len(weights), dtype=np.int16), np.diff(ends, prepend=0))
