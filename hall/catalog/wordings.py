"""The words that the reader goes by: wordings of metrics, rules for numbers that are no figures, label words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hall.catalog.load import Entry, entries, file
from hall.model import DocumentKind, Scope


class Phrase(Entry, frozen=True):
    """How documents word a metric. ``words`` are alternatives, each a list of pieces that must all stand in the label
    (or, led by a +, in the words around it); ``without`` must stand nowhere in the label."""

    metric: str
    kinds: tuple[DocumentKind, ...]
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    scope: Scope | None = None


class Exclusion(Entry, frozen=True):
    """A named rule for numbers that are no figures; ``worn`` are labels before such a number, of which one character
    may be lost, doubled or damaged."""

    id: str
    patterns: tuple[str, ...]
    worn: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """All of it as one alternation."""
        worn = (_WORN % "|".join(_worn(word)) for word in self.worn)
        return re.compile("|".join(f"(?:{part})" for part in (*self.patterns, *worn)))


# Only a label that stands alone: another word may end in what is left of it. What it lost is no Chinese character now.
_WORN = r"(?<![\u4e00-\u9fff])(?:%s):?[^\u4e00-\u9fff\n\d]{0,24}\d{1,12}"


def _worn(word: str) -> Iterator[str]:
    for at, sign in enumerate(word):
        yield rf"{word[:at]}(?:{sign}{sign}|[^\u4e00-\u9fff\d\s]?){word[at + 1 :]}"


@cache
def phrases() -> tuple[Phrase, ...]:
    """All wordings, in catalogue order."""
    return tuple(entries("phrases", "phrase", Phrase))


@cache
def exclusions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rule id and pattern, in catalogue order."""
    return tuple((rule.id, rule.pattern) for rule in entries("exclusions", "rule", Exclusion))


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
