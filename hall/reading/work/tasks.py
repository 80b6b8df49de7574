"""Numbered items of a work plan with the departments in the bracket that closes each, and their targets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hall.model import Document, Figure, Party, Target, Task
from hall.reading.numbers.numerals import chinese
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.work import organisations
from hall.reading.work.organisations import Mention

_BRACKET = re.compile(r"[〔\[【(]([^〔〕\[\]【】]*?(?:负责|牵头|落实|配合)[^〔〕\[\]【】]*?)(?:[〕\]】)]|$)")
_LED = re.compile(r"牵头|为主")


def tasks(
    source: SourceText, document: Document, blocks: list[Block], mentions: Sequence[Mention], figures: list[Figure]
) -> list[Task]:
    """The tasks in order; none in a document that is no work plan."""
    if document.kind != "work_plan":
        return []
    found: list[Task] = []
    for block in blocks:
        if block.part != "body" or block.heading or not block.mark or block.mark.level < 2 or not block.title:
            continue
        bracket = _BRACKET.search(source.flat[block.body : block.end].rstrip("。"))
        if not bracket:
            continue
        number = chinese(block.mark.number) if not block.mark.number.isdigit() else int(block.mark.number)
        start, end = source.span(block.start, block.end)
        span = block.body + bracket.start(1), block.body + bracket.end(1)
        found.append(
            Task(
                number=int(number or len(found) + 1),
                section=block.path[0] if block.path else "",
                title=block.title,
                departments=_parties(source, span, mentions),
                targets=_targets(figures, start, source.span(block.start, span[0])[1]),
                start=start,
                end=end,
            )
        )
    return found


def _parties(source: SourceText, span: tuple[int, int], mentions: Sequence[Mention]) -> tuple[Party, ...]:
    """The departments of the first sentence of the bracket; the rest of it speaks of other items."""
    stop = source.flat.find("。", *span)
    last = stop if stop >= 0 else span[1]
    named: dict[str, Mention] = {}
    for mention in within(mentions, span[0], last):
        named.setdefault(mention.id, mention)
    led = _LED.search(source.flat, span[0], last)
    parties = []
    for name, mention in named.items():
        leads = len(named) == 1 or (led is not None and mention.start < led.start())
        printed = source.words(mention.start, mention.end)
        parties.append(Party(name, organisations.label(name), printed, "lead" if leads else "joint"))
    return tuple(parties)


def _targets(figures: list[Figure], start: int, end: int) -> tuple[Target, ...]:
    inside = [f for f in figures if start <= f.start < end and f.kind == "plan" and f.value is not None]
    return tuple(Target(f.label, f.value, f.unit, f.as_printed) for f in inside if f.value is not None)
