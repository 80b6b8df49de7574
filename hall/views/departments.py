"""Page 部门: who did what, when; the heat map, the timeline, every act, one department's profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from hall import catalog
from hall.model import Document, Lang, Period, Selection
from hall.store.read import rows
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views import empty, frame, profile
from hall.views.acts import Act, bounds, gather, head, name
from hall.views.board import Board, Timeline, board, shown_categories, timeline
from hall.views.legend import glue, square
from hall.views.pieces import Action, Card, Empty, Head, Table
from hall.views.source_line import cite, sources

TOLD = ("monthly_bulletin", "weekly_bulletin")


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``empty`` stands instead of it when no act is on the shelf."""

    lang: Lang
    head: Head
    board: Board
    heat: Card
    timeline: Timeline | None
    dated: Card | None
    acts: tuple[Act, ...]
    wanted: tuple[str, ...]
    listing: Card
    profile: profile.Profile | None
    empty: Empty | None


def load(selection: Selection, category: tuple[str, ...] = ()) -> View:
    """The page for a selection; ``category`` narrows heat map, timeline and list alike."""
    narrowed = bounds(selection)
    told = rows("series/acts", **narrowed)
    shelf = rows("series/shelf", **narrowed)
    one = selection.departments[0] if len(selection.departments) == 1 else None
    view = build(told, shelf, selection, category)
    if view.empty and frame.load(selection).empty:
        return replace(view, empty=empty.store(view.lang))
    if one is None or view.empty:
        return view
    tasks = rows("series/plan_tasks", publishers=None)
    figures = rows("series/stated", **narrowed)
    mine = profile.build(one, gather(told), tasks, figures, selection.lang)
    return replace(view, profile=mine)


def build(told: pl.DataFrame, shelf: pl.DataFrame, selection: Selection, category: tuple[str, ...] = ()) -> View:
    """The page from rows of series/acts and series/shelf, without a profile."""
    lang = selection.lang
    acts = gather(told)
    issues = tuple(head(r) for r in shelf.filter(pl.col("current")).iter_rows(named=True) if r["kind"] in TOLD)
    whole = board(acts, issues, selection.departments, category)
    listed = tuple(a for a in acts if a.concerns(selection.departments) and (not category or a.category in category))
    line = timeline(listed)
    demo = any(a.demo for a in acts)
    return View(
        lang=lang, head=_head(acts, issues, whole, line, lang, demo), board=whole,
        heat=_heat(whole, issues, lang, demo), timeline=line, dated=_dated(line, lang) if line else None,
        acts=listed, wanted=selection.departments, listing=_listing(listed, lang, demo), profile=None,
        empty=None if acts else _empty(selection),
    )  # fmt: skip


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


def _head(
    acts: tuple[Act, ...], issues: tuple[Document, ...], whole: Board, line: Timeline | None, lang: Lang, demo: bool
) -> Head:
    people = {p.id for a in acts for p in a.parties if p.role in ("lead", "participant")}
    led = sum(len(a.leads) for a in acts)
    said = t("departments.line", lang, departments=len(people), documents=len(issues), acts=led)
    finding = ""
    if line:
        told = [a for a in acts if a.document == line.document]
        by = sorted({a.category for a in told}, key=lambda c: -sum(a.category == c for a in told))
        if by:
            most = catalog.categories()[by[0]].label(lang) if by[0] in catalog.categories() else by[0]
            finding = t("departments.finding", lang, source=cite(line.document, lang), n=len(told),
                        category=most, most=sum(a.category == by[0] for a in told))  # fmt: skip
    missing = t("departments.no_compare", lang) if whole.columns and whole.compared is None else ""
    return Head(t("page.departments", lang), said, finding, missing, demo)


