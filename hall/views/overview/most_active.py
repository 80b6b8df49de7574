"""The departments that led most acts in a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from hall.model import Document, Period
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data import activities
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import sources

_RANKED = 8


@dataclass(frozen=True, slots=True)
class Rank:
    """A department and how many acts it led."""

    name: str
    count: int
    action: Link


def load(ctx: Context, newest: Period | None, told: Iterable[Document]) -> tuple[Card | None, tuple[Rank, ...]]:
    """The departments that led most acts in the newest period, where one of the documents tells of it."""
    lang = ctx.lang
    spans = [d.period for d in told if d.publisher == ctx.publisher]
    if newest is None or not any(p and p.start <= newest.end and newest.start <= p.end for p in spans):
        return None, ()
    bounds = ctx.bounds | {"first": newest.start, "last": newest.end}
    found = activities.gather(rows("series/acts", **bounds))
    counts: dict[str, int] = {}
    for act in found:
        for department in act.leads:
            if not ctx.departments or department in ctx.departments:
                counts[department] = counts.get(department, 0) + 1
    order = sorted(counts, key=lambda d: (-counts[d], activities.rank(d)))[:_RANKED]
    if not order:
        return None, ()
    ranks = tuple(
        Rank(activities.name(d, lang), counts[d], Link(activities.name(d, lang), "departments", {"department": (d,)}))
        for d in order
    )
    table = Table((t("column.department", lang), t("column.acts", lang)), tuple((r.name, r.count) for r in ranks))
    frame = pl.DataFrame(
        {"department": order, "label": [r.name for r in ranks], "activities": [r.count for r in ranks]}
    )
    top = ranks[0]
    card = Card(
        key="active",
        headline=t("overview.active", lang, name=top.name, n=top.count),
        subtitle=t("overview.active_what", lang, period=periods.short(newest, lang), n=len(found)),
        source=sources((a.document for a in found), lang),
        table=table,
        frame=frame,
        file=t("file.active", lang, period=newest.key),
        demo=ctx.demo,
    )
    return card, ranks
