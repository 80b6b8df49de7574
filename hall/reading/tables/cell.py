"""What may be a cell of a table that lost its lines: a number, no value, or a few words that are no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hall import catalog
from hall.reading.numbers import units
from hall.reading.text.fold import fold_all
from hall.reading.text.lines import TextLine

_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?([^\d\s，。；;:：|]{0,6})")
_SENTENCE = re.compile(r"[。；;！？，：:]|,(?!\d{3})|\d[、.]\s*\D|[的由到至共约为达]$")
_TAILS = {"", "%", "％", "万", "亿", "千", "余", "多"}
LONGEST = 26


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines with their cells barred, and what stands before and after a line that is a cell by itself."""

    lines: list[TextLine]
    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)


def is_absent(words: str) -> bool:
    """Whether a cell says that there is no value."""
    return words in catalog.label_words("absent_cells") or catalog.label_pattern("absent").fullmatch(words) is not None


def is_number(words: str) -> bool:
    """Whether a cell is a number, its unit with it; a month or a year is none."""
    found = _NUMBER.fullmatch(words)
    return found is not None and (found[1] in _TAILS or units.scaled(fold_all(found[1])) is not None)


def is_sentence(words: str) -> bool:
    """Whether words are too long for a cell, or end or part as sentences do."""
    return len(words) > LONGEST or _SENTENCE.search(words) is not None
