"""Characters in a comparable form, so that one wording fits every print of it."""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

# what is drawn as nothing, or upon the character before it: controls, joiners, turns of direction, fillers, accents
UNSEEN = frozenset(
    chr(code)
    for first, last in (
        (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x300, 0x36F), (0x483, 0x489),
        (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x115F, 0x1160), (0x17B4, 0x17B5),
        (0x180B, 0x180F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
        (0x20D0, 0x20FF), (0x2800, 0x2800), (0x302A, 0x302F), (0x3099, 0x309A), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFE20, 0xFE2F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xE0000, 0xE01EF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
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


class _Table(dict[int, str]):
    """Every character that was met, to its comparable form; ``str.translate`` asks for the others."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold(chr(code))
        return folded


_TABLE = _Table()


def fold_run(words: str) -> str:
    """Words without blanks in comparable form; longer than they are where one character stands for several."""
    return words.translate(_TABLE)


def fold_all(words: str) -> str:
    """A phrase in comparable form, blanks removed."""
    return "".join(words.split()).translate(_TABLE)
