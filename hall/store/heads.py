"""What a person typed about a document that cannot be read: its head, kept in the journal beside the values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hall import catalog
from hall.model import Document, HallError, Problem, Reading
from hall.store import journal

# Why the words of a file cannot be had although it is one of ours; what is wrong with anything else is to be mended.
UNREADABLE = frozenset({
    "no_words", "not_readable", "encrypted", "too_hard", "empty_file", "broken_inside", "old_word", "not_text",
    "too_many_pages", "too_many_rows", "too_large_image", "too_large_inside", "too_long",
})  # fmt: skip
KINDS = ("monthly_bulletin", "weekly_bulletin")
_LONGEST = {"monthly_bulletin": 31, "weekly_bulletin": 10}


def typed(store: Path, document: str | None) -> Document | None:
    """What was typed last about a document; None where nobody did."""
    return next((head for head in reversed(journal.heads(store)) if head.sha256 == document), None)


def check(head: Document) -> None:
    """HallError unknown_publisher, bad_period when no document can have this head."""
    if not any(head.publisher == body.zh for body in catalog.publishers()):
        raise HallError("unknown_publisher", publisher=head.publisher or "-")
    first, last, printed = head.period_start, head.period_end, head.published_on
    if head.kind not in KINDS or first is None or last is None or not 0 <= (last - first).days < _LONGEST[head.kind]:
        raise HallError("bad_period")
    if printed and printed < first:
        raise HallError("bad_period")


def reading(head: Document) -> Reading:
    """A document of which only its head is known."""
    return Reading(head, "", problems=(Problem("typed_by_hand"),))


def completed(read: Reading, head: Document | None) -> Reading:
    """A reading whose document tells neither publisher nor period, with what a person typed in their place."""
    if head is None:
        return read
    own = read.document
    if own.period is None:
        kind = head.kind if own.kind == "other" else own.kind
        own = replace(own, kind=kind, period_start=head.period_start, period_end=head.period_end)
    days = own.published_on or head.published_on
    return replace(read, document=replace(own, publisher=own.publisher or head.publisher, published_on=days))
