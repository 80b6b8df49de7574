"""Median and 90th percentile of handling time from the cube's histogram against the cases themselves."""

from __future__ import annotations

import os
import random
from pathlib import Path

import duckdb

from bench import cubes, scale

_SELECTIONS = 40
_RAW = """
with taken as (
    select last.number - first.number as taken
    from cases as c
    join workdays as first on first.day = cast(c.accepted_at as date)
    join workdays as last on last.day = cast(c.completed_at as date)
    where c.status = 'completed' and c.department = $department and c.channel = $channel
        and cast(c.completed_at as date) between $first and $last
)
select count(*), quantile_disc(taken, 0.5), quantile_disc(taken, 0.9) from taken
"""
_CUBE = """
with bins as (
    select workdays, sum(completed) as n, sum(n) over (order by workdays) as below, sum(n) over () as whole
    from day_handling
    where department = $department and channel = $channel and day between $first and $last
    group by workdays
)
select max(whole), min(workdays) filter (where below >= 0.5 * whole), min(workdays) filter (where below >= 0.9 * whole)
from bins
"""


def main() -> None:
    """Print the row of the table."""
    cases = scale.SMALL
    if not (cubes.store(cases) / "cubes").exists():
        scale.alone("bench.cubes", str(cases))
    folder = cubes.store(cases) / "cubes" / "demo"
    cube = duckdb.connect(str(folder / Path(folder / "CURRENT").read_text().strip()), read_only=True)
    raw = duckdb.connect(config={"threads": os.cpu_count() or 2})
    raw.register("workdays", scale.workdays())
    raw.read_parquet([str(path) for path in scale.files(cases)]).create_view("cases")
    dice, pairs = random.Random(1), cube.execute("select distinct department, channel from day order by all").fetchall()
    worst = 0.0
    for _ in range(_SELECTIONS):
        department, channel = dice.choice(pairs)
        month = dice.randint(1, 11)
        days = {"first": f"2024-{month:02}-01", "last": f"2024-{month + 1:02}-28"}
        given = {"department": department, "channel": channel, **days}
        exact, binned = raw.execute(_RAW, given).fetchone(), cube.execute(_CUBE, given).fetchone()
        assert exact and binned
        assert exact[0] == (binned[0] or 0)
        if exact[0]:
            worst = max(worst, *(abs(int(b) - int(e)) for e, b in zip(exact[1:], binned[1:], strict=True)))
    told = f"at most {worst:.0f} working days in {_SELECTIONS} selections"
    scale.row("error of the histogram's median and 90th percentile", told, "5 % or half a day", "2 %")


if __name__ == "__main__":
    main()
