"""Interface words in two languages, from zh.toml and en.toml, which hold equal keys.

``say = words(lang)`` binds the language once and ``say(key, n=3)`` is a sentence; ``t(key, lang, n=3)`` says one alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from hall.model import Lang
from hall.paths import WORDS
from hall.text.plurals import Counted

LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def _flat(table: dict[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[before + name] = str(value)
    return found


@cache
def texts(lang: Lang) -> dict[str, str]:
    """All sentences of one language by dotted key."""
    return _flat(tomllib.loads((WORDS / f"{lang}.toml").read_text(encoding="utf-8")))


def known(key: str) -> bool:
    """Whether there is a sentence of this key (for keys made from data, such as ``problem.<code>``)."""
    return key in texts("zh")


def t(key: str, lang: Lang, /, **params: object) -> str:
    """The sentence of a key with its parameters filled in; KeyError when the key or a parameter is missing.

    ``{n:case|cases}`` in a sentence is the form that stands with the number ``n``.
    """
    sentence = texts(lang)[key]
    if "|" in sentence:
        return sentence.format(**{name: Counted(value, lang) for name, value in params.items()})
    return sentence.format(**params)


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language: ``say = words(lang)``, then ``say("key", n=3)``."""

    lang: Lang

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence of a key, as ``t`` gives it."""
        return t(key, self.lang, **params)


@cache
def words(lang: Lang) -> Words:
    """The language bound once, for code that says many things in it."""
    return Words(lang)


def join(parts: list[str] | tuple[str, ...], lang: Lang) -> str:
    """Words in a row: 甲、乙 / a, b."""
    return t("text.comma", lang).join(parts)


def after_word(words: str, lang: Lang) -> str:
    """Words that follow a Chinese character in a sentence: a number is set off by a blank, 约 is not."""
    return f" {words}" if lang == "zh" and words[:1].isascii() else words
