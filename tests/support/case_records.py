"""Small records of cases for tests: drawn at random, kept as a load keeps them, rolled up as ``cases rollup`` does."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

import polars as pl

from hall import catalog
from hall.cases.rollup import rollup
from hall.store import holdings
from hall.store.rows import no_cases

DEPARTMENTS = ("market_regulation", "health", "transport")
CITIES = ("provincial", "chengdu", "deyang", None)
ITEMS = {"market_regulation": ("A1", "A2"), "health": ("B1",), "transport": ("C1", "C2")}
CHANNELS = tuple(catalog.channels())


def moment(dice: random.Random, first: date, last: date) -> datetime:
    """Some moment of these days; one in four is a bare day."""
    day = first + timedelta(days=dice.randint(0, (last - first).days))
    return datetime.combine(day, time(dice.randint(8, 17), dice.randint(0, 59)) if dice.random() < 0.75 else time())


def case(dice: random.Random, number: int, first: date, last: date, until: date) -> dict[str, object]:
    """One case accepted from ``first`` to ``last``, as known at the end of ``until``."""
    department = dice.choice(DEPARTMENTS)
    begun = moment(dice, first, last)

    def later(share: float) -> datetime | None:
        then = begun + timedelta(days=dice.choice((0, 0, 1, 2, 5, 9, 20, 45)), minutes=dice.randint(0, 300))
        return then if dice.random() < share and then.date() <= until else None

    ended, issued = later(0.9), later(0.6)
    status = dice.choice(("completed", "completed", "completed", "withdrawn")) if ended else "open"
    item = dice.choice(ITEMS[department])
    return {
        "case_id": f"51{number:010d}", "item_code": item, "item_name": f"item {item}", "department": department,
        "channel": dice.choice(CHANNELS), "city": dice.choice(CITIES), "applicant_type": dice.choice(("person", None)),
        "accepted_at": begun, "completed_at": ended, "issued_at": issued, "transferred_at": later(0.3),
        "status": status, "issued_at_place": dice.choice(("counter", "comprehensive_window", None)) if issued else None,
        "delivery": dice.choice(("counter", "mail", "electronic")) if issued else None,
        "promised_workdays": dice.choice((1, 3, 10, None)),
        "satisfaction": dice.choice((5, 4, 2, None)) if status == "completed" else None,
    }  # fmt: skip


def cases(months: tuple[str, ...], each: int, seed: int = 1, until: date = date(2025, 12, 5)) -> pl.DataFrame:
    """``each`` cases of every month, sorted as records are."""
    dice = random.Random(seed)
    rows = []
    for month in months:
        first = date.fromisoformat(f"{month}-01")
        last = min((first + timedelta(days=31)).replace(day=1) - timedelta(days=1), until)
        rows += [case(dice, len(rows) + i, first, last, until) for i in range(each)]
    return pl.DataFrame(rows, schema=no_cases().schema).sort("accepted_at", "case_id")


# What the shared store of cases holds (fixture ``kept``); the name of one item means harm to a spreadsheet.
KEPT_MONTHS = ("2025-08", "2025-09", "2025-10", "2025-11")
KEPT = cases(KEPT_MONTHS, 400).with_columns(
    pl.when(pl.col("item_code") == "A1").then(pl.lit("=HYPERLINK(1)")).otherwise("item_name").alias("item_name")
)


def deliver(publisher: str, frame: pl.DataFrame) -> None:
    """Put the cases into the records of the publisher; a month that is there is replaced."""
    with holdings.changing(publisher) as draft:
        for (month,), rows in frame.group_by(pl.col("accepted_at").dt.strftime("%Y-%m"), maintain_order=True):
            staged = draft.stage / f"{month}.parquet"
            rows.write_parquet(staged)
            draft.put("cases", str(month), staged, rows.height, {"accepted": rows.height})


def keep(publisher: str, frame: pl.DataFrame) -> None:
    """The same, and its cube is computed."""
    deliver(publisher, frame)
    rollup(publisher)
