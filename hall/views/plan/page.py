"""Page 工作要点: tasks by department, their targets, and what bulletins report of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Document, Lang
from hall.store.read import rows
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views.data import evidence, tasks
from hall.views.data.activities import department_id, gather, head, name, short
from hall.views.data.context import Context
from hall.views.data.evidence import Evidence, StatedFigure
from hall.views.data.tasks import PlanTask
from hall.views.link import Link
from hall.views.parts import empty
from hall.views.parts.cards import Card, Empty, PageHead, Table, card
from hall.views.parts.citation import cite
from hall.views.parts.maps import Matrix, MatrixColumn
from hall.views.parts.marks import glue
from hall.views.plan import task
from hall.views.plan.task import TaskCard

# targets of a task beside its title; the card of the task names them all
_AIMS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All of the page; ``choices`` are the options of its control, key and words."""

    lang: Lang
    head: PageHead
    matrix: tuple[Card, Matrix]
    table: Card
    choices: tuple[tuple[str, str], ...]
    task: TaskCard | None
    empty: Empty | None


def load(ctx: Context, order: str = "tasks", columns: str = "number", chosen: str = "") -> View:
    """The page: ``order`` tasks | catalogue, ``columns`` number | departments, ``chosen`` a task's number."""
    plans = rows("series/plan_tasks", publishers=ctx.issuers, known_on=ctx.known_on)
    plan = tasks.gather(_newest(plans, ctx), rows("series/plan_targets"))
    activities, stated = pl.DataFrame(), pl.DataFrame()
    if plan:
        year = plan[0].document
        span = ctx.bounds | {"first": year.period_start, "last": year.period_end}
        activities, stated = rows("series/acts", **span), rows("series/stated", **span)
    view = build(ctx, plan, activities, stated, order, columns, chosen)
    return replace(view, empty=empty.store(ctx)) if not plan and ctx.empty else view


def _newest(plans: pl.DataFrame, ctx: Context) -> pl.DataFrame:
    """The newest plan whose year meets the selected months."""
    limit = ctx.bounds
    kept = plans
    if limit["first"]:
        kept = kept.filter(pl.col("period_end") >= pl.lit(limit["first"]))
    if limit["last"]:
        kept = kept.filter(pl.col("period_start") <= pl.lit(limit["last"]))
    return kept if kept.is_empty() else kept.filter(pl.col("document") == kept["document"][0])


def build(
    ctx: Context,
    plan: tuple[PlanTask, ...],
    activities: pl.DataFrame,
    stated: pl.DataFrame,
    order: str = "tasks",
    columns: str = "number",
    chosen: str = "",
) -> View:
    """The page from all tasks of a plan, rows of series/acts and rows of series/stated of the plan's year."""
    lang, wanted = ctx.lang, ctx.departments
    shown = tuple(d for d in plan if not wanted or any(w in d.departments for w in wanted))
    matrix = tuple(r for r in tasks.ordered_rows(plan, order) if not wanted or r[0] in wanted)
    known = gather(activities) if not activities.is_empty() else ()
    figures = tuple(_stated(r) for r in stated.iter_rows(named=True) if r["metric"] is None)
    found = {d.number: evidence.find(d.themes, d.departments, _year(d), known, figures) for d in shown}
    numerals = t("plan.numerals", lang).split()
    ordered = tasks.ordered_columns(shown, columns)
    marks = {s: numerals[i] if i < len(numerals) else str(i + 1) for i, s in enumerate(tasks.sections(plan))}
    selected = next((d for d in shown if str(d.number) == chosen), None) or next(
        (d for d in shown if found[d.number]), shown[0] if shown else None
    )
    return View(
        lang=lang,
        head=_head(plan, lang),
        matrix=(_matrix(ctx, plan, matrix, marks, columns), _plot(matrix, ordered, marks, columns, lang)),
        table=_table(ctx, shown, found),
        choices=tuple((str(d.number), f"{d.number} {d.title}") for d in shown),
        task=task.build(ctx, selected, found[selected.number]) if selected else None,
        empty=None if shown else _empty(bool(plan), ctx),
    )


def _plot(
    rows: tuple[tuple[str, frozenset[int]], ...],
    tasks_shown: tuple[PlanTask, ...],
    marks: dict[str, str],
    columns: str,
    lang: Lang,
) -> Matrix:
    """Departments by their tasks."""
    named = tuple((short(department, lang), numbers) for department, numbers in rows)
    return Matrix(
        rows=named,
        columns=tuple(MatrixColumn(d.number, marks[d.section], d.title) for d in tasks_shown),
        grouped=columns != "departments",
        hover=tuple(
            tuple(t("plan.cell", lang, row=label, number=d.number, title=d.title) for d in tasks_shown)
            for label, _ in named
        ),
    )


