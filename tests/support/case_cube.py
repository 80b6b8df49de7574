"""Small cubes for tests: records drawn at random and rolled up, so that each number can be counted again from them."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from hall.engines.base import Records
from hall.engines.duckdb import DuckDBEngine
from hall.measure.calendar import calendar, fingerprints
from hall.store import cube, cubing
from hall.store.cubing import Month

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
# drawn as often as their weight: of the last there are too few to rank
DEPARTMENTS = {"market_regulation": 60, "health": 25, "forestry_grassland": 14, "archives": 1}
CHANNELS = ("online", "online", "comprehensive_window", "department_window", "mail")
_DAYS = calendar(date(2024, 1, 1), date(2026, 12, 31))
_TEXTS = ("case_id", "item_code", "item_name", "department", "channel", "city", "applicant_type", "status",
          "issued_at_place", "delivery")  # fmt: skip
_MOMENTS = ("accepted_at", "completed_at", "issued_at", "transferred_at")
_WHOLE = ("promised_workdays", "satisfaction")


def cases(many: int, seed: int = 1, first: date = FIRST, last: date = LAST, until: date = LAST) -> pl.DataFrame:
    """So many cases accepted from ``first`` to ``last``, as known at the end of ``until``; one in five without a time
    of day."""
    dice = random.Random(seed)
    rows = []
    for number in range(many):
        day = first + timedelta(days=dice.randint(0, (last - first).days))
        hour = time() if dice.random() < 0.2 else time(dice.choice((9, 10, 10, 11, 14, 15)), dice.randint(1, 59))
        begun = datetime.combine(day, hour)
        done = begun + timedelta(days=dice.choice((0, 0, 1, 1, 2, 3, 5, 9, 20, 150)), minutes=dice.randint(0, 300))
        ended = dice.random() < 0.97 and done.date() <= until
        out = begun + timedelta(days=dice.randint(0, 20))
        issued = dice.random() < 0.6 and out.date() <= until
        department = dice.choices([*DEPARTMENTS], [*DEPARTMENTS.values()])[0]
        rows.append({
            "case_id": str(number), "item_code": "A", "department": department,
            "channel": dice.choice(CHANNELS), "accepted_at": begun, "completed_at": done if ended else None,
            "issued_at": out if issued else None, "transferred_at": begun if dice.random() < 0.3 else None,
            "status": dice.choice(("completed",) * 9 + ("withdrawn",)) if ended else "open",
            "issued_at_place": dice.choice(("comprehensive_window", "counter", None)) if issued else None,
            "delivery": "mail" if issued else None, "promised_workdays": dice.choice((1, 3, 10, None)),
            "satisfaction": None,
        })  # fmt: skip
    schema = dict.fromkeys(_TEXTS, pl.String) | dict.fromkeys(_MOMENTS, pl.Datetime("us"))
    return pl.DataFrame(rows, schema_overrides=schema | dict.fromkeys(_WHOLE, pl.Int16)).select(
        *(c if c in (rows[0] if rows else {}) else pl.lit(None, schema.get(c, pl.Int16)).alias(c)
          for c in (*_TEXTS, *_MOMENTS, *_WHOLE)),
    )  # fmt: skip


def consultations(many: int, seed: int = 1, first: date = FIRST, last: date = LAST) -> pl.DataFrame:
    """So many consultations at comprehensive windows and in the hall."""
    dice = random.Random(seed)
    rows = [
        (str(i), "onsite", dice.choice(("comprehensive_window", "hall")), dice.choice((*DEPARTMENTS, None)), None,
         datetime.combine(first + timedelta(days=dice.randint(0, (last - first).days)), time(10)), None)
        for i in range(many)
    ]  # fmt: skip
    names = ("id", "kind", "place", "department", "city", "at", "minutes")
    types: dict[str, pl.DataType | type[pl.DataType]] = dict.fromkeys(names, pl.String)
    types |= {"at": pl.Datetime("us"), "minutes": pl.Decimal(9, 2)}
    return pl.DataFrame(rows, schema=types, orient="row")


def publish(folder: Path, publisher: str, records: pl.DataFrame, asked: pl.DataFrame | None = None) -> str:
    """Roll the records up into the publisher's cube in the store that is set; its name. ``folder`` takes files."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = DuckDBEngine()
    with cubing.draft(publisher, fingerprints(_DAYS)) as draft:
        for name, column, frame in (("cases", "accepted_at", records), ("consultations", "at", asked)):
            if frame is None or frame.is_empty():
                continue
            months = sorted(frame[column].dt.strftime("%Y-%m").unique())
            path = folder / f"{publisher}-{name}.parquet"
            frame.write_parquet(path)
            found = dict(engine.rollup(Records(_DAYS.to_arrow(), **{name: [str(path)]})))
            draft.put([Month(name, month, "one", 1) for month in months], found, "duckdb")
        made = draft.publish()
    cube.close()
    return made
