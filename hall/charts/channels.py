"""Parts of many periods as stacked columns, with the words of all parts at the right, none over another."""

from __future__ import annotations

from hall.charts import axes
from hall.charts.figure import Plot
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import Lines

_HEIGHT, _PLOT, _LABEL = 330, 268, 17


def parts(what: Lines, mode: Mode, *, percent: bool) -> Plot:
    """One column a period, one track a part from the bottom up; with ``percent`` all columns reach 100."""
    p = palette(mode)
    named = [track for track in what.tracks if any(track.values)]
    fig = Plot(mode, _HEIGHT, right=16 + max((axes.width(_bare(track.name)) for track in named), default=0), top=14)
    axes.slots(fig, what.slots, what.ticks)
    for track in named:
        fig.bar(
            x=list(range(what.slots)), y=list(track.values), width=0.78,
            marker={"color": p.series[track.colour], "line": {"width": 0}}, customdata=list(track.hover),
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    sums = [sum(track.values[i] or 0.0 for track in named) for i in range(what.slots)]
    top = 100.0 if percent else max(sums, default=0.0) * 1.04 or 1.0
    fig.y(range=[0, top], nticks=5, ticksuffix="%" if percent else "")
    middles, at = [], 0.0
    for track in named:
        last = track.values[-1] or 0.0
        middles.append((at + last / 2) / top * _PLOT)
        at += last
    for track, middle, place in zip(named, middles, _below(axes.spread(middles, _LABEL)), strict=True):
        fig.note(
            x=1, xref="paper", y=middle / _PLOT * top, text=track.name, xanchor="left", xshift=8,
            yshift=place - middle, font={"size": 12.5, "color": p.series[track.colour]},
        )  # fmt: skip
    fig.layout["barmode"] = "stack"
    return fig


def _below(places: list[float]) -> list[float]:
    """Places from the bottom up, moved down so that the highest label stays within the plot."""
    room, found = float(_PLOT), []
    for place in reversed(places):
        found.append(min(place, room))
        room = found[-1] - _LABEL
    return found[::-1]


def _bare(words: str) -> str:
    return words.replace("<b>", "").replace("</b>", "")
