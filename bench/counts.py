"""Counts only: accepted, completed and on time by day, department and channel, against the scan bound."""

from __future__ import annotations

import sys
import tempfile
import time

import duckdb

from bench import scale

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": scale.CORES,
    "memory_limit": "200MB",
    "temp_directory": str(scale.FOLDER / "spill"),
    "preserve_insertion_order": "false",
}
_ACCEPTED = """
select cast(accepted_at as date) as day, department, channel, count(*) as n
from cases
group by all
"""
_COMPLETED = """
select cast(c.completed_at as date) as day, c.department, c.channel, count(*) as n,
    count(case when last.number - first.number <= c.promised_workdays then 1 end) as on_time
from cases as c
join workdays as first on first.day = cast(c.accepted_at as date)
join workdays as last on last.day = cast(c.completed_at as date)
where c.status = 'completed'
group by all
"""


def work(cases: int) -> None:
    """Two questions of its own to all files at once: the rollups of the cube ask for handling times, ratings and
    withdrawals too."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        con = duckdb.connect(f"{folder}/counts.duckdb", config=_CONFIG)
        con.execute("set enable_progress_bar = false")
        con.from_arrow(scale.workdays()).create("workdays")
        con.read_parquet([str(path) for path in scale.files(cases)]).create_view("cases")
        con.sql(_ACCEPTED).create("accepted")
        con.sql(_COMPLETED).create("completed")
        con.close()
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
