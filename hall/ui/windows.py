"""The cards of page 综合窗口, two in a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hall.charts import bar, hours, line, panels, track
from hall.charts import flow as flows
from hall.charts.figure import Plot
from hall.charts.theme import Mode
from hall.ui import cards
from hall.ui.key import painted
from hall.views.parts.plots import Lines, ShareBar
from hall.views.windows.page import View


def flow(view: View, mode: Mode) -> None:
    """The four steps of the week and to date, then their series."""
    drawn = [found for found in (view.week, view.to_date) if found]
    cards.side_by_side(*(partial(cards.chart, painted(f.card, mode), flows.flow, f.plot) for f in drawn))
    series = [found for found in (view.weekly, view.monthly) if found]
    cards.side_by_side(*(partial(cards.chart, card, panels.panels, plot) for card, plot in series))


def counted(view: View) -> None:
    """What the records tell: open cases over time and by age."""
    over = None if view.open is None else partial(cards.chart, view.open[0], line.lines, view.open[1])
    ages = None if view.ages is None else partial(cards.chart, view.ages[0], bar.bars, view.ages[1], "teal")
    cards.side_by_side(over, ages, widths=(3, 2))


def rest(view: View) -> None:
    """When cases are accepted, shares, manuals and items, and what lies between the weeks."""
    busy = None if view.hours is None else partial(cards.chart, view.hours[0], hours.hours, view.hours[1])
    shares, coverage = view.shares, view.coverage
    part = None if shares is None else partial(cards.chart, shares[0], _shares(shares[1]), shares[1])
    done = None if coverage is None else partial(cards.chart, coverage[0], track.track, coverage[1])
    items = None if view.items is None else partial(cards.table, view.items)
    between = None if view.between is None else partial(cards.table, view.between)
    if busy:
        cards.side_by_side(busy, part)
        part = None
    cards.side_by_side(done, items)
    cards.side_by_side(part, between)


def _shares(what: Lines | tuple[ShareBar, ...]) -> Callable[..., Plot]:
    return line.lines if isinstance(what, Lines) else track.shares
