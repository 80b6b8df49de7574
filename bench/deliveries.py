"""Ten million rows of CSV into Parquet with all checks on, against DuckDB's bare CSV to Parquet with none."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import duckdb

from bench import scale

_CSV = scale.FOLDER / f"cases-{scale.SMALL}.csv"


def write() -> None:
    """All the cases of the smaller set as one CSV, as a hall's system would export them."""
    if not _CSV.exists():
        con = duckdb.connect()
        con.read_parquet([str(path) for path in scale.files(scale.SMALL)]).write_csv(str(_CSV))


def bare() -> float:
    """The yardstick: seconds of one COPY on two cores, types guessed, nothing checked."""
    con = duckdb.connect(config={"threads": scale.CORES, "preserve_insertion_order": False})
    begun = time.perf_counter()
    con.read_csv(str(_CSV)).write_parquet(str(scale.FOLDER / "bare.parquet"), compression="zstd")
    return time.perf_counter() - begun


def load(store: Path) -> None:
    """The load itself, into a new store."""
    os.environ["HALL_STORE"] = str(store)
    from hall.cases.load import load as loaded

    shutil.rmtree(store, ignore_errors=True)
    begun = time.perf_counter()
    loaded([_CSV], publisher="demo")
    scale.tell(time.perf_counter() - begun)


def main() -> None:
    """Print the row of the table."""
    write()
    yardstick = sorted(bare() for _ in range(3))[1]
    found = sorted(scale.alone("bench.deliveries", str(scale.FOLDER / "loaded")) for _ in range(3))
    seconds, megabytes = found[1]
    told = f"{seconds:.1f} s, {yardstick / seconds:.2f} × bare {yardstick:.1f} s, {megabytes} MB"
    scale.row(f"load of {scale.SMALL:,} CSV rows, all checks", told, "0.3 ×, 1.5 GB", "0.5 ×, 1 GB")


if __name__ == "__main__":
    load(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
