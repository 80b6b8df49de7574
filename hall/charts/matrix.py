"""Matrix of tasks by department: a cell where a department carries a task, sections as alternate shading."""

from __future__ import annotations

from hall.charts.figure import Plot
from hall.charts.labels import side
from hall.charts.theme import Mode, palette
from hall.views.parts.maps import Matrix, MatrixColumn

_ROW, _TOP = 22, 52


def matrix(what: Matrix, mode: Mode) -> Plot:
    """A cell where a department carries a task, how many at the right."""
    rows, columns, grouped = what.rows, what.columns, what.grouped
    p = palette(mode)
    fig = Plot(mode, _TOP + 6 + _ROW * max(1, len(rows)), right=30, top=_TOP)
    at = {column.number: x for x, column in enumerate(columns)}
    cells = [[1 if column.number in tasks else None for column in columns] for _, tasks in rows]
    fig.heatmap(
        z=cells,
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        xgap=5,
        ygap=8,
        showscale=False,
        zmin=0,
        zmax=1,
        colorscale=[(0, p.series["blue"]), (1, p.series["blue"])],
        hoverongaps=False,
        text=[list(row) for row in what.hover],
        hovertemplate="%{text}<extra></extra>",
    )
    heads = _sections(fig, columns, p.gap) if grouped else []
    for x, mark in heads:
        fig.note(
            x=x,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=24,
            text=mark,
            font={"size": 13, "color": p.ink},
        )
    ticks = _numbers(columns, grouped)
    fig.x(
        side="top",
        showline=False,
        ticks="",
        range=[-0.5, len(columns) - 0.5],
        tickvals=[at[n] for n in ticks],
        ticktext=_stepped(ticks, grouped),
    )
    names, size = side(label for label, _ in rows)
    fig.y(
        range=[len(rows) - 0.5, -0.5],
        tickvals=list(range(len(rows))),
        rangemode="normal",
        ticks="",
        ticktext=names,
        tickfont={"size": size, "color": p.ink},
    )
    fig.column(len(columns) - 0.5, [str(len(tasks & set(at))) for _, tasks in rows], p.ink, size=12.5)
    return fig


def _sections(fig: Plot, columns: tuple[MatrixColumn, ...], fill: str) -> list[tuple[float, str]]:
    """Shade every other section; where each section's mark stands."""
    heads, start, shaded = [], 0, True
    for x in range(1, len(columns) + 1):
        if x < len(columns) and columns[x].section == columns[start].section:
            continue
        if shaded:
            fig.rect(x0=start - 0.5, x1=x - 0.5, y0=0, y1=1, yref="paper", fillcolor=fill)
        heads.append(((start + x - 1) / 2, columns[start].section))
        start, shaded = x, not shaded
    return heads


def _numbers(columns: tuple[MatrixColumn, ...], grouped: bool) -> list[int]:
    """In plan order the first task of each section and the last of all, otherwise every number."""
    if not grouped:
        return [column.number for column in columns]
    firsts = [c.number for i, c in enumerate(columns) if i == 0 or c.section != columns[i - 1].section]
    if columns and columns[-1].number - firsts[-1] > 1:
        firsts.append(columns[-1].number)
    return firsts


def _stepped(numbers: list[int], grouped: bool) -> list[str]:
    """Every number stands on one of three lines, so that on a phone none runs into the next."""
    return [str(n) if grouped else str(n) + "<br> " * (i % 3) for i, n in enumerate(numbers)]
