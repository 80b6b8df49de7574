"""What a number counts, in the document's own words: the words before it, the noun behind it, or what both refer to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hall import catalog
from hall.reading.numbers.quantity import PrintedQuantity
from hall.reading.text.fold import fold_all
from hall.reading.text.markers import marker
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.times.periods import When
from hall.reading.work.organisations import Mention

_HARD = "，,。；;！？!?:\n\t|"
_CELLS = "|\t\n:"
_LONGEST = 40
_CLAUSE, _VERB = 24, 3
_VERBS = ("受理", "办理", "处理", "收到", "接到", "抽取", "完成", "处置")
_TIMES = ("次", "场次")
# from a number to the mark behind its noun: 5 个部门、, 96 件)、
_ENUMERATES = re.compile(r"[^，,。；;:、\n]*、")
_HEDGE = re.compile("(?:以上|以下|以内|左右|多|余)?的?")
_NO_STOP = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Label:
    """``words`` of the document; ``stem`` what the next noun of a list shares; ``generic`` when the words name nothing
    alone."""

    words: str
    generic: bool
    stem: str = ""


def before(
    source: SourceText, quantity: PrintedQuantity, earlier: PrintedQuantity | None, start: int
) -> tuple[int, int]:
    """The words that belong to the number on its left, as a span of the flat text; ``start`` opens the sentence."""
    flat, at, depth = source.flat, quantity.start, 0
    floor = max(start, _floor(source, quantity, earlier))
    while at > floor:
        char = flat[at - 1]
        if char in ")”》":
            depth += 1
        elif char in "(“《":
            if depth == 0:
                break
            depth -= 1
        elif (depth == 0 and char in _HARD) or char == "\n":
            break
        at -= 1
    return at, quantity.start


def _floor(source: SourceText, quantity: PrintedQuantity, earlier: PrintedQuantity | None) -> int:
    """Where the words of the quantity before end: at a mark of enumeration, else behind its noun."""
    if earlier is None:
        return 0
    mark = _ENUMERATES.match(source.flat, earlier.end, quantity.start)
    return mark.end() if mark else _noun_end(source.flat, earlier, quantity.start)


def label(
    source: SourceText,
    quantity: PrintedQuantity,
    left: tuple[int, int],
    limit: int,
    whens: Sequence[When],
    mentions: Sequence[Mention],
    stem: str = "",
) -> Label:
    """The label of a quantity. ``left`` is what ``before`` gave, ``limit`` ends the words behind the number, ``stem``
    comes from the figure before."""
    begin, end = _clean(source, left, whens, mentions)
    if quantity.unit_id == "rank":
        place = catalog.label_pattern("rank").search(source.flat, left[0], left[1])
        end = min(end, place.start()) if place else end
        named = source.words(begin, end) if end > begin else ""
        return Label(named + (source.words(place.start(), place.end()).rstrip("第(") if place else ""), not named)
    words = _short(source.words(begin, end)) if end > begin else ""
    noun = noun_behind(source, quantity, limit)
    if words and noun.startswith(("(", "（")):  # 122项(宗)
        noun = ""
    generic = catalog.label_pattern("generic").fullmatch(source.flat[begin:end]) is not None
    in_list = not words and source.flat[quantity.start - 1] in "、和及"
    if not words and not in_list and noun in catalog.label_words("bare_nouns"):  # 659项事项实现网上可办
        return Label(_clause_behind(source, quantity, limit) or noun, False)
    if generic and noun in catalog.label_words("steps"):  # 环比上升1个位次
        return Label(words, True)
    if quantity.unit in catalog.label_words("measure_words") and noun:
        lead = stem if in_list else words
        short = 0 < len(lead) <= 10 and len(noun) <= 6 and not generic and not _has_body(left, mentions)
        return Label(lead + noun if short else noun, False, lead if short else "")
    verb = len(words) <= _VERB or words.endswith(_VERBS)
    verb = verb and quantity.unit_kind == "count" and not (generic or in_list)
    if verb and catalog.label_pattern("counted").search(fold_all(noun)):  # 产生18件超期件
        return Label(words + noun, False)
    if source.flat[end : quantity.start].endswith("有") and source.flat[left[0] : end].endswith("中"):
        return Label(_clause_behind(source, quantity, limit) or words, False)  # 受理件中有36件实现当日办结
    if catalog.label_pattern("acts").fullmatch(words) and noun and not generic:
        return Label(noun, False)
    if (not words or len(words) > 16) and noun and source.flat[quantity.end] == "的":
        return Label(noun, False)
    if quantity.unit in _TIMES and len(words) > 12 and noun:
        return Label(noun, False)
    if not words and len(noun) > 1:
        return Label(noun, False)
    if not words and quantity.unit_kind == "count" and (behind := _clause_behind(source, quantity, limit)):
        return Label(behind, len(behind) <= 3)
    words = words or _cell_before(source, left[0])
    return Label(words, not words or generic)


def clause_before(source: SourceText, at: int, floor: int, whens: Sequence[When]) -> str:
    """The clause before the one that opens ``at``, where it holds no number and no time and so names what the next one
    counts: 一是防疫类诉求，共329件. ``floor`` is where it may begin."""
    flat = source.flat
    if at <= floor or flat[at - 1] not in "，,":
        return ""
    begin = at - 1
    while begin > floor and flat[begin - 1] not in _HARD:
        begin -= 1
    lead = catalog.label_regex("clause_lead", "%s+").match(flat[begin : at - 1])
    begin += lead.end() if lead else 0
    words = flat[begin : at - 1]
    if not 2 <= len(words) <= _CLAUSE or re.search(r"\d|[较比]|同期|如下", words) or within(whens, begin, at):
        return ""
    return source.words(begin, at - 1)


def _cell_before(source: SourceText, at: int) -> str:
    """In a table the words stand in the cell, or on the short line, before the number's own; or before a colon."""
    flat = source.flat
    if at == 0 or flat[at - 1] not in _CELLS:
        return ""
    end = at - 1
    while end > 0 and flat[end - 1] in _CELLS:
        end -= 1
    begin = end
    while begin > 0 and flat[begin - 1] not in _CELLS + "，,。；;":
        begin -= 1
    cell = flat[begin:end]
    if not 2 <= len(cell) <= 24 or re.search(r"[\d。；;，,:]", cell) or marker(cell):
        return ""
    return re.sub(r"[(（][^()（）]{1,6}[)）]$", "", source.words(begin, end))


