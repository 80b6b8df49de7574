"""部门 departments."""

from hall.charts import heat, timeline
from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.departments import activities
from hall.ui.departments import cases as casework
from hall.ui.key import painted
from hall.views.departments import cards as department_cards
from hall.views.departments import cases as counted
from hall.views.departments import page as departments

frame = guard()
words = department_cards.names(frame.lang)
view = load(departments.load, frame.ctx, category=choice.many("category", words))
cases = load(counted.load, frame.ctx)
if view.empty and not cases:
    cards.head(view.head)
    cards.empty(view.empty)

if view.empty:
    cards.head(departments.titled(cases.head, frame.lang))
else:
    cards.head(view.head)
    choice.pills("category", t("departments.categories", frame.lang), words)
    if view.profile:
        activities.profile(view.profile)
    cards.chart(painted(view.heat[0], frame.mode), heat.heat, view.heat[1])
    if view.dated:
        cards.chart(painted(view.dated[0], frame.mode), timeline.timeline, view.dated[1])
    activities.listing(view.listing, view.acts)

if cases:
    casework.section(cases, heading=not view.empty)
