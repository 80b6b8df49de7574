"""Heat map of departments by month, with the ranking stacked by category beside it, in one figure."""

from __future__ import annotations

from hall.charts.figure import Plot, Values
from hall.charts.labels import side
from hall.charts.theme import TOKENS, Mode, ink_on, palette
from hall.views.parts.maps import HeatMap, HeatRow

_ROW, _TOP, _BOTTOM = 24, 44, 8
_MANY, _LABELS, _BETWEEN = 12, 4, 0.03


def heat(what: HeatMap, mode: Mode) -> Plot:
    """Cells in three steps, the ranking stacked by category beside them."""
    rows, columns, ranking = what.rows, what.columns, what.ranking
    p = palette(mode)
    steps = (p.ramp[2], p.ramp[5], p.ramp[8])
    fig = Plot(mode, _TOP + _BOTTOM + _ROW * max(1, len(rows)), right=4, top=_TOP, bottom=_BOTTOM)
    at = list(range(len(rows)))
    names, size = side(row.label for row in rows)
    shade = [[None if n is None else min(n, 3) for n in row.counts] for row in rows]
    tones = (p.gap, *steps)
    fig.heatmap(
        z=shade, x=list(range(len(columns))), y=at, zmin=0, zmax=3, xgap=3 if len(columns) <= _MANY else 1, ygap=3,
        showscale=False, hoverongaps=False, hovertemplate="%{text}<extra></extra>",
        colorscale=[(edge / 4, tone) for i, tone in enumerate(tones) for edge in (i, i + 1)],
        text=[[words if n is not None else "" for words, n in zip(r.hover, r.counts, strict=True)] for r in rows],
    )  # fmt: skip
    if len(columns) <= _MANY:
        _numbers(fig, rows, steps, mode)
    _ranking(fig, rows, mode)
    longest = max((sum(n for _, _, n, _ in row.stack) for row in rows), default=1)
    widest = max((len(row.end) for row in rows), default=1)
    bare: Values = {"showline": False, "ticks": "", "showgrid": False}
    share = _share(columns)
    fig.x(
        **bare, side="top", tickvals=list(range(len(columns))), ticktext=_sparse(columns),
        range=[-0.5, len(columns) - 0.5], domain=[0, share],
    )  # fmt: skip
    fig.x(2, **bare, showticklabels=False, range=[0, longest * (1.12 + 0.08 * widest)], domain=[share + _BETWEEN, 1])
    fig.y(
        showgrid=False, range=[len(rows) - 0.5, -0.5], tickvals=at, rangemode="normal", ticks="", ticktext=names,
        tickfont={"color": p.ink, "size": size},
    )  # fmt: skip
    fig.note(
        xref="x2 domain", x=0, xanchor="left", yref="paper", y=1, yanchor="bottom", yshift=6, text=ranking,
        font={"size": 12, "color": p.gray},
    )  # fmt: skip
    fig.layout.update(barmode="stack", bargap=0.34)
    return fig


def _numbers(fig: Plot, rows: tuple[HeatRow, ...], steps: tuple[str, ...], mode: Mode) -> None:
    """The count in each cell, in whichever of ink and page colour can be read on it."""
    cells = [(x, y, n) for y, row in enumerate(rows) for x, n in enumerate(row.counts) if n]
    fig.words(
        x=[x for x, *_ in cells], y=[y for _, y, _ in cells], text=[str(n) for *_, n in cells],
        textfont={"size": 12.5, "color": [ink_on(steps[min(n, 3) - 1], mode) for *_, n in cells]},
    )  # fmt: skip


def _sparse(columns: tuple[str, ...]) -> list[str]:
    """All heads while they are few, else every so many from the newest back; no head is without its cell's hover."""
    step = -(-len(columns) // _LABELS) if len(columns) > _MANY else 1
    return [head if (len(columns) - 1 - i) % step == 0 else "" for i, head in enumerate(columns)]


def _share(columns: tuple[str, ...]) -> float:
    """The map takes what its months need, the ranking never less than a third."""
    return min(0.67, 0.3 + 0.06 * len(columns)) * (1 - _BETWEEN)


def _ranking(fig: Plot, rows: tuple[HeatRow, ...], mode: Mode) -> None:
    p = palette(mode)
    tokens = {name: token for row in rows for name, token, *_ in row.stack}
    for name, token in sorted(tokens.items(), key=lambda pair: TOKENS.index(pair[1])):
        bars = [(y, n, said) for y, row in enumerate(rows) for part, _, n, said in row.stack if part == name]
        fig.bar(
            x=[n for _, n, _ in bars], y=[y for y, *_ in bars], xaxis="x2", orientation="h", name=name,
            marker={"color": p.series[token], "line": {"color": p.page, "width": 1}},
            hovertext=[said for *_, said in bars],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    fig.words(
        x=[sum(n for _, _, n, _ in row.stack) for row in rows], y=list(range(len(rows))), xaxis="x2",
        text=[f" {row.end}" for row in rows], textposition="middle right", textfont={"color": p.ink, "size": 12.5},
    )  # fmt: skip
