"""Records for the benches of cases: monthly Parquet files of the demo generator, made once and kept in build/bench."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hall.measure.calendar import calendar
from hall.paths import ROOT

FOLDER = ROOT / "build" / "bench"
CASES = int(os.environ.get("BENCH_CASES", "100_000_000"))
SMALL = CASES // 10
CORES = 2
MONTHS = 36
COUNTS = ("accepted_at", "completed_at", "department", "channel", "status", "promised_workdays")
WHOLE = (*COUNTS, "issued_at", "transferred_at", "city", "item_code", "item_name", "issued_at_place", "delivery",
         "satisfaction")  # fmt: skip


def files(cases: int) -> list[Path]:
    """The case files of that many cases over 36 months, oldest first; made where they are not there yet."""
    folder = FOLDER / f"{cases}"
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        print(f"making {cases:,} cases in {folder}", file=sys.stderr)
        from hall.demo import deliveries

        for path in deliveries(folder, cases=cases, months=MONTHS):
            _as_loaded(path)
        (folder / "made").touch()
    return sorted(folder.glob("cases-*.parquet"))


def _as_loaded(path: Path) -> None:
    """Write a delivery again as loading it would (hall/records/months.py)."""
    written = path.with_suffix(".loaded")
    duckdb.read_parquet(str(path)).write_parquet(str(written), compression="zstd")
    written.replace(path)


def counted(cases: int) -> list[tuple[Path, int]]:
    """The same files with how many rows each holds."""
    return [(path, pq.read_metadata(path).num_rows) for path in files(cases)]


def workdays() -> pa.Table:
    """The calendar that the rollups go by."""
    return calendar(date(2023, 1, 1), date(2026, 12, 31)).to_arrow()


def bound(paths: list[Path], columns: tuple[str, ...], runs: int = 3) -> float:
    """The yardstick: the median of the seconds that DuckDB takes for count, min and max of these columns of these
    files, decoded (it must not answer from the files' statistics), on two cores."""
    taken = []
    for _ in range(runs):
        con = duckdb.connect(config={"threads": CORES})
        con.execute("set enable_progress_bar = false")
        con.execute("set disabled_optimizers = 'statistics_propagation'")
        ends = ", ".join(f"min({column}), max({column})" for column in columns)
        begun = time.perf_counter()
        con.read_parquet([str(path) for path in paths]).aggregate(f"count(*), {ends}").fetchall()
        taken.append(time.perf_counter() - begun)
        con.close()
    return sorted(taken)[runs // 2]


def alone(*arguments: str) -> tuple[float, int]:
    """A bench module in a process of its own: what it printed last (seconds), and its peak memory in MB."""
    run = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    seconds, megabytes = run.stdout.split()[-2:]
    return float(seconds), int(megabytes)


def tell(seconds: float) -> None:
    """What ``alone`` reads; the peak of this program alone, where ``getrusage`` would tell its parent's as well."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(seconds, int(peak.split()[1]) // 1000)


def row(name: str, value: str, must: str, aim: str) -> None:
    """One line of the table."""
    print(f"{name:<58} {value:<34} must {must:<22} aim {aim}", flush=True)
