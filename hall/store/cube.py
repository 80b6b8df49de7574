"""The published cube of a publisher, read by query name: ``rows("daily", "demo")`` gives a polars frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import hall
from hall import settings, sql
from hall.model import HallError
from hall.store import seal
from hall.store.opened import OpenVersions, damaged
from hall.store.published import current

if TYPE_CHECKING:
    import polars as pl

_opened = OpenVersions(lambda con: con.execute(sql.text("schema/cube")), "cube_unreadable")


def root(publisher: str) -> Path:
    """The folder of a publisher's cubes."""
    return settings.store() / "cubes" / publisher


def publishers() -> tuple[str, ...]:
    """The ids of publishers that have a cube, sorted."""
    return tuple(sorted(path.parent.name for path in (settings.store() / "cubes").glob("*/CURRENT")))


def version(publisher: str) -> str:
    """The name of the published cube, "" when there is none; where CURRENT is damaged that name itself, which is no
    cube: who asks it is told cube_unreadable."""
    try:
        return current(root(publisher))
    except HallError as fault:
        if fault.code != "current_damaged":
            raise
        return "CURRENT"


def versions_key() -> str:
    """All published cubes in one text, for the keys of caches."""
    return " ".join(f"{publisher}/{version(publisher)}" for publisher in publishers())


def rows(name: str, publisher: str, **params: object) -> pl.DataFrame:
    """The rows of queries/cube/<name>.sql on the publisher's cube; an empty frame with the same columns when it has
    none. A parameter that is not given is null. HallError cube_outdated, cube_unreadable."""
    given = sql.bind(f"cube/{name}", params)
    with _cursor(publisher) as cursor:
        found: pl.DataFrame = cursor.sql(sql.text(f"cube/{name}"), params=given).pl()
        return found


def close() -> None:
    """Close every cached connection (tests; before a process ends)."""
    _opened.close()


@contextmanager
def _cursor(publisher: str) -> Iterator[duckdb.DuckDBPyConnection]:
    name = version(publisher)
    try:
        yield _opened.cursor(root(publisher), lambda: version(publisher))
    except (duckdb.BinderException, duckdb.CatalogException) as fault:
        if release := seal.newer(root(publisher) / name):
            raise HallError("store_newer", folder=root(publisher), release=release, own=hall.__version__) from fault
        raise HallError("cube_outdated", version=name) from fault
    except duckdb.Error as fault:
        if name and damaged(fault, root(publisher) / name):
            raise HallError("cube_unreadable", version=name) from fault
        raise
