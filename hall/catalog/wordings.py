"""The words that the reader goes by: wordings of metrics, rules for numbers that are no figures, label words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hall.catalog.load import entries, file
from hall.model import DocumentKind, Scope


@dataclass(frozen=True, slots=True)
class Phrase:
    """How documents word a metric. ``words`` are alternatives, each a list of pieces that must all stand in the label
    (or, led by a +, in the words around it); ``without`` must stand nowhere in the label."""

    metric: str
    kinds: tuple[DocumentKind, ...]
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A named rule for numbers that are no figures."""

    id: str
    patterns: tuple[str, ...]


@cache
def phrases() -> tuple[Phrase, ...]:
    """All wordings, in catalogue order."""
    return tuple(entries("phrases", "phrase", Phrase))


@cache
def exclusions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rule id and pattern, in catalogue order."""
    rules = entries("exclusions", "rule", Exclusion)
    return tuple((rule.id, re.compile("|".join(f"(?:{p})" for p in rule.patterns))) for rule in rules)


@cache
def label_words(table: str) -> tuple[str, ...]:
    """One list of data/catalog/labels.toml."""
    return tuple(str(word) for word in file("labels")[table])


@cache
def label_pattern(table: str) -> re.Pattern[str]:
    """One list of data/catalog/labels.toml as an alternation, longest entries first."""
    words = sorted(label_words(table), key=len, reverse=True)
    return re.compile("|".join(f"(?:{word})" for word in words))


@cache
def label_regex(table: str, form: str) -> re.Pattern[str]:
    """One list of data/catalog/labels.toml within a larger pattern: ``form`` holds ``%s`` where the words stand."""
    return re.compile(form.replace("%s", f"(?:{label_pattern(table).pattern})"))
