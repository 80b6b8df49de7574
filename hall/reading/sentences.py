"""A sentence and what holds for all of its figures: its subject, its topic, the times that rule in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.model import Document, Scope
from hall.reading import bodies
from hall.reading.bodies import Mention
from hall.reading.outline import Block
from hall.reading.periods import When
from hall.reading.quantities import Quantity
from hall.reading.source import Source
from hall.reading.spans import within

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_WHOLE = re.compile(r"全[省市县区州国]|[省市县区州]本级")
_CLAUSE_STARTS = "，,。；;、:(！？\n|"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``start:end`` of the flat text with all that was found in its paragraph. ``subject`` is the department that opens
    it, ``topic`` the clause that opens it before its first number."""

    source: Source
    document: Document
    block: Block
    start: int
    end: int
    whens: Sequence[When]
    mentions: Sequence[Mention]
    subject: str | None
    topic: str


def is_whole(words: str) -> bool:
    """Whether the words speak of all, not of the department that opens the sentence."""
    return _WHOLE.search(words) is not None


def split(flat: str, block: Block) -> list[tuple[int, int]]:
    """The sentences of a paragraph, its title included, as spans of the flat text."""
    start = block.start + (block.mark.length if block.mark else 0)
    return [(m.start(), m.end()) for m in _SENTENCE.finditer(flat, start, block.end)]


def subject(
    flat: str, begin: int, whens: Sequence[When], mentions: Sequence[Mention], document: Document
) -> str | None:
    """The one department that a sentence opens with, if it is not the publisher itself."""
    at = begin
    for when in within(whens, begin, begin + 40):
        if when.start == at:
            at = when.end + (flat[when.end : when.end + 1] in {"，", ","})
    lead = next(iter(within(mentions, at, at + 1)), None)
    if lead is None or re.match(r"(?:窗口)?(?:[、和与]|联合|会同|等)", flat[lead.end : lead.end + 4]):
        return None
    own = {p.department for p in catalog.publishers() if p.zh == document.publisher} | {"service_center"}
    return None if lead.id in own else bodies.label(lead.id)


def topic(source: Source, begin: int, end: int, whens: Sequence[When]) -> str:
    """The words that open a sentence before its first number, time expressions left out."""
    for when in within(whens, begin, begin + 40):
        if when.start == begin:
            begin = when.end
    clause, mark, _ = (
        re.sub(r"^[，,、:]+", "", source.flat[begin:end]).replace(",", "，").replace(":", "，").partition("，")
    )
    return clause[:24] if mark else ""


def governs(flat: str, when: When, begin: int) -> bool:
    """Whether a time stands where it rules what follows, not inside a name or a deadline."""
    if when.deadline or when.form in {"bare_day", "clock", "last_year", "this_year"}:
        return False
    opens = flat[when.start - 1] in _CLAUSE_STARTS or flat.startswith("其中", when.start - 2)
    return when.start == begin or opens or when.scope != "period"


def period(
    sentence: Sentence, quantity: Quantity, carried: When | None, stock: bool
) -> tuple[Scope, date | None, date | None]:
    """Scope, first and last day of a figure; ``carried`` is the time that an earlier sentence left ruling, ``stock``
    tells of a value that holds at a moment."""
    ruling = [
        w
        for w in within(sentence.whens, sentence.start, quantity.start)
        if governs(sentence.source.flat, w, sentence.start)
    ]
    when = ruling[-1] if ruling else carried
    own = sentence.document.period
    first: date | None = own.start if own else None
    last: date | None = own.end if own else None
    scope: Scope = "period"
    if when and (when.first or when.last or when.scope != "period"):
        first, last, scope = when.first, when.last, when.scope
    if stock and scope == "period":
        scope = "as_of"
    if scope == "as_of":
        last = last or (own.end if own else None)
        first = last
    return scope, first, last
