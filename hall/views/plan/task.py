"""One task of the plan as a card: section, departments, targets, and the evidence with what it shares."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.catalog.themes import themes
from hall.model import Lang
from hall.text import join, t
from hall.text.plain import plain
from hall.views.data.activities import days, name
from hall.views.data.context import Context
from hall.views.data.evidence import Evidence
from hall.views.data.tasks import PlanTask, section_name
from hall.views.link import Link
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.citation import cite

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One piece of evidence: what it says, why it counts, its source and the way to it, its sentence if loaded."""

    text: str
    why: str
    action: Link
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCard:
    """The card of one task; ``facts`` are label and words."""

    number: int
    card: Card
    facts: tuple[tuple[str, str], ...]
    quote: str | None
    action: Link
    proofs: tuple[Proof, ...]
    note: str


def build(ctx: Context, task: PlanTask, found: tuple[Evidence, ...]) -> TaskCard:
    """The card from a task and its evidence."""
    lang = ctx.lang
    led = any(p.role == "lead" for p in task.parties)
    bodies = [f"{name(p.id, lang)}{t('plan.joint', lang) if led and p.role == 'joint' else ''}" for p in task.parties]
    aims = [f"{plain(a.label)} {plain(a.as_printed)}" for a in task.targets]
    shared = _themes(task.themes, lang)
    year = task.document.period_start.year if task.document.period_start else ""
    documents = dict.fromkeys((task.document, *(e.document for e in found)))
    proofs = tuple(_proof(e, lang) for e in found)
    made = card(
        ctx,
        "task",
        headline=t("plan.task_headline", lang, number=task.number, title=plain(task.title)),
        subtitle=t("plan.evidence_count", lang, n=len(found)) if found else t("plan.no_evidence", lang),
        note=join([cite(d, lang) for d in documents], lang),
        table=_table(found, proofs, lang),
        file=t("file.plan_task", lang, number=task.number, year=year),
        demo=catalog.is_demo(task.document.publisher),
    )
    return TaskCard(
        number=task.number,
        card=made,
        facts=(
            (t("plan.section", lang), plain(section_name(task.section, lang))),
            (t("plan.departments", lang), join(bodies, lang)),
            (t("plan.targets", lang), join(aims, lang) or t("plan.no_target", lang)),
        ),
        quote=task.quote,
        action=Link(t("act.see", lang), "sources", {"document": task.document.sha256}),
        proofs=proofs,
        note=t("plan.how", lang, themes=shared) if shared else t("plan.how_none", lang),
    )


def _themes(ids: tuple[str, ...], lang: Lang) -> str:
    return join([themes()[i].label(lang) for i in ids], lang)


def _proof(found: Evidence, lang: Lang) -> Proof:
    source, filters = cite(found.document, lang), {"document": found.document.sha256}
    if activity := found.activity:
        text = t("plan.proof_act", lang, days=days(activity, lang), title=plain(activity.title))
        quote = activity.quote
    else:
        figure = found.figure
        assert figure
        text = t("plan.proof_figure", lang, label=plain(figure.label), words=plain(figure.words))
        quote, filters["figure"] = figure.quote, str(figure.figure + 1)
    departments = join([name(d, lang) for d in found.departments[:_NAMED]], lang)
    shared = _themes(found.themes, lang)
    return Proof(
        text=text,
        why=t("plan.why", lang, themes=shared, departments=departments, source=source),
        action=Link(source, "sources", filters),
        quote=quote,
    )


def _table(found: tuple[Evidence, ...], proofs: tuple[Proof, ...], lang: Lang) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            proof.text,
            _themes(one.themes, lang),
            join([name(d, lang) for d in one.departments], lang),
            proof.action.label,
            plain(proof.quote or ""),
        )
        for one, proof in zip(found, proofs, strict=True)
    ]
    named = (t(f"column.{c}", lang) for c in ("themes", "departments_name", "source", "quote"))
    return Table(columns=(t("plan.evidence", lang), *named), rows=tuple(rows))
