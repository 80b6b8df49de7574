"""The window's share of all matters by month, and totals of days that no loaded week tells of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hall import catalog
from hall.measure.share import share
from hall.measure.spine import spine
from hall.model import Document, Lang, Period
from hall.text import after_word, periods, t
from hall.views.data.comparable import alike
from hall.views.data.context import Context
from hall.views.data.observations import Value, Values
from hall.views.parts import axis
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.plots import Lines, ShareBar, Track
from hall.views.parts.wording import rate, shown
from hall.views.windows import weeks

_SPANS = 3
_DENSE = 8


@dataclass(frozen=True, slots=True)
class WindowShare:
    """The window's share of all matters in one month, in percent, with both sides in words; ``source`` is the side
    that was counted, where any was."""

    period: Period
    share: Decimal
    words: str
    sides: str
    source: Value


def shares(ctx: Context, known: Values) -> tuple[Card, Lines | tuple[ShareBar, ...]] | None:
    """comprehensive_accepted in handled_total by month, no finer than the printed digits carry; newest first."""
    lang, parts, used, cells = ctx.lang, list[WindowShare](), list[Document](), list[tuple[Cell, ...]]()
    for month in reversed(known.periods("M", ("handled_total",))):
        part, whole = known.get("comprehensive_accepted", month), known.get("handled_total", month)
        found = share(part.quantity, whole.quantity) if part and whole and alike(part, whole) else None
        if part is None or whole is None or found is None:
            continue
        used += [part.document, whole.document]
        sides = " ÷ ".join(shown(v.quantity, lang) for v in (part, whole))
        parts.append(WindowShare(month, found.percent, rate(found, lang), sides, part if part.counted else whole))
        # the share tells the count that it is made of
        count = int(part.quantity.value) if part.counted else None
        cells.append((periods.short(month, lang), Amount(parts[-1].words, count), Amount(sides, count)))
    if not parts:
        return None
    newest = parts[0]
    said = {"period": periods.short(newest.period, lang), "share": after_word(newest.words, lang)}
    values = t("text.comma", lang).join(f"{periods.short(p.period, lang)} {p.words}" for p in parts)
    columns = tuple(t(f"windows.{c}", lang) for c in ("period", "share_column", "share_sides"))
    made = card(
        ctx,
        "shares",
        headline=t("windows.share", lang, **said),
        subtitle=t("windows.share_unit", lang),
        documents=used,
        table=Table(columns=columns, rows=tuple(cells)),
        file=t("file.windows_share", lang),
        alt=t("windows.share_alt", lang, values=values),
    )
    return made, _over_time(tuple(parts), lang) or _bars(tuple(parts), lang)


def _over_time(parts: tuple[WindowShare, ...], lang: Lang) -> Lines | None:
    """The shares as a line, from so many known months that bars would be a wall; None below that."""
    if len(parts) < _DENSE:
        return None
    by = {p.period.key: p for p in parts}
    months = spine([p.period for p in parts])
    shown = [by.get(m.key) for m in months]
    track = Track(
        name=t("windows.share_column", lang),
        colour="teal",
        values=tuple(float(p.share) if p else None for p in shown),
        labels=tuple(p.words if p else "" for p in shown),
        hover=tuple(f"{periods.full(p.period, lang)}<br>{p.words}<br>{p.sides}" if p else "" for p in shown),
    )
    gaps = axis.missing(months, list(by), lang)
    turns = axis.turns([p.source if p else None for p in shown], lang)
    return Lines(tracks=(track,), slots=len(months), ticks=axis.ticks(months, lang), gaps=gaps, turns=turns, suffix="%")


def _bars(parts: tuple[WindowShare, ...], lang: Lang) -> tuple[ShareBar, ...]:
    """The shares with both sides of their division."""
    mixed = len({p.source.counted for p in parts}) > 1
    return tuple(
        ShareBar(name, float(p.share), f"<b>{p.words}</b><br>{p.sides}", f"{name} {p.words}")
        for p in parts
        for name in (axis.named(p.period, lang, counted=mixed and p.source.counted),)
    )


def between(ctx: Context, known: Values) -> Card | None:
    """Totals of the days that no loaded week tells of, from the to-date figures (derived, never split into weeks)."""
    lang, found = ctx.lang, weeks.between(known)
    if not found:
        return None
    lines = tuple(
        (
            t("windows.span", lang, year=b.first.year, days=periods.days(b.first, b.last, lang)) if not i else "",
            catalog.metrics()[m].step(lang),
            int(total),
        )
        for b in found[:_SPANS]
        for i, (m, total) in enumerate(b.totals)
    )
    return card(
        ctx,
        "between",
        headline=t("windows.between", lang),
        subtitle=t("windows.between_unit", lang),
        documents=(v.document for v in known.all if v.scope == "year_to_date" and not v.counted and not v.held),
        table=Table(columns=tuple(t(f"windows.{c}", lang) for c in ("days", "steps", "total")), rows=lines),
        file=t("file.windows_between", lang),
    )
