"""Characters in a comparable form, so that one wording fits every print of it."""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

_KEEP = "，。、“”‘’《》〈〉〔〕【】…—"
_FOLD = {"：": ":", "；": ";", "！": "!", "？": "?", "－": "-", "―": "—", "–": "—", "─": "—", "━": "—", "~": "~"}
_QUOTES = {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”"}


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def fold(char: str) -> str:
    """One character in its comparable form: full width to half, compatibility to plain, traditional to simplified."""
    if char in _KEEP:
        return char
    plain = _QUOTES.get(char) or _FOLD.get(char) or unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and "\u3400" <= plain <= "\u9fff":
        simple: str = _simplified().convert(plain)
        return simple if len(simple) == 1 else plain
    return plain


def fold_all(words: str) -> str:
    """A phrase in comparable form, blanks removed."""
    return "".join(fold(c) for c in words if not c.isspace())
