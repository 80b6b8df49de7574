"""The section of cases on page 部门."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hall.charts import line, rows
from hall.ui import cards, rankings
from hall.ui.access import guard
from hall.ui.key import painted
from hall.views.departments.cases import View
from hall.views.parts.cards import PageHead


def section(view: View, *, heading: bool) -> None:
    """All cards of the section; ``heading`` where it stands under another one."""
    if heading:
        head(view.head)
    with cards.grid(5):
        for kpi in view.kpis:
            cards.kpi(kpi)
    months = [(card, line.lines, drawn) for card, drawn in filter(None, (view.accepted, view.taken))]
    volume = [(card, rows.stacked, drawn) for card, drawn in filter(None, (view.volume, view.backlog))]
    for pair in (months, volume):
        cards.side_by_side(
            *(partial(cards.chart, painted(card, guard().mode), draw, drawn) for card, draw, drawn in pair)
        )
    cards.side_by_side(
        *(partial(rankings.card, card, drawn) for card, drawn in filter(None, (view.ranking, view.days)))
    )


def head(what: PageHead) -> None:
    """The heading of a section: its name, one gray line, and once what is missing."""
    with st.container(gap=None):
        st.header(what.title, anchor=False)
        st.markdown(f":gray[{what.line}]{cards.demo_mark(guard().lang, what.demo)}")
    missing = f"  \n:small[:gray[{what.missing}]]" if what.missing else ""
    st.markdown(f"**{what.finding}**{missing}")
