"""Adds a reading to an open ledger: as a new document, as a copy of one that says the same, or as a newer vintage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import duckdb

from hall import catalog, sql
from hall.model import Activity, Figure, Party, Reading, Task
from hall.store import schema
from hall.store.decisions import Applied, DecidedFigure

# What a column of type decimal(28, 6) can hold.
_LIMIT = Decimal(10) ** 21

Origin = Literal["facts", "file", "demo"]
Outcome = Literal["added", "copy", "vintage", "unchanged", "filled"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a reading comes from and when it was loaded; a facts set has no text."""

    name: str
    origin: Origin
    loaded_at: datetime
    suffix: str | None = None


def add(
    con: duckdb.DuckDBPyConnection, reading: Reading, source: Provenance, decided: Applied | None = None
) -> Outcome:
    """Add one document. The same file again changes nothing, or fills the text and quotes of accepted facts in; figures
    of the same publisher, kind and period that were read or decided alike attach as a copy; other figures open a
    vintage. ``decided`` holds what people decided on the reading."""
    reading = _of_publisher(reading)
    sha256 = reading.document.sha256
    known = con.execute(sql.text("ledger/document"), {"document": sha256}).fetchone()
    if known == ("facts", True) and source.origin != "facts":
        return _fill(con, reading, source)
    if known is not None:
        return "unchanged"
    marks = decided.marks if decided else {}
    read_as = _hash(_measures(decided.read if decided else reading.figures))
    stays = [f for at, f in enumerate(reading.figures) if at not in marks or marks[at].decision.act != "reject"]
    earlier = _same_document(con, reading)
    # What a person put right in one copy stays right when the same print comes in again.
    same = None if marks else read_as
    # Another issue of the same numbers is no copy: which of the two is right is for a person to say.
    alike = [(word, print_) for word, print_, same_issue in earlier if same_issue]
    twin = next((w for w, print_ in alike if print_ == same or _figures_in(con, w) == _measures(stays)), None)
    _add_document(con, reading, source, twin, read_as)
    if twin is None:
        _add_parts(con, reading, source, marks)
    return "copy" if twin else "vintage" if earlier else "added"


def _of_publisher(reading: Reading) -> Reading:
    """The reading with the id of its publisher in place of the name that is printed; an unknown one keeps the name."""
    own = catalog.publisher_id(reading.document.publisher) or reading.document.publisher
    observations = tuple(replace(o, publisher=own) for o in reading.observations) if own else reading.observations
    return replace(reading, document=replace(reading.document, publisher=own), observations=observations)


def _hash(measures: list[tuple[str, ...]]) -> str:
    return hashlib.sha256(json.dumps(measures, ensure_ascii=False).encode()).hexdigest()[:16]


def _same_document(con: duckdb.DuckDBPyConnection, reading: Reading) -> list[tuple[str, str, bool]]:
    """Hash and print of each document that speaks of the same, and whether its issue is no other than this one's."""
    document, period = reading.document, reading.document.period
    if document.kind == "other" or document.publisher is None or period is None:
        return []
    key = {"publisher": document.publisher, "kind": document.kind, "time_period": period.key,
           "issue": document.issue}  # fmt: skip
    return con.execute(sql.text("ledger/same_document"), key).fetchall()


def _figures_in(con: duckdb.DuckDBPyConnection, document: str) -> list[tuple[str, ...]]:
    found = con.execute(sql.text("ledger/measures"), {"document": document}).fetchall()
    return sorted(_measure(*row) for row in found)


def _measures(figures: Iterable[Figure]) -> list[tuple[str, ...]]:
    return sorted(
        _measure(f.value, f.unit, f.kind, f.scope, f.metric, f.department, f.period_start, f.period_end)
        for f in figures
    )


def _measure(value: Any, *rest: Any) -> tuple[str, ...]:
    # Labels may differ between Word and PDF by a line end; the numbers and what they measure may not.
    return ("" if value is None else str(value.normalize()), *("" if word is None else str(word) for word in rest))


def _fill(con: duckdb.DuckDBPyConnection, reading: Reading, source: Provenance) -> Outcome:
    document, text = reading.document.sha256, reading.text
    con.execute(sql.text("ledger/fill_text"), {
        "document": document, "name": source.name, "text": text, "suffix": source.suffix, "pages": _pages(reading),
    })  # fmt: skip
    for table in ("figures", "activities"):
        con.execute(sql.text(f"ledger/fill_{table}"), {"document": document, "text": text})
    _add_numbers(con, reading)
    return "filled"


