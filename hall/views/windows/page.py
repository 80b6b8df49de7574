"""Page 综合窗口: the four steps by week and to date, their series, shares, manuals and authorised items; where there
are records, also what is open and when cases are accepted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import polars as pl

from hall.model import Lang, Period
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data import window_counts
from hall.views.data.context import Context
from hall.views.data.window_cases import scope
from hall.views.data.window_values import STEPS, Value, compared, known_weeks, values
from hall.views.link import Link
from hall.views.parts import empty, throughput, window_series
from hall.views.parts.cards import Bar, Card, Empty, Head, Lines
from hall.views.parts.scope import whom
from hall.views.parts.throughput import Comparison
from hall.views.parts.window_series import Line
from hall.views.windows import backlog
from hall.views.windows import hours as window_hours
from hall.views.windows import items as window_items
from hall.views.windows import shares as window_shares
from hall.views.windows.hours import Hours
from hall.views.windows.items import Coverage
from hall.views.windows.shares import Part


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
    open: tuple[Card, Lines] | None = None
    ages: tuple[Card, tuple[Bar, ...]] | None = None
    hours: tuple[Card, Hours] | None = None


def load(ctx: Context, week: str = "") -> View:
    """The page for a selection; ``week`` is a week's key, the newest where it is none that is known."""
    narrowed = ctx.bounds
    # all of them, since a week may be compared with one before the months of the filter
    stated = rows("series/window_values", **narrowed | {"first": None, "last": None})
    found = window_counts.join(stated, ctx)
    view = build(found.table, rows("series/authorised", **narrowed), ctx, week, found.narrowed)
    if of := scope(ctx):
        view = replace(
            view, open=backlog.over_time(of), ages=backlog.by_age(of), hours=window_hours.hours(of)
        )
    return replace(view, empty=empty.store(ctx)) if view.empty and ctx.empty else view


def build(
    observed: pl.DataFrame,
    authorised: pl.DataFrame,
    ctx: Context,
    week: str = "",
    narrowed: Collection[str] = (),
) -> View:
    """The page from rows of series/window_values and series/authorised; the metrics of ``narrowed`` are those of the
    chosen departments alone."""
    lang = ctx.lang
    every = values(observed)
    known = tuple(v for v in every if _inside(v, ctx))
    weeks = known_weeks(known)
    chosen = next((w for w in weeks if w.key == week), weeks[0] if weeks else None)
    against = compared(chosen, known_weeks(every)) if chosen else None
    demo = any(v.demo for v in known)
    return View(
        lang=lang,
        head=_head(chosen, against[0] if against else None, ctx, narrowed, demo),
        weeks=_named(weeks, known, lang),
        week=throughput.build(every, chosen, against, "period", lang) if chosen else None,
        to_date=throughput.build(every, chosen, against, "year_to_date", lang) if chosen else None,
        weekly=window_series.weekly(known, lang),
        monthly=window_series.monthly(known, lang),
        shares=window_shares.shares(known, lang),
        between=window_shares.between(known, lang),
        coverage=window_items.coverage(known, lang),
        items=window_items.authorised(authorised, lang),
        empty=None if known else _empty(ctx),
    )


def _inside(value: Value, ctx: Context) -> bool:
    """Whether its period touches the months of the filter."""
    first, last = ctx.month_from or "", ctx.month_to or "9999"
    return f"{value.period.end:%Y-%m}" >= first and f"{value.period.start:%Y-%m}" <= last


def _named(weeks: tuple[Period, ...], known: tuple[Value, ...], lang: Lang) -> tuple[tuple[str, str], ...]:
    """Weeks by key; where some are printed, those that were counted say so."""
    own = {v.period.key: v.counted for v in known if v.metric in STEPS and v.period.freq == "W" and v.scope == "period"}
    mixed = len(set(own.values())) > 1
    return tuple(
        (w.key, t("windows.counted_week", lang, week=words) if mixed and own[w.key] else words)
        for w in weeks
        for words in (periods.full(w, lang),)
    )


def _head(
    chosen: Period | None, against: Period | None, ctx: Context, narrowed: Collection[str], demo: bool
) -> Head:
    lang, title = ctx.lang, t("page.windows", ctx.lang)
    whose = whom(narrowed, STEPS, ctx)
    whole = t("text.dot", lang) + whose if whose else ""
    if chosen is None:
        return Head(title, t("windows.no_week", lang) + whole, demo=demo)
    if against is None:
        finding = t("windows.alone", lang, week=periods.short(chosen, lang))
        return Head(title, periods.full(chosen, lang) + whole, finding, t("windows.no_other", lang), demo)
    line = t("windows.line", lang, week=periods.full(chosen, lang), other=periods.full(against, lang))
    return Head(title, line + whole, demo=demo)


def _empty(ctx: Context) -> Empty:
    lang = ctx.lang
    period = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    action = Link(t("empty.see_all", lang), "windows", {"from": "", "to": "", "department": ""})
    return Empty(
        t("empty.selection", lang, period=period), t("empty.selection_what", lang), t("windows.empty", lang), (action,)
    )
