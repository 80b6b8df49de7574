"""Compares a reading with a hand-labelled expectation; every difference is one line of text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from hall.catalog import departments
from hall.model import Activity, Figure, Reading

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
Labels = dict[str, Any]
# what an expectation may say of a figure beside its value
KEYS = (
    *("label", "unit", "kind", "scope", "period_start", "period_end"),
    *("department", "body", "area", "qualifier", "compares_with", "status"),
)


def documents(folder: Path = GOLDEN) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md") and expected_path(p).exists())


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
    matched, missing, extra = pairs(reading, want)
    for wanted, figure in matched:
        for key in misfits(figure, wanted):
            yield f"figure {_shown(figure)}: {key} is {_part(figure, key)!r}, expected {wanted[key]!r}"
    yield from (f"figure missing: {wanted}" for wanted in missing)
    if want.get("figures_complete"):
        yield from (f"figure not expected: {_shown(figure)}" for figure in extra)


def pairs(reading: Reading, want: Labels) -> tuple[list[tuple[Labels, Figure]], list[Labels], list[Figure]]:
    """Labelled figures beside those of equal value that were read (best fit first, then nearest in order); the labelled
    ones that were not read, the read ones that are not labelled."""
    wanted, read = want.get("figure", []), reading.figures
    order = sorted(
        (len(misfits(figure, label)), abs(i - j), i, j)
        for i, label in enumerate(wanted)
        for j, figure in enumerate(read)
        if figure.value == (Decimal(label["value"]) if "value" in label else None)
    )
    of: dict[int, int] = {}
    for _, _, i, j in order:
        if i not in of and j not in of.values():
            of[i] = j
    missing = [label for i, label in enumerate(wanted) if i not in of and not label.get("optional")]
    extra = [figure for j, figure in enumerate(read) if j not in of.values()]
    return [(label, read[of[i]]) for i, label in enumerate(wanted) if i in of], missing, extra


def misfits(figure: Figure, wanted: Labels) -> list[str]:
    """Keys of the expectation that a figure does not meet; the value is not looked at."""
    return [key for key in wanted if key in KEYS and not _fits(_part(figure, key), key, wanted[key])]


def _part(figure: Figure, key: str) -> Any:
    return getattr(figure, "department" if key == "body" else key)


def _fits(found: Any, key: str, wanted: Any) -> bool:
    if key == "label":
        return all(word in "".join(found.split()) for word in ([wanted] if isinstance(wanted, str) else wanted))
    return bool(found == (departments()[wanted].zh if key == "department" else wanted))


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
        places = list(places_of(reading.text, words))
        if not places:
            yield f"the expectation names words that the document lacks: {words}"
        for start, end in places:
            for f in reading.figures:
                if f.start < end and start < f.end:
                    yield f"{words} is no figure, but: {_shown(f)}"
            if words in want.get("flagged", []) and not any(s < end and start < e for s, e in told):
                yield f"{words} is a misprint that is told nowhere"


def places_of(text: str, words: str) -> Iterator[tuple[int, int]]:
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
