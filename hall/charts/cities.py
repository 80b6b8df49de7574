"""Plots of page 市州: bars with the year before beneath them, and the heat map of cities by month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from hall.charts import axes
from hall.charts.figure import Plot
from hall.charts.labels import side
from hall.charts.rows import height
from hall.charts.theme import Mode, ink_on, palette
from hall.views.parts.maps import CityMonths
from hall.views.parts.plots import CityRow

_TOP = 44
_MANY, _LABELS = 12, 6
# the plot of a phone in pixels
_PHONE = 150


def ranked(rows: Sequence[CityRow], mode: Mode) -> Plot:
    """Bars from the top, values outside, the span compared with as a pale outlined bar beneath, words at the right."""
    p = palette(mode)
    column = max((axes.width(row.end, 12) for row in rows), default=0)
    # as high as the dots that stand beside it (charts/rows.py)
    fig = Plot(mode, height(len(rows)) + 22, right=column + 14 if column else 8, top=24)
    at = list(range(len(rows)))
    if any(row.then is not None for row in rows):
        fig.bar(
            x=[row.then or 0.0 for row in rows], y=at, orientation="h", width=0.78, hoverinfo="skip",
            marker={"color": p.last_year_fill, "line": {"width": 1, "color": p.axis}},
        )  # fmt: skip
    fig.bar(
        x=[row.value or 0.0 for row in rows], y=at, orientation="h", width=0.46,
        marker={"color": p.ink, "line": {"width": 0}},
        customdata=[row.hover for row in rows], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    fig.words(
        x=[_reach(row) for row in rows], y=at, text=[f" {row.label}" for row in rows], textposition="middle right",
        textfont={"size": 12, "color": [p.gray if row.value is None else p.ink for row in rows]},
    )  # fmt: skip
    labels, size = side([row.name for row in rows])
    fig.y(
        range=[len(rows) - 0.4, -0.6], tickmode="array", tickvals=at, ticktext=labels, showgrid=False,
        rangemode="normal", tickfont={"size": size, "color": p.ink},
    )  # fmt: skip
    top = max(map(_reach, rows), default=0.0) or 1.0
    words = max((axes.width(row.label, 12) for row in rows if row.value is not None), default=0) + 8
    edge = top * _PHONE / max(_PHONE - words, _PHONE / 2)
    fig.column(edge, [row.end for row in rows], p.ink)
    fig.x(visible=False, range=[0, edge])
    fig.layout["barmode"] = "overlay"
    return fig


def _reach(row: CityRow) -> float:
    return max(row.value or 0.0, row.then or 0.0)


def grid(what: CityMonths, mode: Mode) -> Plot:
    """Cells in ten steps, each with a tenth of the cells that are not zero; numbers in them while columns are few."""
    p = palette(mode)
    known = sorted(n for row in what.counts for n in row if n)
    ends = [known[min(len(known) - 1, len(known) * i // 10)] for i in range(1, 10)] if known else []
    steps = [[None if n is None else 0 if n == 0 else bisect_right(ends, n) + 1 for n in row] for row in what.counts]
    fig = Plot(mode, _TOP + 12 + 24 * max(1, len(what.rows)), right=8, top=_TOP)
    fills = (p.gap, *p.ramp)
    scale = [(at, fill) for i, fill in enumerate(fills) for at in (i / len(fills), (i + 1) / len(fills))]
    fig.heatmap(
        z=steps, x=list(range(len(what.columns))), y=list(range(len(what.rows))), zmin=-0.5, zmax=len(fills) - 0.5,
        colorscale=scale, showscale=False, xgap=3 if len(what.columns) <= _MANY else 1, ygap=3, hoverongaps=False,
        text=[list(row) for row in what.hover], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if len(what.columns) <= _MANY:
        _numbers(fig, what, steps, fills, mode)
    step = -(-len(what.columns) // _LABELS) if len(what.columns) > _MANY else 1
    heads = [head if (len(what.columns) - 1 - i) % step == 0 else "" for i, head in enumerate(what.columns)]
    fig.x(
        side="top", showline=False, ticks="", tickvals=list(range(len(heads))), ticktext=heads,
        range=[-0.5, len(heads) - 0.5],
    )  # fmt: skip
    labels, size = side(what.rows)
    fig.y(
        range=[len(what.rows) - 0.5, -0.5], tickvals=list(range(len(what.rows))), ticktext=labels, rangemode="normal",
        showgrid=False, ticks="", tickfont={"size": size, "color": p.ink},
    )  # fmt: skip
    return fig


def _numbers(fig: Plot, what: CityMonths, steps: list[list[int | None]], fills: tuple[str, ...], mode: Mode) -> None:
    """The count in each cell, in whichever of ink and page colour can be read on it."""
    cells = [(x, y, n) for y, row in enumerate(what.counts) for x, n in enumerate(row) if n]
    fig.words(
        x=[x for x, *_ in cells], y=[y for _, y, _ in cells], text=[f"{n:,}" for *_, n in cells],
        textfont={"size": 12, "color": [ink_on(fills[steps[y][x] or 0], mode) for x, y, _ in cells]},
    )  # fmt: skip
