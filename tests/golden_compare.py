"""Compares a reading with a hand-labelled expectation; every difference is one line of text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from hall.catalog import departments
from hall.model import Activity, Figure, Reading

GOLDEN = Path(__file__).parent / "golden"
Labels = dict[str, Any]


def documents() -> list[Path]:
    return sorted(p for p in GOLDEN.iterdir() if p.suffix in (".txt", ".md") and expected_path(p).exists())


def expected_path(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.toml")


def expected(path: Path) -> Labels:
    return tomllib.loads(expected_path(path).read_text(encoding="utf-8"))


def differences(reading: Reading, want: Labels) -> list[str]:
    parts = (_document, _observations, _figures, _activities, _tasks, _checks, _not_figures, _problems)
    return [line for part in parts for line in part(reading, want)]


def _document(reading: Reading, want: Labels) -> Iterator[str]:
    for key, value in want["document"].items():
        if (found := getattr(reading.document, key)) != value:
            yield f"document.{key}: {found!r}, expected {value!r}"


def _observations(reading: Reading, want: Labels) -> Iterator[str]:
    have = [
        (o.metric, Decimal(o.obs_value).normalize(), o.time_period, o.scope, o.unit_measure, o.department)
        for o in reading.observations
    ]
    for o in want.get("observation", []):
        key = (o["metric"], Decimal(o["value"]).normalize(), o["time_period"], o["scope"], o["unit"])
        whole = (*key, o.get("department"))
        if whole in have:
            have.remove(whole)
        else:
            yield f"observation missing: {whole}"
    yield from (f"observation not expected: {key}" for key in have)


def _figures(reading: Reading, want: Labels) -> Iterator[str]:
    left = list(reading.figures)
    for wanted in want.get("figure", []):
        match = next((f for f in left if not _misfits(f, wanted)), None)
        if match is not None:
            left.remove(match)
            continue
        value = Decimal(wanted["value"]) if "value" in wanted else None
        near = [f"{_shown(f)} differs in {', '.join(_misfits(f, wanted))}" for f in left if f.value == value]
        yield f"figure missing: {wanted}" + (f"; near: {near[0]}" if near else "")
    if want.get("figures_complete"):
        yield from (f"figure not expected: {_shown(f)}" for f in left)


def _misfits(figure: Figure, wanted: Labels) -> list[str]:
    wrong = []
    value = Decimal(wanted["value"]) if "value" in wanted else None
    if figure.value != value:
        wrong.append("value")
    if wanted["label"] not in "".join(figure.label.split()):
        wrong.append("label")
    wrong += [
        key
        for key in ("unit", "kind", "scope", "qualifier", "area", "compares_with", "status")
        if getattr(figure, key) != wanted.get(key, getattr(figure, key))
    ]
    if figure.department != wanted.get("body", figure.department):
        wrong.append("body")
    if "department" in wanted and figure.department != departments()[wanted["department"]].zh:
        wrong.append("department")
    return wrong


def _shown(f: Figure) -> str:
    return f"{f.label!r} {f.value} {f.unit} {f.kind} {f.scope} {f.department} {f.qualifier} as {f.as_printed!r}"


def _activities(reading: Reading, want: Labels) -> Iterator[str]:
    have = sorted(key for a in reading.activities for key in _act(a))
    wanted = sorted(
        key
        for a in want.get("activity", [])
        for key in _keys(a["date_start"], a["date_end"], a["category"], a["leads"], a["participants"])
    )
    for key in wanted:
        if key in have:
            have.remove(key)
        else:
            yield f"activity missing: {key}"
    if want.get("activities_complete"):
        yield from (f"activity not expected: {key}" for key in have)


def _act(a: Activity) -> list[tuple[str, ...]]:
    leads = [p.id for p in a.departments if p.role == "lead"]
    return _keys(a.date_start, a.date_end, a.category, leads, [p.id for p in a.departments if p.role == "participant"])


def _keys(start: object, end: object, category: str, leads: list[str], others: list[str]) -> list[tuple[str, ...]]:
    """One key an act; a director's visit of several departments is one key for each of them."""
    groups = [[lead] for lead in leads] if category == "director_visit" else [sorted(leads)]
    return [(f"{start}", f"{end}", category, "+".join(g), "+".join(sorted(others))) for g in groups]


def _tasks(reading: Reading, want: Labels) -> Iterator[str]:
    have = {t.number: [p.id for p in t.departments] for t in reading.tasks}
    wanted = {t["number"]: t["departments"] for t in want.get("task", [])}
    for number in sorted(have.keys() | wanted.keys()):
        if have.get(number) != wanted.get(number):
            yield f"task {number}: {have.get(number)}, expected {wanted.get(number)}"


def _checks(reading: Reading, want: Labels) -> Iterator[str]:
    for wanted in want.get("check", []):
        found = [c.result for c in reading.checks if c.id == wanted["id"]]
        if wanted["result"] not in found:
            yield f"check {wanted['id']}: {found}, expected {wanted['result']}"


def _not_figures(reading: Reading, want: Labels) -> Iterator[str]:
    told = [(s.start, s.end) for s in reading.unclaimed]
    told += [(p.start, p.end) for p in reading.problems if p.start is not None and p.end is not None]
    for words in [*want.get("not_figures", []), *want.get("flagged", [])]:
        places = list(_places(reading.text, words))
        if not places:
            yield f"the expectation names words that the document lacks: {words}"
        for start, end in places:
            for f in reading.figures:
                if f.start < end and start < f.end:
                    yield f"{words} is no figure, but: {_shown(f)}"
            if words in want.get("flagged", []) and not any(s < end and start < e for s, e in told):
                yield f"{words} is a misprint that is told nowhere"


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, whatever blanks and line ends lie between their characters."""
    at = [i for i, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[i] for i in at)
    start = dense.find(words)
    while start >= 0:
        yield at[start], at[start + len(words) - 1] + 1
        start = dense.find(words, start + 1)


def _problems(reading: Reading, want: Labels) -> Iterator[str]:
    have = {p.code for p in reading.problems}
    for code in want.get("problems", []):
        if code not in have:
            yield f"problem {code} is not told; told: {sorted(have)}"
