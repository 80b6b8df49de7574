"""趋势: how each metric moves by day, week, month, quarter, year and channel, against last year, per working day."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.model import Freq, Lang
from hall.text import periods, t
from hall.views.data import case_counts, coverage, documents
from hall.views.data import observations as values
from hall.views.data import revisions as restated
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.data.runs import Mode, known, run
from hall.views.parts import empty, revisions
from hall.views.parts.cards import Card, Empty, Kpi, PageHead
from hall.views.parts.citation import cite
from hall.views.parts.plots import Bar, Lines, Stack
from hall.views.parts.scope import scope_words
from hall.views.trends import brackets as bracket
from hall.views.trends import cards, days, other_halls, panel
from hall.views.trends import yearly as by_year

GRAINS: tuple[Freq, ...] = ("D", "W", "M", "Q", "A")
MODES: tuple[Mode, ...] = ("value", "day", "index")
DENSE = 8
_FIRST = ("handled_total", "online_accepted", "comprehensive_accepted")


@dataclass(frozen=True, slots=True)
class View:
    """All that the page shows. ``grains`` and ``metrics`` are what the data allow to choose, as (id, label)."""

    head: PageHead
    empty: Empty | None = None
    grains: tuple[tuple[str, str], ...] = ()
    metrics: tuple[tuple[str, str], ...] = ()
    grain: str = "M"
    first: str = "M"
    modes: tuple[str, ...] = MODES
    chosen: tuple[str, ...] = ()
    panels: tuple[panel.Panel, ...] = ()
    channels: Card | None = None
    stacks: tuple[Stack, ...] = ()
    layers: Lines | None = None
    daily: Card | None = None
    bars: tuple[Bar, ...] = ()
    tint: str = "ink"
    yearly: Card | None = None
    changes: by_year.Changes | None = None
    brackets: Card | None = None
    revisions: Card | None = None
    halls: tuple[tuple[str, str], ...] = ()
    multiples: tuple[Kpi, ...] = ()
    whole: Card | None = None
    slots: int = 12
    comparable: bool = False


def load(
    ctx: Context,
    grain: str | None = None,
    metrics: tuple[str, ...] = (),
    mode: str = "value",
    last_year: bool = True,
    other: str = "",
) -> View:
    """The page for the chosen grain (the finest of months and weeks when None), metrics and mode; ``other`` is the id
    of another hall that is drawn beside."""
    lang = ctx.lang
    title = t("page.trends", lang)
    if ctx.empty:
        return View(PageHead(title, t("empty.head", lang)), empty.store(ctx))
    found = values.load(ctx)
    inside = values.within(found, ctx)
    if not inside.all:
        told = [s.document for s in documents.load(ctx) if s.document.kind != "work_plan"]
        line = periods.filter_words(ctx.month_from, ctx.month_to, lang)
        return View(PageHead(title, line, demo=found.demo), empty.selection(told, ctx, "trends"))
    by_day = _by_day(ctx)
    grains = _grains(inside, by_day)
    first: Freq = "M" if "M" in grains else grains[0]
    own = next((g for g in grains if g == grain), first)
    offered = _offered(inside, own, by_day)
    months = len(inside.periods("M"))
    # many points tell a story by one line, few points need company
    usual = tuple(m for m in _FIRST if m in offered)[: 1 if months >= DENSE or other or own == "D" else None]
    chosen = tuple(m for m in metrics if m in offered) or usual or offered[:3]
    # a day is a working day or none
    modes = tuple(m for m in MODES if m != "day" or own != "D")
    kind: Mode = next((m for m in modes if m == mode), "value")
    others = other_halls.load(found, ctx, chosen, own) if own != "D" else {}
    ask = panel.TrendRequest(inside, found, own, kind, last_year, ctx, others.get(other))
    panels = days.panels(ask, chosen) if own == "D" else panel.panels(ask, chosen)
    channels, stacks, layers = cards.channels(ctx, inside, own)
    daily, bars = cards.daily(ctx, inside, own) if kind == "value" and own != "D" else (None, ())
    yearly, changes = by_year.build(ctx, inside, found, chosen[0], own)
    slots = min(36, max(12, months))
    return View(
        head=_head(title, inside, own, offered, ctx),
        grains=tuple((g, t(f"trends.grain_{g}", lang)) for g in grains),
        metrics=tuple((m, catalog.metrics()[m].short(lang)) for m in offered),
        grain=own,
        first=first,
        modes=modes,
        chosen=chosen,
        panels=panels,
        channels=channels,
        stacks=stacks,
        layers=layers,
        daily=daily,
        bars=bars,
        tint="teal" if own == "W" else "ink",
        yearly=yearly,
        changes=changes,
        brackets=bracket.build(ctx, inside),
        revisions=revisions.build(ctx, restated.load(ctx, chosen)),
        halls=tuple((place, catalog.publisher_name(place, lang)) for place in others),
        multiples=cards.multiples(inside, slots, lang),
        whole=cards.whole(ctx, inside),
        slots=slots,
        comparable=any(v is not None for p in panels if p.lines for track in p.lines.tracks for v in track.past),
    )


def _grains(found: Values, holds: tuple[str, ...]) -> tuple[Freq, ...]:
    stated: set[Freq] = {v.period.freq for v in found.all if v.scope != "year_to_date"}
    stated |= {"D"} if holds else set()
    return tuple(g for g in GRAINS if g in stated or (g in ("Q", "A") and "M" in stated))


def _offered(found: Values, grain: Freq, holds: tuple[str, ...]) -> tuple[str, ...]:
    if grain == "D":
        return holds
    base = "M" if grain in ("Q", "A") else grain
    stated = {v.metric for v in found.all if v.period.freq == base and v.scope != "year_to_date"}
    entries = catalog.metrics()
    return tuple(m for m in entries if m in stated and (base == grain or entries[m].additive))


def _by_day(ctx: Context) -> tuple[str, ...]:
    """The metrics that are counted by day within the months of the filter, in catalogue order."""
    holds = ctx.coverage
    first, last = ctx.month_from or "", ctx.month_to or "9999"
    tables = {table for table in coverage.TABLES if any(first <= m <= last for m in holds.months(table))}
    rules = catalog.counts()
    return tuple(m for m in catalog.metrics() if m in holds.metrics and rules[m].table in tables)


def _head(title: str, found: Values, grain: Freq, offered: tuple[str, ...], ctx: Context) -> PageHead:
    lang: Lang = ctx.lang
    here = known(run(found, m, "M" if grain == "D" else grain) for m in offered)
    issues = {
        k: len({v.document.sha256 for v in found.all if v.document.kind == k})
        for k in ("monthly_bulletin", "weekly_bulletin")
    }
    told = [t(f"trends.{k}", lang, n=n) for k, n in issues.items() if n]
    if any(v.counted for v in found.all):
        told.append(cite(case_counts.document(ctx), lang, mark=False))
    span = periods.between(here[0], here[-1], lang) if here else t("trends.incomplete", lang)
    bits = [t(f"trends.by_{grain}", lang), span, t("trends.loaded", lang, issues=t("text.comma", lang).join(told))]
    bits.append(scope_words(found.narrowed, offered, ctx))
    return PageHead(title, t("text.dot", lang).join(filter(None, bits)), demo=found.demo)
