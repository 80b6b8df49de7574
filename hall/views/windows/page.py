"""Page 综合窗口: the four steps by week and to date, their series, shares, manuals and authorised items; where there
are records, also what is open and when cases are accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from hall.model import Lang, Period
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data import observations
from hall.views.data.context import Context
from hall.views.data.observations import STEPS, Values
from hall.views.data.window_cases import scope
from hall.views.link import Link
from hall.views.parts import empty
from hall.views.parts.cards import Card, Empty, PageHead
from hall.views.parts.maps import Hours
from hall.views.parts.plots import Bar, Lines, Panels, PartOfWhole, ShareBar
from hall.views.parts.scope import scope_words
from hall.views.windows import backlog, series, throughput
from hall.views.windows import hours as window_hours
from hall.views.windows import items as window_items
from hall.views.windows import shares as window_shares
from hall.views.windows.throughput import Comparison
from hall.views.windows.weeks import compared, known_weeks

METRICS = (*STEPS, "handled_total", "window_issued", "mailed", "manuals_completed", "manual_coverage",
           "comprehensive_main_items", "comprehensive_handling_items")  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``weeks`` are the choices of its week control, newest first, key and words."""

    lang: Lang
    head: PageHead
    weeks: tuple[tuple[str, str], ...]
    week: Comparison | None
    to_date: Comparison | None
    weekly: tuple[Card, Panels] | None
    monthly: tuple[Card, Panels] | None
    shares: tuple[Card, Lines | tuple[ShareBar, ...]] | None
    between: Card | None
    coverage: tuple[Card, PartOfWhole] | None
    items: Card | None
    empty: Empty | None
    open: tuple[Card, Lines] | None = None
    ages: tuple[Card, tuple[Bar, ...]] | None = None
    hours: tuple[Card, Hours] | None = None


def load(ctx: Context, week: str = "") -> View:
    """The page for a selection; ``week`` is a week's key, the newest where it is none that is known."""
    view = build(ctx, observations.load(ctx), rows("series/authorised", **ctx.bounds), week)
    if of := scope(ctx):
        view = replace(view, open=backlog.over_time(of), ages=backlog.by_age(of), hours=window_hours.hours(of))
    return replace(view, empty=empty.store(ctx)) if view.empty and ctx.empty else view


def build(ctx: Context, every: Values, authorised: pl.DataFrame, week: str = "") -> View:
    """The page from all observations, since a week may be compared with one before the months of the filter, and rows
    of series/authorised."""
    known = observations.within(every, ctx)
    weeks = known_weeks(known)
    chosen = next((w for w in weeks if w.key == week), weeks[0] if weeks else None)
    against = compared(chosen, known_weeks(every)) if chosen else None
    return View(
        lang=ctx.lang,
        head=_head(ctx, chosen, against[0] if against else None, known),
        weeks=_named(weeks, known, ctx.lang),
        week=throughput.build(ctx, every, chosen, against, "period") if chosen else None,
        to_date=throughput.build(ctx, every, chosen, against, "year_to_date") if chosen else None,
        weekly=series.weekly(ctx, known),
        monthly=series.monthly(ctx, known),
        shares=window_shares.shares(ctx, known),
        between=window_shares.between(ctx, known),
        coverage=window_items.coverage(ctx, known),
        items=window_items.authorised(ctx, authorised),
        empty=None if any(v.metric in METRICS and not v.held for v in known.all) else _empty(ctx),
    )


def _named(weeks: tuple[Period, ...], known: Values, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Weeks by key; where some are printed, those that were counted say so."""
    counted = {w: all(v.counted for m in STEPS if (v := known.get(m, w))) for w in weeks}
    mixed = len(set(counted.values())) > 1
    return tuple(
        (w.key, t("windows.counted_week", lang, week=words) if mixed and counted[w] else words)
        for w in weeks
        for words in (periods.full(w, lang),)
    )


def _head(ctx: Context, chosen: Period | None, against: Period | None, known: Values) -> PageHead:
    lang, title = ctx.lang, t("page.windows", ctx.lang)
    whose = scope_words(known.narrowed, STEPS, ctx)
    whole = t("text.dot", lang) + whose if whose else ""
    if chosen is None:
        return PageHead(title, t("windows.no_week", lang) + whole, demo=known.demo)
    if against is None:
        finding = t("windows.alone", lang, week=periods.short(chosen, lang))
        return PageHead(title, periods.full(chosen, lang) + whole, finding, t("windows.no_other", lang), known.demo)
    line = t("windows.line", lang, week=periods.full(chosen, lang), other=periods.full(against, lang))
    return PageHead(title, line + whole, demo=known.demo)


def _empty(ctx: Context) -> Empty:
    lang = ctx.lang
    period = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    action = Link(t("empty.see_all", lang), "windows", {"from": "", "to": "", "department": ""})
    return Empty(
        t("empty.selection", lang, period=period), t("empty.selection_what", lang), t("windows.empty", lang), (action,)
    )
