"""趋势 trends."""

import streamlit as st

from hall.charts import bar, line
from hall.text import t
from hall.ui import cards, controls
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views import trends

frame = guard()
lang, mode = frame.lang, frame.mode
view = load(trends.load, frame.selection, **controls.trend_choices())
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

controls.trends(view, lang)
for panel in view.panels:
    if panel.lines is None:
        cards.table(panel.card)
    else:
        cards.chart(panel.card, line.lines(panel.lines, mode))

with cards.row(1, 1) as (left, right):
    with left:
        if view.channels and view.layers:
            cards.chart(view.channels, bar.columns(view.layers, mode))
        elif view.channels:
            cards.chart(view.channels, bar.channels(view.stacks, mode))
        elif view.daily:
            cards.chart(view.daily, bar.bars(view.bars, view.tint, mode))
    with right:
        if view.yearly and view.changes:
            cards.chart(view.yearly, bar.changes(view.changes.values, view.changes.names, view.changes.labels, mode))
        elif view.channels and view.daily:
            cards.chart(view.daily, bar.bars(view.bars, view.tint, mode))

if view.brackets:
    cards.table(view.brackets)
st.markdown(f"**{t('trends.all', lang)}**  \n:small[:gray[{t('trends.all_what', lang, n=view.slots)}]]")
with cards.grid():
    for kpi in view.multiples:
        cards.kpi(kpi)
