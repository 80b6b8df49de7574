"""市州 cities."""

from functools import partial

from hall.charts import cities as plots
from hall.charts import rows
from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.cities import page as cities

frame = guard()
lang = frame.lang
view = load(cities.load, frame.ctx, item=choice.given("item"), city=choice.given("city"))
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

items = {"": t("drill.all_items", lang), **dict(view.items_known)}
choice.select("item", t("drill.item", lang), items, "", width=360)
ranking = handling = None
if view.ranking:
    ranking = partial(cards.chart, view.ranking[0], plots.ranked, view.ranking[1])
if view.handling:
    handling = partial(cards.chart, view.handling[0], rows.reaches, view.handling[1])
cards.side_by_side(ranking, handling)
if view.months:
    cards.chart(view.months[0], plots.grid, view.months[1])

known = {"": t("drill.all_cities", lang), **dict(view.cities_known)}
choice.select("city", t("cities.items_of", lang), known, "", width=240)
if view.items:
    cards.table(view.items)
