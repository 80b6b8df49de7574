"""Quantities to figures: each with its label, kind, scope and period, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hall import catalog
from hall.model import Document, Figure, FigureKind
from hall.reading.figures import kinds, labels, naming, owners
from hall.reading.figures.naming import BARE, NamingState
from hall.reading.numbers import respective
from hall.reading.numbers.quantities import Tally
from hall.reading.numbers.quantity import PrintedQuantity
from hall.reading.tables import columns
from hall.reading.tables import heads as tables
from hall.reading.tables.heads import Cell
from hall.reading.text import sentences
from hall.reading.text.fold import fold_all
from hall.reading.text.outline import Block
from hall.reading.text.sentences import Sentence
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.times.periods import When
from hall.reading.times.to_date import own_scope
from hall.reading.work.organisations import Mention

# a label of so few characters says little without what stands around it
SHORT = 6
# what a figure is about, with those before it, is told in so many characters
_ABOUT = 80
# percent
_MOST = 200


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a figure and helps to bind it: the words that open its sentence, and the headings above."""

    topic: str
    headings: tuple[str, ...]


def figures(
    source: SourceText,
    document: Document,
    blocks: list[Block],
    whens: Sequence[When],
    mentions: Sequence[Mention],
    cells: Sequence[Cell],
    numbers: Tally,
) -> tuple[list[Figure], list[Around]]:
    """A figure for each quantity, in order, with its context. Offsets are of ``source.text``."""
    result: list[Figure] = []
    contexts: list[Around] = []
    state, scope = NamingState(), own_scope(document, whens)
    for block in blocks:
        inside = within(numbers.quantities, block.start, block.end)
        if not inside:
            continue
        carried = state.when if document.period is None and state.when and state.when.scope != "as_of" else None
        state = NamingState(when=carried)
        near = within(whens, block.start, block.end)
        names = within(mentions, block.start, block.end)
        for begin, end in sentences.split(source.flat, block):
            mine = within(inside, begin, end)
            subject = sentences.subject(source.flat, begin, near, names, document)
            if state.when and state.when.scope != "period" and subject:
                state.when = None
            turns = respective.turns(source.flat, begin, end, mine)
            topic, heads = sentences.topic(source, begin, mine[0].start if mine else end, near)
            for index, quantity in enumerate(mine):
                earlier = mine[index - 1] if index else None
                later = mine[index + 1] if index + 1 < len(mine) else None
                sentence = Sentence(source, document, block, begin, end, near, names, subject, topic, heads, scope)
                if within(numbers.torn, earlier.end if earlier else begin, quantity.start):
                    state.lose()
                turn = turns.get(quantity.start)
                told = (turn.clause, turn.lead[1]) if turn else None
                result.append(_figure(sentence, quantity, earlier, later, state, told))
                if turn:
                    result[-1] = naming.in_turn(result, turn, sentence, state)
                if cell := tables.at(cells, quantity.start):
                    result[-1] = columns.headed(result[-1], cell, source, document, whens)
                beside = _beside(source.flat, mine[: index + 1])
                if not index and within(near, begin, begin + 1):  # 今年以来 goes on about what stood before
                    beside = 1
                known = state.about[-beside] if 0 < beside <= len(state.about) and not state.lost else ""
                label = result[-1].label
                state.about.append(f"{label} {known}"[:_ABOUT] if len(label) <= BARE else label)
                contexts.append(Around(f"{topic} {known}", (*block.path, block.title or "")))
            state.when = sentences.ruling(source.flat, near, begin, end) or state.when
    return result, contexts


def _beside(flat: str, quantities: Sequence[PrintedQuantity]) -> int:
    """How many figures back stands the one before in the sentence, those within brackets passed over; 0 for none."""
    *before, own = quantities
    for back, quantity in enumerate(reversed(before), start=1):
        between = flat[quantity.end : own.start]
        if between.count(")") <= between.count("("):
            return back
    return 0


