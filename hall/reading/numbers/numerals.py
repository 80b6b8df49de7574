"""Numbers in the text: Arabic with thousands marks, decimals and 万, 千, 亿; Chinese numerals; and the spoiled ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN = "零〇一二三四五六七八九十百千万亿两"

_RUN = re.compile(r"\d(?:[\d.,，·:/'’ \t-]*\d)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WIDE_GROUPS = re.compile(r"\d{1,3}(?:，\d{3})+")
_MULTIPLE = re.compile(
    r"([余多几]?)(万亿|千万|百万|十万|[百千](?=[余多]?[^米克瓦兆分\w]|[余多]?[件人项个家次户元笔宗])|亿|万)(?!能|物|里|一)([余多]?)"
)
_CHAINED = re.compile(r"(\d+(?:\.\d+)?)(亿|万)(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(万|千)?")
_HAN_RUN = re.compile(rf"[{_HAN}]+(?:点[零〇一二三四五六七八九]+[万亿]?)?")
_HEDGED = re.compile("[余多几]([万亿])")
_ROUND = re.compile(r"[近约上超逾过]$")
# 2l0 and 0.O: a letter typed for a digit, or a character that the file does not name
_MISTYPED = re.compile(r"[.,·]?[OoIl\ufffd]")
_GLUED = re.compile(r"[A-Za-z\ufffd][.,·]?$")
# a letter that stands where a digit was meant
_LOOKALIKE = re.compile(r"(?<![A-Za-z\d.])[OoIl](?=[万千亿件个家项次%]|人次)")
# the numerals of cheques: 伍万伍仟柒佰
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_RUN = re.compile("(?=[万亿零]{0,9}[壹贰叁肆伍陆柒捌玖拾佰仟])[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,24}")
_PERCENT = re.compile(rf"百分之([{_HAN}]+(?:点[零〇一二三四五六七八九]+)?)")

_LONGEST = 24

Shape = Literal["arabic", "han", "spoiled", "absent"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``start:end`` of the flat text. ``value`` is in base units, None when it cannot be read with
    certainty (shape spoiled) or the text says that there is none (absent); ``mult`` is the power of ten of its
    multiplier; ``more`` tells of a hedge such as "and more"."""

    start: int
    end: int
    shape: Shape
    value: Decimal | None
    decimals: int = 0
    mult: int = 0
    more: bool = False
    percent: bool = False


def find(flat: str) -> list[Number]:
    """Every number-like token, in order; tokens never overlap."""
    found = _arabic(flat)
    taken = {i for number in found for i in range(number.start, number.end)}
    found += [Number(m.start(), _stretch(flat, m.end()), "spoiled", None) for m in _LOOKALIKE.finditer(flat)]
    taken |= {i for number in found for i in range(number.start, number.end)}
    found += [n for n in _han(flat) if not taken.intersection(range(n.start, n.end))]
    return sorted(found, key=lambda n: n.start)


def _arabic(flat: str) -> list[Number]:
    found: list[Number] = []
    for run in _RUN.finditer(flat):
        for start, end in _pieces(run[0], run.start()):
            last = found[-1] if found else None
            if last is None or start >= last.end:
                found.append(_number(flat, start, end))
            elif end > last.end:  # what goes on behind a spoiled number is spoiled with it
                found[-1] = replace(last, end=end, shape="spoiled", value=None)
    return found


def _pieces(run: str, at: int) -> list[tuple[int, int]]:
    """A run of digits and marks, cut where the mark cannot belong to one number."""
    if _WIDE_GROUPS.fullmatch(run):
        return [(at, at + len(run))]
    pieces, begin = [], 0
    for mark in re.finditer(r"[，:/\t-]", run):
        pieces.append((at + begin, at + mark.start()))
        begin = mark.end()
    pieces.append((at + begin, at + len(run)))
    return [(a, b) for a, b in pieces if b > a]


def _number(flat: str, start: int, end: int) -> Number:
    run = flat[start:end]
    before = flat[start - 1 : start]
    glued = _GLUED.search(flat, max(0, start - 2), start)
    if glued or before in {".", "·"} or end - start > _LONGEST or not _PLAIN.fullmatch(run):
        while start and (flat[start - 1] in ".·" or (flat[start - 1] == "," and glued)):
            start -= 1
        while start and flat[start - 1].isascii() and flat[start - 1].isalpha():
            start -= 1
        return Number(start, _stretch(flat, end), "spoiled", None)
    if chained := _CHAINED.match(flat, start):
        return _chain(chained)
    tail = _MULTIPLE.match(flat, end)
    power = _POWER[tail[2]] if tail else 0
    after = flat[tail.end() if tail else end :][:1]
    if _MISTYPED.match(flat, tail.end() if tail else end):
        return Number(start, _stretch(flat, end), "spoiled", None)
    plain = run.replace(",", "")
    decimals = len(plain.partition(".")[2])
    more = bool(tail and (tail[1] or tail[3])) or (not tail and after in {"余", "多"})
    stop = (tail.end() if tail else end) + (1 if not tail and after in {"余", "多"} else 0)
    return Number(start, stop, "arabic", _expand(plain, power), decimals, power, more)


