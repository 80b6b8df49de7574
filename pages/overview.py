"""总览 overview."""

from hall.charts import bar
from hall.text import t
from hall.ui import cards
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views import overview

frame = guard()
view = load(overview.load, frame.selection)
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

if view.kpis:
    with cards.grid():
        for kpi in view.kpis:
            cards.kpi(kpi)
if view.summary:
    cards.footer(view.summary)

with cards.row(3, 2) as (left, right):
    with left:
        if view.channels:
            cards.chart(view.channels, bar.channels(view.stacks, frame.mode))
        elif view.week:
            cards.table(view.week)
    with right:
        cards.listing(t("attention.title", frame.lang), *view.attention)

with cards.row(1, 1) as (left, right):
    with left:
        if view.week and view.channels:
            cards.table(view.week)
    with right:
        if view.active:
            cards.ranking(view.active, [(r.action, r.count) for r in view.ranks])

if view.documents:
    cards.table(view.documents)