def _figure(
    sentence: Sentence,
    quantity: PrintedQuantity,
    earlier: PrintedQuantity | None,
    later: PrintedQuantity | None,
    state: NamingState,
    lead: tuple[int, int] | None,
) -> Figure:
    source, flat = sentence.source, sentence.source.flat
    left = labels.before(source, quantity, earlier, sentence.start)
    limit = min(later.start if later else sentence.end, sentence.end)
    named = labels.label(source, quantity, left, limit, sentence.whens, sentence.mentions, state.stem)
    bracketed = flat.rfind("(", sentence.start, left[1]) > flat.rfind(")", sentence.start, left[1])
    state.stem = named.stem
    heads = fold_all((sentence.topic if sentence.heads else "") + (sentence.block.title or ""))
    heads += kinds.aim(flat, sentence.start, sentence.end)
    words_at, document = lead or left, sentence.document
    kind, compares, moved = kinds.kind(flat, words_at, quantity, earlier, later, document, heads, state.base)
    if kind == "change" and compares is None:
        compares = kinds.compared(flat, sentence.start, left[1], document)
        if compares is None and earlier and owners.carries(flat, earlier.end, left[1]):
            compares = state.compares
    state.compares = compares
    ranked = quantity.unit_id == "rank"
    department, area, words = owners.owner(sentence, left, "" if ranked else named.words, quantity.unit)
    words = named.words if ranked else words
    whole = not ranked and sentences.is_whole(flat[left[0] : left[1]])  # 居全市第一 says where, not of what
    if not (department or area or whole):
        moves = ranked or kind == "change" or naming.is_measure(words)
        department, area = _whom(sentence, left, words, earlier, state, moves)
    state.named = bool(department or area) and not words
    if not bracketed:
        state.owner = (department, area)
    if not words:
        words = naming.wordless(sentence, quantity, left[0], limit, state, owned=bool(department or area))
    longer = naming.led(sentence, words, left[0], earlier.end + 1 if earlier else 0)
    if longer and not (bracketed or moved or ranked):
        words, named = longer, replace(named, generic=False)
        if not (department or area):
            area, words = owners.placed(words)
    held = bracketed and bool(department or area)
    label = naming.whole(sentence, words, named, moved, state, held, bracketed and not held, left[0])
    label = naming.of_item(label, words, kind, state, bracketed and not held)
    scope, first, last = sentences.period(sentence, quantity, state.when, moved or kind == "before")
    wordless = named.generic or not words
    # a paragraph that opens with a number which nothing names may have lost what stood before
    opens = wordless and quantity.start == sentence.block.start and quantity.number.shape == "arabic"
    if scope == "as_of" and words and f"累计{fold_all(words)}" in flat[slice(*left)] and not owners.is_ours(document):
        label = f"累计{label}"  # 累计归集 is not what was 归集 in the month
    unsure = opens or (state.lost and (wordless or bracketed))
    state.lost = unsure and state.lost
    state.label, state.inside = label, bracketed
    if not bracketed and not (named.generic and state.base):
        state.base = catalog.label_pattern("plan").sub("", label) if kind == "plan" else label
    start, end = source.span(quantity.start, quantity.end)
    return Figure(
        label=label,
        value=quantity.number.value,
        unit=quantity.unit,
        as_printed=source.text[start:end].replace("\n", ""),
        decimals=quantity.number.decimals,
        unit_mult=quantity.number.mult,
        kind=kind,
        scope=scope,
        start=start,
        end=end,
        quote=source.text[start:end],
        section=sentence.block.section,
        period_start=first,
        period_end=last,
        department=department,
        area=area,
        compares_with=compares,
        qualifier=kinds.qualifier(flat, quantity),
        status="V" if quantity.sure and not unsure and not _absurd(kind, quantity) else "U",
    )


def _whom(
    sentence: Sentence,
    left: tuple[int, int],
    words: str,
    earlier: PrintedQuantity | None,
    state: NamingState,
    moves: bool,
) -> tuple[str | None, str | None]:
    """Whom a number is about whose own words name nobody: whoever the figure before is about, where it goes on about
    them (``moves`` tells of a measure or a change), else whom sentence, clause before or paragraph name."""
    flat = sentence.source.flat
    if earlier is None:
        goes_on = flat.startswith("其中", sentence.start)
    else:
        goes_on = owners.carries(flat, earlier.end, left[1]) or naming.is_attribute(words)
    if state.named and words and not moves:
        goes_on = False  # 人社局5件，党校1件: the next name of a list, not a measure of the office before it
    own = state.owner if goes_on and any(state.owner) else owners.led(sentence, left)
    state.ruler = own if sentence.heads else state.ruler
    if any(own) or goes_on:
        return own
    return naming.clause_owner(sentence, left[0], earlier.end + 1 if earlier else 0) or state.ruler


def _absurd(kind: FigureKind, quantity: PrintedQuantity) -> bool:
    """A share far beyond the whole is a misprint more often than a fact."""
    return kind == "rate" and quantity.number.value is not None and abs(quantity.number.value) > _MOST
