"""What is said instead of a page: an empty store, or nothing within the filter and what is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from hall.model import Document, Period
from hall.text import periods, t
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.cards import Empty
from hall.views.parts.citation import cite

_NEAREST = 2


def store(ctx: Context) -> Empty:
    """Nothing has been loaded yet, or nothing was known on the chosen day."""
    lang = ctx.lang
    if ctx.known_on and ctx.known_later:
        day = periods.day(ctx.known_on, lang, year=True)
        newest = Link(t("known.now", lang), "overview", {"known": ""})
        return Empty(t("known.nothing", lang, day=day), t("known.nothing_what", lang), "", (newest,))
    return Empty(
        t("empty.store", lang), t("empty.store_what", lang), t("empty.store_next", lang),
        (Link(t("empty.store_action", lang), "sources"),),
    )  # fmt: skip


def selection(known: Sequence[Document], ctx: Context, page: str = "overview") -> Empty:
    """Nothing within the filter; the nearest documents with a period, else months of records, are offered as links."""
    lang = ctx.lang
    wanted = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    near = _nearest(known, ctx)
    names = [cite(d, lang) for d in near]
    months = [] if near else _nearest_months(ctx)
    names = names or [periods.short(Period.parse(month), lang) for month in months]
    key = "empty.nearest" if near else "empty.nearest_months"
    text = t(key, lang, periods=t("text.comma", lang).join(f"**{n}**" for n in names)) if names else ""
    actions = [
        Link(t("empty.see", lang, period=periods.short(d.period, lang)), page, _month(d)) for d in near if d.period
    ] + [
        Link(t("empty.see", lang, period=name), page, {"from": month, "to": month})
        for name, month in zip(names, months, strict=False)
    ]
    actions.append(Link(t("empty.see_all", lang), page, {"from": "", "to": ""}))
    return Empty(t("empty.selection", lang, period=wanted), t("empty.selection_what", lang), text, tuple(actions))


def _month(document: Document) -> dict[str, str | tuple[str, ...]]:
    assert document.period_end is not None
    month = f"{document.period_end:%Y-%m}"
    return {"from": month, "to": month}


def _nearest_months(ctx: Context) -> list[str]:
    held = ctx.coverage.all_months
    before = [month for month in held if ctx.month_from and month < ctx.month_from][-1:]
    after = [month for month in held if ctx.month_to and month > ctx.month_to][:1]
    return [*after, *before]


def _nearest(known: Sequence[Document], ctx: Context) -> list[Document]:
    ends = [(f"{d.period_end:%Y-%m}", d) for d in known if d.period_end]
    before = [pair for pair in ends if ctx.month_from and pair[0] < ctx.month_from]
    after = [pair for pair in ends if ctx.month_to and pair[0] > ctx.month_to]
    picked = [max(before, key=lambda p: p[0])[1]] if before else []
    picked += [min(after, key=lambda p: p[0])[1]] if after else []
    return sorted(picked or [d for _, d in ends][:_NEAREST], key=lambda d: str(d.period_end), reverse=True)
