"""Heat map of departments by month, with the ranking stacked by category beside it, in one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from hall.charts.labels import side
from hall.charts.theme import TOKENS, Mode, ink_on, palette, template

Say = Callable[..., str]
_ROW, _TOP, _BOTTOM = 24, 44, 8
_MANY, _LABELS = 12, 4


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One department: counts by month (None not loaded, 0 empty cell), stack of (category name, token, count),
    what stands at its end."""

    label: str
    counts: tuple[int | None, ...]
    stack: tuple[tuple[str, str, int], ...]
    end: str


def heat(
    rows: tuple[HeatRow, ...], columns: tuple[str, ...], ranking: str, hover: tuple[Say, Say], mode: Mode
) -> go.Figure:
    """``columns`` are two-line month labels; ``ranking`` heads the bars; ``hover`` say what cell
    (row, column, n) and bar (row, category, n) hold."""
    p = palette(mode)
    steps = (p.ramp[2], p.ramp[5], p.ramp[8])
    fig = make_subplots(rows=1, cols=2, shared_yaxes=True, horizontal_spacing=0.03, column_widths=_widths(columns))
    fig.update_layout(template=template(mode), height=_TOP + _BOTTOM + _ROW * max(1, len(rows)))
    at = list(range(len(rows)))
    names, size = side(row.label for row in rows)
    shade = [[None if n is None else min(n, 3) for n in row.counts] for row in rows]
    fig.add_heatmap(
        z=shade,
        x=list(range(len(columns))),
        y=at,
        zmin=0,
        zmax=3,
        xgap=3 if len(columns) <= _MANY else 1,
        ygap=3,
        showscale=False,
        colorscale=[
            (0, p.gap),
            (0.25, p.gap),
            (0.25, steps[0]),
            (0.5, steps[0]),
            (0.5, steps[1]),
            (0.75, steps[1]),
            (0.75, steps[2]),
            (1, steps[2]),
        ],
        text=[
            [
                hover[0](row=r.label, column=c.replace("<br>", " "), n=n) if n is not None else ""
                for c, n in zip(columns, r.counts, strict=True)
            ]
            for r in rows
        ],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        row=1,
        col=1,
    )
    if len(columns) <= _MANY:
        _numbers(fig, rows, steps, mode)
    _ranking(fig, rows, hover[1], mode)
    longest = max((sum(n for *_, n in row.stack) for row in rows), default=1)
    widest = max((len(row.end) for row in rows), default=1)
    bare = {"showline": False, "ticks": "", "showgrid": False}
    fig.update_xaxes(
        **bare,
        side="top",
        tickvals=list(range(len(columns))),
        ticktext=_sparse(columns),
        range=[-0.5, len(columns) - 0.5],
        row=1,
        col=1,
    )
    fig.update_xaxes(**bare, showticklabels=False, range=[0, longest * (1.12 + 0.08 * widest)], row=1, col=2)
    fig.update_yaxes(
        showgrid=False,
        range=[len(rows) - 0.5, -0.5],
        tickvals=at,
        rangemode="normal",
        ticks="",
        ticktext=names,
        tickfont={"color": p.ink, "size": size},
    )
    fig.update_yaxes(showticklabels=False, row=1, col=2)
    fig.add_annotation(
        xref="x2 domain",
        x=0,
        xanchor="left",
        yref="paper",
        y=1,
        yanchor="bottom",
        yshift=6,
        text=ranking,
        showarrow=False,
        font={"size": 12, "color": p.gray},
    )
    fig.update_layout(margin={"l": 4, "r": 4, "t": _TOP, "b": _BOTTOM}, barmode="stack", bargap=0.34)
    return fig


def _numbers(fig: go.Figure, rows: tuple[HeatRow, ...], steps: tuple[str, ...], mode: Mode) -> None:
    """The count in each cell, in whichever of ink and page colour can be read on it."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for y, row in enumerate(rows):
        for x, n in enumerate(row.counts):
            if n:
                found.setdefault(ink_on(steps[min(n, 3) - 1], mode), []).append((x, y, n))
    for colour, cells in found.items():
        fig.add_scatter(
            x=[x for x, _, _ in cells],
            y=[y for _, y, _ in cells],
            text=[str(n) for *_, n in cells],
            mode="text",
            hoverinfo="skip",
            textfont={"size": 12.5, "color": colour},
            row=1,
            col=1,
        )


def _sparse(columns: tuple[str, ...]) -> list[str]:
    """All heads while they are few, else every so many from the newest back; no head is without its cell's hover."""
    step = -(-len(columns) // _LABELS) if len(columns) > _MANY else 1
    return [head if (len(columns) - 1 - i) % step == 0 else "" for i, head in enumerate(columns)]


def _widths(columns: tuple[str, ...]) -> list[float]:
    """The map takes what its months need, the ranking never less than a third."""
    share = min(0.67, 0.3 + 0.06 * len(columns))
    return [share, 1 - share]


def _ranking(fig: go.Figure, rows: tuple[HeatRow, ...], hover: Say, mode: Mode) -> None:
    p = palette(mode)
    tokens = {name: token for row in rows for name, token, _ in row.stack}
    for name, token in sorted(tokens.items(), key=lambda pair: TOKENS.index(pair[1])):
        bars = [(y, n) for y, row in enumerate(rows) for part, _, n in row.stack if part == name]
        fig.add_bar(
            x=[n for _, n in bars],
            y=[y for y, _ in bars],
            orientation="h",
            marker={"color": p.series[token], "line": {"color": p.page, "width": 1}},
            name=name,
            hovertext=[hover(row=rows[y].label, category=name, n=n) for y, n in bars],
            hovertemplate="%{hovertext}<extra></extra>",
            row=1,
            col=2,
        )
    fig.add_scatter(
        x=[sum(n for *_, n in row.stack) for row in rows],
        y=list(range(len(rows))),
        mode="text",
        text=[f" {row.end}" for row in rows],
        textposition="middle right",
        hoverinfo="skip",
        cliponaxis=False,
        textfont={"color": p.ink, "size": 12.5},
        row=1,
        col=2,
    )
