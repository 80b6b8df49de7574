"""Counts only: accepted, completed and on time by day, department and channel, against the scan bound."""

from __future__ import annotations

import sys
import tempfile
import time

import duckdb

from bench import scale

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": scale.CORES,
    "memory_limit": "128MB",
    "preserve_insertion_order": "false",
}
_ACCEPTED = """
select cast(accepted_at as date) as day, department, channel, count(*)::int as n
from cases
group by all
"""
_COMPLETED = """
select cast(c.completed_at as date) as day, c.department, c.channel, count(*)::int as n,
    sum(case when last.number - first.number <= c.promised_workdays then 1 else 0 end)::int as on_time
from cases as c
join workdays as first on first.day = cast(c.accepted_at as date)
join workdays as last on last.day = cast(c.completed_at as date)
where c.status = 'completed'
group by all
"""


def work(cases: int) -> None:
    """A month at a time, as the engine does it, but by two questions of its own: the rollups of the cube ask for
    handling times, ratings and withdrawals too. The counts are gathered in a file."""
    begun = time.perf_counter()
    days = scale.workdays()
    with tempfile.TemporaryDirectory() as folder:
        cube = duckdb.connect(f"{folder}/counts.duckdb")
        cube.execute("create table accepted (day date, department varchar, channel varchar, n int)")
        cube.execute("create table completed (day date, department varchar, channel varchar, n int, t int)")
        for path in scale.files(cases):
            con = duckdb.connect(config=_CONFIG)
            con.register("workdays", days)
            con.read_parquet(str(path)).create_view("cases")
            for table, question in (("accepted", _ACCEPTED), ("completed", _COMPLETED)):
                cube.from_arrow(con.sql(question).to_arrow_table()).insert_into(table)
            con.close()
        cube.close()
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
