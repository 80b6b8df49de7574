"""Quantities to figures: label, kind, scope and period, department, and what a change compares with."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from hall import catalog
from hall.model import Document, Figure, FigureKind, Scope
from hall.reading import bodies, labels
from hall.reading.bodies import Mention
from hall.reading.outline import Block
from hall.reading.periods import When
from hall.reading.quantities import Quantity
from hall.reading.source import Source

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_CLAUSE_STARTS = "，,。；;、:(！？\n|"
_MOVES = re.compile(r"增|减|升|降|多|少|涨|提高|回落|压缩|缩短")
_FROM = re.compile(r"由|从|将|以往|原")
_BARE_MOVE = re.compile(r"(?:至|到)$")
_BODY_LIKE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}?(?:局|厅|委|(?<![网承举主通联协])办|中心|分局|公司|大队|支队|分行|法院|集团|委员会|事务所|医院|银行|海关))(?:窗口)?"
)
_PLACE_LIKE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:县|区|自治州|州|市|镇|乡|街道|新区|管委会)")
_WHOLE = re.compile(r"全[省市县区州国]|省本级|市本级")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a figure and helps to bind it: the words that open its sentence, and the headings above."""

    topic: str
    headings: tuple[str, ...]


@dataclass(slots=True)
class _State:
    """What carries over from figure to figure within a paragraph: the ruling time, the last label, the last label
    that names a measure, and the words that several nouns share (实地调查 224 个部门、961 家企业)."""

    when: When | None = None
    label: str = ""
    base: str = ""
    stem: str = ""


def figures(
    source: Source, document: Document, blocks: list[Block], whens: list[When], mentions: list[Mention], found: list[Quantity]
) -> tuple[list[Figure], list[Context]]:
    """A figure for each quantity, in order, with its context. Offsets are of ``source.text``."""
    result: list[Figure] = []
    contexts: list[Context] = []
    starts = [q.start for q in found]
    for block in blocks:
        inside = found[bisect_right(starts, block.start - 1) : bisect_right(starts, block.end - 1)]
        if not inside:
            continue
        state = _State()
        near = [w for w in whens if block.start <= w.start < block.end]
        names = [m for m in mentions if block.start <= m.start < block.end]
        for begin, end in _sentences(source.flat, block):
            mine = [q for q in inside if begin <= q.start < end]
            subject = _subject(source.flat, begin, near, names, document)
            if state.when and state.when.scope != "period" and subject:
                state.when = None
            topic = _topic(source, begin, mine[0].start if mine else end, near)
            for index, quantity in enumerate(mine):
                earlier = mine[index - 1] if index else None
                later = mine[index + 1] if index + 1 < len(mine) else None
                sentence = _Sentence(source, document, block, begin, end, near, names, subject, topic)
                result.append(_figure(sentence, quantity, earlier, later, state))
                beside = result[-2].label if index and source.flat[mine[index - 1].end] in "、(" else ""
                contexts.append(Context(f"{topic} {beside}", (*block.path, block.title or "")))
            late = [w for w in near if begin <= w.start < end and _governs(source.flat, w, begin)]
            state.when = late[-1] if late else state.when
    return result, contexts


@dataclass(frozen=True, slots=True)
class _Sentence:
    source: Source
    document: Document
    block: Block
    start: int
    end: int
    whens: list[When]
    mentions: list[Mention]
    subject: str | None
    topic: str


def _sentences(flat: str, block: Block) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in _SENTENCE.finditer(flat, block.body, block.end)]


def _figure(
    sentence: _Sentence, quantity: Quantity, earlier: Quantity | None, later: Quantity | None, state: _State
) -> Figure:
    source, flat = sentence.source, sentence.source.flat
    left = labels.before(source, quantity, earlier)
    limit = min(later.start if later else sentence.end, sentence.end)
    named = labels.label(source, quantity, left, limit, sentence.whens, sentence.mentions, state.stem)
    state.stem = named.stem
    before_words = flat[left[0] : left[1]]
    moved = earlier is not None and _moves_from(flat, earlier, quantity)
    kind, compares = _kind(before_words, quantity, sentence.document)
    if not moved and later is not None and _moves_from(flat, quantity, later):
        kind, compares = "before", None
    elif _FROM.search(before_words[-6:]) and re.match(f"(?:{catalog.label_pattern('transition').pattern})", flat[quantity.end :]):
        kind, compares = "before", None
    elif moved:
        kind, compares = _plain_kind(quantity), None
    department, area, words = _whose(sentence, quantity, left, named)
    label = _whole_label(sentence, words, named, kind, moved, state)
    scope, first, last = _period(sentence, quantity, state, moved or kind == "before")
    state.label = label
    state.base = label if kind not in {"change"} else state.base
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
        qualifier=_qualifier(flat, quantity),
        status="V" if quantity.sure else "U",
    )


def _moves_from(flat: str, old: Quantity, new: Quantity) -> bool:
    """由23项调整为20项: the first is the old value, the second the new one."""
    between = flat[old.end : new.start]
    if len(between) > 16 or any(c in between for c in "。；;"):
        return False
    move = re.search(f"(?:{catalog.label_pattern('transition').pattern})[约近]?$", between)
    led = _FROM.search(flat[max(0, old.start - 8) : old.start]) is not None
    return move is not None and (led or not _BARE_MOVE.fullmatch(move[0]))


def _plain_kind(quantity: Quantity) -> FigureKind:
    kinds: dict[str, FigureKind] = {
        "share": "rate", "points": "change", "money": "money", "duration": "duration", "score": "score",
    }  # fmt: skip
    return kinds.get(quantity.unit_kind, "volume")


