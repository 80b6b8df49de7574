"""The guard that every page begins with, and what it hands over: the frame of this run."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from hall import settings
from hall.charts.theme import Mode
from hall.model import Lang
from hall.text import t
from hall.views.data.context import Context

_KEY, _LANG = "_hall_frame", "_hall_lang"


@dataclass(frozen=True, slots=True)
class PageRun:
    """What main.py made for this run: what it is about, and the mode of the browser."""

    ctx: Context
    mode: Mode

    @property
    def lang(self) -> Lang:
        """The language of the reader."""
        return self.ctx.lang


_own: ContextVar[PageRun | None] = ContextVar("frame", default=None)


def enter(ctx: Context) -> None:
    """Called by main.py before a page runs."""
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    frame = PageRun(ctx, mode)
    st.session_state[_KEY] = frame
    st.session_state[_LANG] = ctx.lang
    _own.set(frame)


def leave() -> None:
    """Called by main.py after a page has run, so that a page run alone finds no frame. A run that was overtaken by the
    next one leaves that one's frame alone."""
    if st.session_state.get(_KEY) is _own.get():
        st.session_state.pop(_KEY, None)
    _own.set(None)


def lang() -> Lang:
    """The language of the last run, for callbacks: they are called before the page and have no frame."""
    return "en" if st.session_state.get(_LANG) == "en" else "zh"


def guard() -> PageRun:
    """The frame of this run; a page that was started without main.py says so in one sentence and stops."""
    frame = _own.get() or st.session_state.get(_KEY)
    if not isinstance(frame, PageRun):
        st.write(t("error.access", "zh"))
        st.stop()
    return frame


def sees_ids(_frame: PageRun | None = None) -> bool:
    """Whether this reader sees the numbers of cases whole: the one place to ask. There is no login yet, so the setting
    decides for all; a role would be asked for here (of a download by address, without a frame)."""
    return settings.whole_case_ids()
