"""Series of the comprehensive window: the four steps by week, its months, its share of all matters, bracketed totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.share import share
from hall.measure.spine import Gap, gaps, spine
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.pieces import Card, Table
from hall.views.source_line import sources
from hall.views.weeks import STEPS, Value, brackets, joined, pick
from hall.views.wording import number, rate, shown

MONTHLY = ("comprehensive_accepted", "window_issued", "mailed")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over time: its title with unit, colour token, known values from old to new, runs not loaded."""

    title: str
    colour: str
    values: tuple[Value, ...]
    joined: tuple[bool, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The window's share of all matters in one month, in percent, with both sides in words."""

    period: Period
    share: Decimal
    words: str
    sides: str


def weekly(known: tuple[Value, ...], lang: Lang) -> tuple[Card, tuple[Line, ...]] | None:
    """The four steps by week, in the channel's one colour; None without a week."""
    lines = _lines(known, STEPS, "W", lang, "teal")
    if not lines:
        return None
    weeks = sorted({v.period for line in lines for v in line.values})
    headline = t(
        "windows.weeks", lang, n=len(weeks), first=periods.short(weeks[0], lang), last=periods.short(weeks[-1], lang)
    )
    if len(weeks) == 1:
        headline = t("windows.one_week", lang, first=periods.short(weeks[0], lang))
    return _series("weekly", headline, t("windows.weeks_unit", lang), lines, weeks, lang), lines


def monthly(known: tuple[Value, ...], lang: Lang) -> tuple[Card, tuple[Line, ...]] | None:
    """Accepted, issued and mailed by month, each in its metric's colour; None without a month."""
    lines = _lines(known, MONTHLY, "M", lang)
    if not lines:
        return None
    months = sorted({v.period for line in lines for v in line.values})
    first = lines[0]
    said = t("text.comma", lang).join(
        f"{periods.within(v.period, lang)} {shown(v.quantity, lang)}" for v in first.values[-2:]
    )
    headline = t("windows.months", lang, metric=catalog.metrics()[first.values[0].metric].short(lang), values=said)
    return _series("monthly", headline, t("windows.months_unit", lang), lines, months, lang), lines


def _lines(
    known: Iterable[Value], metrics: tuple[str, ...], freq: str, lang: Lang, colour: str = ""
) -> tuple[Line, ...]:
    found = list(known)
    lines = []
    for number, metric in enumerate(metrics):
        own = sorted((v for v in found if (v.metric, v.period.freq, v.scope, v.department) == (metric, freq, "period", None)),
                     key=lambda v: v.period.start)  # fmt: skip
        if not own:
            continue
        entry = catalog.metrics()[metric]
        last = own[-1].quantity
        unit = numbers.parts(last.value, last.unit, last.unit_mult, last.decimals, lang)[1]
        title = t("windows.step", lang, mark="①②③④"[number] if colour else "", unit=unit,
                  step=entry.step(lang) if colour else entry.short(lang)).strip()  # fmt: skip
        consecutive = joined(v.period for v in own)
        lines.append(Line(title, colour or entry.colour, tuple(own), tuple(consecutive[v.period.key] for v in own),
                          _unknown([v.period for v in own])))  # fmt: skip
    return tuple(lines)


def _series(key: str, headline: str, unit: str, lines: tuple[Line, ...], at: list[Period], lang: Lang) -> Card:
    shown = {(line.title, v.period.key): v for line in lines for v in line.values}
    cells = tuple(
        (periods.short(p, lang), *(_cell(shown.get((line.title, p.key)), lang) for line in lines)) for p in reversed(at)
    )
    table = Table((t("windows.period", lang), *(line.title for line in lines)), cells)
    every = [v for line in lines for v in line.values]
    issues = tuple(dict.fromkeys(v.document for v in sorted(every, key=lambda v: v.period.start, reverse=True)))
    run = _unknown(at)
    missing = (
        t("windows.missing", lang, runs=t("text.comma", lang).join(periods.run(g.first, g.last, lang) for g in run))
        if run
        else ""
    )
    alt = t("windows.series_alt", lang, headline=headline, n=len(lines), periods=len(at))
    return Card(key, headline, unit + missing, sources(issues, lang), table, frame_of(every, lang), f"windows-{key}", alt,
                any(v.demo for v in every))  # fmt: skip


def _cell(value: Value | None, lang: Lang) -> int | str:
    if value is None:
        return t("missing.period", lang)
    q = value.quantity
    return number(q, lang) if q.slack else int(q.value)


def _unknown(known: list[Period]) -> tuple[Gap, ...]:
    return gaps(spine(known), {p.key for p in known})


def frame_of(values: Iterable[Value], lang: Lang) -> pl.DataFrame:
    """Values as they are downloaded."""
    schema = {
        "metric": pl.String, "metric_name": pl.String, "freq": pl.String, "time_period": pl.String,
        "period_start": pl.Date, "period_end": pl.Date, "scope": pl.String, "obs_value": pl.Decimal(28, 6),
        "unit_measure": pl.String, "unit_mult": pl.Int64, "decimals": pl.Int64, "obs_status": pl.String,
        "document": pl.String,
    }  # fmt: skip
    found = [
        (v.metric, catalog.metrics()[v.metric].label(lang), v.period.freq, v.period.key, v.period.start, v.period.end,
         v.scope, v.value, v.quantity.unit, v.quantity.unit_mult, v.quantity.decimals, v.status, v.document.sha256)
        for v in sorted(values, key=lambda v: (v.period.start, v.metric))
    ]  # fmt: skip
    return pl.DataFrame(found, schema=schema, orient="row")


def shares(known: tuple[Value, ...], lang: Lang) -> tuple[Card, tuple[Part, ...]] | None:
    """comprehensive_accepted in handled_total by month, no finer than the printed digits carry; newest first."""
    months = sorted({v.period for v in known if v.period.freq == "M"}, reverse=True)
    parts, used = [], []
    for month in months:
        part = pick(known, "comprehensive_accepted", month.key, freq="M")
        whole = pick(known, "handled_total", month.key, freq="M")
        found = share(part.quantity, whole.quantity) if part and whole else None
        if part is None or whole is None or found is None:
            continue
        used += [part, whole]
        sides = " ÷ ".join(shown(v.quantity, lang) for v in (part, whole))
        parts.append(Part(month, found.percent, rate(found, lang), sides))
    if not parts:
        return None
    newest = parts[0]
    headline = t("windows.share", lang, period=periods.short(newest.period, lang), share=newest.words)
    table = Table(
        tuple(t(f"windows.{c}", lang) for c in ("period", "share_column", "share_sides")),
        tuple((periods.short(p.period, lang), p.words, p.sides) for p in parts),
    )
    issues = tuple(dict.fromkeys(v.document for v in used))
    alt = t("windows.share_alt", lang, values=t("text.comma", lang).join(
        f"{periods.short(p.period, lang)} {p.words}" for p in parts))  # fmt: skip
    card = Card("shares", headline, t("windows.share_unit", lang), sources(issues, lang), table, frame_of(used, lang),
                "windows-share", alt, any(v.demo for v in used))  # fmt: skip
    return card, tuple(parts)


def between(known: tuple[Value, ...], lang: Lang) -> Card | None:
    """Totals of the days that no loaded week tells of, from the to-date figures (derived, never split into weeks)."""
    found = brackets(known)
    if not found:
        return None
    totals = [dict(b.totals) for b in found]
    steps = tuple(catalog.metrics()[m].step(lang) for m in STEPS)
    columns = (t("windows.days", lang), *steps)
    lines = tuple(
        (t("windows.span", lang, year=b.first.year, days=periods.days(b.first, b.last, lang)),
         *(int(own[m]) if m in own else t("missing.period", lang) for m in STEPS))
        for b, own in zip(found, totals, strict=True)
    )  # fmt: skip
    frame = pl.DataFrame(
        [(m, catalog.metrics()[m].label(lang), b.first, b.last, v, "E") for b in found for m, v in b.totals],
        schema={"metric": pl.String, "metric_name": pl.String, "period_start": pl.Date, "period_end": pl.Date,
                "obs_value": pl.Decimal(28, 6), "obs_status": pl.String},
        orient="row",
    )  # fmt: skip
    used = tuple(dict.fromkeys(v.document for v in known if v.scope == "year_to_date"))
    return Card("between", t("windows.between", lang), t("windows.between_unit", lang), sources(used, lang),
                Table(columns, lines), frame, "windows-between", t("windows.between", lang), any(v.demo for v in known))  # fmt: skip
