"""Page 工作要点: tasks by department, their targets, and what bulletins report of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Lang
from hall.store.read import rows
from hall.text import join, periods, t
from hall.text.plain import plain
from hall.views.data import evidence, tasks
from hall.views.data.activities import department_id, gather, head, name
from hall.views.data.context import Context
from hall.views.data.evidence import Stated
from hall.views.data.tasks import Duty
from hall.views.link import Link
from hall.views.parts import empty
from hall.views.parts.cards import Card, Empty, Head, Table
from hall.views.parts.citation import cite
from hall.views.parts.marks import glue
from hall.views.plan import task

_TABLE = "task section title department_count target value unit as_printed evidence source document"


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``plans`` and ``choices`` are the options of its controls, key and words."""

    lang: Lang
    head: Head
    matrix: Card
    rows: tuple[tuple[str, frozenset[int]], ...]
    columns: tuple[Duty, ...]
    marks: dict[str, str]
    grouped: bool
    table: Card
    choices: tuple[tuple[str, str], ...]
    task: task.View | None
    empty: Empty | None


def load(ctx: Context, order: str = "tasks", columns: str = "number", chosen: str = "") -> View:
    """The page: ``order`` tasks | catalogue, ``columns`` number | departments, ``chosen`` a task's number."""
    plans = rows("series/plan_tasks", publishers=ctx.issuers, known_on=ctx.known_on)
    newest = _newest(plans, ctx)
    duty = tasks.gather(newest, rows("series/plan_targets"))
    told, stated = pl.DataFrame(), pl.DataFrame()
    if duty:
        year = duty[0].document
        span = ctx.bounds | {"first": year.period_start, "last": year.period_end}
        told, stated = rows("series/acts", **span), rows("series/stated", **span)
    if not duty and ctx.empty:
        return replace(build((), told, stated, ctx), empty=empty.store(ctx))
    return build(duty, told, stated, ctx, order, columns, chosen)


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
    all_duties: tuple[Duty, ...],
    told: pl.DataFrame,
    stated: pl.DataFrame,
    ctx: Context,
    order: str = "tasks",
    columns: str = "number",
    chosen: str = "",
) -> View:
    """The page from duties, rows of series/acts and rows of series/stated of the plan's year."""
    lang = ctx.lang
    wanted = ctx.departments
    shown = tuple(d for d in all_duties if not wanted or any(w in d.departments for w in wanted))
    matrix = tuple(r for r in tasks.ordered_rows(all_duties, order) if not wanted or r[0] in wanted)
    ordered = tasks.ordered_columns(shown if wanted else all_duties, columns)
    acts = gather(told) if not told.is_empty() else ()
    figures = tuple(_stated(r) for r in stated.iter_rows(named=True) if r["metric"] is None)
    found = {d.number: evidence.find(d.themes, d.departments, _year(d), acts, figures) for d in shown}
    numerals = t("plan.numerals", lang).split()
    marks = {s: numerals[i] if i < len(numerals) else str(i + 1) for i, s in enumerate(tasks.sections(all_duties))}
    selected = next((d for d in shown if str(d.number) == chosen), None) or next(
        (d for d in shown if found[d.number]), shown[0] if shown else None
    )
    return View(
        lang=lang,
        head=_head(all_duties, lang),
        matrix=_matrix(all_duties, matrix, marks, columns, lang),
        rows=matrix,
        columns=ordered,
        marks=marks,
        grouped=columns != "departments",
        table=_table(shown, found, wanted, lang),
        choices=tuple((str(d.number), f"{d.number} {d.title}") for d in shown),
        task=task.build(selected, found[selected.number], lang) if selected else None,
        empty=None if shown else _empty(bool(all_duties), ctx),
    )


def _year(duty: Duty) -> tuple[date, date]:
    assert duty.document.period_start and duty.document.period_end
    return duty.document.period_start, duty.document.period_end


def _stated(r: dict[str, Any]) -> Stated:
    return Stated(
        head(r),
        r["figure"],
        r["label"],
        r["as_printed"],
        department_id(r["department"]),
        r["section"],
        r["quote"],
        r["start_at"],
        r["end_at"],
    )


