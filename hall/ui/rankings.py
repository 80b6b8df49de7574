"""A ranking of departments: ten first and ten last, the whole of it on demand."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hall.charts import rows
from hall.text import t
from hall.ui import cards
from hall.ui.access import guard
from hall.views.parts.cards import Card
from hall.views.parts.plots import Reaches

_ENDS = 10
# a ranking that is not much longer is shown whole
_SHOWN = 24


def card(what: Card, drawn: Reaches) -> None:
    """The card of a ranking; the switch stands under a long one."""
    count = len(drawn.rows)
    if count <= _SHOWN:
        cards.chart(what, rows.reaches, drawn)
        return
    lang, key = guard().lang, f"all_{what.key}"
    rest = "" if st.session_state.get(key) else t("casework.rest", lang, n=count - 2 * _ENDS)
    label = f":small[:gray[{t('card.all_rows', lang, n=count)}]]"
    switch = partial(st.toggle, label, key=key)
    cards.chart(what, rows.reaches, drawn, under=switch, rest=rest, ends=_ENDS)
