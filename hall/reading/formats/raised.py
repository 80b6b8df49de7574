"""Raised characters: what stands above the line."""

from __future__ import annotations

_MARKS = "0123456789[]()（）*①②③④⑤⑥⑦⑧⑨"


def raised(before: str, words: str) -> str:
    """Raised digits behind a digit are the mark of a note and no part of the number, but for a power of ten."""
    if words.strip(_MARKS) == "" and before[-1:].isdigit():
        power = before.endswith("10") and not before[:-2][-1:].isdigit()
        return f"^{words}" if power else ""
    return words