def _head(found: tuple[Duty, ...], lang: Lang) -> Head:
    if not found:
        return Head(t("page.plan", lang), t("plan.none", lang))
    document = found[0].document
    people = tasks.carried(found)
    line = t(
        "plan.line",
        lang,
        tasks=len(found),
        sections=len(tasks.sections(found)),
        departments=len(people),
        source=cite(document, lang),
    )
    return Head(t("page.plan", lang), line, demo=catalog.is_demo(document.publisher))


def _matrix(
    found: tuple[Duty, ...],
    shown: tuple[tuple[str, frozenset[int]], ...],
    marks: dict[str, str],
    columns: str,
    lang: Lang,
) -> Card:
    most = sorted(shown, key=lambda r: -len(r[1]))[:2]
    headline = t("text.comma", lang).join(
        t("plan.carries" if i == 0 else "plan.carries_more", lang, name=name(d, lang), n=len(n))
        for i, (d, n) in enumerate(most)
    )
    key = "\u3000".join(glue(f"{mark} {tasks.section_name(s, lang)}") for s, mark in marks.items())
    everyone = {c for d in found for c in d.collectives}
    note = t("plan.collective", lang, names=join([name(c, lang) for c in sorted(everyone)], lang)) if everyone else ""
    unit = t("plan.matrix_unit", lang, first=1, last=len(found)) + key
    subtitle = (t("plan.matrix_sorted", lang) if columns == "departments" else unit) + note
    titles = {d.number: d for d in found}
    cells = tuple((name(d, lang), len(n), join([str(i) for i in sorted(n)], lang)) for d, n in shown)
    heads = (t("departments.department", lang), t("plan.tasks", lang), t("plan.numbers", lang))
    frame = pl.DataFrame(
        [
            (d, i, titles[i].section, titles[i].title, cite(titles[i].document, lang))
            for d, n in shown
            for i in sorted(n)
        ],
        schema=["department", "task", "section", "title", "source"],
        orient="row",
    )
    source = cite(found[0].document, lang) if found else ""
    demo = bool(found) and catalog.is_demo(found[0].document.publisher)
    return Card(
        "matrix",
        headline or t("plan.none", lang),
        subtitle,
        source,
        Table(heads, cells),
        frame,
        "plan-matrix",
        t("plan.matrix_alt", lang, headline=headline, tasks=len(found), departments=len(shown)),
        demo,
    )


def _table(
    shown: tuple[Duty, ...], found: dict[int, tuple[evidence.Evidence, ...]], wanted: tuple[str, ...], lang: Lang
) -> Card:
    aimed = [d for d in shown if d.targets]
    if wanted:
        headline = t("plan.table_of", lang, names=join([name(w, lang) for w in wanted], lang), n=len(shown))
    else:
        headline = t("plan.table", lang, n=len(aimed))
    columns = tuple(t(f"plan.{c}", lang) for c in ("number", "task", "target", "evidence"))
    cells = tuple(
        (
            d.number,
            plain(d.title),
            join([plain(a.as_printed) for a in d.targets[:2]], lang) or "—",
            len(found[d.number]),
        )
        for d in shown
    )
    frame = pl.DataFrame(
        [
            (
                d.number,
                d.section,
                d.title,
                len(d.departments),
                a.label if a else None,
                a.value if a else None,
                a.unit if a else None,
                a.as_printed if a else None,
                len(found[d.number]),
                cite(d.document, lang),
                d.document.sha256,
            )
            for d in shown
            for a in (d.targets or (None,))
        ],
        schema=_TABLE.split(),
        schema_overrides={"value": pl.Decimal(28, 6)},
        orient="row",
    )
    source = cite(shown[0].document, lang) if shown else ""
    return Card(
        "tasks",
        headline,
        t("plan.table_unit", lang),
        source,
        Table(columns, cells),
        frame,
        "plan-tasks",
        headline,
        bool(shown) and catalog.is_demo(shown[0].document.publisher),
    )


def _empty(any_plan: bool, ctx: Context) -> Empty:
    lang = ctx.lang
    period = periods.filter_words(ctx.month_from, ctx.month_to, lang)
    headline = t("plan.not_theirs", lang) if any_plan else t("plan.empty", lang, period=period)
    action = Link(t("empty.see_all", lang), "plan", {"from": "", "to": "", "department": ""})
    return Empty(headline, t("empty.selection_what", lang), t("plan.empty_next", lang), (action,))
