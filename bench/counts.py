"""Counts only: accepted, completed and on time by day, department and channel, against the scan bound."""

from __future__ import annotations

import sys
import tempfile
import time

import duckdb

from bench import scale
from hall import sql

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": scale.CORES,
    "memory_limit": "128MB",
    "preserve_insertion_order": "false",
}
_ROLLUPS = ("spans_day", "accepted_day", "ended_day")
_ACCEPTED = "from accepted_day"
_COMPLETED = """
select month_accepted, day, department, channel, sum(completed)::int as completed, sum(on_time)::int as on_time
from ended_day
group by all
"""


def work(cases: int) -> None:
    """A month at a time, as the engine does it; the counts are gathered in a file."""
    begun = time.perf_counter()
    days = scale.workdays()
    with tempfile.TemporaryDirectory() as folder:
        cube = duckdb.connect(f"{folder}/counts.duckdb")
        cube.execute("create table accepted (month date, day date, department varchar, channel varchar, n int)")
        cube.execute("create table completed (month date, day date, department varchar, channel varchar, n int, t int)")
        for path in scale.files(cases):
            con = duckdb.connect(config=_CONFIG)
            con.register("workdays", days)
            con.read_parquet(str(path)).create_view("cases")
            for name in _ROLLUPS:
                con.sql(sql.text(f"rollups/{name}")).create(name)
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
