"""Cases by month: how many were accepted, beside the year before, and how long those completed took."""

from __future__ import annotations

from hall.measure import handling
from hall.measure.change import Change, change
from hall.measure.rounding import Quantity
from hall.measure.suppress import Counts
from hall.model import Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data.cases_by_department import DepartmentCases, cases
from hall.views.parts import axis, wording
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.case_kpi import days_number, days_words
from hall.views.parts.plots import Lines, Track

_YEAR = 12
# for so many months the first ones held show only cases that were quickly done
_CUT = 3


def accepted(facts: DepartmentCases) -> tuple[Card, Lines] | None:
    """Accepted cases by month up to the last of the span, with the same months of the year before; None for one."""
    lang = facts.lang
    spine = _every_month(facts)
    if len(spine) < 2:
        return None
    by = {f"{row['month']:%Y-%m}": row for row in facts.history.months.iter_rows(named=True)}
    held = set(facts.ctx.coverage.cases)
    counts = [cases(by[m.key]["accepted"]) if m.key in held and m.key in by else None for m in spine]
    past = [cases(by[p.key]["accepted"]) if (p := m.shift(-_YEAR)).key in held and p.key in by else None for m in spine]
    power = axis.scale([q for q in (*counts, *past) if q], lang)
    labels = tuple("" if q is None else axis.label(q, power) for q in counts)
    last = past[-1]
    name = t("casework.accepted", lang)
    track = Track(
        name=name,
        colour="ink",
        values=tuple(None if q is None else float(q.value.scaleb(-power)) for q in counts),
        labels=labels,
        hover=tuple(
            "" if q is None else f"{periods.full(m, lang)}<br>{name} {wording.shown(q, lang)}"
            for m, q in zip(spine, counts, strict=True)
        ),
        past=tuple(None if q is None else float(q.value.scaleb(-power)) for q in past),
        past_label=t("trends.last_year_end", lang, value=axis.label(last, power)) if last else "",
    )
    made = change(counts[-1], last)
    headline = _headline(spine[-1], counts[-1], made, lang)
    unit = numbers.unit_word("case", lang, power)
    key = t("casework.last_year", lang) if any(past) else ""
    shown = periods.between(spine[0], spine[-1], lang)
    subtitle = t("casework.months_what", lang, who=facts.who, unit=unit, months=shown) + key
    lines: list[tuple[Cell, ...]] = [
        (periods.short(m, lang), *(int(by[m.key][c]) for c in ("accepted", "completed", "withdrawn")))
        for m in reversed(spine) if m.key in held and m.key in by
    ]  # fmt: skip
    ids = ("month", "accepted", "completed", "withdrawn")
    drawn = card(
        facts.ctx,
        "case_months",
        headline=headline,
        subtitle=subtitle,
        documents=(facts.source,),
        table=Table(
            columns=tuple(t(f"casework.{c}", lang) for c in ids), rows=tuple(lines), ids=ids, counts=Counts(ids[1:])
        ),
        file=t("file.case_months", lang),
        alt=t("casework.months_alt", lang, headline=headline, n=len(spine)),
        origin=facts.see("accepted"),
    )
    gaps = axis.missing(spine, [m.key for m, q in zip(spine, counts, strict=True) if q], lang)
    return drawn, Lines(tracks=(track,), slots=len(spine), ticks=axis.ticks(spine, lang), gaps=gaps)


def taken(facts: DepartmentCases) -> tuple[Card, Lines] | None:
    """Handling time of the cases completed in each month: the median, and within how many days nine in ten were."""
    lang = facts.lang
    spine = _every_month(facts)
    found = handling.summary(facts.history.month_days, ["month"])
    by = {f"{month:%Y-%m}": row for month, *row in found.iter_rows()}
    known = [m for m in spine if m.key in by and m.key in facts.ctx.coverage.cases]
    if len(known) < 2:
        return None
    tracks = []
    for at, measure in ((2, "nine"), (1, "median")):
        values = [by[m.key][at] if m in known else None for m in spine]
        hover = tuple(_hover(m, by[m.key], lang) if m in known else "" for m in spine)
        labels = tuple("" if v is None else days_number(v, lang) for v in values)
        name = t(f"casework.{measure}_short", lang)
        line = tuple(None if v is None else float(v) for v in values)
        tracks.append(Track(name=name, colour="ink", values=line, labels=labels, hover=hover))
    _, median, nine = by[known[-1].key]
    said = {"median": after_word(days_words(median, lang), lang), "nine": after_word(days_words(nine, lang), lang)}
    headline = t("casework.taken_head", lang, month=periods.short(known[-1], lang), **said)
    shown = periods.between(known[0], known[-1], lang)
    subtitle = t("casework.taken_what", lang, who=facts.who, months=shown)
    if known[0].start < facts.now.since.shift(_CUT).start:
        subtitle += t("casework.taken_since", lang, since=periods.short(facts.now.since, lang))
    ids = ("month", "completed", "median", "nine")
    made = card(
        facts.ctx,
        "case_taken",
        headline=headline,
        subtitle=subtitle,
        documents=(facts.source,),
        table=Table(
            columns=tuple(t(f"casework.{c}", lang) for c in ids),
            rows=tuple((periods.short(m, lang), *by[m.key]) for m in reversed(known)),
            ids=ids,
            counts=Counts(("completed",), derived=tuple((name, ("completed",)) for name in ids[2:])),
        ),
        file=t("file.case_taken", lang),
        alt=t("casework.taken_alt", lang, headline=headline, n=len(known)),
        origin=facts.see("completed"),
    )
    gaps = axis.missing(spine, [m.key for m in known], lang)
    return made, Lines(tracks=tuple(tracks), slots=len(spine), ticks=axis.ticks(spine, lang), gaps=gaps)


def _every_month(facts: DepartmentCases) -> tuple[Period, ...]:
    """The months of ``facts.spine`` and those between them that lack records, where the line breaks off."""
    first = facts.now.first if facts.now.months > 1 else Period.parse(facts.ctx.coverage.cases[0])
    span = (facts.now.last.start.year - first.start.year) * _YEAR + facts.now.last.start.month - first.start.month
    months = tuple(first.shift(i) for i in range(span + 1))
    return months if facts.now.whole or len(months) < 2 else months[:-1]


def _headline(month: Period, now: Quantity | None, made: Change | None, lang: Lang) -> str:
    value = wording.shown(now, lang) if now else t("missing.value", lang)
    if made is None or made.direction == "same" or made.percent is None:
        return t("casework.months_head", lang, month=periods.short(month, lang), value=value)
    words = wording.relative(made, lang, signed=False)
    return t(f"casework.months_{made.direction}", lang, month=periods.short(month, lang), value=value, change=words)


def _hover(month: Period, row: list[int], lang: Lang) -> str:
    n, median, nine = row
    said = {"median": days_number(median, lang), "nine": days_number(nine, lang)}
    return t("casework.month_hover", lang, month=periods.full(month, lang), n=f"{n:,}", **said)
