"""The demo hall: cases and consultations drawn from data/catalog/demo.toml, the same for the same seed, written as the
deliveries that a real hall would make. Nothing is counted here: every number of the demo is counted from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hall.demo import scenario
from hall.demo.volumes import Plan
from hall.demo.write import Progress, month_files


def deliveries(
    folder: Path, cases: int | None = None, months: int = 36, seed: int = 1, progress: Progress | None = None
) -> list[Path]:
    """Writes the deliveries of the last ``months`` months into a folder and names them."""
    return [path for paths in monthly(folder, cases, months, seed, progress) for path in paths]


def monthly(
    folder: Path, cases: int | None = None, months: int = 36, seed: int = 1, progress: Progress | None = None
) -> Iterator[list[Path]]:
    """The same, month by month: what was taken may be deleted before the next is written.

    ``cases`` is their number over all months, with all cities and counties; left out, the hall's own size.
    """
    plan = Plan(tuple(scenario.months(months)), seed, cases)
    folder.mkdir(parents=True, exist_ok=True)
    for done, month in enumerate(plan.months):
        yield month_files(folder, plan, month)
        if progress:
            progress(done + 1, months, month.key)
