"""Spans of days that are a year to date: from New Year on, and ending within the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from hall.model import Document, Period, Scope

if TYPE_CHECKING:
    from hall.reading.times.periods import When

_EARLY = re.compile(r"(?:\d{4}年|[今本去上]年)?(?:1|一|元)月?份?[-—~至到]+(?!1?2月|十二月)")


def scope_of(own: Period) -> Scope:
    """What a count to the end of a document's own period is of: the year to date, where that begins with the year."""
    return "year_to_date" if from_new_year("months", own.start, own.end) else "period"


def from_new_year(name: str, first: date | None, last: date | None) -> bool:
    """Whether a range of months or days runs from the start of a year and ends within it."""
    if name not in {"days", "months"} or not first or not last or (first.month, first.day) != (1, 1):
        return False
    return last.year == first.year and (1, 31) < (last.month, last.day) < (12, 31)


def opens_early(form: str, first: date | None, words: str) -> bool:
    """Whether a range of months of no known year begins in January and ends before December: 1—9月."""
    return form == "months" and first is None and _EARLY.match(words) is not None


def own_scope(document: Document, whens: Sequence[When]) -> Scope:
    """Whether the document reports on a year to date (1—9月), by the words that name its period."""
    own = document.period
    named = (w.scope for w in whens if own and (w.first, w.last) == (own.start, own.end))
    return next(named, "period")