def _heat(whole: Board, issues: tuple[Document, ...], lang: Lang, demo: bool) -> Card:
    everywhere = [name(d, lang) for d in whole.everywhere]
    loaded = [c for c in whole.columns if c.loaded]
    if len(loaded) > 1 and everywhere:
        shown = join(everywhere[:3], lang) + (
            t("departments.others", lang, n=len(everywhere) - 3) if len(everywhere) > 3 else ""
        )
        headline = t("departments.heat_everywhere", lang, names=shown, n=len(loaded))
    elif whole.rows:
        headline = t("departments.heat_top", lang, name=name(whole.rows[0].department, lang), n=whole.rows[0].total)
    else:
        headline = t("departments.heat_none", lang)
    weekly = [
        periods.short(Period.parse(c.month), lang) for c in loaded if {k for k, _ in c.documents} == {"weekly_bulletin"}
    ]
    compared = ""
    if whole.compared:
        now, then = (periods.short(Period.parse(m), lang) for m in whole.compared)
        compared = t("departments.heat_compared", lang, now=now, then=then)
    subtitle = t("departments.heat_unit", lang) + (
        t("departments.heat_weekly", lang, months=join(weekly, lang)) if weekly else "") + compared + "\u3000" + key(whole.categories, lang)  # fmt: skip
    columns = tuple(periods.short(Period.parse(c.month), lang) for c in whole.columns)
    extra = (t("departments.change", lang),) if whole.compared else ()
    cells = tuple(
        (name(r.department, lang), *(t("departments.not_loaded", lang) if n is None else n for n in r.months), r.total,
         *((change_words(r.change, lang),) if extra else ()))
        for r in whole.rows
    )  # fmt: skip
    table = Table((t("departments.department", lang), *columns, t("departments.total", lang), *extra), cells)
    alt = t("departments.heat_alt", lang, headline=headline, rows=len(whole.rows), columns=len(whole.columns))
    frame = pl.DataFrame(
        [(r.department, name(r.department, lang), c.month, n) for r in whole.rows
         for c, n in zip(whole.columns, r.months, strict=True)],
        schema={"department": pl.String, "department_name": pl.String, "time_period": pl.String, "acts": pl.Int64},
        orient="row",
    )  # fmt: skip
    return Card("heat", headline, subtitle, sources(issues, lang), table, frame, "department-months", alt, demo)


def _dated(line: Timeline, lang: Lang) -> Card:
    period = periods.within(line.period, lang)
    best = max(((a.date_start, sum(0 <= (b.date_start - a.date_start).days <= 2 for b in line.acts if b.exact))
                for a in line.acts if a.exact), key=lambda pair: pair[1], default=None)  # fmt: skip
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
        tuple((periods.days(a.date_start, a.date_end, lang), join([name(d, lang) for d in a.leads], lang),
               category_name(a.category, lang), plain(a.title)) for a in line.acts),
    )  # fmt: skip
    alt = t("departments.dated_alt", lang, headline=headline, n=len(line.acts))
    demo = any(a.demo for a in line.acts)
    return Card("dated", headline, subtitle, cite(line.document, lang), table, frame_of(line.acts, lang),
                "department-timeline", alt, demo)  # fmt: skip


def _listing(acts: tuple[Act, ...], lang: Lang, demo: bool) -> Card:
    headline = t("departments.list", lang, n=len(acts))
    issues = tuple(dict.fromkeys(a.document for a in acts))
    return Card("acts", headline, t("departments.list_what", lang), sources(issues, lang), None, frame_of(acts, lang),
                "activities", demo=demo)  # fmt: skip


def names(lang: Lang) -> dict[str, str]:
    """The categories by id, in the order of their colours."""
    return {c: category_name(c, lang) for c in shown_categories()}


def key(categories: Iterable[str], lang: Lang) -> str:
    """The key of the categories, for a subtitle."""
    known = catalog.categories()
    return "\u3000".join(f"{square(known[c].colour)}{glue(known[c].label(lang))}" for c in categories if c in known)


def category_name(category: str, lang: Lang) -> str:
    known = catalog.categories().get(category)
    return known.label(lang) if known else category


def frame_of(acts: tuple[Act, ...], lang: Lang) -> pl.DataFrame:
    """Acts as they are downloaded: one row an act and department."""
    schema = {
        "date_start": pl.Date, "date_end": pl.Date, "category": pl.String, "category_name": pl.String,
        "title": pl.String, "department": pl.String, "department_name": pl.String, "role": pl.String,
        "source": pl.String, "section": pl.String, "document": pl.String, "start_at": pl.Int64, "end_at": pl.Int64,
        "quote": pl.String,
    }  # fmt: skip
    found = [
        (a.date_start, a.date_end, a.category, category_name(a.category, lang), a.title, p.id if p else None,
         name(p.id, lang) if p else None, p.role if p else None, cite(a.document, lang), a.section,
         a.document.sha256, a.start, a.end, a.quote)
        for a in acts for p in (a.parties or (None,))
    ]  # fmt: skip
    return pl.DataFrame(found, schema=schema, orient="row")


def _empty(selection: Selection) -> Empty:
    lang = selection.lang
    period = periods.filter_words(selection.month_from, selection.month_to, lang)
    return Empty(
        t("departments.empty", lang, period=period), t("empty.selection_what", lang), t("departments.empty_next", lang),
        (Action(t("empty.see_all", lang), "departments", {"from": "", "to": "", "department": ""}),),
    )  # fmt: skip
