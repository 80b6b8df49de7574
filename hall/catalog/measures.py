"""Metrics, their identities, units and activity categories."""

from __future__ import annotations

from functools import cache
from typing import Literal

from hall.catalog.load import Entry, entries
from hall.model import Lang


class Metric(Entry, frozen=True):
    """Something that is followed over time. ``unit``, ``also`` and ``spelled`` are unit ids; ``range`` is in base units
    a month."""

    id: str
    zh: str
    en: str
    short_zh: str
    short_en: str
    unit: str
    kind: Literal["flow", "stock", "share"]
    additive: bool
    better: Literal["higher", "lower", "neither"]
    range: tuple[int | float, int | float]
    colour: str
    rank: int
    also: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    step_zh: str | None = None
    step_en: str | None = None

    def label(self, lang: Lang) -> str:
        """The full name."""
        return self.zh if lang == "zh" else self.en

    def short(self, lang: Lang) -> str:
        """The name for cards and chart ends."""
        return self.short_zh if lang == "zh" else self.short_en

    def step(self, lang: Lang) -> str:
        """The name as a step of the comprehensive window."""
        return (self.step_zh if lang == "zh" else self.step_en) or self.short(lang)


class Identity(Entry, frozen=True):
    """Arithmetic that must hold within printed rounding: sum, share (a / b), moves_with (parts change as the whole)."""

    id: str
    kind: Literal["sum", "share", "moves_with"]
    whole: str
    parts: tuple[str, ...]


class Unit(Entry, frozen=True):
    """A unit of measure; with ``each`` every spelling is a unit of its own."""

    id: str
    spellings: tuple[str, ...]
    en: str
    kind: Literal["count", "share", "points", "money", "duration", "score", "measure"]
    each: bool = False

    def label(self, lang: Lang) -> str:
        """How the unit is shown."""
        return self.spellings[0] if lang == "zh" else self.en


class Category(Entry, frozen=True):
    """A kind of activity and the words that tell it."""

    id: str
    zh: str
    en: str
    colour: str
    sections: tuple[str, ...]
    words: tuple[str, ...]
    rank: int

    def label(self, lang: Lang) -> str:
        """How the category is shown."""
        return self.zh if lang == "zh" else self.en


@cache
def metrics() -> dict[str, Metric]:
    """All metrics by id, in catalogue order."""
    return {metric.id: metric for metric in entries("metrics", "metric", Metric)}


@cache
def identities() -> tuple[Identity, ...]:
    """All identities, in catalogue order."""
    return tuple(entries("metrics", "identity", Identity))


@cache
def units() -> dict[str, Unit]:
    """All units by id."""
    return {unit.id: unit for unit in entries("units", "unit", Unit)}


@cache
def categories() -> dict[str, Category]:
    """All activity categories by id, in catalogue order."""
    return {category.id: category for category in entries("categories", "category", Category)}
