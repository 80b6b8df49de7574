"""Numbering at the start of a line: 一、（一） 1. （1） ① 第一章, and the lines that close a bulletin."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "[一二三四五六七八九十百]{1,4}"
_FORMS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"\s*({_HAN})\s*、")),
    (1, re.compile(rf"\s*第\s*({_HAN})\s*(?:章|部分|节)")),
    (2, re.compile(rf"\s*[（(]\s*({_HAN})\s*[)）]")),
    # 1.12月6日 is item 1, 6 December; 5.57万件 is no item
    (3, re.compile(r"\s*(\d{1,2})\s*[.．﹒、]\s*(?=[^\d\s.．]|\d{1,2}\s*月\s*\d|\d{4}\s*年|$)")),
    (4, re.compile(r"\s*[（(]\s*(\d{1,2})\s*[)）]")),
    (5, re.compile(r"\s*([①-⑳])")),
)
_TAIL = re.compile(r"\s*(?:(?:主?\s*[报送发]|抄\s*[送报])\s*[:：]|[（(]?\s*共\s*印)")


@dataclass(frozen=True, slots=True)
class Marker:
    """``level`` 1 (一、) to 5 (①), the printed number, and the length of the whole mark."""

    level: int
    number: str
    length: int


def marker(line: str) -> Marker | None:
    """The numbering that a line begins with."""
    for level, form in _FORMS:
        if found := form.match(line):
            return Marker(level, found[1], found.end())
    return None


def starts_tail(line: str) -> bool:
    """Whether a line belongs to the distribution list or print run at the end."""
    return _TAIL.match(line) is not None
