"""Small multiples that share one time axis: points with their values while sparse, lines broken at gaps when dense."""

from __future__ import annotations

from datetime import date, timedelta

from hall.charts.figure import Plot
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import PanelPoint, PanelRow, Panels

_DENSE = 8
_ROOM = 0.3
_TITLE, _EDGE = 0.5, 0.8


def panels(what: Panels, mode: Mode) -> Plot:
    """One panel a measure, the newest values at the right."""
    rows, gaps, ticks = what.rows, what.gaps, what.ticks
    p = palette(mode)
    sparse = max((len(row.points) for row in rows), default=0) < _DENSE
    # one height for three and four panels, so that two such cards side by side are even
    height = 130 * len(rows) + 56 if len(rows) < 3 else 504
    fig = Plot(mode, height, right=24 if sparse else 64, top=26)
    count = max(1, len(rows))
    between = 0.34 / count
    part = (1 - between * (count - 1)) / count
    days = [d for row in rows for q in row.points for d in (q.start, q.end)]
    low, high = (min(days), max(days)) if days else (date.today(), date.today())
    pad = max(timedelta(days=4), (high - low) * (0.09 if sparse else 0.02))
    for i, row in enumerate(rows, start=1):
        top = max((q.value for q in row.points), default=1) or 1
        y = f"y{i if i > 1 else ''}"
        for begin, end, words in gaps:
            fig.rect(x0=begin, x1=end, y0=0, y1=top * 1.5, xref=f"x{y[1:]}", yref=y, fillcolor=p.gap)
            # a narrow gap leaves no room between the values beside it: the subtitle names it
            if i == 1 and words and (end - begin) > (high - low) * _ROOM:
                fig.note(
                    x=begin + (end - begin) / 2, y=top * 1.5, yanchor="top", text=words,
                    font={"size": 12, "color": p.gray},
                )  # fmt: skip
        for day, words in what.turns:
            fig.rule(
                x0=day, x1=day, y0=0, y1=1, xref=f"x{y[1:]}", yref=f"{y} domain", layer="below",
                line={"width": 1, "dash": "dot", "color": p.axis},
            )  # fmt: skip
            # the title of the panel stands at the left in the same line
            place = (day - low) / (high - low or timedelta(1))
            if i == 1 and words and place > _TITLE:
                fig.note(
                    x=day, y=1, yref=f"{y} domain", text=words, yanchor="bottom", yshift=2,
                    xanchor="right" if place > _EDGE else "left", font={"size": 12, "color": p.gray},
                )  # fmt: skip
        _marks(fig, y[1:], row, sparse, mode)
        fig.note(
            x=0, xref="paper", xanchor="left", y=1, yref=f"{y} domain", yanchor="bottom", text=row.title, yshift=2,
            font={"size": 12.5, "color": p.gray},
        )  # fmt: skip
        start = (count - i) * (part + between)
        fig.y(
            i, range=[0, top * 1.5 if sparse else top * 1.12], nticks=3, showticklabels=not sparse,
            showgrid=not sparse, domain=[start, min(1, start + part)], anchor=f"x{y[1:]}",
        )  # fmt: skip
        fig.x(
            i, range=[low - pad, high + pad], tickvals=[d for d, _ in ticks], ticktext=[w for _, w in ticks],
            showticklabels=i == count, anchor=y, **({} if i == 1 else {"matches": "x"}),
        )  # fmt: skip
    return fig


def _marks(fig: Plot, at: str, row: PanelRow, sparse: bool, mode: Mode) -> None:
    p = palette(mode)
    ink = p.series[row.colour]
    if sparse:
        fig.scatter(
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
            xaxis=f"x{at}",
            yaxis=f"y{at}",
        )
        return
    drawn: list[PanelPoint | None] = []
    for point in row.points:
        drawn += [point] if point.joined or not drawn else [None, point]
    fig.scatter(
        x=[q.at if q else None for q in drawn],
        y=[q.value if q else None for q in drawn],
        mode="lines",
        connectgaps=False,
        line={"color": ink, "width": 2.2},
        hovertext=[q.hover if q else "" for q in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        xaxis=f"x{at}",
        yaxis=f"y{at}",
    )
    last, alone = row.points[-1:], _alone(row.points)
    fig.scatter(
        x=[q.at for q in (*alone, *last)],
        y=[q.value for q in (*alone, *last)],
        mode="markers+text",
        marker={"size": [5] * len(alone) + [8] * len(last), "color": ink},
        text=[""] * len(alone) + [f"<b>{q.words}</b>" for q in last],
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": 13, "color": p.ink},
        hoverinfo="skip",
        xaxis=f"x{at}",
        yaxis=f"y{at}",
    )


def _alone(points: tuple[PanelPoint, ...]) -> tuple[PanelPoint, ...]:
    """Points without a neighbour, which a line does not show."""
    return tuple(q for i, q in enumerate(points[:-1]) if not q.joined and not points[i + 1].joined)
