"""Views are loaded once for each version of the store and the cubes, day and selection. Views are frozen, so they are
shared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from hall import settings
from hall.model import Selection
from hall.store import cube, held, read
from hall.views.data import context as of
from hall.views.data.context import Context

V = TypeVar("V")
Choice = str | bool | int | tuple[str, ...] | None


@st.cache_resource(show_spinner=False, max_entries=512)
def _view(
    version: str, today: date, name: str, selection: Selection, choices: tuple[Any, ...], _load: Any, _given: Any
) -> Any:
    return _load(_given, **dict(choices))


def context(selection: Selection) -> Context:
    """What the selection means in this store."""
    return _kept(of.load, selection, selection)


def load(function: Callable[..., V], ctx: Context, **choices: Choice) -> V:
    """``function(ctx, **choices)``, remembered until the store, a cube, what is held or the day changes. Choices are
    hashable."""
    return _kept(function, ctx.selection, ctx, **choices)


def _kept(function: Callable[..., V], selection: Selection, given: Context | Selection, **choices: Choice) -> V:
    name = f"{function.__module__}.{function.__qualname__}"
    version = f"{read.version()} {cube.versions_key()} {held.key()}"
    kept: V = _view(version, settings.today(), name, selection, tuple(sorted(choices.items())), function, given)
    return kept


def warm() -> None:
    """Import what the first page needs."""
    from hall.charts import bar, line, spark
    from hall.ui import library
    from hall.views.overview import page as overview

    _ = (bar, line, spark)
    threading.Thread(target=library.pressed, daemon=True).start()
    if read.version() or cube.versions_key():
        overview.load(of.load(Selection()))
