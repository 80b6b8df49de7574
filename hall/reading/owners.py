"""Whom a figure is about: the department or the area that the words around it name."""

from __future__ import annotations

import re

from hall import catalog
from hall.model import Document
from hall.reading import bodies, brackets
from hall.reading.sentences import Sentence, is_whole
from hall.reading.spans import within

_BODY_LIKE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}?(?:局|厅|委|中心|分局|公司|大队|支队|分行|法院|集团|委员会|事务所|医院|银行|海关|残联|妇联|工商联|总工会|管理处|派出所|档案馆))(?:窗口)?"
)
_ELSEWHERE = re.compile(r"(?:[\u4e00-\u9fff]{2}[市县区州]|自治州)")
_PLACE_LIKE = re.compile(
    r"(?![占全居在])[\u4e00-\u9fff]{1,6}(?:县|(?<![小专片景园辖地社])区|自治州|州|市|镇|乡|街道|新区|管委会)(?:人民政府|政府)?|[\u4e00-\u9fff]{1,5}(?<!锦)(?<!红)旗|杭锦旗"
)


def owner(sentence: Sentence, left: tuple[int, int], words: str) -> tuple[str | None, str | None, str]:
    """Department, area, and the label ``words`` without them; ``left`` is the span of text before the number."""
    flat = sentence.source.flat
    place = brackets.opened(flat, sentence.start, left[0])
    held: tuple[str | None, str | None] = (None, None)
    if place >= 0:
        held = named(brackets.holder(flat, sentence.start, place), sentence.document)
        if any(held) and place == left[0] - 1:
            return *held, words
    inside = within(sentence.mentions, *left)
    listed = inside and any(
        m.end == inside[0].start - 1 for m in within(sentence.mentions, inside[0].start - 40, inside[0].start)
    )
    if len(inside) == 1 and not listed:
        start, ours = inside[0].start, is_ours(sentence.document)
        while not ours and start > left[0] and flat[start - 1] in "县市区州省":
            start -= 1
        printed = sentence.source.words(start, inside[0].end)
        words = "" if words == printed else words
        return (bodies.label(inside[0].id) if ours else printed), None, words
    stands_before = words in sentence.source.words(*left)  # 15个便民服务中心 is what is counted, not who counts
    if stands_before and any(own := named(words, sentence.document)):
        return *own, ""
    tail = brackets.last(words)
    if stands_before and tail != words and any(own := named(tail, sentence.document)):
        return *own, ""
    if opens := re.match(f"(?:{catalog.label_pattern('area').pattern})", words):
        return None, opens[0], words[opens.end() :].lstrip("共累计")
    if any(held):
        return *held, words
    return (None if inside or is_whole(flat[left[0] : left[1]]) else sentence.subject), None, words


def is_ours(document: Document) -> bool:
    """Whether short names of departments mean those of the catalogue: in another hall's document 公安局 is its own."""
    if document.publisher is None:
        return document.kind != "other" and not _ELSEWHERE.search(document.title or "")
    return document.publisher in {p.zh for p in catalog.publishers()}


def named(words: str, document: Document) -> tuple[str | None, str | None]:
    """Department and area, where the words are nothing but the name of one."""
    if _BODY_LIKE.fullmatch(words) or _is_known(words):
        return (_body_name(words) if is_ours(document) else words.removesuffix("窗口")), None
    return (None, words) if _PLACE_LIKE.fullmatch(words) else (None, None)


def _is_known(words: str) -> bool:
    return words.removesuffix("窗口") in catalog.department_names()


def carries(flat: str, start: int, end: int) -> bool:
    """Whether an owner named before ``start`` still owns what stands at ``end``: 公安厅受理5件，办结3件."""
    between = re.sub(r"^[^()，,。；;]*\)", "", flat[start:end])  # a bracket that has closed
    return not any(mark in between for mark in "；;。()") and between[:1] in {"，", ",", "、"}


def _body_name(printed: str) -> str:
    plain = printed.removesuffix("窗口")
    known = catalog.department_names().get(plain)
    return bodies.label(known) if known else plain
