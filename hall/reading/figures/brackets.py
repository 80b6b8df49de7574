"""What stands before a bracket or a list, and says what the bare numbers inside are about."""

from __future__ import annotations

import re

from hall import catalog

_HOLDER = re.compile(r"[\u4e00-\u9fff“”]{2,20}$")
_CUT = re.compile(r"(?:有(?!限)|为(?!民)|是(?!否)|包括|[和及与])(?=[\u4e00-\u9fff“”]{2})")
_VIEW = re.compile(r"从(?:案件)?([\u4e00-\u9fff]{2,14}?(?:率|值|量|数|分|额))(?:上|方面)?来?[看讲说][，,]")
_UNIT = re.compile(r"[(（]单位[:：][^()（）]{1,8}[)）]")
_CLAUSE = re.compile(r"[^。；;\n]*$")
_HEAD = re.compile(r"([^，,:、。；;]{2,16}):[^:]*$")
_TAIL = re.compile(r"(?:[(（].*|的?(?:窗口|单位|部门|地区|有|为|是|分别|依次)+)$")
_OWNER = re.compile(r"^[^，,。]*各[^，,。]*的(?=[\u4e00-\u9fff]{2})")
_FARTHEST = 1000  # the list of all offices of a hall is shorter
_LEAD = re.compile(r"^(?:其中|[一二三四五六七八九十]、|按|第?[一二三四五六七八九十]是)")


def opened(flat: str, begin: int, at: int) -> int:
    """Where the bracket opens that a place stands in, -1 for none."""
    place = flat.rfind("(", begin, at)
    return place if place > flat.rfind(")", begin, at) else -1


def holder(flat: str, begin: int, place: int) -> str:
    """The words right before a bracket: the last of a list, behind 有, 为, 是."""
    found = _HOLDER.search(flat, max(begin, place - 20), place)
    return last(found[0]) if found else ""


def named_holder(flat: str, begin: int, place: int) -> str:
    """The same, where it is a name and not the unit of a number: 噪音污染(占52.3%), but not 4.96万件(占89%)."""
    words = holder(flat, begin, place)
    return "" if flat[place - len(words) - 1 : place - len(words)].isdigit() else words


def last(words: str) -> str:
    """What stands behind the last 有, 为, 是 of the words."""
    return _CUT.split(words)[-1]


def lists_areas(flat: str, begin: int, at: int) -> bool:
    """Whether a list goes by places: 各市州的留言量分别为：成都1776件、南充250件."""
    found = _CLAUSE.search(flat, max(begin, at - _FARTHEST), at)
    head = _HEAD.search(found[0]) if found else None
    return head is not None and catalog.label_pattern("areas_listed").search(head[1]) is not None


def viewed(flat: str, begin: int, at: int) -> str:
    """By which measure a paragraph looks at its numbers: 从按期结案率来看，."""
    found = list(_VIEW.finditer(flat, max(begin, at - _FARTHEST), at))
    return found[-1][1] if found else ""


def listed_by(flat: str, begin: int, at: int) -> str:
    """By which measure a list of bodies goes: 办件量 of 办件量较少的窗口有, or the words before a colon."""
    found = _CLAUSE.search(flat, max(begin, at - _FARTHEST), at)
    clause = _UNIT.sub("", found[0]) if found else ""
    measure = catalog.label_regex("measured_by", r"([\u4e00-\u9fff]{2,10}?)%s").search(clause)
    if measure:
        return _LEAD.sub("", measure[1])
    head = _HEAD.search(clause)
    words = _OWNER.sub("", _LEAD.sub("", _TAIL.sub("", head[1]))) if head else ""
    return words if len(words) > 1 and words not in catalog.label_words("empty_heads") else ""
