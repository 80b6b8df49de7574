"""Page 综合窗口: the four steps by week and to date, their series, shares, manuals and authorised items."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from hall.model import Lang, Period, Selection
from hall.store.read import rows
from hall.text import periods, t
from hall.views import empty, frame, throughput, window_items, window_series, window_shares
from hall.views.acts import bounds
from hall.views.pieces import Action, Card, Empty, Head
from hall.views.throughput import Comparison
from hall.views.weeks import compared, known_weeks, values
from hall.views.window_items import Coverage
from hall.views.window_series import Line
from hall.views.window_shares import Part


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``weeks`` are the choices of its week control, newest first, key and words."""

    lang: Lang
    head: Head
    weeks: tuple[tuple[str, str], ...]
    week: Comparison | None
    to_date: Comparison | None
    weekly: tuple[Card, tuple[Line, ...]] | None
    monthly: tuple[Card, tuple[Line, ...]] | None
    shares: tuple[Card, tuple[Part, ...]] | None
    between: Card | None
    coverage: Coverage | None
    items: Card | None
    empty: Empty | None


def load(selection: Selection, week: str = "") -> View:
    """The page for a selection; ``week`` is a week's key, the newest where it is none that is known."""
    narrowed = bounds(selection)
    view = build(rows("series/window_values", **narrowed), rows("series/authorised", **narrowed), selection, week)
    return replace(view, empty=empty.store(selection)) if view.empty and frame.load(selection).empty else view


def build(observed: pl.DataFrame, authorised: pl.DataFrame, selection: Selection, week: str = "") -> View:
    """The page from rows of series/window_values and series/authorised."""
    lang = selection.lang
    known = values(observed)
    weeks = known_weeks(known)
    chosen = next((w for w in weeks if w.key == week), weeks[0] if weeks else None)
    against = compared(chosen, weeks) if chosen else None
    demo = any(v.demo for v in known)
    return View(
        lang=lang,
        head=_head(chosen, against[0] if against else None, selection, demo),
        weeks=tuple((w.key, periods.full(w, lang)) for w in weeks),
        week=throughput.build(known, chosen, against, "period", lang) if chosen else None,
        to_date=throughput.build(known, chosen, against, "year_to_date", lang) if chosen else None,
        weekly=window_series.weekly(known, lang),
        monthly=window_series.monthly(known, lang),
        shares=window_shares.shares(known, lang),
        between=window_shares.between(known, lang),
        coverage=window_items.coverage(known, lang),
        items=window_items.authorised(authorised, lang),
        empty=None if known else _empty(selection),
    )


def _head(chosen: Period | None, against: Period | None, selection: Selection, demo: bool) -> Head:
    lang, title = selection.lang, t("page.windows", selection.lang)
    whole = t("text.dot", lang) + t("card.whole", lang) if selection.departments else ""
    if chosen is None:
        return Head(title, t("windows.no_week", lang) + whole, demo=demo)
    if against is None:
        finding = t("windows.alone", lang, week=periods.short(chosen, lang))
        return Head(title, periods.full(chosen, lang) + whole, finding, t("windows.no_other", lang), demo)
    line = t("windows.line", lang, week=periods.full(chosen, lang), other=periods.full(against, lang))
    return Head(title, line + whole, demo=demo)


def _empty(selection: Selection) -> Empty:
    lang = selection.lang
    period = periods.filter_words(selection.month_from, selection.month_to, lang)
    action = Action(t("empty.see_all", lang), "windows", {"from": "", "to": "", "department": ""})
    return Empty(
        t("empty.selection", lang, period=period), t("empty.selection_what", lang), t("windows.empty", lang), (action,)
    )
