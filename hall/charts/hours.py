"""Heat map of weekdays by hours: ten steps of the ramp, each cell with its number in ink or page colour."""

from __future__ import annotations

from hall.charts.figure import Plot, Values
from hall.charts.labels import side
from hall.charts.theme import Mode, ink_on, palette
from hall.views.parts.maps import Hours

_ROW, _TOP = 38, 26


def hours(what: Hours, mode: Mode) -> Plot:
    """An hour without any case is an empty cell."""
    p = palette(mode)
    fig = Plot(mode, _TOP + 8 + _ROW * len(what.days), top=_TOP)
    top = max((v for row in what.values for v in row), default=0.0) or 1.0
    steps = len(p.ramp)
    shade = [[None if not v else min(int(v / top * steps), steps - 1) for v in row] for row in what.values]
    scale = [(at / steps, p.ramp[i]) for i in range(steps) for at in (i, i + 1)]
    empty = [[0.0 if v is None else None for v in row] for row in shade]
    grid = {"x": list(range(len(what.hours))), "y": list(range(len(what.days))), "xgap": 3, "ygap": 3}
    fig.heatmap(z=empty, colorscale=[(0, p.gap), (1, p.gap)], showscale=False, hoverinfo="skip", **grid)
    fig.heatmap(
        z=shade, zmin=0, zmax=steps, colorscale=scale, showscale=False, hoverongaps=False,
        text=[list(row) for row in what.hover], hovertemplate="%{text}<extra></extra>", **grid,
    )  # fmt: skip
    cells = [(x, y, step) for y, row in enumerate(shade) for x, step in enumerate(row) if step is not None]
    fig.words(
        x=[x for x, *_ in cells], y=[y for _, y, _ in cells], text=[what.words[y][x] for x, y, _ in cells],
        textfont={"size": 12, "color": [ink_on(p.ramp[step], mode) for *_, step in cells]},
    )  # fmt: skip
    names, size = side(what.days)
    bare: Values = {"showline": False, "ticks": "", "showgrid": False}
    fig.x(**bare, side="top", tickvals=list(range(len(what.hours))), ticktext=list(what.hours),
                     range=[-0.5, len(what.hours) - 0.5])  # fmt: skip
    fig.y(**bare, range=[len(names) - 0.5, -0.5], tickvals=list(range(len(names))), ticktext=names,
                     rangemode="normal", tickfont={"size": size, "color": p.ink})  # fmt: skip
    return fig
