"""The published cube of a publisher, read by query name: ``rows("daily", "demo")`` gives a polars frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from hall import settings, sql
from hall.model import HallError
from hall.store import schema
from hall.store.published import current

if TYPE_CHECKING:
    import polars as pl

_lock = threading.Lock()
_open: dict[Path, duckdb.DuckDBPyConnection] = {}
_empty: list[duckdb.DuckDBPyConnection] = []
_KEPT = 3


def root(publisher: str) -> Path:
    """The folder of a publisher's cubes."""
    return settings.store() / "cubes" / publisher


def publishers() -> tuple[str, ...]:
    """The ids of publishers that have a cube, sorted."""
    return tuple(sorted(path.parent.name for path in (settings.store() / "cubes").glob("*/CURRENT")))


def version(publisher: str) -> str:
    """The name of the published cube, "" when there is none."""
    return current(root(publisher))


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
    with _lock:
        for con in (*_open.values(), *_empty):
            con.close()
        _open.clear()
        _empty.clear()


@contextmanager
def _cursor(publisher: str) -> Iterator[duckdb.DuckDBPyConnection]:
    name = version(publisher)
    with _lock:
        con = _served(root(publisher) / name) if name else _nothing()
        cursor = con.cursor()
    try:
        yield cursor
    except (duckdb.BinderException, duckdb.CatalogException) as fault:
        raise HallError("cube_outdated", version=name) from fault
    except (duckdb.IOException, duckdb.SerializationException) as fault:
        raise HallError("cube_unreadable", version=name) from fault


def _served(path: Path) -> duckdb.DuckDBPyConnection:
    if path not in _open:
        try:
            _open[path] = schema.connect(path, read_only=True)
        except duckdb.Error as fault:
            raise HallError("cube_unreadable", version=path.name) from fault
        # Let go of, not closed: that would cut off the cursor of a reader who is still at it.
        while len(_open) > _KEPT:
            del _open[next(iter(_open))]
    return _open[path]


def _nothing() -> duckdb.DuckDBPyConnection:
    if not _empty:
        con = schema.connect()
        con.execute(sql.text("schema/cube"))
        _empty.append(con)
    return _empty[0]
