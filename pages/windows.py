"""综合窗口 windows."""

from hall.charts import windows as plots
from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.key import painted
from hall.views import windows

frame = guard()
view = load(windows.load, frame.selection, week=choice.given("week"))
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

if len(view.weeks) > 1:
    choice.select("week", t("windows.week_control", frame.lang), dict(view.weeks), view.weeks[0][0], width=320)

drawn = [found for found in (view.week, view.to_date) if found]
if drawn:
    with cards.row(*[1] * len(drawn)) as places:
        for place, found in zip(places, drawn, strict=True):
            with place:
                cards.chart(painted(found.card, frame.mode), plots.flow_of(found, frame.mode))

series = [found for found in (view.weekly, view.monthly) if found]
if series:
    with cards.row(*[1] * len(series)) as places:
        for place, (card, lines) in zip(places, series, strict=True):
            with place:
                cards.chart(card, plots.series_of(lines, frame.lang, frame.mode))

pair = [c for c in (view.coverage, view.items) if c]
if pair:
    with cards.row(*[1] * len(pair)) as places:
        if view.coverage:
            with places[0]:
                cards.chart(view.coverage.card, plots.track_of(view.coverage, frame.mode))
        if view.items:
            with places[-1]:
                cards.table(view.items)

with cards.row(1, 1) as (left, right):
    with left:
        if view.shares:
            cards.chart(view.shares[0], plots.shares_of(view.shares[1], frame.lang, frame.mode))
    with right:
        if view.between:
            cards.table(view.between)
