"""Reads one file of data/catalog into frozen entries; an unknown or missing key is an error that names the entry."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from hall.model import HallError
from hall.paths import CATALOG

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@cache
def file(name: str) -> dict[str, Any]:
    """The tables of ``data/catalog/<name>.toml``; HallError catalog_broken when it does not parse."""
    path = CATALOG / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise HallError("catalog_broken", file=path.name, detail=str(fault)) from fault


def entries(name: str, table: str, kind: type[T]) -> list[T]:
    """Each ``[[table]]`` of the file as ``kind``; lists become tuples, ``rank`` is the place in the file."""
    known = {f.name for f in dataclasses.fields(kind)}
    found = []
    for rank, raw in enumerate(file(name).get(table, [])):
        values = {key: _freeze(value) for key, value in raw.items()}
        if "rank" in known:
            values["rank"] = rank
        if unknown := set(values) - known:
            where = f"{name}.toml [[{table}]] {raw.get('id', rank + 1)}"
            raise HallError("catalog_broken", file=where, detail=", ".join(sorted(unknown)))
        try:
            found.append(kind(**values))
        except TypeError as fault:
            where = f"{name}.toml [[{table}]] {raw.get('id', rank + 1)}"
            raise HallError("catalog_broken", file=where, detail=str(fault)) from fault
    return found


def _freeze(value: Any) -> Any:
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value
