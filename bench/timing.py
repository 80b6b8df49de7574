"""Times and how they are printed."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from hall.paths import ROOT


def median(act: Callable[[], object], runs: int = 7) -> float:
    """The median of the seconds that the act takes."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def python(*arguments: str) -> Callable[[], object]:
    """A whole Python process, as an act."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def show(name: str, seconds: float, against: str, yardstick: float) -> None:
    """One line: the time, and how many times the yardstick's it is."""
    print(f"{name:<44} {seconds * 1000:9.1f} ms   {seconds / yardstick:6.1f} × {against} ({yardstick * 1000:.1f} ms)")
