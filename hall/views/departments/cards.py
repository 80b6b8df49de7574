"""The cards of page 部门: heat map, timeline, list of acts; categories and months in words."""

from __future__ import annotations

from collections.abc import Iterable

from hall import catalog
from hall.model import Document, Lang, Period
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views.data.activities import DatedActivity, days, name
from hall.views.data.activity_counts import ActivityCounts, Timeline, shown_categories
from hall.views.data.context import Context
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.citation import cite
from hall.views.parts.marks import glue, square

_FEW = 3


def heat(ctx: Context, whole: ActivityCounts, issues: tuple[Document, ...]) -> Card:
    """The heat map with its ranking: a headline that names who is always there, else who leads most."""
    lang = ctx.lang
    everywhere = [name(d, lang) for d in whole.everywhere]
    loaded = [c for c in whole.columns if c.loaded]
    if len(loaded) > 1 and everywhere:
        shown = join(everywhere[:3], lang) + (
            t("departments.others", lang, n=len(everywhere) - 3) if len(everywhere) > 3 else ""
        )
        headline = t("departments.heat_everywhere", lang, names=shown, n=len(loaded))
    elif whole.rows:
        headline = t(
            "departments.heat_top" if len(whole.rows) > 1 else "departments.heat_one",
            lang,
            name=name(whole.rows[0].department, lang),
            n=whole.rows[0].total,
        )
    else:
        headline = t("departments.heat_none", lang)
    weekly = [
        periods.short(Period.parse(c.month), lang) for c in loaded if {k for k, _ in c.documents} == {"weekly_bulletin"}
    ]
    compared = ""
    if whole.compared:
        now, then = (periods.short(Period.parse(m), lang) for m in whole.compared)
        compared = t("departments.heat_compared", lang, now=now, then=then)
    subtitle = (
        t("departments.heat_unit", lang) + (_weekly(weekly, lang)) + compared + "\u3000" + key(whole.categories, lang)
    )
    columns = tuple(periods.short(Period.parse(c.month), lang) for c in whole.columns)
    extra = (t("departments.change", lang),) if whole.compared else ()
    cells = tuple(
        (
            name(r.department, lang),
            *(t("departments.not_loaded", lang) if n is None else n for n in r.months),
            r.total,
            *((change_words(r.change, lang),) if extra else ()),
        )
        for r in whole.rows
    )
    return card(
        ctx,
        "heat",
        headline=headline,
        subtitle=subtitle,
        documents=issues,
        table=Table(
            columns=(t("departments.department", lang), *columns, t("departments.total", lang), *extra), rows=cells
        ),
        file=t("file.heat", lang),
        alt=t("departments.heat_alt", lang, headline=headline, rows=len(whole.rows), columns=len(whole.columns)),
    )


def _weekly(months: list[str], lang: Lang) -> str:
    if not months:
        return ""
    few = len(months) <= _FEW
    return (
        t("departments.heat_weekly", lang, months=join(months, lang))
        if few
        else t("departments.heat_weekly_many", lang, n=len(months))
    )


def dated(ctx: Context, line: Timeline) -> Card:
    """The timeline of the newest period; a headline names the three days with most acts."""
    lang = ctx.lang
    period = periods.within(line.period, lang)
    best = max(
        (
            (a.date_start, sum(0 <= (b.date_start - a.date_start).days <= 2 for b in line.acts if b.exact))
            for a in line.acts
            if a.exact
        ),
        key=lambda pair: pair[1],
        default=None,
    )
    if best and best[1] >= 3:
        last = max(b.date_start for b in line.acts if 0 <= (b.date_start - best[0]).days <= 2)
        headline = t("departments.dense", lang, period=period, days=periods.days(best[0], last, lang), n=best[1])
    else:
        headline = t("departments.dated", lang, period=period, n=len(line.acts))
    subtitle = t("departments.dated_unit", lang, n=len(line.acts))
    if line.undated:
        subtitle += t("departments.undated", lang, n=line.undated)
    return card(
        ctx,
        "dated",
        headline=headline,
        subtitle=subtitle,
        documents=(line.document,),
        table=_table(line.acts, lang, year=False),
        file=t("file.dated", lang, period=periods.short(line.period, lang)),
        alt=t("departments.dated_alt", lang, headline=headline, n=len(line.acts)),
    )


def listing(ctx: Context, acts: tuple[DatedActivity, ...]) -> Card:
    """The list of activities; its file holds them all, each with its sentence where that is at hand."""
    lang = ctx.lang
    rows = tuple(
        (
            days(a, lang, year=True), parties(a, lang), category_name(a.category, lang), plain(a.title),
            plain(a.quote or ""), cite(a.document, lang),
        )
        for a in acts
    )  # fmt: skip
    return card(
        ctx,
        "activities",
        headline=t("departments.list", lang, n=len(acts)),
        subtitle=t("departments.list_what", lang),
        documents=(a.document for a in acts),
        table=Table(columns=(*_heads(lang), t("act.quote", lang), t("departments.source", lang)), rows=rows),
        file=t("file.activities", lang),
    )


def parties(of: DatedActivity, lang: Lang) -> str:
    """Its departments, each with its role."""
    words = [t("departments.roles", lang, name=name(p.id, lang), role=t(f"role.{p.role}", lang)) for p in of.parties]
    return join(words, lang)


def _heads(lang: Lang) -> tuple[str, ...]:
    return tuple(t(f"departments.{c}", lang) for c in ("date", "department", "category", "title"))


def _table(acts: tuple[DatedActivity, ...], lang: Lang, *, year: bool) -> Table:
    """One row an activity: its days, who leads it, its category and title."""
    return Table(
        columns=_heads(lang),
        rows=tuple(
            (
                days(a, lang, year=year),
                join([name(d, lang) for d in a.leads], lang),
                category_name(a.category, lang),
                plain(a.title),
            )
            for a in acts
        ),
    )


def months(columns: ActivityCounts, lang: Lang) -> tuple[str, ...]:
    """Two-line column heads: 25年 / 10月."""
    return tuple(
        t("departments.month", lang, year=c.month[2:4], month=periods.within(Period.parse(c.month), lang))
        for c in columns.columns
    )


def change_words(change: int | None, lang: Lang) -> str:
    """▲1, ▼2, ＝ or nothing where the other month is not loaded."""
    if change is None:
        return ""
    return t(f"departments.{'more' if change > 0 else 'less' if change < 0 else 'same'}", lang, n=abs(change))


def names(lang: Lang) -> dict[str, str]:
    """The categories by id, in the order of their colours."""
    return {c: category_name(c, lang) for c in shown_categories()}


def key(categories: Iterable[str], lang: Lang) -> str:
    """The key of the categories, for a subtitle."""
    known = catalog.categories()
    return "\u3000".join(f"{square(known[c].colour)}{glue(known[c].label(lang))}" for c in categories if c in known)


def category_name(category: str, lang: Lang) -> str:
    """How a category is shown; one that the catalogue does not know stands for itself."""
    known = catalog.categories().get(category)
    return known.label(lang) if known else category
