"""One chart of a card: a Streamlit component of our own around Plotly.react (component/charts.js).

``st.plotly_chart`` mounts a chart anew at each change of its data and draws it twice; this one stays and is redrawn in
place. A figure is drawn once for its piece of a view, mode and language, and remembered as the bytes that are sent.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from hall.charts.figure import Plot
from hall.charts.theme import Mode, watermark
from hall.model import Lang
from hall.text import t
from hall.ui import library

_ROOM = 24 * 2**20


@cache
def _component() -> Callable[..., Any]:
    # Streamlit serves no file of a component that is not installed: it finds ours by the distribution "hall"
    # (hall.dist-info beside this package) and the entry in pyproject.toml
    return st.components.v2.component("hall.charts", js="charts.js", isolate_styles=False)


class Drawings:
    """Figures as bytes, the least lately used ones dropped beyond ``room``. Pieces of views are known by
    identity: views are remembered and frozen, and a drawing keeps its pieces alive, so no identity is given twice."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._size = room, 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], tuple[Any, int, bytes]] = OrderedDict()

    def get(
        self, pieces: tuple[Any, ...], key: tuple[Any, ...], draw: Callable[[], tuple[int, bytes]]
    ) -> tuple[int, bytes]:
        """Height and bytes of what was drawn, drawn now where it is not held."""
        key = (*map(id, pieces), *key)
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found[1], found[2]
        height, drawn = draw()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (pieces, height, drawn)
                self._size += len(drawn)
            while self._size > self._room:
                self._size -= len(self._kept.popitem(last=False)[1][2])
        return height, drawn


_drawings = Drawings()


def show(
    key: str, alt: str, draw: Callable[..., Plot], *pieces: Any, demo: bool, lang: Lang, mode: Mode, **choices: Any
) -> None:
    """Draw ``draw(*pieces, mode=mode, **choices)`` here. Pieces belong to a remembered view; choices are hashable."""

    def drawn() -> tuple[int, bytes]:
        figure = draw(*pieces, mode=mode, **choices)
        if demo:
            figure.layout["images"] = [watermark(mode, t("status.demo", lang))]
        return figure.height, figure.pressed({"alt": alt, "file": library.name()})

    what = (draw.__module__, draw.__qualname__, *sorted(choices.items()), mode, lang, demo, alt)
    height, data = _drawings.get(pieces, what, drawn)
    _component()(key=f"plot_{key}", data=data, height=height)
