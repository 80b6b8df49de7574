"""A share of a whole as one bar in an outlined track, and shares by period as plain bars."""

from __future__ import annotations

from hall.charts.figure import Plot
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import PartOfWhole, ShareBar


def track(what: PartOfWhole, mode: Mode) -> Plot:
    """The parts named above the bar, the printed share below the boundary."""
    share, done, rest, printed, colour = what.share, what.done, what.rest, what.printed, what.colour
    p = palette(mode)
    fig = Plot(mode, 132)
    box = {"layer": "above", "yref": "paper", "y0": 0.3, "y1": 0.7}
    fig.rect(**box, x0=0, x1=1, fillcolor=p.gap, line={"color": p.axis, "width": 1})
    fig.rect(**box, x0=0, x1=share, fillcolor=p.series[colour], line={"color": p.axis, "width": 1})
    for x, anchor, words, tint in ((0, "left", done, p.series[colour]), (1, "right", rest, p.gray)):
        fig.note(
            x=x,
            xanchor=anchor,
            yref="paper",
            y=0.76,
            yanchor="bottom",
            text=words,
            font={"size": 13, "color": tint},
        )
    edge = "right" if share > 0.85 else "left" if share < 0.15 else "center"
    fig.note(
        x=share,
        xanchor=edge,
        yref="paper",
        y=0.22,
        yanchor="top",
        text=printed,
        font={"size": 13, "color": p.ink},
    )
    # an invisible mark carries the hover and keeps the axes
    fig.scatter(
        x=[share / 2],
        y=[0.5],
        mode="markers",
        marker={"opacity": 0, "size": 30},
        hovertemplate=f"{done}, {printed}<extra></extra>",
    )
    fig.x(visible=False, range=[0, 1.002])
    fig.y(visible=False, range=[0, 1])
    return fig


def shares(rows: tuple[ShareBar, ...], mode: Mode, colour: str = "teal") -> Plot:
    """Horizontal bars of shares, newest first, each with both sides of its division beside it."""
    p = palette(mode)
    fig = Plot(mode, 16 + 46 * max(1, len(rows)))
    top = max((row.value for row in rows), default=1) or 1
    fig.bar(
        x=[row.value for row in rows],
        y=list(range(len(rows))),
        orientation="h",
        width=0.46,
        marker={"color": p.series[colour]},
        text=[row.words for row in rows],
        textposition="outside",
        cliponaxis=False,
        constraintext="none",
        textfont={"size": 13, "color": p.ink},
        customdata=[row.hover for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )
    fig.x(visible=False, range=[0, top * 2.8])
    fig.y(
        range=[len(rows) - 0.5, -0.5],
        tickvals=list(range(len(rows))),
        ticktext=[row.label for row in rows],
        showgrid=False,
        rangemode="normal",
        tickfont={"size": 13, "color": p.ink},
    )
    return fig
