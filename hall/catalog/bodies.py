"""Departments, publishers and their document series."""

from __future__ import annotations

from functools import cache
from typing import Literal

from hall.catalog.load import Entry, entries, file
from hall.model import DocumentKind, HallError, Lang

_BRACKETS = {0xFF08: "(", 0xFF09: ")"}


class Department(Entry, frozen=True):
    """A body that documents name. ``until`` is its last day, where it was merged or renamed."""

    id: str
    zh: str
    en: str
    kind: Literal["department", "center", "central", "government", "unit", "collective"]
    rank: int
    aliases: tuple[str, ...] = ()
    until: str | None = None
    short_en: str | None = None

    def label(self, lang: Lang) -> str:
        """The short name."""
        return self.zh if lang == "zh" else self.en

    def short(self, lang: Lang) -> str:
        """The name beside a plot, where 100 px are all there is."""
        return self.zh if lang == "zh" else self.short_en or self.en

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, with and without the province before it, brackets as in ASCII."""
        found: dict[str, None] = {}
        provinces, unplaced = _name_words()
        for name in (self.zh, *self.aliases):
            plain = name.translate(_BRACKETS)
            base = next((plain[len(p) :] for p in provinces if plain.startswith(p)), plain)
            found[plain] = None
            if self.kind in ("unit", "collective") or base.startswith(unplaced):
                continue
            for form in (base, *(p + base for p in provinces)):
                if len(form) > 2:
                    found[form] = None
        return tuple(found)


class Publisher(Entry, frozen=True):
    """Who publishes documents or delivers cases; ``department`` is its own id among the departments; ``demo`` a
    fictional one; ``published_by`` is the id of the publisher whose bulletins its counts are laid beside."""

    id: str
    zh: str
    en: str
    short_zh: str
    short_en: str
    department: str
    names: tuple[str, ...]
    rank: int
    demo: bool = False
    published_by: str | None = None

    def short(self, lang: Lang) -> str:
        """The name of its data set."""
        return self.short_zh if lang == "zh" else self.short_en


class Series(Entry, frozen=True):
    """A run of documents; ``title`` are words of its title line, ``due`` days from period end to print."""

    id: str
    kind: DocumentKind
    zh: str
    en: str
    title: tuple[str, ...]
    due: int

    def label(self, lang: Lang) -> str:
        """The name of the series."""
        return self.zh if lang == "zh" else self.en


@cache
def _name_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for the province before a name, and the name beginnings that stand in no need of them."""
    words = file("departments")["names"]
    return tuple(words["province"]), tuple(words["unplaced"])


@cache
def departments() -> dict[str, Department]:
    """All departments by id, in catalogue order."""
    return {body.id: body for body in entries("departments", "department", Department)}


@cache
def department_names() -> dict[str, str]:
    """Every spelling of every department, and the department's id."""
    names: dict[str, str] = {}
    for body in departments().values():
        for name in body.names:
            names.setdefault(name, body.id)
    return names


@cache
def publishers() -> tuple[Publisher, ...]:
    """All publishers; the first is the hall itself."""
    return tuple(entries("series", "publisher", Publisher))


def publisher(word: str) -> Publisher:
    """The publisher of that id, the hall itself for none; HallError unknown_records."""
    found = next((one for one in publishers() if one.id == word or not word), None)
    if found is None:
        raise HallError("unknown_records", publisher=word, known=" ".join(one.id for one in publishers()))
    return found


@cache
def publisher_id(word: str | None) -> str | None:
    """The id of the publisher of that id, rank or name; None where the catalogue has none."""
    known = publishers()
    spelled = ((p.id, str(p.rank), p.short_zh, p.short_en, p.en, *p.names) for p in known)
    return next((p.id for p, words in zip(known, spelled, strict=True) if word in words), None)


def is_demo(publisher: str | None) -> bool:
    """Whether the publisher of that id is fictional."""
    return any(p.demo and publisher == p.id for p in publishers())


def publisher_name(publisher: str | None, lang: Lang) -> str:
    """The short name of the publisher of that id; one that the catalogue does not know stands for itself."""
    return next((p.short(lang) for p in publishers() if publisher == p.id), publisher or "")


@cache
def series() -> tuple[Series, ...]:
    """All document series."""
    return tuple(entries("series", "series", Series))
