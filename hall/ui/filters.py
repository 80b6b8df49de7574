"""The filters of every page: months, departments, data set, day of knowledge, language. Made once, live in the URL.

A bound widget writes its label into the URL. A link from outside may also carry ids (``department=health``,
``lang=en``). Inside a session the widget wins over the URL, so links within the app carry ``go_`` parameters
(``go_department=health``), which set the widget and vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

import streamlit as st

from hall import catalog, settings
from hall.model import Lang, Selection
from hall.text import LANGUAGES, t
from hall.views.data.context import Choices

KEYS = ("from", "to", "department", "data", "known")
_FIRST_DAY = date(2000, 1, 1)
_GO = "go_"


def _tongue(code: str) -> str:
    return t("language.name", cast(Lang, code))


def spoken() -> Lang:
    """The language before its switch is made: the session's, else that of the URL, else Chinese."""
    given = st.session_state.get("lang") or st.query_params.get("lang")
    return next((code for code in LANGUAGES if given in (code, _tongue(code))), "zh")


def known_on() -> date | None:
    """The day of knowledge before its field is made: the session's, else that of the URL. It narrows what the other
    filters offer."""
    given = st.session_state.get("known", st.query_params.get("known"))
    return given if isinstance(given, date) else _day(given)


def language(lang: Lang) -> Lang:
    """The switch between the languages."""
    return st.segmented_control(
        t("filter.language", lang), LANGUAGES, key="lang", default="zh", required=True, bind="query-params",
        format_func=_tongue, label_visibility="collapsed",
    )  # fmt: skip


def adopt(lang: Lang) -> None:
    """Turn ids, and labels of the other language, in the URL into the labels that the widgets read.

    Called once the page is known and before any widget is made; runs the script again where it changed the URL.
    """
    known = catalog.departments()
    tables: dict[str, tuple[dict[str, str], Callable[[str], str]]] = {
        "lang": ({name: code for code in LANGUAGES for name in (code, _tongue(code))}, _tongue),
        "department": ({n: d.id for d in known.values() for n in (d.id, d.zh, d.en)}, lambda i: known[i].label(lang)),
        "data": (
            {
                name: p.id
                for p in catalog.publishers()
                for name in (p.id, str(p.rank), p.short_zh, p.short_en, *p.names)
            },
            lambda own: catalog.publisher_name(own, lang),
        ),
    }
    changed = False
    for key, (names, label) in tables.items():
        given = st.query_params.get_all(key)
        wanted = [label(names[g]) for g in dict.fromkeys(given) if g in names]
        if wanted and wanted != given and key not in st.session_state:
            st.query_params[key] = wanted
            changed = True
    for key in (key for key in KEYS if _GO + key in st.query_params):
        values = [v for v in st.query_params.get_all(_GO + key) if v]
        one = next(iter(values), None)
        st.session_state[key] = values if key == "department" else _day(one) if key == "known" else one
        del st.query_params[_GO + key]
    if changed:
        st.rerun()


def selection(choices: Choices, lang: Lang) -> Selection:
    """The widgets of all filters but the language, and what they say."""
    months = list(choices.months)
    start = _month("from", months, lang)
    end = _month("to", months[::-1], lang)
    departments = _departments(choices, lang)
    publisher = _publisher(choices, lang)
    known_on = _known(lang)
    if start and end and start > end:
        start, end = end, start
    return Selection(start, end, tuple(departments), publisher, lang, known_on)


def _known(lang: Lang) -> date | None:
    return st.date_input(
        t("known.label", lang), None, key="known", bind="query-params", format="YYYY-MM-DD", min_value=_FIRST_DAY,
        max_value=max(settings.today(), _FIRST_DAY),
    )  # fmt: skip


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return None


def link_params(filters: Mapping[str, str | tuple[str, ...] | None]) -> dict[str, list[str]]:
    """URL parameters of a link within the app: filters by id; an empty text clears one; the others stay.

    What is no filter (``document``) goes through as it is, for the page to read.
    """
    named = {_GO + key if key in KEYS else key: value for key, value in filters.items()}
    return {key: list(value) if isinstance(value, tuple) else [value or ""] for key, value in named.items()}


def _month(key: str, months: list[str], lang: Lang) -> str | None:
    return st.selectbox(
        t(f"filter.{key}", lang), months, index=None, key=key, bind="query-params",
        placeholder=t("filter.first" if key == "from" else "filter.last", lang),
    )  # fmt: skip


def _departments(choices: Choices, lang: Lang) -> list[str]:
    known = catalog.departments()
    return st.multiselect(
        t("filter.department", lang), list(choices.departments), key="department", bind="query-params",
        format_func=lambda i: known[i].label(lang), placeholder=t("filter.all_departments", lang), select_all=False,
    )  # fmt: skip


def _publisher(choices: Choices, lang: Lang) -> str | None:
    if not choices.publishers:
        return None
    return st.selectbox(
        t("filter.data", lang), list(choices.publishers), index=None, key="data", bind="query-params",
        format_func=lambda own: catalog.publisher_name(own, lang),
        filter_mode=None, placeholder=t("filter.all_data", lang),
    )  # fmt: skip
