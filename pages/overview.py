"""总览 overview."""

from functools import partial

from hall.charts import bar
from hall.text import t
from hall.ui import cards
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.overview import page as overview

frame = guard()
view = load(overview.load, frame.ctx)
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

if view.kpis:
    with cards.grid():
        for kpi in view.kpis:
            cards.kpi(kpi)
if view.summary:
    cards.footer(view.summary)

channels = partial(cards.chart, view.channels, bar.channels, view.stacks) if view.channels else None
week = partial(cards.table, view.week) if view.week else None
attention = partial(cards.listing, t("attention.title", frame.lang), *view.attention)
active = partial(cards.ranking, view.active, [(r.action, r.count) for r in view.ranks]) if view.active else None

first, second = (active, attention) if view.calm and active else (attention, active)
cards.side_by_side(channels or week, first, widths=(3, 2))
cards.side_by_side(week if channels else None, second)
if view.documents:
    cards.table(view.documents)
