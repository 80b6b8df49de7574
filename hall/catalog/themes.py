"""Themes that tie a task of the work plan to what bulletins report."""

from __future__ import annotations

from functools import cache

from hall.catalog.load import Entry, entries
from hall.model import Lang


class Theme(Entry, frozen=True):
    """A theme and the words that tell it."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]

    def label(self, lang: Lang) -> str:
        """The short name."""
        return self.zh if lang == "zh" else self.en


@cache
def themes() -> dict[str, Theme]:
    """All themes by id, in catalogue order."""
    return {theme.id: theme for theme in entries("plan", "theme", Theme)}


def themes_of(*texts: str | None) -> tuple[str, ...]:
    """Ids of the themes whose words stand in one of the texts; quotation marks and blanks do not count."""
    joined = " ".join(text for text in texts if text)
    bare = "".join(sign for sign in joined if sign.isalnum())
    return tuple(theme.id for theme in themes().values() if any(word in bare for word in theme.words))
