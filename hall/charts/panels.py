"""Small multiples that share one time axis: points with their values while sparse, lines broken at gaps when dense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from hall.charts.theme import Mode, palette, template

_DENSE = 8
_ROOM = 0.3


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its first and last day, value and the words for it; ``joined`` when the period before is known."""

    start: date
    end: date
    value: float
    words: str
    hover: str
    joined: bool

    @property
    def at(self) -> date:
        """The middle day, where the mark stands."""
        return self.start + (self.end - self.start) / 2


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: what it counts and in which unit, its colour token, its points from old to new."""

    title: str
    colour: str
    points: tuple[Point, ...]


def panels(
    rows: tuple[Panel, ...], gaps: tuple[tuple[date, date, str], ...], ticks: tuple[tuple[date, str], ...], mode: Mode
) -> go.Figure:
    """``gaps`` are runs of periods that are not loaded, with their words; ``ticks`` label the time axis."""
    p = palette(mode)
    sparse = max((len(row.points) for row in rows), default=0) < _DENSE
    # one height for three and four panels, so that two such cards side by side are even
    height = 130 * len(rows) + 56 if len(rows) < 3 else 504
    fig = make_subplots(rows=max(1, len(rows)), cols=1, shared_xaxes=True, vertical_spacing=0.34 / max(1, len(rows)))
    fig.update_layout(
        template=template(mode), height=height, margin={"l": 4, "r": 24 if sparse else 64, "t": 26, "b": 4}
    )
    days = [d for row in rows for q in row.points for d in (q.start, q.end)]
    low, high = (min(days), max(days)) if days else (date.today(), date.today())
    pad = max(timedelta(days=4), (high - low) * (0.09 if sparse else 0.02))
    for i, row in enumerate(rows, start=1):
        top = max((q.value for q in row.points), default=1) or 1
        for begin, end, words in gaps:
            fig.add_shape(
                type="rect",
                x0=begin,
                x1=end,
                y0=0,
                y1=top * 1.5,
                fillcolor=p.gap,
                line_width=0,
                layer="below",
                row=i,
                col=1,
            )
            # a narrow gap leaves no room between the values beside it: the subtitle names it
            if i == 1 and words and (end - begin) > (high - low) * _ROOM:
                fig.add_annotation(
                    x=begin + (end - begin) / 2,
                    y=top * 1.5,
                    yanchor="top",
                    text=words,
                    showarrow=False,
                    font={"size": 12, "color": p.gray},
                    row=i,
                    col=1,
                )
        _marks(fig, i, row, sparse, mode)
        fig.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref=f"y{i if i > 1 else ''} domain",
            yanchor="bottom",
            text=row.title,
            showarrow=False,
            yshift=2,
            font={"size": 12.5, "color": p.gray},
        )
        fig.update_yaxes(
            range=[0, top * 1.5 if sparse else top * 1.12],
            nticks=3,
            row=i,
            col=1,
            showticklabels=not sparse,
            showgrid=not sparse,
        )
    fig.update_xaxes(range=[low - pad, high + pad], tickvals=[d for d, _ in ticks], ticktext=[w for _, w in ticks])
    fig.update_xaxes(showticklabels=True, row=max(1, len(rows)), col=1)
    return fig


def _marks(fig: go.Figure, at: int, row: Panel, sparse: bool, mode: Mode) -> None:
    p = palette(mode)
    ink = p.series[row.colour]
    if sparse:
        fig.add_scatter(
            x=[q.at for q in row.points],
            y=[q.value for q in row.points],
            mode="markers+text",
            marker={"size": 11, "color": ink, "line": {"color": p.page, "width": 1.5}},
            text=[q.words for q in row.points],
            textposition="top center",
            cliponaxis=False,
            textfont={"size": 13, "color": p.ink},
            hovertext=[q.hover for q in row.points],
            hovertemplate="%{hovertext}<extra></extra>",
            row=at,
            col=1,
        )
        return
    drawn: list[Point | None] = []
    for point in row.points:
        drawn += [point] if point.joined or not drawn else [None, point]
    fig.add_scatter(
        x=[q.at if q else None for q in drawn],
        y=[q.value if q else None for q in drawn],
        mode="lines",
        connectgaps=False,
        line={"color": ink, "width": 2.2},
        hovertext=[q.hover if q else "" for q in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        row=at,
        col=1,
    )
    last, alone = row.points[-1:], _alone(row.points)
    fig.add_scatter(
        x=[q.at for q in (*alone, *last)],
        y=[q.value for q in (*alone, *last)],
        mode="markers+text",
        marker={"size": [5] * len(alone) + [8] * len(last), "color": ink},
        text=[""] * len(alone) + [f"<b>{q.words}</b>" for q in last],
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": 13, "color": p.ink},
        hoverinfo="skip",
        row=at,
        col=1,
    )


def _alone(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points without a neighbour, which a line does not show."""
    return tuple(q for i, q in enumerate(points[:-1]) if not q.joined and not points[i + 1].joined)
