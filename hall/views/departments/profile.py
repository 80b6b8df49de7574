"""One department: what it leads and joins, its tasks in the plan, figures about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from hall.model import Period
from hall.text import join, numbers, periods, t
from hall.text.plain import plain
from hall.views.data.activities import DatedActivity, department_id, head, name
from hall.views.data.activity_counts import roles
from hall.views.data.context import Context
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.citation import cite


@dataclass(frozen=True, slots=True)
class Profile:
    """The cards of one department; a card is None where nothing is known."""

    department: str
    summary: str
    tasks: Card | None
    figures: Card | None
    note: str


def build(
    ctx: Context, department: str, acts: Iterable[DatedActivity], tasks: pl.DataFrame, figures: pl.DataFrame
) -> Profile:
    """From activities, rows of series/plan_tasks and rows of series/stated about the department."""
    lang = ctx.lang
    counted = roles(acts, department)
    said = [
        t(f"departments.as_{role}", lang, n=counted[role])
        for role in ("lead", "participant", "mentioned")
        if role in counted
    ]
    work = _tasks(ctx, department, tasks)
    told = _figures(ctx, department, figures)
    note = "" if told else t("departments.no_figures", lang, name=name(department, lang))
    summary = t(
        "departments.profile",
        lang,
        name=name(department, lang),
        roles=join(said, lang) or t("departments.no_acts", lang),
    )
    return Profile(department, summary, work, told, note)


def _tasks(ctx: Context, department: str, tasks: pl.DataFrame) -> Card | None:
    lang = ctx.lang
    own = tasks.filter(pl.col("department") == department)
    if own.is_empty():
        return None
    newest = own["document"][0]
    own = own.filter(pl.col("document") == newest).sort("task")
    document = head(own.row(0, named=True))
    lines = tuple((r["task"], plain(r["title"]), t(f"role.{r['role']}", lang)) for r in own.iter_rows(named=True))
    columns = (t("plan.number", lang), t("plan.task", lang), t("departments.role", lang))
    year = document.period_start.year if document.period_start else ""
    own_name = name(department, lang)
    return card(
        ctx,
        "profile_tasks",
        headline=t("departments.tasks", lang, name=own_name, n=len(lines), year=year),
        subtitle=t("departments.tasks_what", lang),
        documents=(document,),
        table=Table(columns=columns, rows=lines),
        file=t("file.profile_tasks", lang, name=own_name),
    )


def _figures(ctx: Context, department: str, figures: pl.DataFrame) -> Card | None:
    lang = ctx.lang
    own = [department_id(d) == department for d in figures["department"]]
    figures = figures.filter(pl.Series(own, dtype=pl.Boolean))
    if figures.is_empty():
        return None
    lines, cited = [], []
    for r in figures.iter_rows(named=True):
        document = head(r)
        cited.append(document)
        known = r["value"] is not None
        value = (
            numbers.quantity(r["value"], r["unit"], r["unit_mult"], r["decimals"], lang)
            if known
            else t("missing.value", lang)
        )
        period = document.period
        at = periods.short(period, lang) if isinstance(period, Period) else ""
        lines.append((plain(r["label"]), value, at, cite(document, lang)))
    columns = tuple(t(f"departments.{c}", lang) for c in ("figure", "value", "period", "source"))
    own_name = name(department, lang)
    return card(
        ctx,
        "profile_figures",
        headline=t("departments.figures", lang, name=own_name, n=len(lines)),
        subtitle=t("departments.figures_what", lang),
        documents=cited,
        table=Table(columns=columns, rows=tuple(lines)),
        file=t("file.profile_figures", lang, name=own_name),
    )
