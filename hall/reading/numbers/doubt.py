"""Numbers that a strange sign touches: a digit may have been lost or taken for something else, so a person looks."""

from __future__ import annotations

import re

# signs that stand for a digit that could not be read, or were made of one; at the start of a line they open an item
_SIGNS = "#*_^&×□■〇丨Зз\\\\§¤"
_STOPS = "?!\"'"
_BEFORE = re.compile(rf"(?<=[^\n])[{_SIGNS}{_STOPS}][.,·]?$|(?<![\d\n])~$|[\d.,·]口$|\d,\|$|\d[零〇二三四五六七八九]$")
_BEHIND = re.compile(rf"[.,·]?[{_SIGNS}]|[.,·]?[{_STOPS}口][.,·]?[\d|]|[.,·]?[A-Za-z]|[零〇二三四五六七八九]")
_DIGIT_BEFORE = re.compile(r"\d[.,·]?$")
# a cheque's mark before a sum, and quotation marks around a name
_FARTHEST = 120
_FREE = re.compile(r"[$]\d|\"\d+\"|'\d+'")


def touched(flat: str, start: int, end: int, unit: bool) -> bool:
    """Whether the number at ``start:end`` touches a sign that may have been a digit; ``unit`` tells that a unit stands
    right behind it, which may be of Latin letters."""
    if _FREE.match(flat, start - 1):
        return False
    if _BEFORE.search(flat, max(0, start - 3), start) and not _closes(flat, start - 1):
        return True
    if flat[start] in "零〇一二三四五六七八九十百千万亿两" and _DIGIT_BEFORE.search(flat, max(0, start - 2), start):
        return flat[start] in "零〇"
    at = start - 1 - (flat[start - 1 : start] in {",", ".", "·"})
    if at >= 0 and flat[at] == "|" and _stands_alone(flat, at):
        return True
    return not unit and _BEHIND.match(flat, end) is not None


def _closes(flat: str, at: int) -> bool:
    """Whether a quotation mark behind a word ends what it opened: "…会"3场."""
    line = flat[max(flat.rfind("\n", 0, at) + 1, at - _FARTHEST) : at + 1]
    return line[-1:] in {'"', "'"} and not line[-2:-1].isdigit() and line.count(line[-1]) % 2 == 0


def _stands_alone(flat: str, at: int) -> bool:
    """Whether a bar is the only one of its line, and so the edge of no cell."""
    begin = max(flat.rfind("\n", 0, at) + 1, at - _FARTHEST)
    end = flat.find("\n", at)
    return flat.count("|", begin, min(end if end >= 0 else len(flat), at + _FARTHEST)) == 1
