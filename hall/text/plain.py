"""Words of documents as plain text inside markdown: no mark, link, formula, emoji or arrow is made of them."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
# Marks that a renderer makes after unescaping: :name: and ://, name@host, www., -> <= -- and their kin.
_LATE = re.compile(r"(?<=:)(?=[A-Za-z0-9_+/-])|(?<=@)(?=\w)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every ASCII mark escaped; line ends become blanks. Invisible joiners part late-made marks."""
    return _MARKS.sub(r"\\\1", _LATE.sub(_JOINER, " ".join(text.split())))
