"""Accepted facts as CSV: ``read`` makes readings of data/facts/*.csv, ``write`` makes the files of readings. A row
cites its document, issue or period, section and offsets and holds the figure as printed, but no sentence."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hall import settings
from hall.catalog import categories, departments
from hall.model import Activity, Document, Figure, HallError, Observation, Party, Reading, Target, Task

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
_FILES = ("documents", "figures", "observations", "activities", "activity_departments", "tasks", "task_departments",
          "task_targets")  # fmt: skip
_OWN_TITLES = ("activities", "tasks")
_CITE = ("document", "issue")
_DATES = {"published_on", "period_start", "period_end", "date_start", "date_end"}
_NUMBERS = {"issue", "total_issue", "start", "end", "decimals", "unit_mult", "figure", "number", "activity", "task"}
_DECIMALS = {"value", "obs_value"}
_LEFT_OUT = {"quote", "status", "obs_status", "score", "page", "box", "publisher", "departments", "targets"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One document known by its facts: a reading without text, and the name and time under which it is held."""

    name: str
    reading: Reading
    known_at: datetime


def read(folder: Path) -> list[FactEntry]:
    """All facts of a folder, by document; none where it has no documents.csv. HallError facts_broken with the row."""
    if not (folder / "documents.csv").is_file():
        return []
    tables = {name: _table(folder / f"{name}.csv") for name in _FILES}
    known = {row["document"] for row in tables["documents"]}
    for name, rows in tables.items():
        for line, row in enumerate(rows, start=2):
            if row["document"] not in known:
                detail = f"{row['document']} documents.csv"
                raise HallError("facts_broken", file=f"{name}.csv:{line}", detail=detail)
    return [_entry(row, tables) for row in tables["documents"]]


def is_table(path: Path) -> bool:
    """Whether a file is one of the tables of a folder of facts, and so no document."""
    if path.suffix != ".csv" or path.stem not in _FILES or not (head := path.with_name("documents.csv")).is_file():
        return False
    with head.open("rb") as file:
        return file.readline().removeprefix(b"\xef\xbb\xbf").startswith(b"document,kind,")


def write(folder: Path, readings: Sequence[Reading]) -> int:
    """Write the facts of these readings; titles written by hand that stand in the files already stay with their
    document and offsets. Returns how many acts and tasks have no title yet."""
    titles = {name: _titles(folder / f"{name}.csv") for name in _OWN_TITLES}
    rows: dict[str, list[Row]] = {name: [] for name in _FILES}
    for reading in sorted(readings, key=_order):
        _collect(reading, rows)
    missing = 0
    for name in _OWN_TITLES:
        for row in rows[name]:
            row["title"] = titles[name].get((row["document"], str(row["start"]), str(row["end"])), "")
            missing += not row["title"]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, _columns(name), lineterminator="\n")
            out.writeheader()
            out.writerows({key: _cell(value) for key, value in row.items()} for row in table)
    return missing


def _order(reading: Reading) -> tuple[str, str, str]:
    document = reading.document
    return document.kind, str(document.period_start or ""), document.sha256


def _columns(name: str) -> list[str]:
    party = ["department", "printed", "role"]
    return {
        "documents": ["document", *(f.name for f in fields(Document) if f.name != "sha256")],
        "figures": [*_CITE, "figure", *_first(Figure, "section", "start", "end", "as_printed")],
        "observations": [*_CITE, "figure", *_first(Observation, "metric", without={"figure"})],
        "activities": [*_CITE, "activity", *_first(Activity, "section", "start", "end")],
        "activity_departments": [*_CITE, "activity", *party],
        "tasks": [*_CITE, *_first(Task, "number", "section", "start", "end")],
        "task_departments": [*_CITE, "task", *party],
        "task_targets": [*_CITE, "task", "label", "value", "unit", "as_printed"],
    }[name]


def _first(kind: type[Any], *head: str, without: set[str] | None = None) -> list[str]:
    left_out = _LEFT_OUT | (without or set()) | set(head)
    return [*head, *(f.name for f in fields(kind) if f.name not in left_out)]


