"""The window's share of all matters by month, and totals of days that no loaded week tells of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.share import share
from hall.measure.spine import spine
from hall.model import Lang, Period
from hall.text import after_word, periods, t
from hall.views.data.window_values import Value, brackets, pick
from hall.views.parts import axis
from hall.views.parts.cards import Card, Lines, Table, Track
from hall.views.parts.citation import sources
from hall.views.parts.window_series import frame_of
from hall.views.parts.wording import rate, shown

_SPANS = 3
_DENSE = 8


@dataclass(frozen=True, slots=True)
class Part:
    """The window's share of all matters in one month, in percent, with both sides in words."""

    period: Period
    share: Decimal
    words: str
    sides: str


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
    headline = t("windows.share", lang, period=periods.short(newest.period, lang), share=after_word(newest.words, lang))
    table = Table(
        tuple(t(f"windows.{c}", lang) for c in ("period", "share_column", "share_sides")),
        tuple((periods.short(p.period, lang), p.words, p.sides) for p in parts),
    )
    issues = tuple(dict.fromkeys(v.document for v in used))
    alt = t(
        "windows.share_alt",
        lang,
        values=t("text.comma", lang).join(f"{periods.short(p.period, lang)} {p.words}" for p in parts),
    )
    card = Card(
        "shares",
        headline,
        t("windows.share_unit", lang),
        sources(issues, lang),
        table,
        frame_of(used),
        "windows-share",
        alt,
        any(v.demo for v in used),
    )
    return card, tuple(parts)


def over_time(parts: tuple[Part, ...], lang: Lang) -> Lines | None:
    """The shares as a line, from so many known months that bars would be a wall; None below that."""
    if len(parts) < _DENSE:
        return None
    by = {p.period.key: p for p in parts}
    months = spine([p.period for p in parts])
    shown = [by.get(m.key) for m in months]
    track = Track(
        t("windows.share_column", lang), "teal", tuple(float(p.share) if p else None for p in shown),
        tuple(p.words if p else "" for p in shown),
        tuple(f"{periods.full(p.period, lang)}<br>{p.words}<br>{p.sides}" if p else "" for p in shown),
    )  # fmt: skip
    return Lines((track,), len(months), axis.ticks(months, lang), axis.missing(months, list(by), lang))


def between(known: tuple[Value, ...], lang: Lang) -> Card | None:
    """Totals of the days that no loaded week tells of, from the to-date figures (derived, never split into weeks)."""
    found = brackets(known)
    if not found:
        return None
    columns = tuple(t(f"windows.{c}", lang) for c in ("days", "steps", "total"))
    lines = tuple(
        (
            t("windows.span", lang, year=b.first.year, days=periods.days(b.first, b.last, lang)) if not i else "",
            catalog.metrics()[m].step(lang),
            int(total),
        )
        for b in found[:_SPANS]
        for i, (m, total) in enumerate(b.totals)
    )
    used = tuple(dict.fromkeys(v.document for v in known if v.scope == "year_to_date" and not v.counted))
    stated = sources(used, lang)
    frame = pl.DataFrame(
        [(m, b.first, b.last, v, catalog.metrics()[m].unit, "E", stated) for b in found for m, v in b.totals],
        schema={
            "metric": pl.String,
            "period_start": pl.Date,
            "period_end": pl.Date,
            "obs_value": pl.Decimal(28, 6),
            "unit_measure": pl.String,
            "obs_status": pl.String,
            "source": pl.String,
        },
        orient="row",
    )
    return Card(
        "between",
        t("windows.between", lang),
        t("windows.between_unit", lang),
        stated,
        Table(columns, lines),
        frame,
        "windows-between",
        t("windows.between", lang),
        any(v.demo for v in known),
    )
