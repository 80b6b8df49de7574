"""Bars: a few items with their values, and parts of a whole stacked by channel."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from hall.charts import axes
from hall.charts.theme import Mode, figure, ink_on, palette
from hall.views.parts.cards import Bar, Lines, Stack

_ROW = 86
_INSIDE = 0.22
_COLUMNS = 300
_NAME = 16


def bars(items: Sequence[Bar], colour: str, mode: Mode) -> go.Figure:
    """Horizontal bars from the top, values outside in ink; pale ones are the other period."""
    p = palette(mode)
    fig = figure(mode, 20 + _ROW * len(items), right=72)
    top = max((item.value for item in items), default=0) or 1
    for i, item in enumerate(items):
        fill = p.last_year_fill if item.pale else p.series[colour]
        fig.add_bar(
            x=[item.value], y=[i], orientation="h", width=0.46,
            marker={"color": fill, "line": {"width": 1 if item.pale else 0, "color": p.axis}},
            hovertemplate=f"{item.name} {item.label}<extra></extra>",
        )  # fmt: skip
        fig.add_annotation(x=item.value, y=i, text=item.label, showarrow=False, xanchor="left", xshift=3)
        if item.inside and item.value / top > _INSIDE:
            fig.add_annotation(
                x=0, y=i, text=item.inside, showarrow=False, xanchor="left", xshift=6,
                font={"size": 12.5, "color": ink_on(fill, mode)},
            )  # fmt: skip
    _rows(fig, [item.name for item in items], top)
    return fig


def channels(stacks: Sequence[Stack], mode: Mode) -> go.Figure:
    """One stacked bar a period: name inside the long part, above the short one, bold total at the end."""
    p = palette(mode)
    fig = figure(mode, 30 + _ROW * len(stacks), right=64, top=18)
    top = max((sum(part[2] for part in stack.parts) for stack in stacks), default=0) or 1
    for i, stack in enumerate(stacks):
        at = 0.0
        for name, token, value, label in stack.parts:
            fill = p.series[token]
            fig.add_bar(
                x=[value], y=[i], base=[at], orientation="h", width=0.46,
                marker={"color": fill, "line": {"width": 1, "color": p.page}},
                hovertemplate=f"{stack.name} {name} {label}<extra></extra>",
            )  # fmt: skip
            long = value / top > _INSIDE
            fig.add_annotation(
                x=at if long else at + value, y=i, text=f"{name} {label}", showarrow=False,
                xanchor="left" if long else "right", xshift=8 if long else 0, yshift=0 if long else 28,
                font={"size": 12.5, "color": ink_on(fill, mode) if long else fill},
            )  # fmt: skip
            at += value
        fig.add_annotation(x=at, y=i, text=f"<b>{stack.total}</b>", showarrow=False, xanchor="left", xshift=8)
    _rows(fig, [stack.name for stack in stacks], top)
    fig.update_layout(barmode="overlay")
    return fig


def columns(what: Lines, mode: Mode) -> go.Figure:
    """Vertical stacked bars over many periods, one track a part; the newest part's names stand at the right."""
    p = palette(mode)
    fig = figure(mode, _COLUMNS, right=14 + max((axes.width(track.name) for track in what.tracks), default=0))
    fig.update_yaxes(nticks=5)
    axes.slots(fig, what.slots, what.ticks)
    axes.gaps(fig, what.gaps, what.slots, mode)
    sums = [sum(v or 0.0 for v in slot) for slot in zip(*(track.values for track in what.tracks), strict=True)]
    pixels = (_COLUMNS - 60) / axes.ceiling(sums, 0.05)
    at, middles = 0.0, list[float]()
    for track in what.tracks:
        ink = p.series[track.colour]
        fig.add_bar(
            x=list(range(what.slots)), y=list(track.values), marker={"color": ink, "line": {"width": 0}}, width=0.72,
            customdata=list(track.hover), hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        last = next((v for v in reversed(track.values) if v is not None), 0.0)
        middles.append(at + last / 2)
        at += last
    # names of thin parts move apart, in the order of the parts
    places = axes.spread([middle * pixels for middle in middles], _NAME)
    for track, middle, place in zip(what.tracks, middles, places, strict=True):
        fig.add_annotation(
            x=1, xref="paper", y=middle, yshift=place - middle * pixels, text=track.name, showarrow=False,
            xanchor="left", xshift=6, font={"size": 12.5, "color": p.series[track.colour]},
        )  # fmt: skip
    fig.update_layout(barmode="stack")
    return fig


def changes(values: Sequence[float | None], names: Sequence[str], labels: Sequence[str], mode: Mode) -> go.Figure:
    """Change by period: vertical bars, blue for more and ochre for less, numbers outside, a zero line."""
    p = palette(mode)
    fig = figure(mode, 260, top=24)
    more, less = p.diverging[7], p.diverging[2]
    fig.add_bar(
        x=list(range(len(values))), y=list(values), width=0.62, hoverinfo="skip",
        marker={"color": [more if (v or 0) >= 0 else less for v in values], "line": {"width": 0}},
    )  # fmt: skip
    for i, (value, label) in enumerate(zip(values, labels, strict=True)):
        if value is not None:
            fig.add_annotation(
                x=i, y=value, text=label, showarrow=False, yshift=11 if value >= 0 else -11, font={"size": 12}
            )
    axes.slots(fig, len(values), list(enumerate(names)))
    fig.update_xaxes(showline=False, ticks="")
    fig.update_yaxes(
        visible=False, rangemode="normal", zeroline=True, zerolinecolor=p.axis, zerolinewidth=1,
        range=_around([v for v in values if v is not None]),
    )  # fmt: skip
    fig.add_hline(y=0, line={"color": p.axis, "width": 1})
    return fig


def _around(values: list[float]) -> list[float]:
    low, high = min([0.0, *values]), max([0.0, *values])
    room = (high - low or 1) * 0.16
    return [low - room if low < 0 else low - room / 4, high + room]


def _rows(fig: go.Figure, names: list[str], top: float) -> None:
    # the first item stands at the top; half a row of air above and below
    fig.update_yaxes(
        range=[len(names) - 0.4, -0.6], tickmode="array", tickvals=list(range(len(names))), ticktext=names,
        showgrid=False, tickfont={"size": 13, "color": fig.layout.template.layout.font.color}, rangemode="normal",
    )  # fmt: skip
    fig.update_xaxes(visible=False, range=[0, top])
