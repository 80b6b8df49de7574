"""From a number to its cases: a page of fifty of 10^8, by measure, months and department, first page or a later one."""

from __future__ import annotations

import os
import random
import shutil
import time
from datetime import date, timedelta

from bench import scale
from bench.questions import p95
from hall.cases.rollup import rollup
from hall.measure.calendar import calendar
from hall.store import cube, holdings
from hall.store.rows import MEASURES, Drill, Wanted

_STORE = scale.FOLDER / "drilled"
_PAGE = 50
_RUNS = 150


def prepare() -> None:
    """The records as loaded, and their cube."""
    shutil.rmtree(_STORE, ignore_errors=True)
    with holdings.changing("demo") as draft:
        for path, rows in scale.counted(scale.CASES):
            staged = draft.stage / path.name
            os.link(path, staged)
            draft.put("cases", path.stem.removeprefix("cases-"), staged, rows, {})
    rollup("demo")


def asked(dice: random.Random, departments: list[str]) -> tuple[Wanted, int]:
    """What a reader may ask for, and how many rows he has paged over."""
    first = date(dice.choice((2023, 2024, 2025)), dice.randint(1, 12), 1)
    last = (first + timedelta(days=31 * dice.choice((1, 1, 1, 3, 12)))).replace(day=1) - timedelta(days=1)
    chosen = (dice.choice(departments),) if dice.random() < 2 / 3 else ()
    return Wanted(dice.choice(MEASURES), first, min(last, date(2025, 12, 31)), chosen), dice.choice((0, 0, 50, 5000))


def main() -> None:
    """Print the row of the table."""
    os.environ["HALL_STORE"] = str(_STORE)
    prepare()
    dice, taken = random.Random(1), []
    departments = cube.rows("present_departments", "demo").filter(records="cases")["department"].to_list()
    days = calendar(date(2023, 1, 1), date(2026, 12, 31))
    for _ in range(_RUNS):
        wanted, after = asked(dice, departments)
        begun = time.perf_counter()
        Drill("demo", wanted, days).page(after, _PAGE, whole=False)
        taken.append((time.perf_counter() - begun) * 1000)
    shutil.rmtree(_STORE)
    told = f"median {sorted(taken)[_RUNS // 2]:.0f} ms, p95 {p95(taken):.0f} ms"
    scale.row(f"a page of {_PAGE} of {scale.CASES:,} cases", told, "", "")


if __name__ == "__main__":
    main()
