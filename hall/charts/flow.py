"""The four steps of the comprehensive window, each with its unit, one period beside another. No funnel: they count
different things."""

from __future__ import annotations

from hall.charts.figure import Plot
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import Flow

_STEP, _BAR = 74, 0.33


def flow(what: Flow, mode: Mode) -> Plot:
    """Pairs of horizontal bars with the change in a column at the right."""
    pairs, colour, hover = what.steps, what.colour, what.sides
    p = palette(mode)
    paired = any(pair.then is not None for pair in pairs)
    right = 84 if any(pair.change for pair in pairs) else 8
    fig = Plot(mode, 16 + (_STEP if paired else 48) * len(pairs), right=right)
    shift = 0.19 if paired else 0.0
    top = max((v for pair in pairs for v in (pair.now, pair.then) if v is not None), default=1) or 1
    # plotly leaves no room for text outside a bar: on a phone the longest words take a third of the plot
    room = top * 1.52
    sides = [(-shift, [q.now for q in pairs], [f"<b>{q.now_words}</b>" for q in pairs], hover[0], True)]
    if paired:
        sides.append((shift, [q.then for q in pairs], [q.then_words for q in pairs], hover[1], False))
    for offset, values, words, name, own in sides:
        fig.bar(
            x=values,
            y=[i + offset for i in range(len(pairs))],
            orientation="h",
            width=_BAR if paired else 0.46,
            marker={"color": p.series[colour]}
            if own
            else {"color": p.last_year_fill, "line": {"color": p.axis, "width": 1}},
            text=words,
            textposition="outside",
            cliponaxis=False,
            constraintext="none",
            textfont={"size": 13, "color": p.ink if own else p.gray},
            name=name,
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[f"{q.label} {name} {q.now_words if own else q.then_words}" for q in pairs],
        )
    for i, pair in enumerate(pairs):
        if pair.change:
            fig.note(
                x=1,
                xref="paper",
                xanchor="left",
                xshift=2,
                y=i,
                text=pair.change,
                font={"size": 13, "color": p.ink},
            )
    fig.x(visible=False, range=[0, room])
    fig.y(
        range=[len(pairs) - 0.5, -0.5],
        tickvals=list(range(len(pairs))),
        ticktext=[q.label for q in pairs],
        showgrid=False,
        rangemode="normal",
        tickfont={"size": 13, "color": p.ink},
    )
    fig.layout["barmode"] = "overlay"
    return fig
