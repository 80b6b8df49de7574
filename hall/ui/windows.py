"""The cards of page 综合窗口, two in a row."""

from __future__ import annotations

from functools import partial

from hall.charts import bar, hours, line
from hall.charts import windows as plots
from hall.charts.theme import Mode
from hall.ui import cards
from hall.ui.key import painted
from hall.views.windows.page import View


def flow(view: View, mode: Mode) -> None:
    """The four steps of the week and to date, then their series."""
    drawn = [found for found in (view.week, view.to_date) if found]
    cards.beside(*(partial(cards.chart, painted(f.card, mode), plots.flow_of, f) for f in drawn))
    series = [found for found in (view.weekly, view.monthly) if found]
    cards.beside(*(partial(cards.chart, card, plots.series_of, of, view.lang) for card, of in series))


def counted(view: View) -> None:
    """What the records tell: open cases over time and by age."""
    over = None if view.open is None else partial(cards.chart, view.open[0], line.lines, view.open[1])
    ages = None if view.ages is None else partial(cards.chart, view.ages[0], bar.bars, view.ages[1], "teal")
    cards.beside(over, ages, widths=(3, 2))


def rest(view: View) -> None:
    """When cases are accepted, shares, manuals and items, and what lies between the weeks."""
    busy = None if view.hours is None else partial(cards.chart, view.hours[0], hours.hours, view.hours[1])
    shares, coverage = view.shares, view.coverage
    part = None if shares is None else partial(cards.chart, shares[0], plots.shares_of, shares[1], view.lang)
    done = None if coverage is None else partial(cards.chart, coverage.card, plots.track_of, coverage)
    items = None if view.items is None else partial(cards.table, view.items)
    between = None if view.between is None else partial(cards.table, view.between)
    if busy:
        cards.beside(busy, part)
        part = None
    cards.beside(done, items)
    cards.beside(part, between)
