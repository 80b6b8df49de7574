"""A reading as the JSON object that ``python -m hall read FILE --json`` prints; its shape is a contract."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from hall.model import Activity, Check, Lang, Party, Problem, Reading, Span, Task
from hall.text import sentences

_DOCUMENT = (
    "sha256", "kind", "title", "issue", "total_issue", "publisher", "published_on", "period_start", "period_end",
)  # fmt: skip
_FIGURE = (
    "label", "value", "unit", "as_printed", "decimals", "unit_mult", "kind", "scope", "period_start", "period_end",
    "department", "area", "compares_with", "section", "start", "end", "quote", "metric", "qualifier", "status", "score",
    "page", "box",
)  # fmt: skip
_OBSERVATION = (
    "metric", "obs_value", "unit_measure", "freq", "time_period", "period_start", "period_end", "scope", "department",
    "channel", "publisher", "unit_mult", "decimals", "obs_status", "figure",
)  # fmt: skip
_ACTIVITY = (
    "date_start",
    "date_end",
    "category",
    "title",
    "departments",
    "offices",
    "section",
    "start",
    "end",
    "quote",
)
_TASK = ("number", "section", "title", "departments", "targets", "start", "end")


def dumps(reading: Reading, lang: Lang) -> str:
    """The object as indented JSON text."""
    return json.dumps(as_object(reading, lang), ensure_ascii=False, indent=2)


def as_object(reading: Reading, lang: Lang) -> dict[str, Any]:
    """The object: dates as 2025-10-31, values as plain decimal strings."""
    return {
        "document": _pick(reading.document, _DOCUMENT),
        "figures": [_pick(figure, _FIGURE) for figure in reading.figures],
        "observations": [_pick(observation, _OBSERVATION) for observation in reading.observations],
        "activities": [_with_parties(activity, _ACTIVITY) for activity in reading.activities],
        "tasks": [_with_parties(task, _TASK) for task in reading.tasks],
        "checks": [_check(check, lang) for check in reading.checks],
        "excluded": [_span(span) | {"rule": span.rule} for span in reading.excluded],
        "unclaimed": [_span(span) for span in reading.unclaimed],
        "problems": [_problem(problem, lang) for problem in reading.problems],
    }


def plain(value: Decimal) -> str:
    """A Decimal without exponent and without noughts that say nothing: 55700, 65.59."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pick(item: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _value(getattr(item, name)) for name in names}


def _with_parties(item: Activity | Task, names: tuple[str, ...]) -> dict[str, Any]:
    found = _pick(item, tuple(name for name in names if name not in ("departments", "targets")))
    found["departments"] = [_pick(party, tuple(f.name for f in fields(Party))) for party in item.departments]
    if isinstance(item, Task):
        found["targets"] = [_pick(target, ("label", "value", "unit", "as_printed")) for target in item.targets]
    return {name: found[name] for name in names}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _check(check: Check, lang: Lang) -> dict[str, Any]:
    return {
        "id": check.id,
        "result": check.result,
        "detail": sentences.check(check.id, check.result, check.params, lang),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _problem(problem: Problem, lang: Lang) -> dict[str, Any]:
    message = sentences.problem(problem.code, problem.params, lang)
    return {"code": problem.code, "message": message, "start": problem.start, "end": problem.end}
