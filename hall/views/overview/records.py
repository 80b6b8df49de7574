"""What 总览 tells of a data set with records: its delivery, the departments with most cases, what asks for a person."""

from __future__ import annotations

from hall import settings
from hall.measure.spine import gaps, spine
from hall.measure.suppress import Counts
from hall.model import Lang, Period
from hall.store import cube
from hall.text import numbers, periods, t
from hall.text.plain import plain
from hall.views.data import activities, case_counts
from hall.views.data import held as deliveries
from hall.views.data import reconciliation as comparisons
from hall.views.data.context import Context
from hall.views.data.documents import is_historical
from hall.views.link import Link
from hall.views.overview.most_active import Rank
from hall.views.parts import reconciliation
from hall.views.parts.cards import Card, Cell, ListItem, Table, card
from hall.views.parts.marks import glue

_RANKED = 8
_MOST = 3


def delivery(ctx: Context) -> tuple[tuple[Cell, ...], str] | None:
    """The line of the newest delivery for the card of documents (what, data to which day, days ago), and how many
    months are held in words; None without records."""
    lang, holds = ctx.lang, ctx.coverage
    months = [Period.parse(month) for month in holds.all_months]
    if not months or holds.as_of is None:
        return None
    span = periods.between(months[0], months[-1], lang)
    until = glue(periods.day(holds.as_of, lang, year=True).replace(" ", numbers.NBSP))
    row = (t("counted.span", lang, span=span), until, (settings.today() - holds.as_of).days)
    return row, t("counted.months", lang, n=len(months))


def busiest(ctx: Context, month: Period | None) -> tuple[Card | None, tuple[Rank, ...]]:
    """The departments that accepted most cases in the month; None where fewer than two did."""
    own, lang = ctx.publisher, ctx.lang
    holds = ctx.coverage
    if month is None or own is None or month.key not in holds.cases:
        return None, ()
    chosen = list(ctx.departments) or None
    found = cube.rows("accepted_by_department", own, departments=chosen, first=month.start, last=month.end)
    if found.height < 2:
        return None, ()
    top = found.head(_RANKED)
    ranks = tuple(
        Rank(name := activities.name(d, lang), n, Link(name, "departments", {"department": (d,)}))
        for d, n in top.iter_rows()
    )
    share = 100 * sum(r.count for r in ranks) / int(found["accepted"].sum())
    words = {"period": periods.short(month, lang), "n": len(ranks), "all": found.height}
    made = card(
        ctx,
        "active",
        headline=t("counted.busiest", lang, name=ranks[0].name, n=f"{ranks[0].count:,}"),
        subtitle=t("counted.busiest_what", lang, **words, share=round(share)),
        documents=(case_counts.document(ctx),),
        table=Table(
            columns=(t("column.department", lang), t("column.accepted", lang)),
            rows=tuple((r.name, r.count) for r in ranks),
            ids=("department", "accepted"),
            counts=Counts(("accepted",)),
        ),
        file=t("file.busiest", lang, period=month.key),
    )
    return made, ranks


def items(ctx: Context) -> tuple[ListItem, ...]:
    """Counts beyond the rounding of what was published, months without records between others; quiet where they are
    old. Where all agree, that they do."""
    lang, holds = ctx.lang, ctx.coverage
    see = Link(t("counted.compare", lang), "sources")
    if holds.fault:
        text = t("counted.fault", lang, version=holds.fault.params.get("version", ""))
        return (ListItem(t("counted.broken", lang), text, "attention"),)
    lines = comparisons.load(ctx)
    off = [line for line in lines if not line.within]
    found = [
        ListItem(
            t("reconcile.differs", lang), t("counted.item", lang, sentence=reconciliation.sentence(line, lang)),
            "quiet" if is_historical(line.period.end) else "attention", see,
        )
        for line in off[:_MOST]
    ]  # fmt: skip
    if len(off) > _MOST:
        found.append(ListItem(t("reconcile.differs", lang), t("counted.more", lang, n=len(off) - _MOST), "quiet", see))
    if lines and not off:
        words = t("counted.item", lang, sentence=t("reconcile.all", lang, n=len(lines)))
        found.append(ListItem(t("reconcile.agrees", lang), words, "good", see))
    known = [Period.parse(month) for month in holds.all_months]
    runs = gaps(spine(known), [p.key for p in known])
    if runs:
        missing = t("text.comma", lang).join(periods.run(g.first, g.last, lang) for g in runs[::-1][:_MOST])
        text = t("attention.missing_text", lang, series=t("counted.source", lang), runs=missing)
        found.append(
            ListItem(t("attention.missing", lang), text, "quiet" if is_historical(holds.as_of) else "attention")
        )
    return tuple(found)


def held(ctx: Context) -> tuple[ListItem, ...]:
    """Deliveries that were held: each waits for a person."""
    lang = ctx.lang
    see = Link(t("hold.decide", lang), "sources")
    return tuple(
        ListItem(t("hold.badge", lang), plain(deliveries.sentence(one, lang)), "attention", see)
        for one in deliveries.waiting(ctx)
    )


def status(*, stated: bool, counts: bool, reviewed: bool, lang: Lang) -> str:
    """How sure the numbers of a page are, in words: counted ones are no person's work."""
    if not stated:
        return t("counted.status", lang) if counts else ""
    if not counts:
        return t("overview.reviewed", lang) if reviewed else ""
    return t("counted.reviewed_rest" if reviewed else "counted.some", lang)
