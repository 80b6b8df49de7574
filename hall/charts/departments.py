"""The plots of page 部门 from its view."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from hall import catalog
from hall.charts.figure import Figure
from hall.charts.heat import HeatRow, heat
from hall.charts.theme import Mode
from hall.charts.timeline import Dated, timeline
from hall.measure.workdays import is_workday
from hall.model import Lang
from hall.text import join, periods, t, words
from hall.views.data.activities import Act, days, short
from hall.views.data.activity_counts import Timeline
from hall.views.departments.cards import category_name, change_words, months
from hall.views.departments.page import View


def heat_of(view: View, mode: Mode) -> Figure:
    """The heat map with its ranking."""
    lang, board = view.lang, view.board
    known = catalog.categories()
    rows = tuple(
        HeatRow(
            label=short(row.department, lang),
            counts=row.months,
            stack=tuple((known[c].label(lang), known[c].colour, n) for c, n in row.categories if c in known),
            end=_end(row.total, row.change, lang),
        )
        for row in board.rows
    )
    say = words(lang)
    hover = (partial(say, "departments.cell"), partial(say, "departments.bar"))
    return heat(rows, months(board, lang), t("departments.ranking", lang), hover, mode)


def _end(total: int, change: int | None, lang: Lang) -> str:
    said = change_words(change, lang)
    return f"{total} {said}" if said and change else str(total)


def timeline_of(line: Timeline, view: View, mode: Mode) -> Figure:
    """The acts of the newest period by date."""
    lang = view.lang
    first, last = line.period.start, line.period.end
    first = min([first, *(a.date_start for a in line.acts)])
    last = max([last, *(a.date_end for a in line.acts)])
    rests = tuple(
        (a, b, t("departments.rest", lang, days=periods.days(a, b, lang)))
        for a, b in _rests(first, last)
        if (b - a).days > 1
    )
    acts = tuple(Dated(_who(a, view), a.date_start, a.date_end, _colour(a), _hover(a, view)) for a in line.acts)
    axis = t("departments.axis", lang, period=periods.full(line.period, lang))
    return timeline(acts, first, last, rests, axis, mode)


def _who(act: Act, view: View) -> str:
    ids = act.leads or tuple(p.id for p in act.parties)
    chosen = next((d for d in view.wanted if any(p.id == d for p in act.parties)), None)
    first = chosen or (ids[0] if ids else "")
    return short(first, view.lang) if first else t("departments.nobody", view.lang)


def _hover(act: Act, view: View) -> str:
    who = join([short(p.id, view.lang) for p in act.parties], view.lang)
    return f"{days(act, view.lang)} {category_name(act.category, view.lang)}<br>{act.title}<br>{who}".replace("$", "")


def _colour(act: Act) -> str:
    known = catalog.categories().get(act.category)
    return known.colour if known else "ink"


def _rests(first: date, last: date) -> list[tuple[date, date]]:
    """Runs of days off of three days or more: holidays, not weekends."""
    found: list[tuple[date, date]] = []
    at = first
    while at <= last:
        if is_workday(at) is False:
            end = at
            while end < last and is_workday(end + timedelta(days=1)) is False:
                end += timedelta(days=1)
            if (end - at).days >= 2:
                found.append((at, end))
            at = end
        at += timedelta(days=1)
    return found
