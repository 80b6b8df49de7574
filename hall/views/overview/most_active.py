"""The departments that led most acts in a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hall.model import Document, Period
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data import activities
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.cards import Card, Table, card

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
    made = card(
        ctx,
        "active",
        headline=t("overview.active", lang, name=ranks[0].name, n=ranks[0].count),
        subtitle=t("overview.active_what", lang, period=periods.short(newest, lang), n=len(found)),
        documents=(a.document for a in found),
        table=Table(
            columns=(t("column.department", lang), t("column.activities_led", lang)),
            rows=tuple((r.name, r.count) for r in ranks),
        ),
        file=t("file.active", lang, period=newest.key),
    )
    return made, ranks
