"""Counts only: accepted, completed and on time by day, department and channel, against the scan bound."""

from __future__ import annotations

import sys
import time

import duckdb

from bench import scale
from hall import sql

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": scale.CORES,
    "memory_limit": "200MB",
    "preserve_insertion_order": "false",
}
_ROLLUPS = ("spans_day", "accepted_day", "ended_day")


def work(cases: int) -> None:
    """A month at a time, as the engine does it; the counts stay in a table."""
    begun = time.perf_counter()
    days = scale.workdays()
    kept = duckdb.connect(config={"threads": scale.CORES})
    for path in scale.files(cases):
        con = duckdb.connect(config=_CONFIG)
        con.register("workdays", days)
        con.read_parquet(str(path)).create_view("cases")
        for name in _ROLLUPS:
            con.sql(sql.text(f"rollups/{name}")).create(name)
        for name in _ROLLUPS[1:]:
            found = con.table(name).to_arrow_table()
            relation = kept.from_arrow(found)
            if path == scale.files(cases)[0]:
                relation.create(name)
            else:
                relation.insert_into(name)
        con.close()
    kept.close()
    scale.tell(time.perf_counter() - begun)


def main() -> None:
    """Print the row of the table."""
    paths = scale.files(scale.CASES)
    bound = scale.bound(paths, scale.COUNTS)
    found = sorted(scale.alone("bench.counts", str(scale.CASES)) for _ in range(3))
    seconds, megabytes = found[1]
    told = f"{seconds:.1f} s, {seconds / bound:.2f} × bound {bound:.1f} s, {megabytes} MB"
    scale.row(f"counts only, {scale.CASES:,} cases", told, "2.5 ×, 300 MB", "1.8 ×")


if __name__ == "__main__":
    work(int(sys.argv[1])) if len(sys.argv) > 1 else main()
