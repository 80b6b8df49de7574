"""The demo hall: cases and consultations drawn from data/catalog/demo.toml, the same for the same seed, written as the
deliveries that a hall would make. Nothing is counted here: every number of the demo is counted from its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hall.demo import scenario, write
from hall.demo.volumes import Plan

Progress = Callable[[int, int, str], None]
MONTHS = 36


def deliveries(
    folder: Path, cases: int | None = None, months: int = MONTHS, seed: int = 1, progress: Progress | None = None
) -> list[Path]:
    """Write the deliveries of the last ``months`` months into a folder: all their files, oldest first."""
    return [path for files in monthly(folder, cases, months, seed, progress) for path in files]


def monthly(
    folder: Path, cases: int | None = None, months: int = MONTHS, seed: int = 1, progress: Progress | None = None
) -> Iterator[list[Path]]:
    """The same month by month: what was taken may be deleted before the next month is written.

    ``cases`` is their number over all months, with all cities and counties; left out, the hall has its own size, and a
    month is the same however many are asked for.
    """
    plan = Plan(tuple(scenario.months(months)), seed, cases)
    folder.mkdir(parents=True, exist_ok=True)
    for done, month in enumerate(plan.months):
        if progress:
            progress(done, months, month.key)
        yield write.delivery(folder, plan, month)
    if progress:
        progress(months, months, plan.months[-1].key)
