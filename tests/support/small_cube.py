"""Cubes made of a few records, for tests of what is counted."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from hall import catalog, settings
from hall.engines.base import Records
from hall.engines.duckdb import DuckDBEngine
from hall.measure.calendar import calendar, fingerprints
from hall.measure.workdays import is_workday
from hall.store import cubing
from hall.store.cubing import Month

DEMO = "demo"
DEPARTMENTS = ("health", "transport", "public_security", "civil_affairs")
_DAYS = calendar(date(2022, 1, 1), date(2026, 12, 31))
_TYPES: dict[str, Any] = {"moment": pl.Datetime("us"), "whole": pl.Int16, "amount": pl.Decimal(9, 2)}
_CASE = {"item_code": "A1", "department": "health", "channel": "online", "status": "open", "promised_workdays": 5}
_CALL = {"kind": "phone", "place": "hall", "department": "health"}


def case(accepted: datetime, **given: object) -> dict[str, object]:
    """A case that is open, unless it is said when it was completed."""
    ended = {"status": "completed"} if "completed_at" in given else {}
    return {**_CASE, "accepted_at": accepted, **ended, **given}


def call(at: datetime, **given: object) -> dict[str, object]:
    """A consultation by telephone in the hall."""
    return {**_CALL, "at": at, **given}


def publish(
    cases: Iterable[dict[str, object]] = (), calls: Iterable[dict[str, object]] = (), owner: str = "demo"
) -> str:
    """Roll these records up and publish them as that publisher's cube in the store of the settings; its name."""
    with cubing.draft(owner, fingerprints(_DAYS)) as draft:
        for name, rows in (("cases", list(cases)), ("consultations", list(calls))):
            if rows:
                _put(draft, name, rows)
        draft.changed = True
        return draft.publish()


def year(first: date = date(2024, 10, 1), days: int = 457, seed: int = 1) -> tuple[list[Any], list[Any]]:
    """Cases and consultations of every day of more than a year, fewer on days off; a month accepted online by all of
    them also ends."""
    chance = random.Random(seed)
    cases, calls = [], []
    channels = ["online"] * 8 + list(catalog.channels())
    for i in range(days):
        day = datetime.combine(first + timedelta(days=i), datetime.min.time()) + timedelta(hours=10)
        for _ in range(chance.randint(5, 9) if is_workday(day.date()) else chance.randint(0, 2)):
            done = day + timedelta(days=chance.randint(0, 9))
            own = {"department": chance.choice(DEPARTMENTS), "channel": chance.choice(channels), "completed_at": done}
            place = chance.choice([None, "counter", "comprehensive_window"])
            issued = {"issued_at": done, "issued_at_place": place, "delivery": "mail"} if place else {}
            cases.append(case(day, **own, **issued))
        calls += [call(day, department=chance.choice(DEPARTMENTS)) for _ in range(chance.randint(0, 3))]
    return cases, calls


def _put(draft: cubing.CubeDraft, name: str, rows: list[dict[str, object]]) -> None:
    table = catalog.tables()[name]
    schema = {column.id: _TYPES.get(column.type, pl.String) for column in table.columns}
    keyed = [{table.key: f"{i:06d}", **row} for i, row in enumerate(rows)]
    frame = pl.DataFrame(keyed, schema=schema)
    folder = settings.store() / "small"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.parquet"
    frame.write_parquet(path)
    records = Records(_DAYS.to_arrow(), **{name: [str(path)]})
    months = sorted(set(frame[table.month].dt.strftime("%Y-%m")))
    held = [Month(name, month, "small", 1) for month in months]
    draft.put(held, dict(DuckDBEngine().rollup(records)), "duckdb")
