"""Labels that people mapped to metrics, as entries that the catalogue can take in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from hall import catalog
from hall.decision import Decision

_HEAD = "# {by} {at:%Y-%m-%d}: {reason}\n"
_KINDS = ["monthly_bulletin", "weekly_bulletin"]


def toml(decisions: Iterable[Decision]) -> str:
    """An entry for each metric with the labels mapped to it; what data/catalog/phrases.toml knows already is left out.
    Empty when there is nothing new."""
    found: dict[str, dict[str, Decision]] = {}
    known = {(p.metric, words) for p in catalog.phrases() for words in p.words}
    for decision in decisions:
        label = re.sub(r"\s", "", decision.label or "")
        if decision.act == "map" and decision.metric and label and (decision.metric, (label,)) not in known:
            found.setdefault(decision.metric, {})[label] = decision
    return "\n".join(_entry(metric, labels) for metric, labels in sorted(found.items()))


def _entry(metric: str, labels: dict[str, Decision]) -> str:
    notes = "".join(
        _HEAD.format(by=_line(d.by), at=d.at, reason=_line(d.reason)).rstrip(": \n") + "\n" for d in labels.values()
    )
    words = "".join(f"    [{_quoted(label)}],\n" for label in sorted(labels))
    return f"{notes}[[phrase]]\nmetric = {_quoted(metric)}\nkinds = {json.dumps(_KINDS)}\nwords = [\n{words}]\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _line(words: str) -> str:
    return " ".join(words.split())[:80]
