"""Makes the demo hall: its deliveries are drawn, loaded as any hall's are, and rolled up."""

from __future__ import annotations

from hall import demo, settings
from hall.cases.rollup import Rolled, rollup
from hall.store import publish, versions

PUBLISHER = "demo"


def build(
    cases: int | None = None, months: int = demo.MONTHS, seed: int = 1, progress: demo.Progress | None = None
) -> Rolled:
    """Month by month, so that the disk never holds more than one delivery beside the records; arguments as of
    ``hall.demo.monthly``. HallError store_busy, disk_full, store_not_writable and those of load and rollup."""
    from hall.cases.load import load

    folder = settings.store() / "demo"
    with publish.told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with versions.lock(folder):
            try:
                for files in demo.monthly(folder, cases, months, seed, progress):
                    load(files, publisher=PUBLISHER)
                    versions.clear(folder, "*.parquet")
            finally:
                versions.clear(folder, "*.parquet")
    return rollup(PUBLISHER)
