"""Reads the published version: ``rows("series/observations", known_on=None)`` gives a polars frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import duckdb

import hall
from hall import settings, sql
from hall.model import HallError
from hall.store import schema, seal
from hall.store.opened import OpenVersions, damaged
from hall.store.published import current

if TYPE_CHECKING:
    import polars as pl

_opened = OpenVersions(schema.create, "store_unreadable")
_serving: ContextVar[str] = ContextVar("serving", default="")


def version() -> str:
    """The name of the version that is read (the key of every cache): the published one, within ``serving`` that one."""
    return _serving.get() or published()


def published() -> str:
    """The name of the published version, "" when nothing was published yet."""
    return current(settings.store())


@contextmanager
def serving(name: str) -> Iterator[None]:
    """Have this thread read another version, as a preview that nobody else is served."""
    token = _serving.set(name)
    try:
        yield
    finally:
        _serving.reset(token)


def rows(name: str, **params: object) -> pl.DataFrame:
    """The rows of queries/<name>.sql on the published version; an empty frame with the same columns when there is
    none. A parameter that is not given is null; ``$show_unreviewed`` comes from the settings. HallError
    store_outdated when the version was built by another release, store_unreadable when it is damaged."""
    with _asked(name, params) as (cursor, given):
        frame: pl.DataFrame = cursor.sql(sql.text(name), params=given).pl()
        return frame


def records(name: str, **params: object) -> list[dict[str, Any]]:
    """The same rows as dictionaries, without loading polars (command line)."""
    with _asked(name, params) as (cursor, given):
        cursor.execute(sql.text(name), given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def _asked(name: str, params: dict[str, object]) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, object]]]:
    given = sql.bind(name, params)
    if "show_unreviewed" in given and given["show_unreviewed"] is None:
        given["show_unreviewed"] = settings.show_unreviewed()
    with _cursor() as cursor:
        try:
            yield cursor, given
        except (duckdb.BinderException, duckdb.CatalogException) as fault:
            if not version() or _schema_of(cursor) == schema.version():
                raise
            if release := seal.newer(settings.store() / version()):
                words = {"folder": settings.store(), "release": release, "own": hall.__version__}
                raise HallError("store_newer", **words) from fault
            raise HallError("store_outdated", version=version()) from fault
        except duckdb.Error as fault:
            if version() and damaged(fault, settings.store() / version()):
                raise HallError("store_unreadable", version=version()) from fault
            raise


def close() -> None:
    """Close every cached connection (tests; before a process ends)."""
    _opened.close()


def _cursor() -> duckdb.DuckDBPyConnection:
    return _opened.cursor(settings.store(), version)


def _schema_of(cursor: duckdb.DuckDBPyConnection) -> str | None:
    try:
        found = cursor.execute(sql.text("ledger/meta")).fetchone()
    except duckdb.Error:
        return None
    return found[1] if found else None
