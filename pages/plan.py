"""工作要点 plan."""

from hall.charts import matrix
from hall.text import t
from hall.ui import cards, choice
from hall.ui import plan as task
from hall.ui.access import guard
from hall.ui.cache import load
from hall.views.plan import page as plan

frame = guard()
lang = frame.lang
view = load(
    plan.load,
    frame.ctx,
    order=choice.given("rows") or "tasks",
    columns=choice.given("columns") or "number",
    chosen=choice.given("task"),
)
cards.head(view.head)
if view.empty:
    cards.empty(view.empty)

with choice.line():
    choice.segments("rows", t("plan.order", lang), {k: t(f"plan.order_{k}", lang) for k in ("tasks", "catalogue")})
    choice.segments(
        "columns", t("plan.columns", lang), {k: t(f"plan.columns_{k}", lang) for k in ("number", "departments")}
    )

with cards.row(11, 8) as (left, right):
    with left:
        cards.chart(view.matrix[0], matrix.matrix, view.matrix[1])
    with right:
        cards.table(view.table)

if view.task:
    choice.select("task", t("plan.choose", lang), dict(view.choices), str(view.task.number))
    task.card(view.task)
