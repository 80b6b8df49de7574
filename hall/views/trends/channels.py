"""The split of accepted cases by all their channels, as the records count them."""

from __future__ import annotations

from decimal import Decimal

from hall import catalog
from hall.catalog.records import Code
from hall.measure.rounding import Quantity
from hall.measure.share import share
from hall.measure.spine import spine
from hall.measure.suppress import Counts
from hall.model import Freq, Lang, Period
from hall.text import numbers, periods, t
from hall.views.data import case_counts
from hall.views.data.context import Context
from hall.views.parts import axis, wording
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.plots import Lines, Track
from hall.views.parts.scope import scope_words

# the newest that a chart of columns shows
_MOST = 60
_METRIC = "handled_total"
ByChannel = dict[str, dict[str, int]]


def load(ctx: Context, grain: Freq) -> tuple[Card, Lines] | None:
    """Stacked columns of the newest whole periods within the filter; None by day, or where no cases are held."""
    if grain == "D":
        return None
    found, lang = case_counts.channels(ctx, grain), ctx.lang
    spans = found.select("period_start", "period_end").unique().iter_rows()
    inside = {p.start: p for start, end in spans if ctx.inside(p := Period(start, end, grain))}
    keys = {start: p.key for start, p in inside.items()}
    by: ByChannel = {}
    for channel, start, n in found.select("metric", "period_start", "n").iter_rows():
        if start in keys:
            by.setdefault(channel, {})[keys[start]] = n
    known = {p.key: p for p in inside.values()}
    whole = spine(known.values())
    line = whole[-_MOST:]
    here = [p for p in line if p.key in known]
    used = [code for code in catalog.channels().values() if any(by.get(code.id, {}).values())]
    if not here or not used:
        return None
    totals = {p.key: sum(by[code.id][p.key] for code in used) for p in here}
    unit = catalog.metrics()[_METRIC].unit
    power = axis.scale([Quantity(Decimal(n), unit) for n in totals.values()], lang)
    bits = [
        t("counted.channels", lang, unit=numbers.unit_word(unit, lang, power), by=t(f"trends.by_{grain}", lang)),
        t("trends.newest_periods", lang, n=_MOST) if len(line) < len(whole) else "",
        scope_words([_METRIC] if "cases" in ctx.coverage.narrowed else [], [_METRIC], ctx),
    ]
    rows: list[tuple[Cell, ...]] = [
        (periods.short(p, lang), *(by[code.id][p.key] for code in used), totals[p.key]) for p in here[::-1]
    ]
    ids = tuple(code.id for code in used)
    made = card(
        ctx,
        "channels",
        headline=_headline(by, totals, here[-1], lang),
        subtitle=t("text.semicolon", lang).join(filter(None, bits)),
        documents=(case_counts.document(ctx),),
        table=Table(
            columns=(t("column.period", lang), *(code.label(lang) for code in used), t("column.total", lang)),
            rows=tuple(rows),
            ids=("period", *ids, "total"),
            counts=Counts((*ids, "total"), sums=(("total", ids),)),
        ),
    )
    tracks = tuple(_track(code, by[code.id], line, power, unit, lang) for code in used)
    gaps = axis.missing(line, list(totals), lang)
    return made, Lines(tracks=tracks, slots=len(line), ticks=axis.ticks(line, lang), gaps=gaps)


def _track(code: Code, own: dict[str, int], line: tuple[Period, ...], power: int, unit: str, lang: Lang) -> Track:
    counts = [(p, own.get(p.key)) for p in line]
    name = code.label(lang)
    return Track(
        name=name,
        colour=code.colour,
        values=tuple(None if n is None else n / 10**power for _, n in counts),
        labels=tuple("" if n is None else f"{n:,}" for _, n in counts),
        hover=tuple(
            "" if n is None else f"{periods.short(p, lang)}<br>{name} {wording.shown(Quantity(Decimal(n), unit), lang)}"
            for p, n in counts
        ),
    )


def _headline(by: ByChannel, totals: dict[str, int], newest: Period, lang: Lang) -> str:
    told = []
    for period in (newest, newest.year_ago()):
        parts = (by.get("online", {}).get(period.key), totals.get(period.key)) if period else (None, None)
        part, whole = (None if n is None else Quantity(Decimal(n), "case") for n in parts)
        told.append(share(part, whole))
    now, before = told
    if now is None:
        return t("overview.channels_plain", lang)
    first = t("counted.online_now", lang, period=periods.short(newest, lang), share=wording.rate(now, lang))
    return first if before is None else first + t("counted.online_before", lang, share=wording.rate(before, lang))
