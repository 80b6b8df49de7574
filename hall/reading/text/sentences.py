"""A sentence and what holds for all of its figures: its subject, its topic, the times that rule in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.model import Document, Scope
from hall.reading.numbers.quantity import PrintedQuantity
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.times.periods import When
from hall.reading.work import organisations
from hall.reading.work.organisations import Mention

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_COMPARES = re.compile(r"(?:较|比|与|同)$")
_RUNNING = re.compile(r"累计|总计")
_ALONE = re.compile(r"(?:累计|共计?|达|为|已)+[\d.,]+")
_ONLY_RUNNING = re.compile(r"[，,、(;；](?:今年|全年)?累计(?:为|达|共)?$")
_WHOLE = re.compile(r"全[省市县区州国]|[省市县区州]本级|[合总共]计$")
_CLAUSE_STARTS = "，,。；;、:(！？\n|"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``start:end`` of the flat text with all that was found in its paragraph. ``subject`` is the department that opens
    it, ``topic`` the clause that opens it before its first number, ``heads`` whether a colon follows that, ``scope``
    that of the document's own period."""

    source: SourceText
    document: Document
    block: Block
    start: int
    end: int
    whens: Sequence[When]
    mentions: Sequence[Mention]
    subject: str | None
    topic: str
    heads: bool
    scope: Scope = "period"


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
    at = opening(flat, begin, whens)
    lead = next(iter(within(mentions, at, at + 1)), None)
    if lead is None or re.match(r"(?:窗口)?(?:[、和与]|联合|会同|等)", flat[lead.end : lead.end + 4]):
        return None
    own = {p.department for p in catalog.publishers() if p.zh == document.publisher} | {"service_center"}
    return None if lead.id in own else organisations.label(lead.id)


def opening(flat: str, begin: int, whens: Sequence[When]) -> int:
    """Where a sentence begins behind the times that open it."""
    at = begin
    for when in within(whens, begin, begin + 40):
        if when.start == at:
            at = when.end + (flat[when.end : when.end + 1] in {"，", ","})
    return at


def topic(source: SourceText, begin: int, end: int, whens: Sequence[When]) -> tuple[str, bool]:
    """The words that open a sentence before its first number, time expressions left out; and whether a colon parts
    them from the rest (综合窗口：受理 5 件), so that they belong to every label behind it."""
    for when in within(whens, begin, begin + 40):
        if when.start == begin:
            begin = when.end
    found = re.match(r"[，,、:]*([^，,:]*)([，,:])", source.flat[begin:end])
    return (found[1][:24], found[2] == ":") if found else ("", False)


def governs(flat: str, when: When, begin: int) -> bool:
    """Whether a time stands where it rules what follows, not inside a name or a deadline."""
    if when.deadline or when.form in {"iso", "bare_day", "clock", "last_year", "this_year"}:
        return False
    opens = flat[when.start - 1] in _CLAUSE_STARTS or flat.startswith("其中", when.start - 2)
    return when.start == begin or opens or when.scope != "period"


def period(
    sentence: Sentence, quantity: PrintedQuantity, carried: When | None, stock: bool
) -> tuple[Scope, date | None, date | None]:
    """Scope, first and last day of a figure; ``carried`` is the time that an earlier sentence left ruling, ``stock``
    tells of a value that holds at a moment."""
    when = ruling(sentence.source.flat, sentence.whens, sentence.start, quantity.start) or carried
    own = sentence.document.period
    first: date | None = own.start if own else None
    last: date | None = own.end if own else None
    scope: Scope = sentence.scope
    if when and (when.first or when.last or when.scope != "period"):
        first, last, scope = when.first, when.last, when.scope
    if scope == "period" and _adds_up(sentence, quantity):
        runs = [w for w in within(sentence.whens, sentence.block.start, quantity.start) if w.scope == "year_to_date"]
        # (累计 22629 件) goes on with the to-date of the sentence; alone nothing says since when
        first, last, scope = (runs[-1].first, runs[-1].last, "year_to_date") if runs else (None, None, "as_of")
    if stock and scope == "period":
        scope = "as_of"
    if scope == "as_of":
        last = last or (own.end if own else None)
        first = last
    return scope, first, last


def ruling(flat: str, whens: Sequence[When], begin: int, at: int) -> When | None:
    """The last time of a sentence that rules what stands ``at``: not one in a bracket that has closed; and one that
    only names the other side of a comparison (较5月的4.13万件) rules the number right behind it alone."""
    for when in reversed(within(whens, begin, at)):
        between = flat[when.end : at]
        # 第28周(7月8日—14日) is one name; (9月为4.90万件) speaks of another month
        if between.count(")") > between.count("(") and not between.startswith(")"):
            continue
        if _COMPARES.search(flat, max(0, when.start - 3), when.start):
            if when.form != "year_ago" and between in {"", "的"}:
                return when
        elif governs(flat, when, begin) and not (when.scope == "year_to_date" and _is_aside(flat, when, at)):
            return when
    return None


def _is_aside(flat: str, when: When, at: int) -> bool:
    """Whether a time to date rules one number only, which is not the one ``at``: 5.12万件，1—7月累计34.06万件，其中."""
    opens = flat[when.start - 1 : when.start] in {"，", ",", "(", "、"}
    alone = _ALONE.match(flat, when.end)
    return bool(opens and alone and alone.end() <= at and not flat.startswith("今年", when.start))


def _adds_up(sentence: Sentence, quantity: PrintedQuantity) -> bool:
    """Whether the quantity stands in a bracket as the running total of the one before it."""
    flat = sentence.source.flat
    if _ONLY_RUNNING.search(flat, max(sentence.start, quantity.start - 10), quantity.start) and any(
        w.scope == "year_to_date" for w in within(sentence.whens, sentence.block.start, quantity.start)
    ):
        return True
    opened = flat.rfind("(", sentence.start, quantity.start)
    inside = flat[opened + 1 : quantity.start]
    return opened >= 0 and ")" not in inside and _RUNNING.search(inside) is not None
