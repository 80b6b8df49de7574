"""Query text by name: ``text("series/observations")`` is the file queries/series/observations.sql."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from hall.paths import QUERIES

_QUOTED_OR_LAYOUT = re.compile(r"('(?:[^']|'')*')|(?:--[^\n]*|\s)+")
_PARAMETER = re.compile(r"\$([a-z_]+)")


@cache
def text(name: str) -> str:
    """The text of queries/<name>.sql; FileNotFoundError when there is none."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


@cache
def parameters(name: str) -> frozenset[str]:
    """The names that the query takes as ``$name``."""
    return frozenset(_PARAMETER.findall(bare(text(name))))


def bare(words: str) -> str:
    """A query without comments and layout; what stands in quotes stays as it is."""
    return _QUOTED_OR_LAYOUT.sub(lambda found: found[1] or " ", words).strip()


def names(folder: str) -> tuple[str, ...]:
    """The queries of a folder, sorted: ``checks/share_of_parts`` …"""
    return tuple(sorted(f"{folder}/{path.stem}" for path in (QUERIES / folder).glob("*.sql")))


def bind(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """The parameters of the query, null where not given; TypeError for one that the query does not take."""
    if unknown := set(given) - parameters(name):
        raise TypeError(f"query {name} takes no parameter {', '.join(sorted(unknown))}")
    return {key: given.get(key) for key in parameters(name)}