def _expand(plain: str, power: int) -> Decimal:
    """Base units without an exponent: 5.57 and 4 give 55700."""
    return Decimal(format(Decimal(plain).scaleb(power), "f"))


def _stretch(flat: str, end: int) -> int:
    while end < len(flat) and (
        flat[end].isdigit() or (flat[end].isascii() and flat[end].isalpha()) or flat[end] in ".·"
    ):
        end += 1
    tail = _MULTIPLE.match(flat, end)
    return tail.end() if tail else end


def _chain(found: re.Match[str]) -> Number:
    """3亿5000万, 1万5千: the whole in base units, exact to the last part."""
    high = _expand(found[1], _POWER[found[2]])
    power = _POWER[found[4]] if found[4] else 0
    decimals = len(found[3].partition(".")[2])
    low = _expand(found[3].replace(",", ""), power)
    if low >= Decimal(10) ** _POWER[found[2]]:
        return Number(found.start(), found.end(), "spoiled", None)
    return Number(found.start(), found.end(), "arabic", high + low, decimals, power)


def _han(flat: str) -> list[Number]:
    found = []
    for run in _PERCENT.finditer(flat):
        value = chinese(run[1])
        if value is not None:
            found.append(Number(run.start(), run.end(), "han", value, _places(run[1]), percent=True))
    for run in _FORMAL_RUN.finditer(flat):
        value = chinese(run[0].translate(_FORMAL))
        if value is not None and value > 9:
            found.append(Number(run.start(), run.end(), "han", value))
    inside = {i for number in found for i in range(number.start, number.end)}
    for run in _HAN_RUN.finditer(flat):
        if run.start() in inside:
            continue
        value = chinese(run[0])
        more = flat[run.end() : run.end() + 1] in {"余", "多"}
        if run[0] in _POWER and (more or _ROUND.search(flat, max(0, run.start() - 1), run.start())):  # 近千件, 万余人
            bare = _POWER[run[0]]
            found.append(Number(run.start(), run.end() + more, "han", Decimal(10**bare), 0, bare, more))
            continue
        if value is None and not any(c in _DIGIT or c == "十" for c in run[0]):
            continue  # 千家万户
        hedged = _HEDGED.match(flat, run.end())
        if hedged and value is not None:  # 七十余万
            power = _POWER[hedged[1]]
            found.append(Number(run.start(), hedged.end(), "han", _expand(str(value), power), 0, power, True))
            continue
        power = next((_POWER[c] for c in ("亿", "万") if run[0].endswith(c)), 0)
        shape: Shape = "spoiled" if value is None else "han"
        found.append(Number(run.start(), run.end() + more, shape, value, _places(run[0]), power, more))
    return found


def _places(run: str) -> int:
    return len(run.partition("点")[2].rstrip("万亿"))


def chinese(run: str) -> Decimal | None:
    """The value of a Chinese numeral (二百三十六, 两万零五, 三点五, 二〇二五), None when it is none."""
    if len(run) > _LONGEST:
        return None
    whole, _, fraction = run.partition("点")
    if fraction.endswith(("万", "亿")):
        part = chinese(run[:-1])
        return None if part is None else _expand(str(part), _POWER[run[-1]])
    if not whole or (fraction and not all(c in _DIGIT for c in fraction)):
        return None
    value = _whole(whole)
    if value is None:
        return None
    places = "".join(str(_DIGIT[c]) for c in fraction)
    return Decimal(f"{value}.{places}") if places else Decimal(value)


def _whole(run: str) -> int | None:
    if len(run) > 1 and all(c in _DIGIT for c in run):  # digit by digit: 二〇二五
        return int("".join(str(_DIGIT[c]) for c in run)) if "两" not in run else None
    for mark, power in (("亿", 10**8), ("万", 10**4)):
        if mark in run:
            left, _, right = run.rpartition(mark)
            high, low = _whole(left) if left else None, _whole(right.lstrip("零〇")) if right.strip("零〇") else 0
            if high is None or low is None or low >= power:
                return None
            skipped = low and low * 10 < power and right[:1] not in {"零", "〇"}  # 一万五 may be 15,000
            return None if skipped else high * power + low
    total, last, zero = 0, 10**5, True
    digit: int | None = None
    for char in run:
        if char in _DIGIT:
            if digit not in (None, 0):
                return None
            zero = zero or digit == 0 or last == 10 or _DIGIT[char] == 0
            digit = _DIGIT[char]
        else:
            unit = 10 ** _POWER[char]
            if unit >= last or (digit is None and char != "十") or digit == 0:
                return None
            total, digit, last, zero = total + (digit or 1) * unit, None, unit, False
    # 一百五 is 150 in speech and 105 to a careless writer: neither is certain
    return None if digit and not zero and last > 10 else total + (digit or 0)
