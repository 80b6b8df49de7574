"""Marks inside finished words: squares of a key, which the card turns into colour, and badges of a status."""

from __future__ import annotations

import re

from hall.model import Lang
from hall.text import t

_SIGNS = re.compile(r"\\?.")
OPEN, CLOSE = "\ue000", "\ue001"


def square(token: str) -> str:
    """A place for a coloured square; ``token`` is one of the palette, a step of the ramp (ramp5), or ``other`` for the
    compared side."""
    return f"{OPEN}{token}{CLOSE}"


def badge(status: str, lang: Lang) -> str:
    """A status as a small label: 已核 teal, 未审核 gray, 待复核 orange."""
    colour = {"A": "green", "U": "orange"}.get(status, "gray")
    return f":{colour}-badge[{t(f'status.{status}', lang)}]"


def glue(words: str) -> str:
    """A short label that no line end parts: blanks do not break, Chinese characters hold together."""
    whole = words.replace(" ", "\u00a0").replace("\u2060", "")
    # a mark and the stroke that makes it plain stay together
    return "\u2060".join(_SIGNS.findall(whole)) if any(ord(sign) > 0x2E7F for sign in words) else whole
