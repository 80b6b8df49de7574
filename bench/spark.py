"""The same rollups of 10^7 cases by DuckDB and by Spark on two cores of this machine, and whether they are equal."""

from __future__ import annotations

import time
from contextlib import closing

import polars as pl

from bench import scale
from hall.engines.base import Engine, Records
from hall.engines.duckdb import DuckDBEngine
from hall.engines.spark import SparkEngine

_MEMORY = {"spark.driver.memory": "6g"}


def rolled(engine: Engine, records: Records) -> tuple[float, dict[str, pl.DataFrame]]:
    """Seconds, and every table of the cube in one order."""
    begun = time.perf_counter()
    found = dict(engine.rollup(records))
    seconds = time.perf_counter() - begun
    return seconds, {name: pl.DataFrame(table).sort(table.column_names) for name, table in found.items()}


def main() -> None:
    """Print the row of the table."""
    files = [str(path) for path in scale.files(scale.SMALL)]
    records, first = Records(scale.workdays(), cases=files), Records(scale.workdays(), cases=files[:1])
    with closing(SparkEngine(f"local[{scale.CORES}]", more=_MEMORY)) as spark:
        start, _ = rolled(spark, first)
        slow, theirs = rolled(spark, records)
    fast, ours = rolled(DuckDBEngine(scale.FOLDER / "spill", 2000, scale.CORES), records)
    equal = all(theirs[name].equals(ours[name]) for name in ours)
    told = f"{slow:.0f} s, {slow / fast:.1f} × DuckDB {fast:.1f} s, first month {start:.0f} s, equal: {equal}"
    scale.row(f"rollups of {scale.SMALL:,} cases on Spark, local", told, "", "")


if __name__ == "__main__":
    main()
