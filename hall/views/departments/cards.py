"""The cards of page 部门: heat map, timeline, list of acts; categories and months in words."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from hall import catalog
from hall.model import Document, Lang, Period
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views.data.activities import Act, days, name
from hall.views.data.activity_counts import Board, Timeline, shown_categories
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import cite, sources
from hall.views.parts.marks import glue, square

_FEW = 3


def heat(whole: Board, issues: tuple[Document, ...], lang: Lang, demo: bool) -> Card:
    """The heat map with its ranking: a headline that names who is always there, else who leads most."""
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
    table = Table((t("departments.department", lang), *columns, t("departments.total", lang), *extra), cells)
    alt = t("departments.heat_alt", lang, headline=headline, rows=len(whole.rows), columns=len(whole.columns))
    frame = pl.DataFrame(
        [
            (r.department, name(r.department, lang), c.month, n)
            for r in whole.rows
            for c, n in zip(whole.columns, r.months, strict=True)
        ],
        schema={"department": pl.String, "department_name": pl.String, "time_period": pl.String, "acts": pl.Int64},
        orient="row",
    )
    return Card("heat", headline, subtitle, sources(issues, lang), table, frame, "department-months", alt, demo)


def _weekly(months: list[str], lang: Lang) -> str:
    if not months:
        return ""
    few = len(months) <= _FEW
    return (
        t("departments.heat_weekly", lang, months=join(months, lang))
        if few
        else t("departments.heat_weekly_many", lang, n=len(months))
    )


def dated(line: Timeline, lang: Lang) -> Card:
    """The timeline of the newest period; a headline names the three days with most acts."""
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
    table = Table(
        tuple(t(f"departments.{c}", lang) for c in ("date", "department", "category", "title")),
        tuple(
            (
                days(a, lang, year=False),
                join([name(d, lang) for d in a.leads], lang),
                category_name(a.category, lang),
                plain(a.title),
            )
            for a in line.acts
        ),
    )
    alt = t("departments.dated_alt", lang, headline=headline, n=len(line.acts))
    demo = any(a.demo for a in line.acts)
    return Card(
        "dated",
        headline,
        subtitle,
        cite(line.document, lang),
        table,
        frame_of(line.acts, lang),
        "department-timeline",
        alt,
        demo,
    )


def listing(acts: tuple[Act, ...], lang: Lang, demo: bool) -> Card:
    """The list of acts."""
    headline = t("departments.list", lang, n=len(acts))
    issues = tuple(dict.fromkeys(a.document for a in acts))
    return Card(
        "acts",
        headline,
        t("departments.list_what", lang),
        sources(issues, lang),
        None,
        frame_of(acts, lang),
        "activities",
        demo=demo,
    )


def frame_of(acts: tuple[Act, ...], lang: Lang) -> pl.DataFrame:
    """Acts as they are downloaded: one row an act and department."""
    schema = {
        "date_start": pl.Date,
        "date_end": pl.Date,
        "category": pl.String,
        "category_name": pl.String,
        "title": pl.String,
        "department": pl.String,
        "department_name": pl.String,
        "role": pl.String,
        "source": pl.String,
        "section": pl.String,
        "document": pl.String,
        "start_at": pl.Int64,
        "end_at": pl.Int64,
        "quote": pl.String,
    }
    found = [
        (
            a.date_start,
            a.date_end,
            a.category,
            category_name(a.category, lang),
            a.title,
            p.id if p else None,
            name(p.id, lang) if p else None,
            p.role if p else None,
            cite(a.document, lang),
            a.section,
            a.document.sha256,
            a.start,
            a.end,
            a.quote,
        )
        for a in acts
        for p in (a.parties or (None,))
    ]
    return pl.DataFrame(found, schema=schema, orient="row")


def months(columns: Board, lang: Lang) -> tuple[str, ...]:
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
