"""Quantities to figures: each with its label, kind, scope and period, and whom it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hall import catalog
from hall.model import Document, Figure, FigureKind
from hall.reading import brackets, columns, kinds, labels, owners, sentences, tables
from hall.reading.bodies import Mention
from hall.reading.markers import marker
from hall.reading.outline import Block
from hall.reading.periods import When
from hall.reading.quantities import Quantity, Tally
from hall.reading.sentences import Sentence
from hall.reading.source import Source
from hall.reading.spans import within
from hall.reading.tables import Cell

# a label of so few characters says little without what stands around it
SHORT = 6
# and one of so few names no subject of its own
_BARE = 4
# what a figure is about, with those before it, is told in so many characters
_ABOUT = 80
# percent
_MOST = 200
_OPENS = re.compile(r"其中|在|从|按|据|[^:]{13}")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a figure and helps to bind it: the words that open its sentence, and the headings above."""

    topic: str
    headings: tuple[str, ...]


@dataclass(slots=True)
class _State:
    """What carries over from figure to figure within a paragraph: the ruling time, the last label, the last label
    that names a measure, the words that several nouns share (实地调查 224 个部门、961 家企业), what a change compares
    with, whom the figures are about, and what each figure is about (a short label with that of the figure before)."""

    when: When | None = None
    label: str = ""
    base: str = ""
    stem: str = ""
    compares: str | None = None
    listed: str = ""
    owner: tuple[str | None, str | None] = (None, None)
    about: list[str] = field(default_factory=list)
    lost: bool = False

    def lose(self) -> None:
        """A number that cannot be read stands before: what goes on about it must not go on about an earlier one."""
        self.label = self.base = self.stem = ""
        self.lost = True


def figures(
    source: Source,
    document: Document,
    blocks: list[Block],
    whens: Sequence[When],
    mentions: Sequence[Mention],
    cells: Sequence[Cell],
    numbers: Tally,
) -> tuple[list[Figure], list[Context]]:
    """A figure for each quantity, in order, with its context. Offsets are of ``source.text``."""
    result: list[Figure] = []
    contexts: list[Context] = []
    state = _State()
    for block in blocks:
        inside = within(numbers.quantities, block.start, block.end)
        if not inside:
            continue
        state = _State(when=state.when if document.period is None else None)
        near = within(whens, block.start, block.end)
        names = within(mentions, block.start, block.end)
        for begin, end in sentences.split(source.flat, block):
            mine = within(inside, begin, end)
            subject = sentences.subject(source.flat, begin, near, names, document)
            if state.when and state.when.scope != "period" and subject:
                state.when = None
            topic, heads = sentences.topic(source, begin, mine[0].start if mine else end, near)
            for index, quantity in enumerate(mine):
                earlier = mine[index - 1] if index else None
                later = mine[index + 1] if index + 1 < len(mine) else None
                sentence = Sentence(source, document, block, begin, end, near, names, subject, topic, heads)
                if within(numbers.torn, earlier.end if earlier else begin, quantity.start):
                    state.lose()
                result.append(_figure(sentence, quantity, earlier, later, state))
                if cell := tables.at(cells, quantity.start):
                    result[-1] = columns.headed(result[-1], cell, source, document, whens)
                beside = _beside(source.flat, mine[: index + 1])
                if not index and within(near, begin, begin + 1):  # 今年以来 goes on about what stood before
                    beside = 1
                known = state.about[-beside] if 0 < beside <= len(state.about) and not state.lost else ""
                label = result[-1].label
                state.about.append(f"{label} {known}"[:_ABOUT] if len(label) <= _BARE else label)
                contexts.append(Context(f"{topic} {known}", (*block.path, block.title or "")))
            state.when = sentences.ruling(source.flat, near, begin, end) or state.when
    return result, contexts


def _beside(flat: str, quantities: Sequence[Quantity]) -> int:
    """How many figures back stands the one before in the sentence, those within brackets passed over; 0 for none."""
    *before, own = quantities
    for back, quantity in enumerate(reversed(before), start=1):
        between = flat[quantity.end : own.start]
        if between.count(")") <= between.count("("):
            return back
    return 0


