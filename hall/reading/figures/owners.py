"""Whom a figure is about: the department or the area that the words around it name."""

from __future__ import annotations

import re

from hall import catalog
from hall.model import Document
from hall.reading.figures import brackets
from hall.reading.text import sentences
from hall.reading.text.fold import fold_all
from hall.reading.text.sentences import Sentence
from hall.reading.text.spans import within
from hall.reading.work import organisations

_BODY_LIKE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}?(?:局|厅|委|中心|分局|公司|大队|支队|分行|法院|集团|委员会|事务所|医院|银行|海关|残联|妇联|工商联|总工会|管理处|派出所|档案馆|(?:政府|府|渣土|人防|扶贫|侨|信访|外事|编|委|党政|应急|文明|防汛|河长|金融|审改|政务|大数据)办|电视台|电台|研究所|事务所|路灯所|供电所|[\u4e00-\u9fff](?<![一二两三四五六七八九十几多各好别到])处|工作部|管理部|组织部|宣传部|统战部|武装部|大厅|服务站|办事处|管委会)|党校|法院|检察院|电视台|政府办|府办|人武部)(?:窗口)?"
)
# a body's second name, and another hall's window that is named by its office: 住房公积金窗口
_SECOND = re.compile(r"[(（][^()（）]{2,12}[)）]$")
_WINDOW = re.compile(
    r"(?!综合|[各该本]|服务|办事|咨询|自助|[\d一二三四五六七八九十个])[\u4e00-\u9fff]{2,12}(?<!综合)(?<!服务)(?<!办事)窗口"
)
# what is counted, not who counts: 便民服务中心15个
_PLACES = re.compile(
    r"(?:[乡镇村]{1,2}|社区|街道)?(?:\([^()]*\))?(?:便民|政务|党群|综合|行政)?服务(?:中心|站|大厅|点|分中心)"
)
_OF_PLACES = frozenset("个家所处座")
_BARE_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}")
_ELSEWHERE = re.compile(r"(?:[\u4e00-\u9fff]{2}[市县区州]|自治州)")
_PLACE_LIKE = re.compile(
    r"(?![占全居在])[\u4e00-\u9fff]{1,6}(?:县|(?<![小专片景园辖地社])区|自治州|州|市|镇|乡|街道|新区|管委会)(?:人民政府|政府)?|各?[市县区州]直(?:各)?(?:单位|部门|机关)|各?[市县区州](?:[(（][市县区州、旗]+[)）])+(?:及.{2,8})?|(?:乡镇|街道){1,2}|[县市区州]{2}|[\u4e00-\u9fff]{1,5}(?<!锦)(?<!红)旗|杭锦旗"
)


def owner(sentence: Sentence, left: tuple[int, int], words: str, unit: str = "") -> tuple[str | None, str | None, str]:
    """Department and area that the words at a number name, and its label ``words`` without them; ``left`` is the span
    of text before the number, ``unit`` its own."""
    flat = sentence.source.flat
    if unit in _OF_PLACES and _PLACES.fullmatch(fold_all(words)):
        return None, None, words
    place = brackets.opened(flat, sentence.start, left[0])
    held: tuple[str | None, str | None] = (None, None)
    if place >= 0:
        holder = brackets.holder(flat, sentence.start, place)
        held = named(holder, sentence.document)
        if not any(held) and not is_ours(sentence.document) and _WINDOW.fullmatch(holder):
            held = holder.removesuffix("窗口"), None
        if any(held) and place == left[0] - 1:
            return *held, words
    inside = within(sentence.mentions, *left)
    listed = inside and any(
        m.end == inside[0].start - 1 for m in within(sentence.mentions, inside[0].start - 40, inside[0].start)
    )
    ours = is_ours(sentence.document)
    stands_before = words in sentence.source.words(*left)  # 15个便民服务中心 is what is counted, not who counts
    if not ours and stands_before and (own := named(words, sentence.document))[0]:
        return *own, ""
    if len(inside) == 1 and not listed:
        start = inside[0].start
        while not ours and start > left[0] and flat[start - 1] in "县市区州省":
            start -= 1
        printed = sentence.source.words(start, inside[0].end)
        words = "" if words == printed else words
        return (organisations.label(inside[0].id) if ours else printed), None, words
    if stands_before and any(own := named(words, sentence.document)):
        return *own, ""
    tail = brackets.last(words)
    if stands_before and tail != words and any(own := named(tail, sentence.document)):
        return *own, ""
    plain = fold_all(words)
    area, rest = placed(words)
    if area:
        return None, area, rest
    opens = None
    if not is_ours(sentence.document):
        opens = catalog.label_pattern("halls").match(plain)
    if opens and len(plain) == len(words):
        return None, words[: opens.end()], words[opens.end() :].lstrip("共累计")
    if any(held):
        return *held, words
    if _BARE_PLACE.fullmatch(plain) and stands_before and brackets.lists_areas(flat, sentence.start, left[0]):
        return None, words, ""
    return None, None, words


