"""The section of cases on page 部门."""

from __future__ import annotations

import streamlit as st

from hall.charts import line, rows
from hall.charts.theme import Figure
from hall.ui import cards
from hall.ui.access import guard
from hall.ui.key import painted
from hall.views.departments.cases import View
from hall.views.parts.cards import Card, Head


def section(view: View, *, heading: bool) -> None:
    """All cards of the section; ``heading`` where it stands under another one."""
    mode = guard().mode
    if heading:
        head(view.head)
    with cards.grid(5):
        for kpi in view.kpis:
            cards.kpi(kpi)
    months = [(card, line.lines(drawn, mode)) for card, drawn in filter(None, (view.accepted, view.taken))]
    volume = [(card, rows.stacked(drawn, mode)) for card, drawn in filter(None, (view.volume,))]
    ranking = [(card, rows.reaches(drawn, mode)) for card, drawn in filter(None, (view.ranking,))]
    days = [(card, rows.reaches(drawn, mode)) for card, drawn in filter(None, (view.days,))]
    backlog = [(card, rows.stacked(drawn, mode)) for card, drawn in filter(None, (view.backlog,))]
    for pair in (months, volume + backlog, ranking + days):
        _row(pair)


def head(what: Head) -> None:
    """The heading of a section: its name, one gray line, and once what is missing."""
    with st.container(gap=None):
        st.header(what.title, anchor=False)
        st.markdown(f":gray[{what.line}]{cards.demo_mark(guard().lang, what.demo)}")
    missing = f"  \n:small[:gray[{what.missing}]]" if what.missing else ""
    st.markdown(f"**{what.finding}**{missing}")


def _row(pair: list[tuple[Card, Figure]]) -> None:
    if not pair:
        return
    with cards.row(*[1] * len(pair)) as places:
        for place, (card, figure) in zip(places, pair, strict=True):
            with place:
                cards.chart(painted(card, guard().mode), figure)
