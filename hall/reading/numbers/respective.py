"""Values that stand for names before them in the same order: 甲、乙、丙分别为5件、4件、3件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hall.reading.numbers.quantity import PrintedQuantity

Span = tuple[int, int]

_MARK = re.compile(r"分别|依次(?!为:)")
_BETWEEN = re.compile(r"[、，,和及与]|以及")
_LEAD = re.compile(r"[^，,。；;:\n]{0,14}")
_MORE = re.compile(r"[，,]?[^，,。；;:\d\n]{1,14}")
_STOPS = "。；;！？!?\n"
_OPENS = re.compile(r"[，,:]|是(?!否)|(?<![作成认])为(?!民)|有(?!限|关|效|序)|包括")
_PARTS = (re.compile(r"、|以及|和|及|与"), re.compile(r"、|以及|及"), re.compile("、"))
_TAIL = re.compile(r"的|等|均|[较比同环][上去年月比期周]|[，,]")
_FILLERS = re.compile(r"(?:为|是|达到?|有|约|近|共|至|到|了)+$")
_NAME = (2, 20)
_SUFFIXES = "市县区州镇乡旗局委厅级"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a value stands for: the ``name`` before it as a span, or the number of figures ``back`` from it; ``lead`` is
    what stands between the mark and the first value (占全省), ``tail`` what follows the last name (的评价率最低);
    ``clause`` is where the words begin that tell the kind (同比分别下降)."""

    name: Span | None
    back: int
    lead: Span
    tail: Span
    clause: int


def turns(flat: str, begin: int, end: int, quantities: Sequence[PrintedQuantity]) -> dict[int, Turn]:
    """The values of a sentence that take their names in turn, by where they start."""
    found: dict[int, Turn] = {}
    for mark in _MARK.finditer(flat, begin, end):
        first = next((i for i, q in enumerate(quantities) if q.start >= mark.end()), len(quantities))
        run = _run(flat, quantities, first)
        if len(run) < 2 or not _LEAD.fullmatch(flat, mark.end(), run[0].start):
            continue
        names, tail = _names(flat, begin, mark.start(), len(run))
        back = 0
        if not names:
            before = [q for q in quantities[:first] if not any(c in flat[q.end : mark.start()] for c in _STOPS)]
            if len(before) < len(run):
                continue
            back = len(run)
        lead, clause = (mark.end(), run[0].start), _clause(flat, begin, mark.start())
        while len(run) >= 2:
            for place, quantity in enumerate(run):
                found[quantity.start] = Turn(names[place] if names else None, back, lead, tail, clause)
            first += len(run)
            further = _run(flat, quantities, first)
            between = flat[run[-1].end : further[0].start] if further else ""
            if len(further) != len(run) or not _MORE.fullmatch(between) or _MARK.search(between):
                break
            back = back + len(run) if back else 0
            lead, run = (run[-1].end, further[0].start), further
            clause = lead[0]
    return found


def _clause(flat: str, begin: int, end: int) -> int:
    at = end
    while at > begin and flat[at - 1] not in _STOPS + "，,、:(":
        at -= 1
    return at


def words(flat: str, span: Span) -> Span:
    """The part of a lead or a tail that says something."""
    start, end = span
    while start < end and flat[start] in "的，,等均":
        start += 1
    filler = _FILLERS.search(flat, start, end)
    return start, filler.start() if filler else end


def _run(flat: str, quantities: Sequence[PrintedQuantity], first: int) -> list[PrintedQuantity]:
    run = list(quantities[first : first + 1])
    for quantity in quantities[first + 1 :]:
        if not _BETWEEN.fullmatch(flat, run[-1].end, quantity.start):
            break
        run.append(quantity)
    return run


def _names(flat: str, begin: int, end: int, count: int) -> tuple[list[Span], Span]:
    """So many names enumerated right before a place, and what follows the last of them."""
    start = max((flat.rfind(stop, begin, end) for stop in _STOPS), default=begin - 1) + 1
    start = max(start, begin)
    while end > start and flat[end - 1] in "，,":
        end -= 1
    opens = [start, *(m.end() for m in _OPENS.finditer(flat, start, end))]
    for at in reversed(opens):
        for marks in _PARTS:
            parts, place = [], at
            for mark in marks.finditer(flat, at, end):
                parts.append((place, mark.start()))
                place = mark.end()
            if len(parts) != count - 1:
                continue
            tail = _TAIL.search(flat, place + 1, end)
            last = tail.start() if tail else end
            names = [*parts, (place, last)]
            if parts and flat[parts[0][1] - 1] in _SUFFIXES:  # 曲靖市、保山市成交金额: the last name ends as they do
                cut = next((i + 1 for i in range(place + 1, last) if flat[i] in _SUFFIXES), last)
                names, last = [*parts, (place, cut)], cut
            if all(_NAME[0] <= b - a <= _NAME[1] and not re.search(r"\d", flat[a:b]) for a, b in names):
                return names, (last, end)
    return [], (end, end)
