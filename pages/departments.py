"""部门 departments."""

from hall.charts import departments as plots
from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.departments import activities
from hall.ui.departments import cases as casework
from hall.ui.key import painted
from hall.views.departments import page as departments
from hall.views.departments.page import cards as department_cards
from hall.views.departments.page import cases as counted

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
    cards.chart(painted(view.heat, frame.mode), plots.heat_of, view)
    if view.timeline and view.dated:
        cards.chart(painted(view.dated, frame.mode), plots.timeline_of, view.timeline, view)
    activities.listing(view.listing, view.acts)

if cases:
    casework.section(cases, heading=not view.empty)
