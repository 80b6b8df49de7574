"""The plots of page 综合窗口 from its view."""

from __future__ import annotations

from datetime import date

from hall.charts.figure import Figure
from hall.charts.flow import Pair, flow
from hall.charts.line import lines
from hall.charts.panels import Panel, Point, panels
from hall.charts.theme import Mode
from hall.charts.track import Share, shares, track
from hall.measure.spine import spine
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.observations import Value
from hall.views.parts import axis
from hall.views.parts.wording import number, shown
from hall.views.windows.items import ManualCoverage
from hall.views.windows.series import Series
from hall.views.windows.shares import WindowShare, over_time
from hall.views.windows.throughput import Comparison

# as many labels as stand side by side on a phone
_TICKS = 4
_DENSE = 24


def flow_of(found: Comparison, mode: Mode) -> Figure:
    """The four steps of one period beside another, in the channel's teal."""
    pairs = tuple(
        Pair(s.side, _float(s.now), _words(s.now), _float(s.then), _words(s.then), s.words) for s in found.steps
    )
    return flow(pairs, "teal", found.sides, mode)


def _float(value: Value | None) -> float | None:
    return float(value.quantity.value) if value else None


def _words(value: Value | None) -> str:
    return numbers.digits(value.quantity.value, max(0, -value.quantity.exponent)) if value else ""


def series_of(lines: tuple[Series, ...], lang: Lang, mode: Mode) -> Figure:
    """Panels of one measure each on a shared time axis."""
    rows = tuple(
        Panel(
            line.title,
            line.colour,
            tuple(_point(v, joined, line.power, lang) for v, joined in zip(line.values, line.joined, strict=True)),
        )
        for line in lines
    )
    every = sorted({v.period for line in lines for v in line.values})
    gaps = max((line.gaps for line in lines), key=len, default=())
    runs = tuple((g.first.start, g.last.end, t("windows.gap", lang, run=_run(g.first, g.last, lang))) for g in gaps)
    return panels(rows, runs if len(every) < 8 else (), _ticks(every, lang), mode)


def _run(first: Period, last: Period, lang: Lang) -> str:
    if first.freq == "M":
        return periods.run(first, last, lang)
    return t("windows.weeks_between", lang, n=(last.start - first.start).days // 7 + 1)


def _point(value: Value, joined: bool, power: int, lang: Lang) -> Point:
    hover = f"{periods.full(value.period, lang)}<br>{shown(value.quantity, lang)}"
    return Point(
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


def shares_of(parts: tuple[WindowShare, ...], lang: Lang, mode: Mode) -> Figure:
    """The window's share by month: bars with both sides while there are few, else a line."""
    if dense := over_time(parts, lang):
        fig = lines(dense, mode)
        fig.y(ticksuffix="%")
        return fig
    rows = tuple(
        Share(
            periods.short(p.period, lang),
            float(p.share),
            f"<b>{p.words}</b><br>{p.sides}",
            f"{periods.short(p.period, lang)} {p.words}",
        )
        for p in parts
    )
    return shares(rows, "teal", mode)


def track_of(found: ManualCoverage, mode: Mode) -> Figure:
    """Manuals done as a part of the whole."""
    return track(found.share, found.done, found.rest, found.printed, "teal", mode)
