"""Page 综合窗口: the four steps by week and to date, their series, shares, manuals and authorised items."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from hall.model import Lang, Period, Selection
from hall.store.read import rows
from hall.text import periods, t
from hall.views import empty, frame, throughput, window_items, window_series
from hall.views.acts import bounds
from hall.views.pieces import Action, Card, Empty, Head
from hall.views.throughput import Comparison
from hall.views.weeks import Value, compared, known_weeks, values
from hall.views.window_items import Coverage
from hall.views.window_series import Line, Part


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
    whole: str
    empty: Empty | None


def load(selection: Selection, week: str = "") -> View:
    """The page for a selection; ``week`` is a week's key, the newest where it is none that is known."""
    narrowed = bounds(selection)
    view = build(rows("series/window_values", **narrowed), rows("series/authorised", **narrowed), selection, week)
    return replace(view, empty=empty.store(view.lang)) if view.empty and frame.load(selection).empty else view


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
        head=_head(chosen, against[0] if against else None, lang, demo),
        weeks=tuple((w.key, periods.full(w, lang)) for w in weeks),
        week=throughput.build(known, chosen, against, "period", lang) if chosen else None,
        to_date=throughput.build(known, chosen, against, "year_to_date", lang) if chosen else None,
        weekly=window_series.weekly(known, lang),
        monthly=window_series.monthly(known, lang),
        shares=window_series.shares(known, lang),
        between=window_series.between(known, lang),
        coverage=window_items.coverage(known, lang),
        items=window_items.authorised(authorised, lang),
        whole=t("card.whole", lang) if selection.departments else "",
        empty=None if known else _empty(selection),
    )  # fmt: skip


def _head(chosen: Period | None, against: Period | None, lang: Lang, demo: bool) -> Head:
    if chosen is None:
        return Head(t("page.windows", lang), t("windows.no_week", lang), demo=demo)
    if against is None:
        return Head(t("page.windows", lang), periods.full(chosen, lang), missing=t("windows.no_other", lang),
                    finding=t("windows.alone", lang, week=periods.short(chosen, lang)), demo=demo)  # fmt: skip
    line = t("windows.line", lang, week=periods.full(chosen, lang), other=periods.full(against, lang))
    return Head(t("page.windows", lang), line, demo=demo)


def _empty(selection: Selection) -> Empty:
    lang = selection.lang
    period = periods.filter_words(selection.month_from, selection.month_to, lang)
    action = Action(t("empty.see_all", lang), "windows", {"from": "", "to": "", "department": ""})
    return Empty(
        t("empty.selection", lang, period=period), t("empty.selection_what", lang), t("windows.empty", lang), (action,)
    )


__all__ = ["Value", "View", "build", "load"]