def _figure(
    sentence: Sentence, quantity: Quantity, earlier: Quantity | None, later: Quantity | None, state: _State
) -> Figure:
    source, flat = sentence.source, sentence.source.flat
    left = labels.before(source, quantity, earlier, sentence.start)
    limit = min(later.start if later else sentence.end, sentence.end)
    named = labels.label(source, quantity, left, limit, sentence.whens, sentence.mentions, state.stem)
    bracketed = flat.rfind("(", sentence.start, left[1]) > flat.rfind(")", sentence.start, left[1])
    state.stem = named.stem
    heads = (sentence.topic if sentence.heads else "") + (sentence.block.title or "")
    kind, compares, moved = kinds.kind(flat, left, quantity, earlier, later, sentence.document, heads, state.base)
    if kind == "change" and compares is None and earlier and owners.carries(flat, earlier.end, left[1]):
        compares = state.compares
    state.compares = compares
    ranked = quantity.unit_id == "rank"
    department, area, words = owners.owner(sentence, left, "" if ranked else named.words)
    words = named.words if ranked else words
    whole = not ranked and sentences.is_whole(flat[left[0] : left[1]])  # 居全市第一 says where, not of what
    if not (department or area or whole) and earlier and owners.carries(flat, earlier.end, left[1]):
        department, area = state.owner
    if not bracketed:
        state.owner = (department, area)
    if not words:
        words = _wordless(sentence, quantity, left[0], limit, state, owned=bool(department or area))
    label = _whole_label(sentence, words, named, moved, state, bracketed and bool(department or area))
    scope, first, last = sentences.period(sentence, quantity, state.when, moved or kind == "before")
    wordless = named.generic or not words
    # a paragraph that opens with a number which nothing names may have lost what stood before
    opens = wordless and quantity.start == sentence.block.start and quantity.number.shape == "arabic"
    unsure = opens or (state.lost and (wordless or bracketed))
    state.lost = unsure and state.lost
    state.label = label
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


def _absurd(kind: FigureKind, quantity: Quantity) -> bool:
    """A share far beyond the whole is a misprint more often than a fact."""
    return kind == "rate" and quantity.number.value is not None and abs(quantity.number.value) > _MOST


def _whole_label(
    sentence: Sentence, words: str, named: labels.Label, moved: bool, state: _State, owned: bool
) -> str:
    """A label that stands alone: a generic one gets the words that it refers to, unless it is ``owned``: what stands in
    the bracket behind a department's name says it all."""
    if moved and (named.generic or len(words) <= 3 or catalog.label_pattern("transition").search(words)):
        return state.label or words
    if named.generic or not words:
        return f"{state.base or sentence.topic or sentence.block.title or ''}{words}" or _heading(sentence)
    # 综合窗口：受理 5 件
    goes = sentence.heads and not owned and words not in sentence.topic
    if goes and len(words) < _BARE and not _OPENS.match(sentence.topic):
        return f"{sentence.topic}{words}"
    return words


def _wordless(
    sentence: Sentence, quantity: Quantity, at: int, limit: int, state: _State, *, owned: bool
) -> str:
    """What a number without words of its own counts: by what its list goes, what its bracket explains, its noun."""
    flat = sentence.source.flat
    if owned:
        state.listed = brackets.listed_by(flat, sentence.start, at) or state.listed or state.base
        noun = labels.noun_behind(sentence.source, quantity, limit)
        return noun if len(noun) > 1 and not quantity.number.value else state.listed
    place = brackets.opened(flat, sentence.start, at)
    return brackets.holder(flat, sentence.start, place) if place == at - 1 else ""


def _heading(sentence: Sentence) -> str:
    above = sentence.block.path[-1] if sentence.block.path else ""
    mark = marker(above)
    opening = sentence.source.words(sentence.start, min(sentence.end, sentence.start + 12))
    return (above[mark.length :] if mark else above) or sentence.document.title or opening
