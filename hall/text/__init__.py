"""Interface words in two languages: ``t(key, lang, **params)`` from zh.toml and en.toml, which hold equal keys."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from hall.model import Lang
from hall.paths import WORDS

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
def words(lang: Lang) -> dict[str, str]:
    """All sentences of one language by dotted key."""
    return _flat(tomllib.loads((WORDS / f"{lang}.toml").read_text(encoding="utf-8")))


def known(key: str) -> bool:
    """Whether there is a sentence of this key (for keys made from data, such as ``problem.<code>``)."""
    return key in words("zh")


def t(key: str, lang: Lang, **params: object) -> str:
    """The sentence of a key with its parameters filled in; KeyError when the key or a parameter is missing."""
    return words(lang)[key].format(**params)


def join(parts: list[str] | tuple[str, ...], lang: Lang) -> str:
    """Words in a row: 甲、乙 / a, b."""
    return t("text.comma", lang).join(parts)


def after_word(words: str, lang: Lang) -> str:
    """Words that follow a Chinese character in a sentence: a number is set off by a blank, 约 is not."""
    return f" {words}" if lang == "zh" and words[:1].isascii() else words