def _kind(words: str, quantity: Quantity, document: Document) -> tuple[FigureKind, str | None]:
    if document.kind == "work_plan" or catalog.label_pattern("plan").search(words):
        return "plan", None
    plain = _plain_kind(quantity)
    against = next(
        (name for name in ("year_ago", "previous_period", "start_of_year") if catalog.label_pattern(name).search(words)), None
    )
    if against and (plain in {"rate", "change"} or _MOVES.search(words)):
        return "change", against
    if plain == "change" or (plain in {"rate", "duration"} and catalog.label_pattern("other_base").search(words)):
        return "change", against
    return plain, None


def _whole_label(
    sentence: _Sentence, words: str, named: labels.Label, kind: FigureKind, moved: bool, state: _State
) -> str:
    """A label that stands alone: a generic one gets the words that it refers to."""
    if moved and (named.generic or len(words) <= 3 or catalog.label_pattern("transition").search(words)):
        return state.label or words
    if kind == "change" and state.base and state.base not in words:
        return f"{state.base}{words}" if len(words) <= 8 else words
    if named.generic or not words:
        return f"{state.base or sentence.topic or sentence.block.title or ''}{words}" or _heading(sentence)
    return words


def _heading(sentence: _Sentence) -> str:
    above = sentence.block.path[-1] if sentence.block.path else ""
    return re.sub(r"^[一二三四五六七八九十（）()、\d.]+", "", above) or sentence.source.words(
        sentence.start, min(sentence.end, sentence.start + 12)
    )


def _whose(
    sentence: _Sentence, quantity: Quantity, left: tuple[int, int], named: labels.Label
) -> tuple[str | None, str | None, str]:
    """Department, area, and the label without them."""
    flat, words = sentence.source.flat, named.words
    if flat[left[0] - 1 : left[0]] == "(":
        holder = re.search(r"[\u4e00-\u9fff]{2,18}$", flat[sentence.start : left[0] - 1])
        if holder and _BODY_LIKE.fullmatch(holder[0]):
            return _body_name(holder[0]), None, words
        if holder and _PLACE_LIKE.fullmatch(holder[0]):
            return None, holder[0], words
    inside = [m for m in sentence.mentions if left[0] <= m.start < left[1]]
    listed = inside and flat[inside[0].start - 1 : inside[0].start] in {"、", "和"}
    if len(inside) == 1 and not listed:
        return bodies.label(inside[0].id), None, words
    if _BODY_LIKE.fullmatch(words):
        return _body_name(words), None, ""
    if _PLACE_LIKE.fullmatch(words):
        return None, words, ""
    clause = flat[left[0] : left[1]]
    return (None if inside or _WHOLE.search(clause) else sentence.subject), None, words


def _body_name(printed: str) -> str:
    plain = printed.removesuffix("窗口")
    known = next((b.zh for b in catalog.departments().values() if plain in b.names), None)
    return known or plain


def _subject(flat: str, begin: int, whens: list[When], mentions: list[Mention], document: Document) -> str | None:
    """The one department that a sentence opens with, if it is not the publisher itself."""
    at = begin
    for when in whens:
        if when.start == at:
            at = when.end + (flat[when.end : when.end + 1] in {"，", ","})
    lead = next((m for m in mentions if m.start == at), None)
    if lead is None or re.match(r"(?:窗口)?(?:[、和与]|联合|会同|等)", flat[lead.end : lead.end + 4]):
        return None
    own = {p.department for p in catalog.publishers() if p.zh == document.publisher} | {"service_center"}
    return None if lead.id in own else bodies.label(lead.id)


def _topic(source: Source, begin: int, end: int, whens: list[When]) -> str:
    """The words that open a sentence before its first number, time expressions left out."""
    for when in whens:
        if when.start == begin:
            begin = when.end
    clause, mark, _ = re.sub(r"^[，,、:]+", "", source.flat[begin:end]).replace(",", "，").replace(":", "，").partition("，")
    return clause[:24] if mark else ""


def _governs(flat: str, when: When, begin: int) -> bool:
    """Whether a time stands where it rules what follows, not inside a name or a deadline."""
    if when.deadline or when.form in {"bare_day", "clock", "han_year", "last_year", "this_year"}:
        return False
    return when.start == begin or flat[when.start - 1] in _CLAUSE_STARTS or when.scope != "period"


def _period(
    sentence: _Sentence, quantity: Quantity, state: _State, stock: bool
) -> tuple[Scope, object, object]:  # dates or None
    ruling = [
        w
        for w in sentence.whens
        if sentence.start <= w.start < quantity.start and _governs(sentence.source.flat, w, sentence.start)
    ]
    when = ruling[-1] if ruling else state.when
    period = sentence.document.period
    first, last, scope = (period.start, period.end, "period") if period else (None, None, "period")
    if when and (when.first or when.last or when.scope != "period"):
        first, last, scope = when.first, when.last, when.scope
    if stock and scope == "period":
        scope = "as_of"
    if scope == "as_of":
        last = last or (period.end if period else None)
        first = last
    return scope, first, last  # type: ignore[return-value]


def _qualifier(flat: str, quantity: Quantity):  # type: ignore[no-untyped-def]
    before, after = flat[max(0, quantity.start - 3) : quantity.start], flat[quantity.end : quantity.end + 2]
    for name in ("approx", "less_than", "more_than"):
        pattern = catalog.label_pattern(name).pattern
        if re.search(f"(?:{pattern})$", before) or re.match(f"(?:{pattern})", after):
            return name
    return "more_than" if quantity.number.more else None