def _has_body(left: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    return bool(within(mentions, *left))


def _clean(
    source: SourceText, left: tuple[int, int], whens: Sequence[When], mentions: Sequence[Mention]
) -> tuple[int, int]:
    """Cut time, department and filler words off both ends."""
    begin, end = left
    lead, trail = catalog.label_pattern("lead"), catalog.label_regex("trail", "%s$")
    starts = {w.start: w.end for w in within(whens, begin, end)}
    names = {m.start: m.end for m in within(mentions, begin, end)}
    while begin < end:
        jump = starts.get(begin) or names.get(begin)
        if jump and jump <= end:
            begin = jump
            if begin in names.values() and source.flat.startswith("窗口", begin) and begin + 2 < end:
                begin += 2 if not source.flat.startswith("窗口出件", begin) else 0
            continue
        found = lead.match(source.flat, begin, end)
        if not found or found.end() == begin:
            break
        begin = found.end()
    while end > begin:
        found = trail.search(source.flat, begin, end)
        if not found or found.start() == end:
            break
        end = found.start()
    inner = [m for m in within(mentions, begin + 1, end) if m.end <= end]
    if inner and end - begin > 12:  # 完成省市场监管局2个…: what counts stands behind the name
        begin = max(m.end for m in inner) if max(m.end for m in inner) < end - 1 else begin
    return begin, end


def _short(words: str) -> str:
    """A label of bearable length: without what stands in brackets, else its end."""
    words = re.sub(r"[(（]见?附[件表录][^()（）]*[)）]", "", words)
    if len(words) > _LONGEST:
        words = re.sub(r"[(（][^()（）]*[)）]", "", words)
    return words if len(words) <= _LONGEST else re.sub("^[^、，]{0,12}[、，]", "", words[-_LONGEST:])


def noun_behind(source: SourceText, quantity: PrintedQuantity, limit: int) -> str:
    """The noun right behind the unit, up to a verb or a mark; behind a word for none all of it."""
    if quantity.number.shape == "han" and quantity.number.value == 0:
        return _clause_behind(source, quantity, limit)
    hedge = _HEDGE.match(source.flat, quantity.end)
    begin = hedge.end() if hedge else quantity.end
    end = _noun_end(source.flat, quantity, limit)
    words = source.words(begin, end) if end > begin else ""
    return "" if words in {"次", "以"} else words.rstrip("的")


def _clause_behind(source: SourceText, quantity: PrintedQuantity, limit: int) -> str:
    at = quantity.end
    while at < limit and source.flat[at] not in _HARD + "、()":
        at += 1
    return source.words(quantity.end, at) if at > quantity.end else ""


def _noun_end(flat: str, quantity: PrintedQuantity, limit: int) -> int:
    hedge = _HEDGE.match(flat, quantity.end)
    at, depth = hedge.end() if hedge else quantity.end, 0
    stop, move = catalog.label_pattern("noun_end"), catalog.label_pattern("transition")
    if quantity.unit in _TIMES and flat[at : at + 1] not in "并和与":
        stop = _NO_STOP
    while at < limit and at - quantity.end < 26:
        char = flat[at]
        if char in '(“"《':
            if char == "(" and not re.match(r"\([\u4e00-\u9fff、]{1,6}\)", flat[at : at + 9]):
                break
            depth += char != '"'
        elif char in ")”》":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and (
            char in _HARD or char == "、" or char.isdigit() or stop.match(flat, at) or move.match(flat, at)
        ):
            break
        at += 1
    return at