def placed(words: str) -> tuple[str | None, str]:
    """The area that opens words, and the words without it: 九龙镇受理案件数."""
    plain = fold_all(words)
    opens = catalog.label_pattern("area").match(plain)
    if not opens or len(plain) != len(words):
        return None, words
    return words[: opens.end()], words[opens.end() :].lstrip("共累计")


def led(sentence: Sentence, left: tuple[int, int]) -> tuple[str | None, str | None]:
    """Whom the words that lead a sentence or its heading name: 在市级平台交易中：, 税务分中心投票情况。."""
    if within(sentence.mentions, *left):
        return None, None
    if sentence.subject:
        return sentence.subject, None
    if sentence.heads and any(own := named(sentence.topic, sentence.document)):
        return own
    if sentence.heads and (found := catalog.label_pattern("area").search(fold_all(sentence.topic))):
        return None, found[0]
    title = sentence.block.title or ""
    at = sentences.opening(sentence.source.flat, sentence.start, sentence.whens)
    place = catalog.label_pattern("place_opens").match(sentence.source.flat, at)
    if place and not is_ours(sentence.document) and place[0] not in fold_all(sentence.document.title or ""):
        return None, sentence.source.words(at, place.end())
    plain = fold_all(title)
    tail = catalog.label_regex("owner_headings", "%s$").search(plain)
    bare = title[: tail.start()] if tail and len(plain) == len(title) else ""
    return named(bare, sentence.document) if bare else (None, None)


def is_ours(document: Document) -> bool:
    """Whether short names of departments mean those of the catalogue: in another hall's document 公安局 is its own."""
    if document.publisher is None:
        return document.kind != "other" and not _ELSEWHERE.search(document.title or "")
    return document.publisher in {p.zh for p in catalog.publishers()}


def named(words: str, document: Document) -> tuple[str | None, str | None]:
    """Department and area, where the words are nothing but the name of one."""
    words = _SECOND.sub("", words)
    plain = fold_all(words)
    if _BODY_LIKE.fullmatch(plain) or _is_known(plain):
        return (_body_name(plain) if is_ours(document) else words.removesuffix("窗口")), None
    return (None, words) if _PLACE_LIKE.fullmatch(plain) else (None, None)


def _is_known(words: str) -> bool:
    return words.removesuffix("窗口") in catalog.department_names()


def carries(flat: str, start: int, end: int) -> bool:
    """Whether an owner named before ``start`` still owns what stands at ``end``: 公安厅受理5件，办结3件."""
    between = re.sub(r"^[^()，,。；;]*\)", "", flat[start:end])  # a bracket that has closed
    if between[:1] == "(":  # 公安厅1468件(同比上升22%)
        between = f"，{between[1:]}"
    return not any(mark in between for mark in "；;。()") and between[:1] in {"，", ",", "、"}


def _body_name(printed: str) -> str:
    plain = printed.removesuffix("窗口")
    known = catalog.department_names().get(plain)
    return organisations.label(known) if known else plain
