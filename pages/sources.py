"""数据 sources."""

from hall.text import t
from hall.ui import cards, choice
from hall.ui.access import guard
from hall.ui.cache import load
from hall.ui.sources import by_hand, document, held, review
from hall.views.sources import page as sources

frame = guard()
lang = frame.lang
with review.looking():
    view = load(sources.load, frame.ctx, document=choice.given("document"), figure=choice.given("figure"))
    cards.head(view.head)
    review.desk()
    held.waiting()
    if view.empty:
        cards.empty(view.empty)

    working = review.is_on()
    if not working and view.documents:
        cards.table(view.documents)
    if view.reconciliation:
        cards.table(view.reconciliation)
    if not by_hand.unread() and view.opened:
        first = view.opened.document.sha256
        choice.select("document", t("document.choose", lang), dict(view.choices), first, clears="figure")
        with cards.row(6, 5) as (left, right):
            opened = review.at_work(view.opened)
            with left:
                document.words(opened)
                document.checks(opened)
            with right:
                document.figures(opened)
        document.decisions(opened)
        if view.opened.unclaimed:
            cards.table(view.opened.unclaimed)
        if view.opened.excluded:
            document.excluded(view.opened.excluded)
    if view.vintages:
        cards.table(view.vintages)
    if working and view.documents:
        cards.table(view.documents)
    if view.extracts:
        document.extracts(view.extracts)
    if not working:
        document.more()
