"""部门 departments."""

from hall.charts import departments as plots
from hall.text import t
from hall.ui import acts, cards, casework, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.key import painted
from hall.views import casework as counted
from hall.views import department_cards, departments

frame = guard()
words = department_cards.names(frame.lang)
view = load(departments.load, frame.selection, category=choice.many("category", words))
cases = load(counted.load, frame.selection)
if view.empty and not cases:
    cards.head(view.head)
    cards.empty(view.empty)

if view.empty:
    cards.head(departments.titled(cases.head, frame.lang))
else:
    cards.head(view.head)
    choice.pills("category", t("departments.categories", frame.lang), words)
    if view.profile:
        acts.profile(view.profile)
    cards.chart(painted(view.heat, frame.mode), plots.heat_of, view)
    if view.timeline and view.dated:
        cards.chart(painted(view.dated, frame.mode), plots.timeline_of, view.timeline, view)
    acts.listing(view.listing, view.acts)

if cases:
    casework.section(cases, heading=not view.empty)
