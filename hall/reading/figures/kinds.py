"""What kind of figure a quantity is: a volume, a share, a change and against what, an old value, a target."""

from __future__ import annotations

import re
from typing import Literal

from hall import catalog
from hall.model import Document, FigureKind, Period
from hall.reading.numbers.quantity import PrintedQuantity

_MOVES = re.compile(r"[前后上下]移|进位|退位|增|减|升|降|多|少|涨|提高|回落|压缩|缩短")
_MOVED = re.compile(
    r"(?:增长?|减少?|上升|下降|上涨|提高|提升|回落|降低|压缩|缩短|增加|(?<![最较])[少多])了?(?:比例|幅度|率)?(?:为|达)?(?:约|近|超过?)?$"
)
_GROWN = re.compile(r"(?:(?<![新])增长?|减少?|上升|下降|上涨|回落|降低|增加)了?(?:约|近|超过?)?$")
_OTHER_PERIOD = re.compile(
    r"(?:较|对?比|与|同)(?:(?P<year>20\d{2})年)?(?:(?P<quarter>[一二三四])季度|(?P<month>1?\d)月份?|(?<=年))(?!底|末|初)"
)
_LED = re.compile(r"(?:对比|[与和同](?=[^，,。]{2,16}相比))((?:20\d{2}年)?(?:\d{1,2}月份?|[一二三四]季度)?)")
_AHEAD = 20  # characters
_QUARTER = (85, 92)  # days
_FROM = re.compile(r"由|从|将|以往|原")
_AIM = re.compile(r"目标|指标任务|标准要求|工作要求")
_OTHER_THING = re.compile(r"[，,、](?!现|目前|已|又|再|如今|今)[^，,、]{2,}")
_NET = re.compile(r"净[增减]")
_BARE_MOVE = re.compile(r"(?:至|到)$")
Qualifier = Literal["approx", "more_than", "less_than"]


def kind(
    flat: str,
    left: tuple[int, int],
    quantity: PrintedQuantity,
    earlier: PrintedQuantity | None,
    later: PrintedQuantity | None,
    document: Document,
    heads: str = "",
    base: str = "",
) -> tuple[FigureKind, str | None, bool]:
    """The kind, what a change compares with, and whether the figure is the new value of a from–to. ``heads`` are the
    words before a colon that rule the figure, ``base`` the label that one without words of its own goes on about."""
    words = flat[left[0] : left[1]]
    moved = earlier is not None and _moves_from(flat, earlier, quantity)
    move = catalog.label_pattern("transition")
    ends = later is not None and _moves_from(flat, quantity, later)
    if not moved and (ends or (_FROM.search(words[-6:]) and move.match(flat, quantity.end))):
        return "before", None, False
    if moved:
        return "plan" if _AIM.search(heads) else _plain_kind(quantity), None, True
    return (*_kind(words, quantity, document, heads, base), False)


def _moves_from(flat: str, old: PrintedQuantity, new: PrintedQuantity) -> bool:
    """由23项调整为20项: the first is the old value, the second the new one."""
    between = flat[old.end : new.start]
    if len(between) > 16 or any(c in between for c in "。；;"):
        return False
    move = catalog.label_regex("transition", "%s(?:目前|现在|如今|当前)?的?[约近超]?$").search(between)
    led = _FROM.search(flat[max(0, old.start - 8) : old.start]) is not None
    if old.unit_kind != new.unit_kind or (old.unit_kind == "count" and old.unit != new.unit):
        return False
    if move is None or led:
        return move is not None
    # 审批项目38项，收费项目调整为10项 tells of two things
    apart = _OTHER_THING.match(between[: move.start()]) is not None
    return not apart and not _BARE_MOVE.fullmatch(move[0])


def _plain_kind(quantity: PrintedQuantity) -> FigureKind:
    kinds: dict[str, FigureKind] = {
        "share": "rate", "points": "change", "money": "money", "duration": "duration", "score": "score",
    }  # fmt: skip
    return kinds.get(quantity.unit_kind, "volume")


def against(words: str, document: Document | None = None) -> str | None:
    """What a change is measured against, by the words that name it, a period by its name included: 较二季度."""
    names = ("year_ago", "previous_period", "start_of_year")
    named = next((name for name in names if catalog.label_pattern(name).search(words)), None)
    return named or (_named_period(words, document.period) if document and document.period else None)


def _named_period(words: str, own: Period) -> str | None:
    found = _OTHER_PERIOD.search(words)
    if not found:
        return None
    year = int(found["year"]) if found["year"] else None
    if found["quarter"]:
        before = ((own.start.month - 1) // 3 - 1) % 4
        whole = _QUARTER[0] <= (own.end - own.start).days <= _QUARTER[1]
        return "previous_period" if whole and "一二三四".index(found["quarter"]) == before else None
    if found["month"] and own.start.month == own.end.month:
        other = (year or own.start.year - (int(found["month"]) > own.start.month)) * 12 + int(found["month"])
        return {1: "previous_period", 12: "year_ago"}.get(own.start.year * 12 + own.start.month - other)
    return "year_ago" if year == own.start.year - 1 and not found["month"] else None


def compared(flat: str, start: int, end: int, document: Document) -> str | None:
    """What the clause that leads a sentence or a part of it compares with: 和去年同期相比，."""
    words = flat[start:end]
    found = catalog.label_regex("compares", "%s[^。]*$").search(words)
    if found:
        return against(found[0])
    led = _LED.search(words)
    return _named_period(f"比{led[1]}", document.period) if led and led[1] and document.period else None


def _kind(
    words: str, quantity: PrintedQuantity, document: Document, heads: str, base: str
) -> tuple[FigureKind, str | None]:
    wanted = catalog.label_pattern("plan")
    if document.kind == "work_plan" or wanted.search(words) or _AIM.search(heads):
        return "plan", None
    if quantity.unit_id == "rank":
        return "score", None
    bare = catalog.label_regex("trail", "%s*").fullmatch(words) is not None
    words = base if bare and catalog.label_pattern("other_base").search(base[-4:]) else words
    plain = _plain_kind(quantity)
    other = against(words, document)
    if other and (plain in {"rate", "change"} or _MOVES.search(words)):
        return "change", other
    if plain == "rate" and _MOVED.search(words):
        return "change", other
    if quantity.unit == "位" and _MOVES.search(words):
        return "change", other
    if plain == "volume" and _NET.search(words):
        return "change", other
    if plain in {"volume", "money", "score"} and _GROWN.search(words):
        return "change", other
    if plain == "change" or (plain in {"rate", "duration"} and catalog.label_pattern("other_base").search(words)):
        return "change", other
    return plain, None


def aim(flat: str, begin: int, end: int) -> str:
    """What rules a sentence that opens with an aim: 力争到2017年底，全流程办理率达85%以上; empty where none does."""
    found = catalog.label_pattern("aims").search(flat, begin, min(begin + _AHEAD, end))
    return "目标" if found else ""


def qualifier(flat: str, quantity: PrintedQuantity) -> Qualifier | None:
    """About, more than, or less than, where the text says so."""
    if not quantity.number.value:  # none is none
        return None
    names: tuple[Qualifier, ...] = ("approx", "less_than", "more_than")
    before, after = flat[max(0, quantity.start - 3) : quantity.start], flat[quantity.end : quantity.end + 2]
    for name in names:
        if catalog.label_regex(name, "%s$").search(before) or catalog.label_pattern(name).match(after):
            return name
    return "more_than" if quantity.number.more else None
