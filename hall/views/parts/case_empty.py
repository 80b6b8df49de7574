"""What stands instead of a page of cases: no cube of the data set, or no cases within the months of the filter."""

from __future__ import annotations

from hall import catalog
from hall.model import Period
from hall.text import periods, t
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.cards import Empty


def empty(ctx: Context, page: str) -> Empty:
    """What is missing and what to do: another data set that has cases, other months, or the commands that make them."""
    lang = ctx.lang
    held = ctx.coverage.cases
    if held:
        first, last = Period.parse(held[0]), Period.parse(held[-1])
        ways: tuple[Link, ...] = (
            Link(t("empty.see", lang, period=periods.short(last, lang)), page, {"from": last.key, "to": last.key}),
            Link(t("empty.see_all", lang), page, {"from": "", "to": ""}),
        )
        wanted = periods.filter_words(ctx.month_from, ctx.month_to, lang)
        text = t("drill.held", lang, months=periods.between(first, last, lang))
        return Empty(t("drill.no_months", lang, period=wanted), t("drill.no_months_what", lang), text, ways)
    others = ctx.choices.recorded
    ways = tuple(
        Link(t("drill.see_data", lang, name=catalog.publisher_name(own, lang)), page, {"data": own, "known": ""})
        for own in others
    )
    text = t("drill.other_data" if others else "drill.how", lang)
    return Empty(t("drill.no_cube", lang), t("drill.no_cube_what", lang), text, ways)
