"""Page 渠道: 全程网办率, the shares of the six channels over time, their change, departments by online share."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall.measure.ranking import FLOOR, Ranked, ranking
from hall.model import Lang
from hall.text import periods, t
from hall.views.channels import cards
from hall.views.channels.kpis import higher, kpis
from hall.views.data import activities, cases_by_channel
from hall.views.data.cases_by_channel import ChannelCases, online, published
from hall.views.data.context import Context
from hall.views.parts import rate_ranking
from hall.views.parts.cards import Card, Empty, Kpi, PageHead, Table, card
from hall.views.parts.case_empty import empty as no_cases
from hall.views.parts.plots import Lines, Reaches
from hall.views.parts.wording import rate

SHOWS = ("share", "count")


@dataclass(frozen=True, slots=True)
class View:
    """The page; ``empty`` stands instead of all else. A chart is None where there is too little to draw."""

    lang: Lang
    head: PageHead
    empty: Empty | None = None
    kpis: tuple[Kpi, ...] = ()
    parts: tuple[Card, Lines] | None = None
    changes: Card | None = None
    rate: tuple[Card, Lines] | None = None
    others: tuple[Card, Lines] | None = None
    ranking: tuple[Card, Reaches] | None = None


def load(ctx: Context, show: str = SHOWS[0]) -> View:
    """The page for a selection; ``show`` share or count is what the parts of a month are drawn as."""
    lang = ctx.lang
    flow = cases_by_channel.load(ctx)
    if flow is None:
        head = PageHead(t("page.channels", lang), t("empty.head", lang))
        return View(lang, head, no_cases(ctx, "channels"))
    return View(
        lang=lang, head=_head(flow), kpis=kpis(flow),
        parts=cards.parts(flow, show if show in SHOWS else SHOWS[0]), changes=cards.changes(flow),
        rate=cards.rate(flow), others=cards.others(flow),
        ranking=_ranking(flow) if len(flow.chosen) != 1 else None,
    )  # fmt: skip


def _head(flow: ChannelCases) -> PageHead:
    lang, now = flow.lang, flow.now
    partial = "" if now.whole else t("casework.part", lang, day=periods.day(now.day, lang))
    as_of = t("casework.as_of", lang, day=periods.day(flow.ctx.coverage.as_of or now.day, lang, year=True))
    line = t("text.dot", lang).join((flow.who, now.words(lang) + partial, as_of))
    found, finding = flow.online(now), ""
    if found:
        then = flow.others[-1][1] if flow.others else None
        moved = higher(found, flow.online(then), lang) if then else ""
        words = {"period": now.words(lang), "share": rate(found, lang)}
        finding = t("channels.finding_change", lang, **words, other=then.words(lang), change=moved) if (
            then and moved
        ) else t("channels.finding", lang, **words)  # fmt: skip
    missing = "" if flow.others else t("casework.no_compare", lang)
    return PageHead(t("page.channels", lang), line, finding, missing, flow.demo)


def ranked(flow: ChannelCases) -> tuple[Ranked, ...]:
    """All departments by the lower bound of their online share in the published total; ties in catalogue order."""
    inside = flow.here.filter(pl.col("channel").is_in(list(published())))
    hits = pl.col("accepted").filter(pl.col("channel").is_in(list(online()))).sum()
    summed = inside.group_by("department").agg(hits.alias("hits"), pl.col("accepted").sum().alias("n"))
    rows = sorted(summed.iter_rows(), key=lambda row: activities.rank(row[0]))
    return ranking((department, hits, n) for department, hits, n in rows if n)


def _ranking(flow: ChannelCases) -> tuple[Card, Reaches] | None:
    lang = flow.lang
    shown = [r for r in ranked(flow) if not flow.chosen or r.id in flow.chosen]
    known = [r for r in shown if r.rank is not None]
    if not known:
        return None
    first, last = known[0], known[-1]
    ends = {
        "first": activities.name(first.id, lang), "share": rate_ranking.percent(first.hits, first.n),
        "last": activities.name(last.id, lang), "low": rate_ranking.percent(last.hits, last.n),
    }  # fmt: skip
    headline = t("channels.rank_head" if len(known) > 1 else "channels.rank_one", lang, **ends)
    subtitle = t("channels.rank_what", lang, period=flow.now.words(lang), floor=FLOOR)
    columns = tuple(t(f"channels.{c}", lang) for c in ("rank", "department", "online", "low", "total"))
    whole = flow.online(flow.now) if not flow.chosen else None
    made = card(
        flow.ctx,
        "channel_ranking",
        headline=headline,
        subtitle=subtitle,
        documents=(flow.source,),
        table=Table(columns=columns, rows=rate_ranking.rows(shown, lang)),
        file=t("file.channel_ranking", lang, period=flow.now.words(lang)),
        alt=t("channels.rank_alt", lang, headline=headline, n=len(known)),
        origin=flow.way(*online()),
    )
    return made, rate_ranking.reaches(
        shown, whole.percent if whole else None, hover="channels.rank_hover", ends="channels.rank_ends",
        numbered=bool(flow.chosen), lang=lang,
    )  # fmt: skip
