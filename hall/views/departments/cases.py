"""The cases of page 部门: KPI cards, months, departments by volume, rate on time, handling time and open cases."""

from __future__ import annotations

from dataclasses import dataclass

from hall.measure.ranking import FLOOR
from hall.model import Lang
from hall.text import after_word, periods, t
from hall.views.data import cases_by_department
from hall.views.data.cases_by_department import DepartmentCases
from hall.views.data.context import Context
from hall.views.departments import case_rates, case_trends, case_volumes
from hall.views.parts import case_kpi, wording
from hall.views.parts.cards import Card, Kpi, PageHead
from hall.views.parts.not_compared import unsettled
from hall.views.parts.plots import Lines, Reaches, Stack


@dataclass(frozen=True, slots=True)
class View:
    """The section; a part is None where there is nothing to show: one department is compared with no other."""

    lang: Lang
    head: PageHead
    kpis: tuple[Kpi, ...]
    accepted: tuple[Card, Lines] | None
    taken: tuple[Card, Lines] | None
    volume: tuple[Card, tuple[Stack, ...]] | None
    ranking: tuple[Card, Reaches] | None
    days: tuple[Card, Reaches] | None
    backlog: tuple[Card, tuple[Stack, ...]] | None


def load(ctx: Context) -> View | None:
    """The section for a selection; None where the data set holds no cases within it."""
    facts = cases_by_department.load(ctx)
    return build(facts) if facts else None


def build(facts: DepartmentCases) -> View:
    """The section from what the cube tells."""
    ranks = case_rates.ranks(facts)
    several = len(facts.chosen) != 1
    ranking = case_rates.on_time(facts, ranks) if several else None
    return View(
        lang=facts.lang,
        head=_head(facts, unranked=several and bool(ranks) and ranking is None),
        kpis=case_kpi.kpis(facts, case_rates.place(facts, ranks)),
        accepted=case_trends.accepted(facts),
        taken=case_trends.taken(facts),
        volume=case_volumes.volume(facts) if several else None,
        ranking=ranking,
        days=case_rates.days(facts) if several else None,
        backlog=case_volumes.backlog(facts),
    )


def _head(facts: DepartmentCases, *, unranked: bool) -> PageHead:
    lang, now = facts.lang, facts.now
    part = "" if now.whole else t("casework.part", lang, day=periods.day(now.day, lang))
    as_of = t("casework.as_of", lang, day=periods.day(facts.ctx.coverage.as_of or now.day, lang, year=True))
    parts = [facts.who, now.words(lang) + part, as_of]
    compared = [of.words(lang) for _, of in facts.others]
    missing = [] if compared else [t("casework.no_compare", lang)]
    held_back = facts.settled() != facts.others
    missing += (
        [unsettled((m for of in (now, *(of for _, of in facts.others)) for m in of.keys), facts.ctx)]
        if held_back
        else []
    )
    missing += [t("casework.no_ranks", lang, floor=FLOOR)] if unranked else []
    said = t("text.semicolon", lang).join(missing)
    return PageHead(t("casework.title", lang), t("text.dot", lang).join(parts), _finding(facts), said, facts.demo)


def _finding(facts: DepartmentCases) -> str:
    """One sentence: how many were accepted and completed, how fast, how many in time."""
    lang, now = facts.lang, facts.now
    accepted, completed = (f"{facts.total(measure, now):,}" for measure in ("accepted", "completed"))
    taken, share = facts.handling(now), case_kpi.rate(facts, now)
    said = {"period": now.words(lang), "accepted": accepted, "completed": completed}
    if taken is None or share is None:
        return t("casework.finding_few", lang, **said)
    nine = after_word(case_kpi.days_words(taken[2], lang), lang)
    return t("casework.finding", lang, **said, nine=nine, share=wording.rate(share, lang))
