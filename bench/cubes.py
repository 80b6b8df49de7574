"""Both cubes in full with their histograms, published: against the scan bound, and at a tenth of the cases."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import polars as pl

from bench import scale
from hall import settings
from hall.cases.rollup import compute
from hall.engines.base import Records
from hall.engines.duckdb import DuckDBEngine
from hall.measure.calendar import fingerprints
from hall.store import cubing
from hall.store.cubing import Month


def build(cases: int, only: int | None = None) -> str:
    """The cube of these records in the store of the bench (``only``: that month, counted from 0, computed again); its
    name."""
    os.environ["HALL_STORE"] = str(store(cases))
    if only is None:
        shutil.rmtree(store(cases), ignore_errors=True)
    days = scale.workdays()
    engine = DuckDBEngine(store(cases) / "spill", settings.engine_memory(), threads=scale.CORES)
    months = [
        ([Month("cases", path.stem.removeprefix("cases-"), f"{time.time()}", rows)], Records(days, cases=[str(path)]))
        for path, rows in scale.counted(cases)[only : only + 1 if only is not None else None]
    ]
    with cubing.draft("demo", fingerprints(pl.DataFrame(days))) as draft:
        for _ in compute(draft, engine, months):
            pass
        return draft.publish()


def store(cases: int) -> Path:
    """The folder of the bench's store for that many cases."""
    return scale.FOLDER / f"store-{cases}"


def main() -> None:
    """Print the rows of the table."""
    bound = scale.bound(scale.files(scale.CASES), scale.WHOLE)
    whole, megabytes = scale.alone("bench.cubes", str(scale.CASES))
    tenth, _ = scale.alone("bench.cubes", str(scale.SMALL))
    told = f"{whole:.1f} s, {whole / bound:.2f} × bound {bound:.1f} s, {megabytes} MB"
    scale.row(f"both cubes with histograms, {scale.CASES:,} cases", told, "8 ×, 1 GB", "5 ×, 500 MB")
    growth = f"{whole / tenth:.1f} × the time for ten times the cases"
    scale.row(f"{scale.SMALL:,} cases ({tenth:.1f} s) to {scale.CASES:,}", growth, "10 ×", "")
    for name, month in (("the newest", scale.MONTHS - 1), ("a middle one", scale.MONTHS // 2)):
        seconds = sorted(scale.alone("bench.cubes", str(scale.CASES), str(month))[0] for _ in range(3))[1]
        share = scale.counted(scale.CASES)[month][1] / scale.CASES
        told = f"{seconds:.2f} s, 1/{whole / seconds:.0f} of the rebuild ({share:.1%} of the cases)"
        scale.row(f"one month refreshed among {scale.MONTHS}: {name}", told, "1/20", "1/30")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        begun = time.perf_counter()
        build(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
        scale.tell(time.perf_counter() - begun)
