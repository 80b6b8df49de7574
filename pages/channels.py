"""渠道 channels."""

from functools import partial

from hall.charts import channels as plots
from hall.charts import line
from hall.text import t
from hall.ui import cards, choice, rankings
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.channels import page as channels

frame = guard()
lang = frame.lang
view = load(channels.load, frame.ctx, show=choice.given("show"))
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

with cards.grid():
    for kpi in view.kpis:
        cards.kpi(kpi)

drawn = None
if view.parts:
    names = {key: t(f"channels.show_{key}", lang) for key in channels.SHOWS}
    shares = choice.segments("show", t("channels.show", lang), names) == channels.SHOWS[0]
    drawn = partial(cards.chart, view.parts[0], plots.parts, view.parts[1], percent=shares)
changes = partial(cards.table, view.changes) if view.changes else None
cards.side_by_side(drawn, changes, widths=(3, 2))

cards.side_by_side(
    *(partial(cards.chart, card, line.lines, what) for card, what in filter(None, (view.rate, view.others)))
)
if view.ranking:
    rankings.card(*view.ranking)
