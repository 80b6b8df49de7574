"""Cards of cases by department: how many were accepted by which channel, and how many are open since when."""

from __future__ import annotations

import polars as pl

from hall import catalog
from hall.measure.change import change
from hall.measure.suppress import Counts
from hall.model import Lang
from hall.text import numbers, periods, t
from hall.views.data import activities
from hall.views.data.cases_by_department import MEASURES, DepartmentCases, cases
from hall.views.parts import case_ages
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.marks import glue, square
from hall.views.parts.plots import Stack
from hall.views.parts.wording import signed

_FEW = 100
# bars beyond these are drawn as one; the table holds them all
_MOST = 20


def volume(facts: DepartmentCases) -> tuple[Card, tuple[Stack, ...]] | None:
    """Accepted cases by department and channel, most first, with the change against the span that is named."""
    lang = facts.lang
    here = _by_department(facts.shown(facts.here))
    if here.is_empty():
        return None
    before = dict(_by_department(facts.then).select("department", "accepted").iter_rows())
    parts: dict[str, list[tuple[str, int]]] = {}
    for department, channel, n in facts.shown(facts.here).select("department", "channel", "accepted").iter_rows():
        parts.setdefault(department, []).append((channel, n))
    stacks, lines = [], []
    for row in here.iter_rows(named=True):
        then = before.get(row["department"], 0)
        words = _change(row["accepted"], then, lang) if facts.compared else ""
        total = numbers.digits(cases(row["accepted"]).value, 0)
        side = activities.short(row["department"], lang)
        stacks.append(Stack(name=side, parts=_parts(parts[row["department"]], lang), total=total, end=words))
        name = activities.name(row["department"], lang)
        told = (Amount(words, then),) if facts.compared else ()
        lines.append((name, row["accepted"], *told, row["completed"], row["withdrawn"]))
    top = here.row(0, named=True)
    whole = int(here["accepted"].sum())
    key = "volume_top" if here.height > 1 else "volume_one"
    share = numbers.percent(cases(top["accepted"]).value / max(whole, 1) * 100, 0)
    name, n = activities.name(top["department"], lang), f"{top['accepted']:,}"
    headline = t(f"casework.{key}", lang, name=name, n=n, share=share)
    against = t("casework.against", lang, other=facts.compared.words(lang)) if facts.compared else ""
    used = [c for c in catalog.channels().values() if any(n for own in parts.values() for i, n in own if i == c.id)]
    colours = "\u3000".join(f"{square(c.colour)}{glue(c.label(lang))}" for c in used)
    subtitle = t("casework.volume_what", lang, period=facts.now.words(lang)) + against + "\u3000" + colours
    ids = ("department", "accepted", *(("change",) if facts.compared else ()), "completed", "withdrawn")
    made = card(
        facts.ctx,
        "case_volume",
        headline=headline,
        subtitle=subtitle,
        documents=(facts.source,),
        table=Table(
            columns=tuple(t(f"casework.{name}", lang) for name in ids),
            rows=tuple(lines),
            ids=ids,
            counts=Counts(
                ("accepted", "completed", "withdrawn"),
                derived=(("change", ("accepted",)),) if facts.compared else (),
            ),
        ),
        file=t("file.case_volume", lang, period=facts.now.words(lang)),
        alt=t("casework.volume_alt", lang, headline=headline, n=here.height),
        origin=facts.see("accepted"),
    )
    return made, _most(stacks, lang)


def backlog(facts: DepartmentCases) -> tuple[Card, tuple[Stack, ...]] | None:
    """Open cases by department at the end of the span, by how long ago they were accepted, most first."""
    lang = facts.lang
    found = facts.shown(facts.open)
    groups = case_ages.groups(found, facts.now.last, ["department"])
    if groups.is_empty():
        return None
    ordered = groups.group_by("department").agg(pl.col("open").sum()).sort(
        pl.col("open"), pl.col("department").replace_strict(_ranks(groups)), descending=[True, False]
    )  # fmt: skip
    by = {key: dict(own.select("age", "open").iter_rows()) for (key,), own in groups.group_by("department")}
    names = case_ages.names(facts.now.last, lang)
    stacks, lines = [], list[tuple[Cell, ...]]()
    for department, n in ordered.iter_rows():
        own = by[department]
        parts = tuple(
            (names[age], case_ages.COLOURS[age], float(own[age]), f"{own[age]:,}") for age in names if own.get(age)
        )
        stacks.append(Stack(name=activities.short(department, lang), parts=parts, total=f"{n:,}"))
        lines.append((activities.name(department, lang), n, *(own.get(age, 0) for age in names)))
    whole, old = int(groups["open"].sum()), int(groups.filter(pl.col("age") == "older")["open"].sum())
    headline = case_ages.headline(whole, old, facts.now.last, lang)
    made = card(
        facts.ctx,
        "case_backlog",
        headline=headline,
        subtitle=case_ages.subtitle(facts.now, lang, facts.ctx.coverage.apart),
        documents=(facts.source,),
        table=Table(
            columns=(t("casework.department", lang), t("casework.open", lang), *names.values()),
            rows=tuple(lines),
            ids=("department", "open", *names),
            counts=Counts(("open", *names), sums=(("open", tuple(names)),)),
        ),
        file=t("file.case_backlog", lang, day=periods.as_of(facts.now.day, lang)),
        alt=t("casework.backlog_alt", lang, headline=headline, n=ordered.height),
        origin=facts.see("open"),
    )
    return made, _most(stacks, lang)


def _most(stacks: list[Stack], lang: Lang) -> tuple[Stack, ...]:
    """The first bars, and all others as one."""
    if len(stacks) <= _MOST + 1:
        return tuple(stacks)
    rest: dict[tuple[str, str], float] = {}
    for stack in stacks[_MOST:]:
        for name, token, value, _ in stack.parts:
            rest[name, token] = rest.get((name, token), 0.0) + value
    name = t("casework.rest", lang, n=len(stacks) - _MOST)
    parts = tuple((*key, value, f"{value:,.0f}") for key, value in rest.items())
    return (*stacks[:_MOST], Stack(name=name, parts=parts, total=f"{sum(rest.values()):,.0f}"))


def _by_department(rows: pl.DataFrame) -> pl.DataFrame:
    """Most accepted first, ties by the catalogue."""
    summed = rows.group_by("department").agg(pl.col(*MEASURES).sum())
    return summed.sort(
        pl.col("accepted"), pl.col("department").replace_strict(_ranks(summed)), descending=[True, False]
    )  # fmt: skip


def _ranks(rows: pl.DataFrame) -> dict[str, int]:
    return {d: activities.rank(d) for d in rows["department"].unique()} or {"": 0}


def _parts(own: list[tuple[str, int]], lang: Lang) -> tuple[tuple[str, str, float, str], ...]:
    counted = dict(own)
    return tuple(
        (c.label(lang), c.colour, float(counted[c.id]), f"{counted[c.id]:,}")
        for c in catalog.channels().values()
        if counted.get(c.id)
    )


def _change(now: int, then: int, lang: Lang) -> str:
    """▲3.2% · ▲12 where there are too few for a percentage · ＝; empty where there were none before."""
    made = change(cases(now), cases(then))
    if not then or made is None:
        return ""
    if made.direction == "same":
        return t("departments.same", lang)
    sign, words = signed(made, lang)
    return sign + (words if then >= _FEW else f"{abs(now - then):,}")
