"""综合窗口 windows."""

from hall.text import t
from hall.ui import cards, choice
from hall.ui import windows as sections
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.windows import page as windows

frame = guard()
view = load(windows.load, frame.ctx, week=choice.given("week"))
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

if len(view.weeks) > 1:
    choice.select("week", t("windows.week_control", frame.lang), dict(view.weeks), view.weeks[0][0], width=320)

# the steps of a week and to date, each with its unit; then each step over all weeks and months
sections.flow(view, frame.mode)

# from the records, where there are any: what is open, since when
sections.counted(view)

# when cases are accepted; shares, manuals, items; totals of days that no week tells of
sections.rest(view)
