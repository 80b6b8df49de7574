"""Series of the comprehensive window: the four steps by week, and its months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from hall import catalog
from hall.measure.spine import Gap, gaps, spine
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.window_values import STEPS, Value, joined
from hall.views.parts import axis
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import sources
from hall.views.parts.wording import number, shown

_FEW = 2
MONTHLY = ("comprehensive_accepted", "window_issued", "mailed")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over time: its title with unit, colour token, known values from old to new, runs not loaded, and
    the power of ten of the unit in which all of its values are drawn, however each was printed."""

    title: str
    colour: str
    values: tuple[Value, ...]
    joined: tuple[bool, ...]
    gaps: tuple[Gap, ...]
    power: int = 0


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
    for rank, metric in enumerate(metrics):
        own = sorted(
            (v for v in found if (v.metric, v.period.freq, v.scope, v.department) == (metric, freq, "period", None)),
            key=lambda v: v.period.start,
        )
        if not own:
            continue
        entry = catalog.metrics()[metric]
        power = axis.scale([v.quantity for v in own], lang) if lang == "zh" else 0
        unit = numbers.unit_word(own[-1].quantity.unit, lang, power)
        title = t(
            "windows.step",
            lang,
            mark="①②③④"[rank] if colour else "",
            unit=unit,
            step=entry.step(lang) if colour else entry.short(lang),
        ).strip()
        consecutive = joined(v.period for v in own)
        lines.append(
            Line(
                title,
                colour or entry.colour,
                tuple(own),
                tuple(consecutive[v.period.key] for v in own),
                _unknown([v.period for v in own]),
                power,
            )
        )
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
    missing = _missing(run, at[0].freq, lang)
    if len({v.counted for v in every}) > 1:
        missing += t("text.semicolon", lang) + t("counted.fills", lang)
    alt = t("windows.series_alt", lang, headline=headline, n=len(lines), periods=len(at))
    return Card(
        key,
        headline,
        unit + missing,
        sources(issues, lang),
        table,
        frame_of(every),
        f"windows-{key}",
        alt,
        any(v.demo for v in every),
    )


def _missing(runs: tuple[Gap, ...], freq: str, lang: Lang) -> str:
    """The runs that are not loaded: by name while they are few, else how many periods they are."""
    if not runs:
        return ""
    if len(runs) > _FEW:
        return t(f"windows.missing_{freq}", lang, n=sum(gap.count for gap in runs))
    named = t("text.comma", lang).join(periods.run(gap.first, gap.last, lang) for gap in runs)
    return t("windows.missing", lang, runs=named)


def _cell(value: Value | None, lang: Lang) -> int | str:
    if value is None:
        return t("missing.period", lang)
    q = value.quantity
    return number(q, lang) if q.slack else int(q.value)


def _unknown(known: list[Period]) -> tuple[Gap, ...]:
    return gaps(spine(known), {p.key for p in known})


def frame_of(values: Iterable[Value]) -> pl.DataFrame:
    """Values as they are downloaded: what, when, how much, how sure, and where it is stated."""
    schema: dict[str, type[pl.DataType] | pl.DataType] = {
        "metric": pl.String,
        "freq": pl.String,
        "time_period": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "scope": pl.String,
        "obs_value": pl.Decimal(28, 6),
        "unit_measure": pl.String,
        "as_printed": pl.String,
        "unit_mult": pl.Int64,
        "decimals": pl.Int64,
        "obs_status": pl.String,
        "publisher": pl.String,
        "document_kind": pl.String,
        "issue": pl.Int64,
        "published_on": pl.Date,
        "section": pl.String,
        "quote": pl.String,
        "document": pl.String,
    }
    found = [_row(v) for v in sorted(values, key=lambda v: (v.period.start, v.metric, v.scope))]
    return pl.DataFrame(found, schema=schema, orient="row")


def _row(v: Value) -> tuple[object, ...]:
    what = (v.metric, v.period.freq, v.period.key, v.period.start, v.period.end, v.scope)
    much = (v.value, v.quantity.unit, v.as_printed, v.quantity.unit_mult, v.quantity.decimals, v.status)
    own = v.document
    return (*what, *much, own.publisher, own.kind, own.issue, own.published_on, v.section, v.quote, own.sha256)
