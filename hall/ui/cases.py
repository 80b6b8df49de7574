"""Page 办件: what its address asks for, its controls, its rows and the file of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from hall import catalog
from hall.model import Lang
from hall.store import holdings
from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import PageRun, guard, sees_ids
from hall.views.cases.page import View
from hall.views.data.case_drill import PARAMS
from hall.views.data.case_drill import asked as parsed
from hall.views.link import Link

_LAST = "_cases_last"
_HEIGHT = 30
# of the columns as the view gives them, in pixels
_WIDTHS = (170, 140, 104, 76, 68, 118, 118, 94, 84, 66, 84, 84, 84, 54)


def asked() -> dict[str, Any]:
    """What the address asks for, as the view takes it; another question begins on its first page."""
    given = {key: tuple(st.query_params.get_all(key)) for key in PARAMS}
    page = choice.page("page")
    question = (guard().ctx.selection, given)
    last = st.session_state.get(_LAST)
    if last is not None and last[0] != question and last[1] == page:
        page = 1
        choice.clear("page")
    st.session_state[_LAST] = (question, page)
    one = parsed(given)
    return {
        "measure": one.measure, "channel": one.channels, "city": one.cities, "item": one.items,
        "period": (next(iter(given["day"]), ""), next(iter(given["week"]), "")), "page": page,
    }  # fmt: skip


def records() -> str:
    """Which records stand: another load is another page."""
    return " ".join(f"{publisher}/{holdings.version(publisher)}" for publisher in holdings.publishers())


def controls(view: View, lang: Lang) -> None:
    """Measure, city, item, channels."""
    everything = {"": t("drill.all_cities", lang)}, {"": t("drill.all_items", lang)}
    with choice.line():
        choice.select("measure", t("drill.measure", lang), dict(view.measures), view.measures[0][0], width=190)
        choice.select("city", t("drill.city", lang), everything[0] | dict(view.cities), "", width=170)
        choice.select("item", t("drill.item", lang), everything[1] | dict(view.items), "", width=300)
    channels = {c.id: c.label(lang) for c in catalog.channels().values()}
    choice.pills("channel", t("drill.channels", lang), channels)
    if view.period:
        cards.link(Link(t("drill.whole_period", lang), "cases", {"day": "", "week": ""}))


def told(view: View, frame: PageRun) -> None:
    """Which of the rows are shown, or why none are."""
    hidden = "" if sees_ids(frame) else t("drill.masked", frame.lang)
    place = {"first": f"{view.first:,}", "last": f"{view.last:,}", "n": f"{view.total:,}"}
    words = t("drill.rows", frame.lang, **place) + hidden if view.total else t("drill.none", frame.lang)
    st.markdown(f":small[:gray[{view.note or words}]]")


def rows(view: View) -> None:
    """A page of the rows."""
    if not view.table.rows:
        return
    data = pd.DataFrame(view.table.rows, columns=list(view.table.columns))
    columns = zip(data.columns, _WIDTHS, strict=True)
    st.dataframe(
        data, hide_index=True, key="cases", alt=view.head.finding, row_height=_HEIGHT, lazy=False, placeholder="",
        height=_HEIGHT * (len(data) + 1) + 4,
        column_config={name: st.column_config.Column(width=width) for name, width in columns},
    )  # fmt: skip


def pages(view: View) -> None:
    """The pages to go through."""
    if view.pages > 1:
        choice.pages("page", view.page, view.pages)


def footer(view: View, lang: Lang) -> None:
    """Where the rows come from, and all of them as a file: built by a button, or streamed where they are many."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"):
        st.markdown(f":small[:gray[{t('card.source', lang, source=view.source)}]]", width="content")
        if not view.table.rows:
            return
        label = f":small[:gray[{t('card.csv', lang)}]]"
        if view.few:
            st.download_button(
                label, lambda: _file(view), file_name=f"{view.file}.csv", mime="text/csv", type="tertiary",
                key="csv_cases", on_click="ignore",
            )  # fmt: skip
        else:
            st.link_button(label, f"./export/cases?{view.address}", type="tertiary", key="csv_cases")


def _file(view: View) -> bytes:
    from hall.ui.export import rows_of

    return b"".join(rows_of(parse_qs(view.address)).pieces)
