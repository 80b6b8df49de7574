"""Cards of cases by department that compare them: who is on time, by rank, and how long cases take."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from hall.measure.ranking import FLOOR, Ranked, ranking
from hall.measure.suppress import Counts
from hall.text import after_word, numbers, t
from hall.views.data import activities
from hall.views.data.cases_by_department import DepartmentCases
from hall.views.parts import rate_ranking
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.case_kpi import days_number, days_words, rate
from hall.views.parts.plots import Reach, Reaches

# nine in ten of fewer cases hang on two or three of them
_FEW = 30


def ranks(facts: DepartmentCases) -> tuple[Ranked, ...]:
    """All departments by the lower bound of their rate on time, whichever are chosen; ties in catalogue order."""
    summed = facts.here.group_by("department").agg(pl.col("on_time").sum(), pl.col("overdue").sum())
    rows = sorted(summed.iter_rows(), key=lambda r: activities.rank(r[0]))
    return ranking((department, on_time, on_time + late) for department, on_time, late in rows if on_time + late)


def place(facts: DepartmentCases, found: tuple[Ranked, ...]) -> str:
    """The rank of the one chosen department, or that it has none."""
    own = next((r for r in found if facts.chosen == (r.id,)), None)
    if own is None:
        return ""
    if own.rank is None:
        return t("casework.too_few", facts.lang)
    return t("casework.place", facts.lang, rank=own.rank, n=sum(r.rank is not None for r in found))


def on_time(facts: DepartmentCases, found: tuple[Ranked, ...]) -> tuple[Card, Reaches] | None:
    """Rates on time with their intervals, ranked; below, those with too few cases."""
    lang = facts.lang
    shown = [r for r in found if not facts.chosen or r.id in facts.chosen]
    ranked = [r for r in shown if r.rank is not None]
    if not ranked:
        return None
    first = ranked[0]
    headline = t(
        "casework.rank_first" if first.rank == 1 else "casework.rank_best", lang, name=activities.name(first.id, lang),
        rank=first.rank, rate=numbers.percent(Decimal(first.low) * 100, 1),
    )  # fmt: skip
    few = t("casework.rank_few", lang, floor=FLOOR) if len(ranked) < len(shown) else ""
    subtitle = t("casework.rank_what", lang, period=facts.now.words(lang)) + few
    columns = tuple(t(f"casework.{c}", lang) for c in ("rank", "department", "on_time", "low", "promised_cases"))
    whole = rate(facts, facts.now) if not facts.chosen else None
    made = card(
        facts.ctx,
        "case_ranking",
        headline=headline,
        subtitle=subtitle,
        documents=(facts.source,),
        table=Table(columns=columns, rows=rate_ranking.rows(shown, lang)),
        file=t("file.case_ranking", lang, period=facts.now.words(lang)),
        alt=t("casework.rank_alt", lang, headline=headline, n=len(ranked)),
        origin=facts.see("overdue", "counted.see_overdue"),
    )
    return made, rate_ranking.reaches(
        shown, whole.percent if whole else None, hover="casework.rank_hover", ends="casework.rank_ends",
        numbered=bool(facts.chosen), lang=lang,
    )  # fmt: skip


def days(facts: DepartmentCases) -> tuple[Card, Reaches] | None:
    """Handling time by department: the median, and within how many working days nine in ten were done; the slowest
    nine in ten last, below them those with too few cases."""
    lang = facts.lang
    found = facts.shown(facts.days)
    if found.is_empty():
        return None
    order = {d: (n < _FEW, nine, median, activities.rank(d)) for d, n, median, nine in found.iter_rows()}
    rows, lines = [], list[tuple[Cell, ...]]()
    for department, n, median, nine in sorted(found.iter_rows(), key=lambda r: order[r[0]]):
        name, few = activities.name(department, lang), n < _FEW
        words = [days_number(w, lang) for w in (median, nine)]
        lines.append((name, *words, n))
        if few:
            note = t("casework.few_cases", lang, n=f"{n:,}")
            rows.append(Reach(name=activities.short(department, lang), note=note))
            continue
        label = t("casework.median_nine", lang, median=words[0], nine=words[1])
        hover = t("casework.days_hover", lang, name=name, n=f"{n:,}", median=words[0], nine=words[1])
        side, at = activities.short(department, lang), float(median)
        rows.append(Reach(name=side, at=at, low=at, high=float(nine), label=label, hover=hover))
    whole = facts.handling(facts.now)
    assert whole is not None
    median, nine = (after_word(days_words(w, lang), lang) for w in whole[1:])
    headline = t("casework.days_head", lang, median=median, nine=nine)
    ids = ("department", "median", "nine", "completed")
    made = card(
        facts.ctx,
        "case_days",
        headline=headline,
        subtitle=t("casework.days_what", lang, period=facts.now.words(lang)),
        documents=(facts.source,),
        table=Table(
            columns=tuple(t(f"casework.{c}", lang) for c in ids),
            rows=tuple(lines),
            ids=ids,
            counts=Counts(("completed",), derived=tuple((name, ("completed",)) for name in ids[1:3])),
        ),
        file=t("file.case_days", lang, period=facts.now.words(lang)),
        alt=t("casework.days_alt", lang, headline=headline, n=len(rows)),
        origin=facts.see("completed"),
    )
    top = max((row.high for row in rows), default=1.0) or 1.0
    return made, Reaches(rows=tuple(rows), start=0.0, end=top, ends=t("casework.days_ends", lang))
