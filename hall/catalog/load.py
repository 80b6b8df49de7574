"""Reads one file of data/catalog into frozen entries; an unknown or missing key is an error that names the entry."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, TypeVar

import msgspec

from hall.model import HallError
from hall.paths import CATALOG


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the catalogue."""


T = TypeVar("T", bound=Entry)


@cache
def file(name: str) -> dict[str, Any]:
    """The tables of ``data/catalog/<name>.toml``; HallError catalog_broken when it does not parse."""
    path = CATALOG / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise HallError("catalog_broken", file=path.name, detail=str(fault)) from fault


def entries(name: str, table: str, kind: type[T]) -> list[T]:
    """Each ``[[table]]`` of the file as ``kind``; ``rank`` is the place in the file."""
    ranked, found = "rank" in kind.__struct_fields__, []
    for rank, raw in enumerate(file(name).get(table, [])):
        try:
            found.append(msgspec.convert(raw | {"rank": rank} if ranked else raw, kind))
        except msgspec.ValidationError as fault:
            where = f"{name}.toml [[{table}]] {raw.get('id', rank + 1)}"
            raise HallError("catalog_broken", file=where, detail=str(fault)) from fault
    return found
