"""Series of the comprehensive window: the four steps by week, and its months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.measure.spine import Gap, gaps, spine
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.comparable import alike
from hall.views.data.context import Context
from hall.views.data.observations import STEPS, Value, Values
from hall.views.parts import axis
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.plots import PanelPoint, PanelRow, Panels
from hall.views.parts.wording import number, shown
from hall.views.windows.weeks import joined

_FEW = 2
# as many labels as stand side by side on a phone
_TICKS = 4
_DENSE, _GAPS_TOLD = 24, 8
MONTHLY = ("comprehensive_accepted", "window_issued", "mailed")


@dataclass(frozen=True, slots=True)
class WindowSeries:
    """One measure over time: its title with unit, colour token, known values from old to new, runs not loaded, and
    the power of ten of the unit in which all of its values are drawn, however each was printed."""

    title: str
    colour: str
    values: tuple[Value, ...]
    joined: tuple[bool, ...]
    gaps: tuple[Gap, ...]
    power: int = 0


def weekly(ctx: Context, known: Values) -> tuple[Card, Panels] | None:
    """The four steps by week, in the channel's one colour; None without a week."""
    lang = ctx.lang
    lines = _lines(known, STEPS, "W", lang, "teal")
    if not lines:
        return None
    weeks = sorted({v.period for line in lines for v in line.values})
    headline = t(
        "windows.weeks", lang, n=len(weeks), first=periods.short(weeks[0], lang), last=periods.short(weeks[-1], lang)
    )
    if len(weeks) == 1:
        headline = t("windows.one_week", lang, first=periods.short(weeks[0], lang))
    return _series(ctx, "weekly", headline, t("windows.weeks_unit", lang), lines, weeks), _panels(lines, lang)


def monthly(ctx: Context, known: Values) -> tuple[Card, Panels] | None:
    """Accepted, issued and mailed by month, each in its metric's colour; None without a month."""
    lang = ctx.lang
    lines = _lines(known, MONTHLY, "M", lang)
    if not lines:
        return None
    months = sorted({v.period for line in lines for v in line.values})
    first = lines[0]
    said = t("text.comma", lang).join(
        f"{periods.within(v.period, lang)} {shown(v.quantity, lang)}"
        for v in first.values[-2:]
        if alike(v, first.values[-1])
    )
    headline = t("windows.months", lang, metric=catalog.metrics()[first.values[0].metric].short(lang), values=said)
    return _series(ctx, "monthly", headline, t("windows.months_unit", lang), lines, months), _panels(lines, lang)


def _lines(
    known: Values, metrics: tuple[str, ...], freq: str, lang: Lang, colour: str = ""
) -> tuple[WindowSeries, ...]:
    lines = []
    for rank, metric in enumerate(metrics):
        own = [v for v in known.of(metric, freq).values() if not v.held]
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
            WindowSeries(
                title,
                colour or entry.colour,
                tuple(own),
                tuple(consecutive[v.period.key] and (i == 0 or alike(own[i - 1], v)) for i, v in enumerate(own)),
                _unknown([v.period for v in own]),
                power,
            )
        )
    return tuple(lines)


def _series(
    ctx: Context, key: str, headline: str, unit: str, lines: tuple[WindowSeries, ...], at: list[Period]
) -> Card:
    lang, shown = ctx.lang, {(line.title, v.period.key): v for line in lines for v in line.values}
    cells = tuple(
        (periods.short(p, lang), *(_cell(shown.get((line.title, p.key)), lang) for line in lines)) for p in reversed(at)
    )
    every = [v for line in lines for v in line.values]
    missing = _missing(_unknown(at), at[0].freq, lang)
    if len({v.counted for v in every}) > 1:
        missing += t("text.semicolon", lang) + t("counted.fills", lang)
    return card(
        ctx,
        key,
        headline=headline,
        subtitle=unit + missing,
        documents=(v.document for v in sorted(every, key=lambda v: v.period.start, reverse=True)),
        table=Table(columns=(t("windows.period", lang), *(line.title for line in lines)), rows=cells),
        file=t(f"file.windows_{key}", lang),
        alt=t("windows.series_alt", lang, headline=headline, n=len(lines), periods=len(at)),
    )


def _missing(runs: tuple[Gap, ...], freq: str, lang: Lang) -> str:
    """The runs that are not loaded: by name while they are few, else how many periods they are."""
    if not runs:
        return ""
    if len(runs) > _FEW:
        return t(f"windows.missing_{freq}", lang, n=sum(gap.count for gap in runs))
    named = t("text.comma", lang).join(periods.run(gap.first, gap.last, lang) for gap in runs)
    return t("windows.missing", lang, runs=named)


def _cell(value: Value | None, lang: Lang) -> Cell:
    if value is None:
        return t("missing.period", lang)
    q = value.quantity
    if value.counted:
        return Amount(f"{int(q.value):,}", int(q.value))
    return number(q, lang) if q.slack else int(q.value)


def _unknown(known: list[Period]) -> tuple[Gap, ...]:
    return gaps(spine(known), {p.key for p in known})


def _panels(lines: tuple[WindowSeries, ...], lang: Lang) -> Panels:
    """One panel a measure on a shared time axis."""
    rows = tuple(
        PanelRow(
            line.title,
            line.colour,
            tuple(_point(v, joined, line.power, lang) for v, joined in zip(line.values, line.joined, strict=True)),
        )
        for line in lines
    )
    every = sorted({v.period for line in lines for v in line.values})
    gaps = max((line.gaps for line in lines), key=len, default=())
    runs = tuple((g.first.start, g.last.end, t("windows.gap", lang, run=_run(g.first, g.last, lang))) for g in gaps)
    sources = {v.period: v for line in lines for v in line.values}
    turns = tuple((every[i].start, words) for i, words, _ in axis.turns([sources[p] for p in every], lang))
    told = runs if len(every) < _GAPS_TOLD else ()
    return Panels(rows=rows, gaps=told, ticks=_ticks(every, lang), turns=turns)


def _run(first: Period, last: Period, lang: Lang) -> str:
    if first.freq == "M":
        return periods.run(first, last, lang)
    return t("windows.weeks_between", lang, n=(last.start - first.start).days // 7 + 1)


def _point(value: Value, joined: bool, power: int, lang: Lang) -> PanelPoint:
    hover = f"{periods.full(value.period, lang)}<br>{shown(value.quantity, lang)}"
    return PanelPoint(
        value.period.start,
        value.period.end,
        float(value.quantity.value.scaleb(-power)),
        axis.label(value.quantity, power) if lang == "zh" else number(value.quantity, lang),
        hover,
        joined,
    )


def _ticks(every: list[Period], lang: Lang) -> tuple[tuple[date, str], ...]:
    """Each period while they are few, then about four ticks, over years their beginnings and middles; the year on a
    second line."""
    if len(every) > _DENSE:
        at = spine(every)
        chosen = ((at[i], words.replace("\n", "<br>")) for i, words in axis.ticks(at, lang))
        return tuple((p.start + (p.end - p.start) / 2, words) for p, words in chosen)
    step = max(1, -(-len(every) // _TICKS))
    ticks = []
    year = 0
    for period in every[::step]:
        middle = period.start + (period.end - period.start) / 2
        words = (
            t("windows.tick_week", lang, week=period.start.isocalendar().week)
            if period.freq == "W"
            else periods.within(period, lang)
        )
        own = period.start.isocalendar().year if period.freq == "W" else period.start.year
        ticks.append((middle, words if own == year else f"{words}<br>{t('period.year', lang, year=own)}"))
        year = own
    return tuple(ticks)
