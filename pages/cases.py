"""办件 cases: the rows of a number."""

import streamlit as st

from hall.ui import cards, cases
from hall.ui.access import guard, sees_ids
from hall.ui.cache import load
from hall.views.cases import page as numbers

frame = guard()
view = load(
    numbers.load,
    frame.ctx,
    **cases.asked(),
    whole=sees_ids(frame),
    records=cases.records(),
)
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

cases.controls(view, frame.lang)
with st.container(border=True, gap="xsmall"):
    cases.told(view, frame)
    cases.rows(view)
    cases.pages(view)
    cases.footer(view, frame.lang)
