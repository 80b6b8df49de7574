"""What is said when something goes wrong: one sentence on the page, the trace to the log."""

from __future__ import annotations

import sys
import traceback

import streamlit as st

from hall.model import HallError, Lang
from hall.text import known, t


def sentence(fault: Exception, lang: Lang) -> str:
    """The sentence of a fault: its own where it has one, else that the page cannot be shown."""
    if isinstance(fault, HallError) and known(f"error.{fault.code}"):
        return t(f"error.{fault.code}", lang, **fault.params)
    return t("error.page", lang)


def failure(fault: Exception, lang: Lang) -> None:
    """Show the sentence in a card; the trace goes to stderr only."""
    traceback.print_exception(fault, file=sys.stderr)
    with st.container(border=True):
        st.markdown(f":red[**{sentence(fault, lang)}**]")
