"""Makes the demo hall: its deliveries are drawn, loaded as any hall's are, and rolled up."""

from __future__ import annotations

from pathlib import Path

from hall import demo, settings
from hall.cases.load import load
from hall.cases.outcome import Insisted, Wish
from hall.cases.rollup import Rolled, rollup
from hall.store.published import clear, locked, told

PUBLISHER = "demo"
# Bytes of deliveries that are loaded together.
_AT_ONCE = 60_000_000


def build(
    cases: int | None = None, months: int = demo.MONTHS, seed: int = 1, progress: demo.Progress | None = None
) -> Rolled:
    """Some months at a time, so that the disk never holds much beside the records; arguments as of
    ``hall.demo.monthly``. HallError store_busy, disk_full, store_not_writable and those of load and rollup."""
    folder = settings.store() / "demo"
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            try:
                drawn: list[Path] = []
                for files in demo.monthly(folder, cases, months, seed, progress):
                    drawn += files
                    if sum(path.stat().st_size for path in drawn) > _AT_ONCE:
                        _deliver(folder, drawn)
                if drawn:
                    _deliver(folder, drawn)
            finally:
                clear(folder, "*.parquet")
    return rollup(PUBLISHER)


def _deliver(folder: Path, drawn: list[Path]) -> None:
    # Drawn anew with another size, it takes the place of what was drawn before.
    load(drawn, PUBLISHER, Wish(insist=Insisted(settings.user(), PUBLISHER)))
    clear(folder, "*.parquet")
    drawn.clear()
