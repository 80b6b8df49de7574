"""Cases by month: how many were accepted, beside the year before, and how long those completed took."""

from __future__ import annotations

import polars as pl

from hall.measure import handling
from hall.measure.change import Change, change
from hall.measure.rounding import Quantity
from hall.model import Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data.cases_by_department import MEASURES, Facts, cases
from hall.views.parts import axis, wording
from hall.views.parts.cards import Card, Cell, Table
from hall.views.parts.case_kpi import days_number, days_words
from hall.views.parts.citation import cite
from hall.views.parts.plots import Lines, Track

_YEAR = 12
# for so many months the first ones held show only cases that were quickly done
_CUT = 3


def accepted(facts: Facts) -> tuple[Card, Lines] | None:
    """Accepted cases by month up to the last of the span, with the same months of the year before; None for one."""
    lang = facts.lang
    spine = _every_month(facts)
    if len(spine) < 2:
        return None
    by = {f"{row['month']:%Y-%m}": row for row in facts.months.iter_rows(named=True)}
    held = set(facts.ctx.coverage.cases)
    counts = [cases(by[m.key]["accepted"]) if m.key in held and m.key in by else None for m in spine]
    past = [cases(by[p.key]["accepted"]) if (p := m.year_ago()).key in held and p.key in by else None for m in spine]
    power = axis.scale([q for q in (*counts, *past) if q], lang)
    labels = tuple("" if q is None else axis.label(q, power) for q in counts)
    last = past[-1]
    name = t("casework.accepted", lang)
    track = Track(
        name, "ink", tuple(None if q is None else float(q.value.scaleb(-power)) for q in counts), labels,
        tuple("" if q is None else f"{periods.full(m, lang)}<br>{name} {wording.shown(q, lang)}"
              for m, q in zip(spine, counts, strict=True)),
        tuple(None if q is None else float(q.value.scaleb(-power)) for q in past),
        t("trends.last_year_end", lang, value=axis.label(last, power)) if last else "",
    )  # fmt: skip
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
    columns = tuple(t(f"casework.{c}", lang) for c in ("month", "accepted", "completed", "withdrawn"))
    frame = _dated(facts, facts.months.select("month", *MEASURES), spine)
    alt = t("casework.months_alt", lang, headline=headline, n=len(spine))
    known = [m.key for m, q in zip(spine, counts, strict=True) if q]
    drawn = Lines((track,), len(spine), axis.ticks(spine, lang), axis.missing(spine, known, lang))
    return Card(
        "case_months", headline, subtitle, cite(facts.source, lang), Table(columns, tuple(lines)), frame,
        "cases-months", alt, facts.demo, facts.see("accepted"),
    ), drawn  # fmt: skip


def taken(facts: Facts) -> tuple[Card, Lines] | None:
    """Handling time of the cases completed in each month: the median, and within how many days nine in ten were."""
    lang = facts.lang
    spine = _every_month(facts)
    found = handling.summary(facts.month_days, ["month"])
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
        tracks.append(Track(name, "ink", tuple(None if v is None else float(v) for v in values), labels, hover))
    _, median, nine = by[known[-1].key]
    said = {"median": after_word(days_words(median, lang), lang), "nine": after_word(days_words(nine, lang), lang)}
    headline = t("casework.taken_head", lang, month=periods.short(known[-1], lang), **said)
    shown = periods.between(known[0], known[-1], lang)
    subtitle = t("casework.taken_what", lang, who=facts.who, months=shown)
    if known[0].start < facts.now.since.shift(_CUT).start:
        subtitle += t("casework.taken_since", lang, since=periods.short(facts.now.since, lang))
    columns = tuple(t(f"casework.{c}", lang) for c in ("month", "completed", "median", "nine"))
    lines = tuple((periods.short(m, lang), *by[m.key]) for m in reversed(known))
    names = {"n": "completed", "median": "median_workdays", "nine_in_ten": "nine_in_ten_workdays"}
    alt = t("casework.taken_alt", lang, headline=headline, n=len(known))
    drawn = Lines(tuple(tracks), len(spine), axis.ticks(spine, lang), axis.missing(spine, [m.key for m in known], lang))
    return Card(
        "case_taken", headline, subtitle, cite(facts.source, lang), Table(columns, lines),
        _dated(facts, found.rename(names), spine), "cases-days-months", alt, facts.demo,
        facts.see("completed"),
    ), drawn  # fmt: skip


def _every_month(facts: Facts) -> tuple[Period, ...]:
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


def _dated(facts: Facts, frame: pl.DataFrame, spine: tuple[Period, ...]) -> pl.DataFrame:
    """The rows of these months as a download."""
    inside = frame.filter(pl.col("month").is_between(spine[0].start, spine[-1].start))
    named = inside.with_columns(pl.col("month").dt.strftime("%Y-%m").alias("time_period")).drop("month")
    return named.select(pl.lit(facts.publisher).alias("publisher"), "time_period", pl.exclude("time_period"))
