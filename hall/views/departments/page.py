"""Page 部门: who did what, when; the heat map, the timeline, every act, one department's profile."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from hall import catalog
from hall.model import Document, Lang
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data.activities import DatedActivity, gather, head
from hall.views.data.activity_counts import ActivityCounts, Timeline, by_month, timeline
from hall.views.data.context import Context
from hall.views.departments import plots, profile
from hall.views.departments.cards import dated, heat, listing
from hall.views.link import Link
from hall.views.parts import empty
from hall.views.parts.cards import Card, Empty, PageHead
from hall.views.parts.citation import cite
from hall.views.parts.maps import HeatMap
from hall.views.parts.plots import DatedMarks

_FEW = 2
TOLD = ("monthly_bulletin", "weekly_bulletin")


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``empty`` stands instead of it when no document tells of an activity."""

    lang: Lang
    head: PageHead
    by_month: ActivityCounts
    heat: tuple[Card, HeatMap]
    dated: tuple[Card, DatedMarks] | None
    acts: tuple[DatedActivity, ...]
    listing: Card
    profile: profile.Profile | None
    empty: Empty | None


def load(ctx: Context, category: tuple[str, ...] = ()) -> View:
    """The page for a selection; ``category`` narrows heat map, timeline and list alike."""
    narrowed = ctx.bounds
    told = rows("series/acts", **narrowed)
    shelf = rows("series/shelf", **narrowed)
    one = ctx.departments[0] if len(ctx.departments) == 1 else None
    view = build(told, shelf, ctx, category)
    if view.empty and ctx.empty:
        return replace(view, empty=empty.store(ctx))
    if one is None or view.empty:
        return view
    tasks = rows("series/plan_tasks", publishers=None, known_on=ctx.known_on)
    figures = rows("series/stated", **narrowed)
    mine = profile.build(ctx, one, gather(told), tasks, figures)
    return replace(view, profile=mine)


def build(told: pl.DataFrame, shelf: pl.DataFrame, ctx: Context, category: tuple[str, ...] = ()) -> View:
    """The page from rows of series/acts and series/shelf, without a profile."""
    lang = ctx.lang
    acts = gather(told)
    issues = tuple(head(r) for r in shelf.filter(pl.col("current")).iter_rows(named=True) if r["kind"] in TOLD)
    whole = by_month(acts, issues, ctx.departments, category)
    listed = tuple(a for a in acts if a.concerns(ctx.departments) and (not category or a.category in category))
    line = timeline(listed)
    demo = any(a.demo for a in acts)
    return View(
        lang=lang,
        head=_head(listed, issues, whole, line, lang, demo),
        by_month=whole,
        heat=(heat(ctx, whole, issues), plots.heat(ctx, whole)),
        dated=(dated(ctx, line), plots.timeline(ctx, line)) if line else None,
        acts=listed,
        listing=listing(ctx, listed),
        profile=None,
        empty=None if acts else _empty(len(issues), ctx),
    )


def titled(head: PageHead, lang: Lang) -> PageHead:
    """The head of a section as that of the page, where the section stands alone."""
    return replace(head, title=t("page.departments", lang))


def _head(
    acts: tuple[DatedActivity, ...],
    issues: tuple[Document, ...],
    whole: ActivityCounts,
    line: Timeline | None,
    lang: Lang,
    demo: bool,
) -> PageHead:
    people = {p.id for a in acts for p in a.parties if p.role in ("lead", "participant")}
    led = sum(len(a.leads) for a in acts)
    said = t("departments.line", lang, departments=len(people), documents=len(issues), acts=led)
    finding = ""
    if line:
        told = [a for a in acts if a.document == line.document]
        by = sorted({a.category for a in told}, key=lambda c: -sum(a.category == c for a in told))
        if by:
            most = catalog.categories()[by[0]].label(lang) if by[0] in catalog.categories() else by[0]
            finding = t(
                "departments.finding" if len(told) > _FEW else "departments.finding_few",
                lang,
                source=cite(line.document, lang),
                n=len(told),
                category=most,
                most=sum(a.category == by[0] for a in told),
            )
    missing = t("departments.no_compare", lang) if whole.columns and whole.compared is None else ""
    return PageHead(t("page.departments", lang), said, finding, missing, demo)


def _empty(issues: int, ctx: Context) -> Empty:
    lang = ctx.lang
    period = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    return Empty(
        t("departments.empty", lang, period=period),
        t("departments.empty_what", lang, n=issues),
        t("departments.empty_next", lang),
        (Link(t("empty.see_all", lang), "departments", {"from": "", "to": "", "department": ""}),),
    )
