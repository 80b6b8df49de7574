"""What is said instead of a page: an empty store, or nothing within the filter and what is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hall.model import Document, Period, Selection
from hall.text import periods, t
from hall.views.data import case_counts, context
from hall.views.link import Link
from hall.views.parts.cards import Empty
from hall.views.parts.citation import cite

_NEAREST = 2


def store(chosen: Selection) -> Empty:
    """Nothing has been loaded yet, or nothing was known on the chosen day."""
    lang = chosen.lang
    if chosen.known_on and not context.load(replace(chosen, known_on=None)).empty:
        day = periods.day(chosen.known_on, lang, year=True)
        newest = Link(t("known.now", lang), "overview", {"known": ""})
        return Empty(t("known.nothing", lang, day=day), t("known.nothing_what", lang), "", (newest,))
    return Empty(
        t("empty.store", lang), t("empty.store_what", lang), t("empty.store_next", lang),
        (Link(t("empty.store_action", lang), "sources"),),
    )  # fmt: skip


def selection(known: Sequence[Document], chosen: Selection, page: str = "overview") -> Empty:
    """Nothing within the filter; the nearest documents with a period, else months of records, are offered as links."""
    lang = chosen.lang
    wanted = periods.filter_words(chosen.month_from, chosen.month_to, lang)
    near = _nearest(known, chosen)
    names = [cite(d, lang) for d in near]
    months = [] if near else _nearest_months(chosen)
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


def _nearest_months(chosen: Selection) -> list[str]:
    held = case_counts.held(context.hall(chosen), chosen.known_on).all_months
    before = [month for month in held if chosen.month_from and month < chosen.month_from][-1:]
    after = [month for month in held if chosen.month_to and month > chosen.month_to][:1]
    return [*after, *before]


def _nearest(known: Sequence[Document], chosen: Selection) -> list[Document]:
    ends = [(f"{d.period_end:%Y-%m}", d) for d in known if d.period_end]
    before = [pair for pair in ends if chosen.month_from and pair[0] < chosen.month_from]
    after = [pair for pair in ends if chosen.month_to and pair[0] > chosen.month_to]
    picked = [max(before, key=lambda p: p[0])[1]] if before else []
    picked += [min(after, key=lambda p: p[0])[1]] if after else []
    return sorted(picked or [d for _, d in ends][:_NEAREST], key=lambda d: str(d.period_end), reverse=True)