def _collect(reading: Reading, rows: dict[str, list[Row]]) -> None:
    document, period = reading.document, reading.document.period
    cite = {"document": document.sha256, "issue": document.issue or (period.key if period else "")}
    head = {f.name: getattr(document, f.name) for f in fields(Document) if f.name != "sha256"}
    rows["documents"].append({"document": document.sha256, **head})

    def put(table: str, item: object, **more: object) -> None:
        names = [name for name in _columns(table) if hasattr(item, name)]
        rows[table].append(cite | {name: getattr(item, name) for name in names} | more)

    for at, figure in enumerate(reading.figures):
        put("figures", figure, figure=at)
    for observation in reading.observations:
        put("observations", observation)
    for at, activity in enumerate(reading.activities):
        put("activities", activity, activity=at)
        for party in activity.departments:
            put("activity_departments", party, activity=at, department=party.id)
    for task in reading.tasks:
        put("tasks", task)
        for party in task.departments:
            put("task_departments", party, task=task.number, department=party.id)
        for target in task.targets:
            put("task_targets", target, task=task.number)


def _entry(row: Row, tables: dict[str, list[Row]]) -> FactEntry:
    sha256 = row["document"]

    def of(table: str) -> list[Row]:
        return [found for found in tables[table] if found["document"] == sha256]

    document = _make(Document, row | {"sha256": sha256}, "documents")
    figures = tuple(_make(Figure, r | {"quote": None, "status": "A"}, "figures") for r in of("figures"))
    observations = tuple(
        _make(Observation, r | {"publisher": document.publisher, "obs_status": "A"}, "observations")
        for r in of("observations")
    )
    parties = {name: _group(of(f"{name}_departments"), name, _party) for name in ("activity", "task")}
    targets = _group(of("task_targets"), "task", lambda r: _make(Target, r, "task_targets"))
    activities = tuple(
        _make(Activity, r | {"title": _title(r), "quote": None,
                             "departments": parties["activity"].get(r["activity"], ())}, "activities")
        for r in of("activities")
    )  # fmt: skip
    tasks = tuple(
        _make(Task, r | {"title": r["title"] or "", "departments": parties["task"].get(r["number"], ()),
                         "targets": targets.get(r["number"], ())}, "tasks")
        for r in of("tasks")
    )  # fmt: skip
    reading = Reading(document, "", figures, observations, activities, tasks)
    period = document.period
    day = document.published_on or document.period_end or settings.today()
    return FactEntry(f"{document.kind} {period.key}" if period else sha256[:12], reading, datetime.combine(day, time()))


def _title(row: Row) -> str:
    category = categories().get(row["category"])
    return row["title"] or (category.zh if category else "")


def _party(row: Row) -> Party:
    body = departments().get(row["department"])
    name = body.zh if body else row["department"]
    return _make(Party, row | {"id": row["department"], "name": name}, "departments")


def _group(rows: list[Row], by: str, make: Callable[[Row], T]) -> dict[int, tuple[T, ...]]:
    found: dict[int, tuple[T, ...]] = {}
    for row in rows:
        found[row[by]] = (*found.get(row[by], ()), make(row))
    return found


def _make(kind: type[T], row: Row, table: str) -> T:
    known = {f.name: f for f in fields(kind)}
    needed = {name for name, f in known.items() if "None" not in str(f.type) and f.default is MISSING}
    if missing := sorted(name for name in needed if row.get(name) is None):
        where = f"{row.get('document')} {row.get('start', '')}".strip()
        raise HallError("facts_broken", file=f"{table}.csv", detail=f"{where}: {', '.join(missing)}")
    return kind(**{name: value for name, value in row.items() if name in known})


def _table(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = []
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                found.append({name: _value(name, text) for name, text in row.items()})
            except (ValueError, ArithmeticError, AttributeError) as fault:
                raise HallError("facts_broken", file=f"{path.name}:{line}", detail=str(fault)) from fault
    return found


def _value(name: str, text: str) -> Any:
    if name == "offices":
        return tuple(part for part in text.split(";") if part)
    if not text:
        return None
    if name in _DATES:
        return date.fromisoformat(text)
    if name in _NUMBERS:
        return int(text) if text.lstrip("-").isdigit() else text
    return Decimal(text) if name in _DECIMALS else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _titles(path: Path) -> dict[tuple[str, str, str], str]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {(row["document"], row["start"], row["end"]): row["title"] for row in csv.DictReader(file)}
