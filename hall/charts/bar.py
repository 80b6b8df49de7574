"""Bars: a few items with their values, and parts of a whole stacked by channel."""

from __future__ import annotations

from collections.abc import Sequence

from hall.charts import axes
from hall.charts.figure import Plot
from hall.charts.theme import Mode, ink_on, palette
from hall.views.parts.plots import Bar, Lines, Stack

_ROW = 86
_INSIDE = 0.22
_COLUMNS = 300
_NAME = 16
# what keeps words off the edge of a bar; how many rows above its middle the name of a short part stands
_BLANK = "\u00a0"
_ABOVE = 28 / _ROW


def bars(items: Sequence[Bar], colour: str, mode: Mode) -> Plot:
    """Horizontal bars from the top, values outside in ink; pale ones are the other period."""
    p = palette(mode)
    fig = Plot(mode, 20 + _ROW * len(items), right=72)
    top = max((item.value for item in items), default=0) or 1
    told = list[tuple[float, float, str, str]]()
    for i, item in enumerate(items):
        fill = p.last_year_fill if item.pale else p.series[colour]
        fig.bar(
            x=[item.value], y=[i], orientation="h", width=0.46,
            marker={"color": fill, "line": {"width": 1 if item.pale else 0, "color": p.axis}},
            hovertemplate=f"{item.name} {item.label}<extra></extra>",
        )  # fmt: skip
        told.append((item.value, i, f"{_BLANK}{item.label}", p.ink))
        if item.inside and item.value / top > _INSIDE:
            told.append((0, i, f"{_BLANK * 2}{item.inside}", ink_on(fill, mode)))
    _words(fig, told)
    _rows(fig, [item.name for item in items], top)
    return fig


def channels(stacks: Sequence[Stack], mode: Mode) -> Plot:
    """One stacked bar a period: name inside the long part, above the short one, bold total at the end."""
    p = palette(mode)
    fig = Plot(mode, 30 + _ROW * len(stacks), right=64, top=18)
    top = max((sum(part[2] for part in stack.parts) for stack in stacks), default=0) or 1
    told = list[tuple[float, float, str, str]]()
    above = list[tuple[float, float, str, str]]()
    for i, stack in enumerate(stacks):
        at = 0.0
        for name, token, value, label in stack.parts:
            fill = p.series[token]
            fig.bar(
                x=[value], y=[i], base=[at], orientation="h", width=0.46,
                marker={"color": fill, "line": {"width": 1, "color": p.page}},
                hovertemplate=f"{stack.name} {name} {label}<extra></extra>",
            )  # fmt: skip
            if value / top > _INSIDE:
                told.append((at, i, f"{_BLANK * 2}{name} {label}", ink_on(fill, mode)))
            else:
                above.append((at + value, i - _ABOVE, f"{name} {label}", fill))
            at += value
        told.append((at, i, f"{_BLANK * 2}<b>{stack.total}</b>", p.ink))
    _words(fig, told)
    _words(fig, above, "middle left")
    _rows(fig, [stack.name for stack in stacks], top)
    fig.layout["barmode"] = "overlay"
    return fig


def _words(fig: Plot, told: Sequence[tuple[float, float, str, str]], side: str = "middle right") -> None:
    """Words at x and y with their colour."""
    if told:
        x, y, text, colours = map(list, zip(*told, strict=True))
        fig.words(x=x, y=y, text=text, textposition=side, textfont={"size": 12.5, "color": colours})


def columns(what: Lines, mode: Mode) -> Plot:
    """Vertical stacked bars over many periods, one track a part; the newest part's names stand at the right."""
    p = palette(mode)
    fig = Plot(mode, _COLUMNS, right=14 + max((axes.width(track.name) for track in what.tracks), default=0))
    fig.y(nticks=5)
    axes.slots(fig, what.slots, what.ticks)
    axes.gaps(fig, what.gaps, what.slots, mode)
    sums = [sum(v or 0.0 for v in slot) for slot in zip(*(track.values for track in what.tracks), strict=True)]
    pixels = (_COLUMNS - 60) / axes.ceiling(sums, 0.05)
    at, middles = 0.0, list[float]()
    for track in what.tracks:
        ink = p.series[track.colour]
        fig.bar(
            x=list(range(what.slots)), y=list(track.values), marker={"color": ink, "line": {"width": 0}}, width=0.72,
            customdata=list(track.hover), hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        last = next((v for v in reversed(track.values) if v is not None), 0.0)
        middles.append(at + last / 2)
        at += last
    # names of thin parts move apart, in the order of the parts
    places = axes.spread([middle * pixels for middle in middles], _NAME)
    for track, middle, place in zip(what.tracks, middles, places, strict=True):
        fig.note(
            x=1, xref="paper", y=middle, yshift=place - middle * pixels, text=track.name,
            xanchor="left", xshift=6, font={"size": 12.5, "color": p.series[track.colour]},
        )  # fmt: skip
    fig.layout["barmode"] = "stack"
    return fig


def changes(values: Sequence[float | None], names: Sequence[str], labels: Sequence[str], mode: Mode) -> Plot:
    """Change by period: vertical bars, blue for more and ochre for less, numbers outside, a zero line."""
    p = palette(mode)
    fig = Plot(mode, 260, top=24)
    more, less = p.diverging[7], p.diverging[2]
    fig.bar(
        x=list(range(len(values))), y=list(values), width=0.62, hoverinfo="skip",
        marker={"color": [more if (v or 0) >= 0 else less for v in values], "line": {"width": 0}},
    )  # fmt: skip
    told = [(i, value, label) for i, (value, label) in enumerate(zip(values, labels, strict=True)) if value is not None]
    fig.words(
        x=[i for i, *_ in told], y=[value for _, value, _ in told], text=[label for *_, label in told],
        textposition=["top center" if value >= 0 else "bottom center" for _, value, _ in told], textfont={"size": 12},
    )  # fmt: skip
    axes.slots(fig, len(values), list(enumerate(names)))
    fig.x(showline=False, ticks="")
    fig.y(
        visible=False, rangemode="normal", zeroline=True, zerolinecolor=p.axis, zerolinewidth=1,
        range=_around([v for v in values if v is not None]),
    )  # fmt: skip
    fig.rule(xref="paper", x0=0, x1=1, y0=0, y1=0, line={"color": p.axis, "width": 1})
    return fig


def _around(values: list[float]) -> list[float]:
    low, high = min([0.0, *values]), max([0.0, *values])
    room = (high - low or 1) * 0.16
    return [low - room if low < 0 else low - room / 4, high + room]


def _rows(fig: Plot, names: list[str], top: float) -> None:
    # the first item stands at the top; half a row of air above and below
    fig.y(
        range=[len(names) - 0.4, -0.6], tickmode="array", tickvals=list(range(len(names))), ticktext=names,
        showgrid=False, tickfont={"size": 13, "color": palette(fig.mode).ink}, rangemode="normal",
    )  # fmt: skip
    fig.x(visible=False, range=[0, top])
