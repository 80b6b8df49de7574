"""总览: how the hall does in the newest period, what changed, what needs a person, how old the data is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hall.measure.rounding import Quantity
from hall.measure.share import per_day
from hall.measure.workdays import workdays
from hall.model import Document, Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data import documents, observations
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.overview import attention, records
from hall.views.overview import cards as overview_cards
from hall.views.overview import most_active as active
from hall.views.overview.most_active import Rank
from hall.views.parts import channel_split, empty, wording
from hall.views.parts import kpi as kpis
from hall.views.parts.cards import Card, Empty, Kpi, ListItem, PageHead
from hall.views.parts.citation import cite
from hall.views.parts.documents import age
from hall.views.parts.not_compared import not_compared
from hall.views.parts.plots import Stack
from hall.views.parts.scope import scope_words


@dataclass(frozen=True, slots=True)
class View:
    """All that the page shows; with ``empty`` nothing else but the head. ``calm`` where no bulletins are due, so that
    little can ask for attention."""

    head: PageHead
    empty: Empty | None = None
    kpis: tuple[Kpi, ...] = ()
    summary: Card | None = None
    channels: Card | None = None
    stacks: tuple[Stack, ...] = ()
    week: Card | None = None
    attention: tuple[str, tuple[ListItem, ...]] = ("", ())
    documents: Card | None = None
    active: Card | None = None
    ranks: tuple[Rank, ...] = ()
    calm: bool = False


def load(ctx: Context) -> View:
    """The page for the newest month, and the newest week, within the filter."""
    lang = ctx.lang
    title = t("page.overview", lang)
    choices = ctx.choices
    if choices.empty:
        waits = " ".join(item.text for item in records.held(ctx))
        nothing = empty.store(ctx)
        return View(PageHead(title, t("empty.head", lang)), replace(nothing, text=waits) if waits else nothing)
    found = observations.load(ctx)
    months = [p for p in found.periods("M") if ctx.inside(p)]
    weeks = [p for p in found.periods("W") if ctx.inside(p)]
    held = documents.load(ctx)
    told = [s.document for s in held if s.document.kind != "work_plan" and s.document.period]
    if not months and not weeks and not any(ctx.inside(d.period) for d in told if d.period):
        line = periods.filter_words(ctx.month_from, ctx.month_to, lang)
        return View(PageHead(title, line, demo=found.demo), empty.selection(told, ctx))
    month = months[-1] if months else None
    week = weeks[-1] if weeks else None
    cards = tuple(k for k in _kpis(found, month, lang) if k) if month else ()
    items = attention.ordered([*records.held(ctx), *attention.items(held, ctx), *records.items(ctx)])
    acting = sum(1 for item in items if item.tone == "attention")
    leaders, ranks = active.load(ctx, month or week, [s.document for s in held])
    if leaders is None:
        leaders, ranks = records.busiest(ctx, month)
    channels, stacks = channel_split.build(ctx, found, month)
    return View(
        head=_head(title, found, month, week, ctx), kpis=cards,
        summary=overview_cards.summary(ctx, found, month) if month else None,
        channels=channels, stacks=stacks, week=overview_cards.week(ctx, found, week) if week else None,
        attention=(t("attention.count", lang, acting=acting, telling=len(items) - acting), items),
        documents=overview_cards.documents(ctx, held), active=leaders, ranks=ranks,
        calm=not told,
    )  # fmt: skip


def _kpis(found: Values, month: Period, lang: Lang) -> list[Kpi | None]:
    first, *rest = overview_cards.METRICS
    cards = [kpis.kpi(found, first, month, lang), kpis.share_kpi(found, month, lang)]
    return cards + [kpis.kpi(found, metric, month, lang) for metric in rest]


def _head(title: str, found: Values, month: Period | None, week: Period | None, ctx: Context) -> PageHead:
    lang = ctx.lang
    newest = month or week
    if newest is None:
        return PageHead(title, periods.filter_words(ctx.month_from, ctx.month_to, lang), demo=found.demo)
    here = found.at(newest)
    stated = [v for v in here if not v.counted]
    reviewed = all(v.status == "A" for v in stated)
    bits = [
        periods.full(newest, lang),
        *(_printed(stated[-1].document, newest, lang) if stated else _recorded(found, newest, ctx)),
        records.status(stated=bool(stated), counts=len(stated) < len(here), reviewed=reviewed, lang=lang),
        scope_words(found.narrowed, [m for m in overview_cards.SUMMED if any(v.metric == m for v in here)], ctx),
    ]
    line = t("text.dot", lang).join(b for b in bits if b)
    finding = _finding(found, month, lang) if month else _week_finding(found, week, lang)
    if month is None:
        return PageHead(title, line, finding, "", found.demo)
    held_back = not_compared(kpis.withheld(found, overview_cards.SUMMED, month), ctx)
    missing = (_missing(found, month, lang), t("counted.note", lang, note=held_back) if held_back else "")
    return PageHead(title, line, finding, "".join(missing).strip(), found.demo)


def _printed(document: Document, newest: Period, lang: Lang) -> tuple[str, str]:
    """The document and how old its data are; one without an issue number is already cited by its print date."""
    if not document.published_on or document.issue is None:
        return cite(document, lang), age(newest.end, lang)
    day = periods.day(document.published_on, lang, year=document.published_on.year != newest.end.year)
    return t("overview.printed", lang, document=cite(document, lang), day=day), age(newest.end, lang)


def _recorded(found: Values, newest: Period, ctx: Context) -> tuple[str, str]:
    until = ctx.coverage.as_of
    return t("counted.source", ctx.lang), age(until or newest.end, ctx.lang)


def _finding(found: Values, month: Period, lang: Lang) -> str:
    now = found.of("handled_total", "M").get(month.key)
    if now is None or now.held:
        return ""
    days = workdays(month.start, month.end)
    daily = per_day(now.quantity, days)
    words = {"period": periods.within(month, lang), "value": wording.shown(now.quantity, lang)}
    moved = kpis.moved(found, "handled_total", month)
    if moved is None:
        if daily is None:
            return t("overview.alone", lang, **words)
        return t("overview.alone_daily", lang, **words, daily=_daily(daily, lang))
    made, other = moved
    before = other.value.period
    words["other"] = periods.beside(before, month, lang)
    words["change"] = wording.brief(made.difference, lang)
    key = "same" if made.direction == "same" else made.direction
    then = per_day(other.value.quantity, workdays(before.start, before.end))
    if daily is None or then is None:
        return t(f"overview.{key}", lang, **words)
    return t(f"overview.{key}_daily", lang, **words, daily=_daily(daily, lang), then=_daily(then, lang))


def _daily(q: Quantity, lang: Lang) -> str:
    words = wording.brief(q, lang)
    return after_word(numbers.approx(words, lang) if q.slack else words, lang)


def _week_finding(found: Values, week: Period | None, lang: Lang) -> str:
    now = found.of("comprehensive_accepted", "W").get(week.key) if week else None
    if now is None or week is None or now.held:
        return ""
    return t("overview.week_only", lang, period=periods.short(week, lang), value=wording.shown(now.quantity, lang))


def _missing(found: Values, month: Period, lang: Lang) -> str:
    known = {p.key for p in found.periods("M")}
    absent = [
        (kind, p) for kind, p in (("previous", month.shift(-1)), ("year_ago", month.shift(-12))) if p.key not in known
    ]
    if not absent:
        return ""
    names = t("text.comma", lang).join(t(f"change.name_{kind}", lang) for kind, _ in absent)
    where = t("text.comma", lang).join(periods.short(p, lang) for _, p in absent)
    # where periods are counted too, neither a bulletin nor records tell of what is missing
    kind = "missing_counted" if any(v.counted for v in found.all) else "missing"
    words = t(f"overview.{kind}", lang, names=names, periods=where)
    if len(absent) < 2:
        return words
    before = [key for key in known if key < month.key]
    if not before:
        return t(f"overview.{kind}_alone", lang, names=names, periods=where)
    return words + t("overview.nearest", lang, period=periods.short(Period.parse(max(before)), lang))
