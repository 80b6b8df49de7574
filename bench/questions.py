"""The questions that pages ask of a cube (queries/cube): one client and eight, at full size and at a tenth of it."""

from __future__ import annotations

import os
import random
import re
import threading
import time
from datetime import date
from typing import Any

import duckdb

from bench import cubes, scale
from hall import sql

_RUNS = 60
# Not asked by a page: what writes, and the extract of the whole table.
_OTHERS = ("add_", "attach", "drop_", "set_", "leaving", "counts")
# Pages ask this of departments alone.
_NARROWED = ("daily_of",)


_MONTH = re.compile(r"\bfrom (month|month_handling|city|city_handling|items)\b")


def asked() -> tuple[list[str], list[str]]:
    """The questions that read the day cube, and those that read the month cube."""
    names = [n.removeprefix("cube/") for n in sql.names("cube") if not n.removeprefix("cube/").startswith(_OTHERS)]
    month = [name for name in names if _MONTH.search(sql.text(f"cube/{name}"))]
    return [n for n in names if n not in month], month


def params(name: str, dice: random.Random, known: dict[str, list[str]]) -> dict[str, Any]:
    """A reader's choices: a third of the time everything, else a department, a range of months, one item or city."""
    takes, some = sql.parameters(f"cube/{name}"), dice.random() < 2 / 3 or name in _NARROWED
    first = date(dice.choice((2023, 2024, 2025)), dice.randint(1, 12), 1)
    given: dict[str, Any] = {
        "departments": [dice.choice(known["department"])] if some else None,
        "first": first if some else date(2023, 1, 1),
        "last": date(2025, 12, 31),
        "channels": ["comprehensive_window"] if dice.random() < 0.5 else None,
        "channel": "comprehensive_window",
        "city": dice.choice(known["city"]),
        "item": dice.choice(known["item"]),
        "items": [dice.choice(known["item"])],
        "cities": [dice.choice(known["city"])],
        "at": date(2025, 12, 31),
        "day": date(2025, 12, 31),
    }
    return {key: value for key, value in given.items() if key in takes}


def keys(cases: int) -> dict[str, list[str]]:
    """The departments, cities and items of the month cube."""
    folder = cubes.store(cases) / "cubes" / "demo"
    con = duckdb.connect(str(folder / (folder / "CURRENT").read_text().strip()), read_only=True)
    try:
        names = {"department": "department", "city": "city", "item": "item_code"}
        return {key: sorted(con.table("month").unique(name).fetchnumpy()[name].tolist()) for key, name in names.items()}
    finally:
        con.close()


def times(cases: int, names: list[str], clients: int = 1) -> dict[str, list[float]]:
    """Milliseconds of each question, asked ``_RUNS`` times in turn by each client."""
    os.environ["HALL_STORE"] = str(cubes.store(cases))
    from hall.store import cube

    cube.close()
    known = keys(cases)
    taken: dict[str, list[float]] = {name: [] for name in names}

    def ask(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(_RUNS):
            for name in names:
                given = params(name, dice, known)
                begun = time.perf_counter()
                cube.rows(name, "demo", **given)
                taken[name].append((time.perf_counter() - begun) * 1000)

    for name in names:  # the first reading of a file is another matter
        cube.rows(name, "demo", **params(name, random.Random(0), known))
    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def main() -> None:
    """Print the rows of the table, the slowest question of each kind named."""
    for cases in (scale.SMALL, scale.CASES):
        if not (cubes.store(cases) / "cubes").exists():
            scale.alone("bench.cubes", str(cases))
    day, month = asked()
    small, large = times(scale.SMALL, day), times(scale.CASES, day)
    for name in day:
        ratio = p95(large[name]) / p95(small[name])
        told = f"p95 {p95(large[name]):.1f} ms, {ratio:.2f} × that at {scale.SMALL:,}"
        scale.row(f"day cube: {name}", told, "15 ms, 1.5 ×", "10 ms")
    for name, found in times(scale.CASES, month).items():
        scale.row(f"month cube: {name}", f"p95 {p95(found):.1f} ms", "60 ms", "30 ms")
    eight = times(scale.CASES, day, clients=8)
    together = p95([taken for found in eight.values() for taken in found])
    scale.row("day cube, 8 clients: all questions", f"p95 {together:.1f} ms", "60 ms", "40 ms")
    for name, found in eight.items():
        scale.row(f"  of those {name}", f"p95 {p95(found):.1f} ms", "", "")


def p95(found: list[float]) -> float:
    """The 95th percentile."""
    return sorted(found)[int(len(found) * 0.95)]


if __name__ == "__main__":
    main()