def _add_document(
    con: duckdb.DuckDBPyConnection, reading: Reading, source: Provenance, twin: str | None, read_as: str
) -> None:
    document, period = reading.document, reading.document.period
    row = {
        "document": document.sha256, "name": source.name, "origin": source.origin, "kind": document.kind,
        "title": document.title, "issue": document.issue, "total_issue": document.total_issue,
        "publisher": document.publisher, "published_on": document.published_on,
        "freq": period and period.freq, "time_period": period and period.key,
        "period_start": document.period_start, "period_end": document.period_end,
        "text": reading.text or None, "copy_of": twin, "suffix": source.suffix, "pages": _pages(reading),
        "loaded_at": source.loaded_at, "read_as": read_as,
    }  # fmt: skip
    schema.insert(con, "documents", [row])
    _add_numbers(con, reading)


def _add_numbers(con: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    document = reading.document.sha256
    spans = [
        {"document": document, "text": s.text, "rule": s.rule, "start_at": s.start, "end_at": s.end}
        for s in (*reading.excluded, *reading.unclaimed)
    ]
    schema.insert(con, "numbers", spans)
    problems = [
        {"document": document, "code": p.code, "params": p.params, "start_at": p.start, "end_at": p.end}
        for p in reading.problems
    ]
    schema.insert(con, "problems", problems)


def _pages(reading: Reading) -> int:
    return max((line.page for line in reading.lines), default=0)


def _add_parts(
    con: duckdb.DuckDBPyConnection, reading: Reading, source: Provenance, marks: Mapping[int, DecidedFigure]
) -> None:
    document = reading.document.sha256
    figures = [
        _figure_row(figure) | _mark_row(marks.get(at)) | {"document": document, "figure": at}
        for at, figure in enumerate(reading.figures)
    ]
    schema.insert(con, "figures", figures)
    known_from = reading.document.published_on or source.loaded_at.date()
    once: dict[tuple[Any, ...], dict[str, Any]] = {}
    for observation in reading.observations:
        if not _fits(observation.obs_value):
            continue
        row = {name: getattr(observation, name) for name in observation.__slots__}
        key = tuple(value for name, value in row.items() if name not in ("figure", "unit_mult", "decimals"))
        # A number that the document repeats is one observation, of its first place.
        once.setdefault(key, row | {"document": document, "known_from": known_from, "loaded_at": source.loaded_at})
    schema.insert(con, "observations", list(once.values()))
    acts = [_activity_row(activity) | {"document": document, "activity": at} for at, activity in _acts(reading)]
    schema.insert(con, "activities", acts)
    _add_parties(con, "activity", document, [(at, activity.departments) for at, activity in _acts(reading)])
    _add_tasks(con, document, reading.tasks)


def _acts(reading: Reading) -> list[tuple[int, Activity]]:
    return list(enumerate(reading.activities))


def _figure_row(figure: Figure) -> dict[str, Any]:
    row = {name: getattr(figure, name) for name in figure.__slots__ if name not in ("start", "end")}
    held = row | {"start_at": figure.start, "end_at": figure.end, "read_status": figure.status}
    return held if _fits(figure.value) else held | {"value": None}


def _mark_row(mark: DecidedFigure | None) -> dict[str, Any]:
    if mark is None:
        return {}
    made, read_value = mark.decision, mark.read_value if _fits(mark.read_value) else None
    return {
        "decision": made.act, "decided_by": made.by, "decided_at": made.at, "reason": made.reason,
        "read_value": read_value,
    }  # fmt: skip


def _fits(value: Decimal | None) -> bool:
    return value is None or abs(value) < _LIMIT


def _activity_row(activity: Activity) -> dict[str, Any]:
    row = {name: getattr(activity, name) for name in activity.__slots__ if name not in ("start", "end", "departments")}
    return row | {"start_at": activity.start, "end_at": activity.end}


def _add_tasks(con: duckdb.DuckDBPyConnection, document: str, tasks: tuple[Task, ...]) -> None:
    numbers = [task.number for task in tasks]
    if len(set(numbers)) < len(numbers):
        # A plan that counts anew in each section: its tasks are numbered through.
        tasks = tuple(replace(task, number=at) for at, task in enumerate(tasks, start=1))
    rows = [
        {"document": document, "task": task.number, "section": task.section, "title": task.title,
         "start_at": task.start, "end_at": task.end}
        for task in tasks
    ]  # fmt: skip
    schema.insert(con, "tasks", rows)
    _add_parties(con, "task", document, [(task.number, task.departments) for task in tasks])
    targets = [
        {"document": document, "task": task.number, "rank": rank, "label": target.label, "value": target.value,
         "unit": target.unit, "as_printed": target.as_printed}
        for task in tasks
        for rank, target in enumerate(task.targets)
    ]  # fmt: skip
    schema.insert(con, "task_targets", targets)


def _add_parties(
    con: duckdb.DuckDBPyConnection,
    of: Literal["activity", "task"],
    document: str,
    found: list[tuple[int, tuple[Party, ...]]],
) -> None:
    rows = [
        {"document": document, of: at, "rank": rank, "department": p.id, "printed": p.printed, "role": p.role}
        for at, parties in found
        for rank, p in enumerate(parties)
    ]
    schema.insert(con, f"{of}_departments", rows)
