"""部门 departments."""

import streamlit as st

from hall.charts import heat
from hall.charts.timeline import timeline
from hall.text import t
from hall.ui import acts, cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.key import painted
from hall.views import departments, departments_plots

frame = guard()
chosen = choice.pills("category", t("departments.categories", frame.lang), departments_plots.names(frame.lang))
view = load(departments.load, frame.selection, category=chosen)
cards.head(view.head)
