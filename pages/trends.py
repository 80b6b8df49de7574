"""趋势 trends."""

from functools import partial

import streamlit as st

from hall.charts import bar, line
from hall.text import t
from hall.ui import cards
from hall.ui import trends as controls
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.trends import page as trends

frame = guard()
lang = frame.lang
view = load(trends.load, frame.ctx, **controls.asked())
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

controls.trends(view, lang)
for panel in view.panels:
    if panel.lines is None:
        cards.table(panel.card)
    else:
        cards.chart(panel.card, line.lines, panel.lines)

split = change = None
if view.channels:
    drawn = (bar.columns, view.layers) if view.layers else (bar.channels, view.stacks)
    split = partial(cards.chart, view.channels, *drawn)
if view.yearly and view.changes:
    found = view.changes
    change = partial(cards.chart, view.yearly, bar.changes, found.values, found.names, found.labels)
elif view.daily:
    change = partial(cards.chart, view.daily, bar.bars, view.bars, view.tint)
cards.side_by_side(split, change)

for card in (view.brackets, view.revisions):
    if card:
        cards.table(card)
st.markdown(f"**{t('trends.all', lang)}**  \n:small[:gray[{t('trends.all_what', lang, n=view.slots)}]]")
with cards.grid():
    for kpi in view.multiples:
        cards.kpi(kpi)
if view.whole:
    cards.footer(view.whole)
