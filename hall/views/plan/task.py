"""One task of the plan as a card: section, departments, targets, and the evidence with what it shares."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall import catalog
from hall.catalog.themes import themes
from hall.model import Lang
from hall.text import join, t
from hall.text.plain import plain
from hall.views.data.activities import days, name
from hall.views.data.evidence import Evidence
from hall.views.data.tasks import Duty, section_name
from hall.views.link import Link
from hall.views.parts.cards import Card
from hall.views.parts.citation import cite


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: what it says, why it counts, its source and the way to it, its sentence if loaded."""

    text: str
    why: str
    action: Link
    quote: str | None


@dataclass(frozen=True, slots=True)
class View:
    """The card of one task; ``facts`` are label and words."""

    number: int
    card: Card
    facts: tuple[tuple[str, str], ...]
    quote: str | None
    action: Link
    proofs: tuple[Proof, ...]
    note: str


def build(duty: Duty, found: tuple[Evidence, ...], lang: Lang) -> View:
    """The card from a duty and its evidence."""
    led = any(p.role == "lead" for p in duty.parties)
    bodies = [f"{name(p.id, lang)}{t('plan.joint', lang) if led and p.role == 'joint' else ''}" for p in duty.parties]
    aims = [f"{plain(a.label)} {plain(a.as_printed)}" for a in duty.targets]
    facts = (
        (t("plan.section", lang), plain(section_name(duty.section, lang))),
        (t("plan.departments", lang), join(bodies, lang)),
        (t("plan.targets", lang), join(aims, lang) or t("plan.no_target", lang)),
    )
    shared = join([themes()[i].label(lang) for i in duty.themes], lang)
    note = t("plan.how", lang, themes=shared) if shared else t("plan.how_none", lang)
    headline = t("plan.task_headline", lang, number=duty.number, title=plain(duty.title))
    subtitle = t("plan.evidence_count", lang, n=len(found)) if found else t("plan.no_evidence", lang)
    frame = pl.DataFrame(
        [_row(duty, e, lang) for e in found],
        schema={
            "task": pl.Int64,
            "kind": pl.String,
            "date_start": pl.Date,
            "title": pl.String,
            "value": pl.String,
            "departments": pl.String,
            "themes": pl.String,
            "source": pl.String,
            "document": pl.String,
            "start_at": pl.Int64,
            "end_at": pl.Int64,
        },
        orient="row",
    )
    documents = tuple(dict.fromkeys((duty.document, *(e.document for e in found))))
    card = Card(
        "task",
        headline,
        subtitle,
        t("text.comma", lang).join(cite(d, lang) for d in documents),
        None,
        frame,
        f"plan-task-{duty.number}",
        demo=catalog.is_demo(duty.document.publisher),
    )
    action = Link(t("act.see", lang), "sources", {"document": duty.document.sha256})
    return View(duty.number, card, facts, duty.quote, action, tuple(_proof(e, lang) for e in found), note)


def _proof(found: Evidence, lang: Lang) -> Proof:
    shared = join([themes()[i].label(lang) for i in found.themes], lang)
    who = join([name(d, lang) for d in found.departments[:3]], lang)
    why = t("plan.why", lang, themes=shared, departments=who, source=cite(found.document, lang))
    if found.act:
        act = found.act
        text = t("plan.proof_act", lang, days=days(act, lang), title=plain(act.title))
        action = Link(cite(act.document, lang), "sources", {"document": act.document.sha256})
        return Proof(text, why, action, act.quote)
    assert found.figure
    figure = found.figure
    text = t("plan.proof_figure", lang, label=plain(figure.label), words=plain(figure.words))
    filters: dict[str, str | tuple[str, ...] | None] = {
        "document": figure.document.sha256,
        "figure": str(figure.figure + 1),
    }
    return Proof(text, why, Link(cite(figure.document, lang), "sources", filters), figure.quote)


def _row(duty: Duty, found: Evidence, lang: Lang) -> tuple[object, ...]:
    who = join([name(d, lang) for d in found.departments], lang)
    shared = join([themes()[i].label(lang) for i in found.themes], lang)
    source = cite(found.document, lang)
    if found.act:
        a = found.act
        return (
            duty.number,
            "activity",
            a.date_start,
            a.title,
            None,
            who,
            shared,
            source,
            a.document.sha256,
            a.start,
            a.end,
        )
    f = found.figure
    assert f
    return (duty.number, "figure", None, f.label, f.words, who, shared, source, f.document.sha256, f.start, f.end)
