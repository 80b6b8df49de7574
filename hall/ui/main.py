"""The script that every session runs: language, navigation, filters, then the chosen page."""

from __future__ import annotations

import streamlit as st

from hall.model import HallError, Lang, Selection
from hall.paths import PAGES, ROOT
from hall.store import cube
from hall.text import t
from hall.ui import access, filters, look, notices
from hall.ui.cache import context

# The list of pages; those whose file does not exist are left out.
ORDER = ("overview", "trends", "departments", "windows", "channels", "cities", "cases", "plan", "campaigns", "sources",
         "brief")  # fmt: skip
# Pages of cases: an address leads to them always, the menu only where some publisher has a cube.
OF_CASES = ("channels", "cities", "cases")


def run() -> None:
    """One run of the script."""
    # before the menu comes, which would stand in another width for a moment
    st.set_page_config(layout="wide", initial_sidebar_state=look.SIDEBAR)
    lang = filters.spoken()
    hidden = _hidden()
    pages = [
        st.Page(
            PAGES / f"{name}.py",
            title=t(f"page.{name}", lang),
            url_path=name,
            default=name == ORDER[0],
            visibility="hidden" if name in hidden else "visible",
        )
        for name in ORDER
        if (PAGES / f"{name}.py").exists()
    ]
    page = st.navigation(pages, expanded=True)
    filters.adopt(lang)
    st.set_page_config(page_title=f"{page.title} · {t('app.name', lang)}", page_icon=str(ROOT / "hall/ui/icon.svg"))
    st.html(look.colours("dark" if st.context.theme.type == "dark" else "light"))
    st.logo(_mark(lang), size="medium")
    try:
        with st.sidebar:
            known = context(Selection(known_on=filters.known_on()))
            selection = filters.selection(known.choices, lang)
            filters.language(lang)
        access.enter(context(selection))
        page.run()
    except Exception as fault:
        notices.failure(fault, lang)
    finally:
        access.leave()


def _hidden() -> tuple[str, ...]:
    try:
        return () if cube.publishers() else OF_CASES
    except HallError:  # the page tells it
        return OF_CASES


def _mark(lang: Lang) -> str:
    mode = "dark" if st.context.theme.type == "dark" else "light"
    return str(ROOT / f"hall/ui/wordmark-{lang}-{mode}.svg")


run()
