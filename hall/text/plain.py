"""Words of documents as plain text inside markdown: no mark, link, formula, emoji or arrow is made of them."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
# Marks that a renderer makes after unescaping: :name: and ://, name@host, www., -> <= -- and their kin.
_LATE = re.compile(r"(?<=:)(?=[A-Za-z0-9_+/-])|(?<=@)(?=\w)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", re.IGNORECASE)
_JOINER = "\u2060"
# marks that nobody sees, or that turn the order of signs round, are shown by their number
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def plain(text: str) -> str:
    """The text with every ASCII mark escaped; line ends become blanks. Invisible joiners part late-made marks."""
    seen = _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", " ".join(text.split()))
    return _MARKS.sub(r"\\\1", _LATE.sub(_JOINER, seen))


# the innermost of the marks that stand around words: badge, colour, size
_AROUND = re.compile(r":[a-z-]+\[((?:\\.|[^\[\]\\])*)\]")
_SQUARE = re.compile("\ue000\\w+\ue001")


def unmarked(words: str) -> str:
    """Finished words as they are read: no badge, mark, escape, square of a key or joiner; ordinary blanks."""
    read, found = _SQUARE.sub("", words), 1
    while found:
        read, found = _AROUND.subn(r"\1", read)
    read = read.replace("**", "").replace("~~", "")
    return re.sub(r"\\(.)", r"\1", read).replace(_JOINER, "").replace("\u00a0", " ").strip()