def _year(one: PlanTask) -> tuple[date, date]:
    assert one.document.period_start and one.document.period_end
    return one.document.period_start, one.document.period_end


def _stated(r: dict[str, Any]) -> StatedFigure:
    return StatedFigure(
        document=head(r),
        figure=r["figure"],
        label=r["label"],
        words=r["as_printed"],
        department=department_id(r["department"]),
        section=r["section"],
        quote=r["quote"],
        start=r["start_at"],
        end=r["end_at"],
    )


def _head(plan: tuple[PlanTask, ...], lang: Lang) -> PageHead:
    if not plan:
        return PageHead(t("page.plan", lang), t("plan.none", lang))
    document = plan[0].document
    line = t(
        "plan.line",
        lang,
        tasks=len(plan),
        sections=len(tasks.sections(plan)),
        departments=len(tasks.carried(plan)),
        source=cite(document, lang),
    )
    return PageHead(t("page.plan", lang), line, demo=catalog.is_demo(document.publisher))


def _card(ctx: Context, key: str, plan: tuple[PlanTask, ...], **words: Any) -> Card:
    """A card whose numbers come from the plan alone."""
    document = plan[0].document if plan else Document("", "work_plan")
    return card(
        ctx,
        key,
        note=cite(document, ctx.lang) if plan else "",
        file=t(f"file.plan_{key}", ctx.lang, year=document.period_start.year if document.period_start else ""),
        demo=catalog.is_demo(document.publisher),
        **words,
    )


def _matrix(
    ctx: Context,
    plan: tuple[PlanTask, ...],
    shown: tuple[tuple[str, frozenset[int]], ...],
    marks: dict[str, str],
    columns: str,
) -> Card:
    lang = ctx.lang
    most = sorted(shown, key=lambda r: -len(r[1]))[:2]
    headline = t("text.comma", lang).join(
        t("plan.carries" if i == 0 else "plan.carries_more", lang, name=name(d, lang), n=len(n))
        for i, (d, n) in enumerate(most)
    )
    key = "\u3000".join(glue(f"{mark} {tasks.section_name(s, lang)}") for s, mark in marks.items())
    everyone = {c for d in plan for c in d.collectives}
    note = t("plan.collective", lang, names=join([name(c, lang) for c in sorted(everyone)], lang)) if everyone else ""
    unit = t("plan.matrix_unit", lang, first=1, last=len(plan)) + key
    cells = tuple((name(d, lang), len(n), join([str(i) for i in sorted(n)], lang)) for d, n in shown)
    heads = (t("departments.department", lang), t("plan.tasks", lang), t("plan.numbers", lang))
    return _card(
        ctx,
        "matrix",
        plan,
        headline=headline or t("plan.none", lang),
        subtitle=(t("plan.matrix_sorted", lang) if columns == "departments" else unit) + note,
        table=Table(columns=heads, rows=cells),
        alt=t("plan.matrix_alt", lang, headline=headline, tasks=len(plan), departments=len(shown)),
    )


def _table(ctx: Context, shown: tuple[PlanTask, ...], found: dict[int, tuple[Evidence, ...]]) -> Card:
    lang, wanted = ctx.lang, ctx.departments
    if wanted:
        headline = t("plan.table_of", lang, names=join([name(w, lang) for w in wanted], lang), n=len(shown))
    else:
        headline = t("plan.table", lang, n=sum(bool(d.targets) for d in shown))
    cells = tuple(
        (
            d.number,
            plain(d.title),
            join([plain(a.as_printed) for a in d.targets[:_AIMS]], lang) or "—",
            len(found[d.number]),
        )
        for d in shown
    )
    columns = tuple(t(f"plan.{c}", lang) for c in ("number", "task", "target", "evidence"))
    return _card(
        ctx,
        "tasks",
        shown,
        headline=headline,
        subtitle=t("plan.table_unit", lang),
        table=Table(columns=columns, rows=cells),
    )


def _empty(any_plan: bool, ctx: Context) -> Empty:
    lang = ctx.lang
    period = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    headline = t("plan.not_theirs", lang) if any_plan else t("plan.empty", lang, period=period)
    action = Link(t("empty.see_all", lang), "plan", {"from": "", "to": "", "department": ""})
    return Empty(headline, t("empty.selection_what", lang), t("plan.empty_next", lang), (action,))
