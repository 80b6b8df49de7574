"""Labels that stand alone: the words at a number completed by what they refer to, and by the thing that is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hall import catalog
from hall.model import Figure, FigureKind
from hall.reading.figures import brackets, labels, owners
from hall.reading.numbers import respective
from hall.reading.numbers.quantity import PrintedQuantity
from hall.reading.text.fold import fold_all
from hall.reading.text.markers import marker
from hall.reading.text.sentences import Sentence
from hall.reading.times.periods import When

# a label of so few characters names no subject of its own
BARE = 4
# a class of things, whose parts and stages are told behind it: 咨询类诉求28491件(热线28451件)，办结28498件
_CLASS = re.compile(r"类(?:事项|诉求|工单|问题|咨询|留言|案件)?(?:受理|登记)?$")
_VERBS = frozenset({"办结", "受理", "回复", "办理", "在办", "答复", "转办", "处理", "已办结", "已回复"})
_SHARE = re.compile(r"(?:大?约)?占(?:总[数量]|全部|整体)?")
_BODIES = re.compile(r"单位|部门|窗口|地区|县区|排名|[前后][一二三四五六七八九十\d]{1,2}[名位]|较[好差]")
_NEXT = re.compile(r"^(?:其次|再次|最[多少高低]的?|第[一二三四五]|依次)?(?:为|是)?")
_OPENS = re.compile(r"其中|在|从|按|据|[^:]{13}")


@dataclass(slots=True)
class NamingState:
    """What carries over from figure to figure within a paragraph: the ruling time; the last label, and whether it stood
    ``inside`` a bracket; the last label that names a measure (``base``); the words that several nouns share (``stem``:
    实地调查 224 个部门、961 家企业); what a change compares with; by what a list goes; the thing last counted
    (``item``); whom the figures are about, and for whom a head before a colon rules the paragraph (``ruler``); whether
    the last figure had no words but a name (``named``); and what each is about, a short label with that of the one
    before."""

    when: When | None = None
    label: str = ""
    inside: bool = False
    base: str = ""
    stem: str = ""
    compares: str | None = None
    listed: str = ""
    item: str = ""
    owner: tuple[str | None, str | None] = (None, None)
    ruler: tuple[str | None, str | None] = (None, None)
    named: bool = False
    about: list[str] = field(default_factory=list)
    lost: bool = False

    def lose(self) -> None:
        """A number that cannot be read stands before: what goes on about it must not go on about an earlier one."""
        self.label = self.base = self.stem = ""
        self.lost = True


def whole(
    sentence: Sentence,
    words: str,
    named: labels.Label,
    moved: bool,
    state: NamingState,
    owned: bool,
    inner: bool,
    at: int,
) -> str:
    """A label that stands alone: a generic one gets the words that it refers to, unless it is ``owned``: what stands in
    the bracket behind a department's name says it all."""
    if moved and (named.generic or len(words) <= 3 or catalog.label_pattern("transition").search(words)):
        return state.label or words
    if named.generic and words and inner:  # 住房保障类(793件，占比17.36%), 噪音污染(占总量52.3%)
        flat = sentence.source.flat
        holder = brackets.named_holder(flat, sentence.start, brackets.opened(flat, sentence.start, at))
        if state.inside or holder:
            return f"{state.label if state.inside else holder}{words}"
    if not words and (viewed := brackets.viewed(sentence.source.flat, sentence.block.start, at)):
        return viewed
    if named.generic or not words:
        return f"{state.base or sentence.topic or sentence.block.title or ''}{words}" or _heading(sentence)
    # 综合窗口：受理 5 件
    empty = re.sub("[为是有]+$", "", sentence.topic) in catalog.label_words("empty_heads")
    goes = sentence.heads and not owned and not empty and words not in sentence.topic
    if goes and len(words) < BARE and not _OPENS.match(sentence.topic):
        return f"{sentence.topic}{words}"
    return words


