"""What was read and what the checks found, as lines for the command line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hall.model import Lang, Reading
from hall.text import sentences, t


def report(rows: Sequence[Mapping[str, Any]], lang: Lang, *, every: bool = False) -> tuple[list[str], bool]:
    """Rows of series/checks as lines by document, and whether one fails that holds numbers back; checks that do not
    apply are counted, and listed with ``every``."""
    if not rows:
        return [t("cli.no_checks", lang)], False
    lines: list[str] = []
    seen: list[tuple[str, str]] = []
    document = None
    for row in rows:
        seen.append((row["result"], row["severity"]))
        if row["document"] != document:
            document = row["document"]
            lines += ["", _head(row)]
        if every or row["result"] != "not_applicable":
            lines.append(_line(row["id"], row["result"], row["severity"], json.loads(row["params"]), lang))
    return [*lines[1:], "", _count(seen, lang)], ("fail", "hold") in seen


def summary(reading: Reading, lang: Lang) -> list[str]:
    """What was read from one document, in a few lines."""
    head, none = reading.document, t("cli.unknown", lang)
    period = head.period.key if head.period else none
    words = {"title": head.title or none, "period": period, "publisher": head.publisher or none}
    counts = {
        name: len(getattr(reading, name)) for name in ("figures", "observations", "activities", "tasks", "unclaimed")
    }
    lines = [
        t("cli.read_head", lang, **words, published=head.published_on or none),
        t("cli.read_counts", lang, **counts),
    ]
    lines += [_line(c.id, c.result, c.severity, c.params, lang) for c in reading.checks if c.result != "not_applicable"]
    return [*lines, *(sentences.problem(problem.code, problem.params, lang) for problem in reading.problems)]


def _head(row: Mapping[str, Any]) -> str:
    return " · ".join(str(row[name]) for name in ("title", "time_period", "name") if row[name])


def _line(code: str, result: str, severity: str, params: Mapping[str, str], lang: Lang) -> str:
    mark = "note" if result == "fail" and severity == "note" else result
    detail = sentences.check(code, result, params, lang)
    return t("cli.check_line", lang, result=t(f"cli.result_{mark}", lang), detail=detail)


def _count(seen: Iterable[tuple[str, str]], lang: Lang) -> str:
    found = Counter(seen)
    skipped = sum(n for (result, _), n in found.items() if result == "not_applicable")
    passed = sum(n for (result, _), n in found.items() if result == "pass")
    words = {"failed": found["fail", "hold"], "notes": found["fail", "note"]}
    return t("cli.check_count", lang, passed=passed, skipped=skipped, **words)
