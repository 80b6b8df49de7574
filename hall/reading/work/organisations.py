"""Departments named in the text: the longest name wins, and a name behind another place's name is not ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from hall import catalog
from hall.reading.text.source import SourceText

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|贵州|云南|陕西|甘肃"
    "|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_FOREIGN = re.compile(
    rf"(?:(?:{_PROVINCES})(?:省|市|自治区)?|(?<!省)(?<!各)[\u4e00-\u9fff]{{1,6}}(?:[市县区州盟旗]|自治州))$"
)
_OURS = re.compile(r"(?:四川省?|我省|全省|省级|(?:^|[，,。；;、:和与及由赴到向在对会同联合组织])省)$")
# a longer body of another level: 应急管理厅 is ours, 人民银行四川省分行营业部 is not the branch
_GOES_ON = re.compile(r"(?:系统|学院|学校|医院|协会|大学|公司|集团|大队|支队)")
_SECOND_NAME = re.compile(r"\(([^()]{2,30})\)")
# words that end in a department's name without naming it
_INSIDE = re.compile(r"(?:[全各]省|本|该|原)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A department named at ``start:end`` of the flat text, its second name in brackets included."""

    id: str
    start: int
    end: int


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = catalog.department_names()
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest), tuple(names.values())


def find(source: SourceText) -> list[Mention]:
    """Every mention, in order. Offsets are of ``source.flat``."""
    automaton, ids = _automaton()
    found: list[Mention] = []
    for index, start, end in automaton.find_matches_as_indexes(source.flat):
        if found and start < found[-1].end:
            continue
        if _is_foreign(source.flat, start) or _GOES_ON.match(source.flat, end):
            continue
        found.append(Mention(ids[index], start, _with_second_name(source.flat, end)))
    return found


def _is_foreign(flat: str, start: int) -> bool:
    before = flat[max(0, start - 8) : start]
    line = re.split(r"[\n，,。；;、:()“”\"]", before)[-1]
    return bool(_FOREIGN.search(line)) and not _OURS.search(line)


def _with_second_name(flat: str, end: int) -> int:
    """省发展改革委(省数据局) is one name: the bracket holds other names of the same body, or of one merged into it."""
    bracket = _SECOND_NAME.match(flat, end)
    if not bracket:
        return end
    automaton, _ = _automaton()
    inner = bracket[1]
    named = automaton.find_matches_as_indexes(inner)
    covered = any(start == 0 for _, start, _ in named)
    return bracket.end() if covered or re.match(r"省[\u4e00-\u9fff]{1,12}[局办委厅](?:$|[，,])", inner) else end


def label(department: str) -> str:
    """The official short name of a department id; an unknown body keeps its printed name."""
    known = catalog.departments().get(department)
    return known.zh if known else department