def of_item(label: str, words: str, kind: FigureKind, state: NamingState, inner: bool) -> str:
    """The label of a measure with the thing that it measures before it: 政府采购项目38宗，交易金额1.05亿元."""
    plain = fold_all(words)
    if is_attribute(words):
        return f"{state.item}{label}" if state.item and state.item not in label else label
    if state.item and _CLASS.search(fold_all(state.item)) and (inner or plain in _VERBS) and label == words:
        return f"{state.item}{label}"
    if kind == "volume" and words and label == words and not inner:
        bare = catalog.label_pattern("bare_items").fullmatch(plain)
        state.item = "" if bare else label
    return label


def is_attribute(words: str) -> bool:
    """Whether words name a measure of something else, with or without its change: 交易金额同比增长."""
    plain = fold_all(words)
    if catalog.label_pattern("attributes").fullmatch(plain):
        return True
    measure = catalog.label_pattern("attributes").match(plain)
    return measure is not None and catalog.label_pattern("generic").fullmatch(plain[measure.end() :]) is not None


def is_measure(words: str) -> bool:
    """Whether words say what was measured or done, and so can go on about whom stands before them."""
    return is_attribute(words) or catalog.label_pattern("measures").search(fold_all(words)) is not None


def clause_owner(sentence: Sentence, at: int, floor: int) -> tuple[str | None, str | None] | None:
    """Whom the clause before names, where it is nothing but a name: 其次为杨家坪街道，立案532件."""
    clause = labels.clause_before(sentence.source, at, max(sentence.start, floor), sentence.whens)
    own = owners.named(_NEXT.sub("", clause), sentence.document) if clause else (None, None)
    return own if any(own) else None


def wordless(
    sentence: Sentence, quantity: PrintedQuantity, at: int, limit: int, state: NamingState, *, owned: bool
) -> str:
    """What a number without words of its own counts: by what its list goes, what its bracket explains, its noun."""
    flat = sentence.source.flat
    if owned:
        listed = brackets.listed_by(flat, sentence.start, at)
        viewed = brackets.viewed(flat, sentence.block.start, at) if not listed or _BODIES.search(listed) else ""
        state.listed = viewed or listed or state.listed or state.item or state.base
        noun = labels.noun_behind(sentence.source, quantity, limit)
        return noun if len(noun) > 1 and not quantity.number.value else state.listed
    place = brackets.opened(flat, sentence.start, at)
    return brackets.holder(flat, sentence.start, place) if place == at - 1 else ""


def _heading(sentence: Sentence) -> str:
    above = sentence.block.path[-1] if sentence.block.path else ""
    mark = marker(above)
    opening = sentence.source.words(sentence.start, min(sentence.end, sentence.start + 12))
    return (above[mark.length :] if mark else above) or sentence.document.title or opening


def led(sentence: Sentence, words: str, at: int, floor: int) -> str:
    """The words of a number that has none, or only 占, with the clause before them that names what is counted; a verb
    goes on about a class (公安户政类，受理543件)."""
    plain = fold_all(words)
    if words and plain not in _VERBS and not _SHARE.fullmatch(plain):
        return ""
    clause = labels.clause_before(sentence.source, at, max(sentence.start, floor), sentence.whens)
    if plain in _VERBS and not clause.endswith("类"):
        return ""
    return f"{clause}{words}" if clause else ""


def in_turn(result: Sequence[Figure], turn: respective.Turn, sentence: Sentence, state: NamingState) -> Figure:
    """The last figure with the name that it takes in turn: 甲、乙分别为5件、4件."""
    source, figure = sentence.source, result[-1]
    lead, tail = (source.words(*respective.words(source.flat, span)) for span in (turn.lead, turn.tail))
    if turn.name is None:
        other = result[-1 - turn.back]
        return replace(figure, label=f"{other.label}{lead}", department=other.department, area=other.area)
    name = source.words(*turn.name)
    department, area = owners.named(name, sentence.document)
    if department or area:
        return replace(figure, label=f"{tail}{lead}" or state.base or name, department=department, area=area)
    return replace(figure, label=f"{name}{tail if not lead else ''}{lead}")
