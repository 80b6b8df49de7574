"""The unit that stands at a place of the text, by the spellings of the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hall import catalog
from hall.reading.text.fold import fold_all

_HEDGE = re.compile(r"[余多]")
_SCALED = re.compile(r"(?:单位:)?((?:万|千|亿)?)([^()\[\]\d]{1,5})")
_POWER = {"": 0, "千": 3, "万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class UnitSpelling:
    """A unit as shown, its catalogue id and kind, and where it ends in the flat text."""

    shown: str
    id: str
    kind: str
    end: int


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    table: dict[str, tuple[str, str, str]] = {}
    for unit in catalog.units().values():
        for spelling in unit.spellings:
            shown = spelling if unit.each else unit.spellings[0]
            table.setdefault(fold_all(spelling), (shown, unit.id, unit.kind))
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(re.escape(s) for s in longest)), table


@cache
def _not_units() -> frozenset[str]:
    return frozenset(catalog.label_words("not_units"))


def at(flat: str, place: int) -> UnitSpelling | None:
    """The unit at that place, if one stands there and does not begin another word."""
    pattern, table = _spellings()
    if flat[place : place + 1] in {" ", "\t"}:
        place += 1
    found = pattern.match(flat, place)
    if not found:
        return None
    if flat[found.end() - 1 : found.end() + 1] in _not_units() and not found[0].startswith("个"):
        return None
    if flat[place : place + 2] in _not_units():
        return None
    end = found.end()
    hedged = _HEDGE.match(flat, end) and flat[end + 1 : end + 2] in set("，。；、,;")
    return UnitSpelling(*table[found[0]], end + bool(hedged))


def scaled(words: str) -> tuple[UnitSpelling, int] | None:
    """The unit that words name which stand elsewhere (万件, 单位:件), and the power of ten in them."""
    found = _SCALED.fullmatch(words)
    unit = at(found[2] + "\n", 0) if found else None
    return (unit, _POWER[found[1]]) if found and unit and unit.end == len(found[2]) else None
