"""The guard that every page begins with, and what it hands over: the frame of this run."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from hall.charts.theme import Mode
from hall.model import Lang, Selection
from hall.text import t

_KEY = "_hall_frame"


@dataclass(frozen=True, slots=True)
class Frame:
    """What main.py made for this run: the reader's choices, the language, the mode of the browser."""

    selection: Selection
    lang: Lang
    mode: Mode


def enter(selection: Selection) -> None:
    """Called by main.py before a page runs."""
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    st.session_state[_KEY] = Frame(selection, selection.lang, mode)


def leave() -> None:
    """Called by main.py after a page has run, so that a page run alone finds no frame."""
    st.session_state.pop(_KEY, None)


def guard() -> Frame:
    """The frame of this run; a page that was started without main.py says so in one sentence and stops."""
    frame = st.session_state.get(_KEY)
    if not isinstance(frame, Frame):
        st.write(t("error.access", "zh"))
        st.stop()
    return frame
