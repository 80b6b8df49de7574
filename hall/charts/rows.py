"""Plots with a row for each department: stacked bars, and dots with the line that they lie on."""

from __future__ import annotations

from collections.abc import Sequence

from hall.charts import axes
from hall.charts.figure import Plot
from hall.charts.labels import side
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import Reach, Reaches, Stack

_MANY = 16
# the plot of a phone in pixels
_PHONE = 170


def stacked(rows: Sequence[Stack], mode: Mode) -> Plot:
    """Horizontal bars in parts from the top, the words of the whole at the end of each; one trace a part."""
    p = palette(mode)
    column = max((axes.width(row.end, 12) for row in rows if row.end), default=0)
    fig = Plot(mode, height(len(rows)), right=column + 8 if column else 4)
    top = max((_whole(row) for row in rows), default=0.0) or 1.0
    names = list(dict.fromkeys((part[0], part[1]) for row in rows for part in row.parts))
    bases = [0.0] * len(rows)
    for name, token in _ordered(rows, names):
        own = [next((part for part in row.parts if part[0] == name), None) for row in rows]
        values = [part[2] if part else 0.0 for part in own]
        fig.bar(
            x=values, y=list(range(len(rows))), base=list(bases), orientation="h", width=0.62, name=name,
            marker={"color": p.token(token), "line": {"width": 0}},
            customdata=[f"{row.name} {name} {part[3]}" if part else "" for row, part in zip(rows, own, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        bases = [base + value for base, value in zip(bases, values, strict=True)]
    fig.words(
        x=[_whole(row) for row in rows], y=list(range(len(rows))), text=[f" {row.total}" for row in rows],
        textposition="middle right", textfont={"size": 12, "color": p.ink},
    )  # fmt: skip
    fig.layout["barmode"] = "overlay"
    _sides(fig, [row.name for row in rows], mode)
    # the words beside the longest bar, as wide as they are on a phone
    words = max((axes.width(row.total, 12) for row in rows), default=0) + 10
    edge = top * _PHONE / max(_PHONE - words, _PHONE / 2)
    fig.column(edge, [row.end for row in rows], p.ink)
    fig.x(visible=False, range=[0, edge])
    return fig


def reaches(what: Reaches, mode: Mode, *, rest: str = "", ends: int = 0) -> Plot:
    """Dots with their lines, words in a column at the right; a row without marks says why in gray. With ``rest`` as
    many rows as ``ends`` from both ends, and between them one of these words."""
    p = palette(mode)
    rows = (*what.rows[:ends], Reach(name=rest), *what.rows[-ends:]) if rest else what.rows
    widest = max(axes.width(_bare(words), 12) for words in (what.ends, *(row.label for row in rows)))
    fig = Plot(mode, height(len(rows)) + 22, right=widest + 14, top=24)
    fig.note(
        x=1, xref="paper", y=1, yref="paper", text=what.ends, xanchor="left", xshift=5,
        yanchor="bottom", font={"size": 12, "color": p.gray},
    )  # fmt: skip
    known = [(i, row) for i, row in enumerate(rows) if row.at is not None]
    drawn: list[tuple[float | None, int | None]] = []
    for i, row in known:
        drawn += [(row.low, i), (row.high, i), (None, None)]
    fig.scatter(
        x=[x for x, _ in drawn], y=[y for _, y in drawn], mode="lines", hoverinfo="skip", cliponaxis=False,
        line={"width": 2, "color": p.axis},
    )  # fmt: skip
    fig.scatter(
        x=[row.at for _, row in known], y=[i for i, _ in known], mode="markers", cliponaxis=False,
        marker={"size": 9, "color": p.ink, "line": {"width": 1, "color": p.page}},
        customdata=[row.hover for _, row in known], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    room = (what.end - what.start) * 0.03
    left, right = what.start - room, what.end + room
    fig.column(right, [row.label for row in rows], [p.gray if row.at is None else p.ink for row in rows])
    if any(row.note for row in rows):
        fig.column(left, [row.note for row in rows], p.gray)
    if what.mark:
        value, words = what.mark
        fig.rule(x0=value, x1=value, y0=0, y1=1, yref="paper", layer="below",
                 line={"width": 1, "dash": "2px,3px", "color": p.axis})  # fmt: skip
        anchor = "right" if value - what.start > (what.end - what.start) / 2 else "left"
        fig.note(x=value, y=1, yref="paper", text=words, xanchor=anchor, yanchor="bottom",
                           font={"size": 12, "color": p.gray})  # fmt: skip
    _sides(fig, [row.name for row in rows], mode)
    fig.x(range=[left, right], ticksuffix=what.suffix, nticks=5, showgrid=True,
                     gridcolor=p.grid, showline=False)  # fmt: skip
    if not what.suffix and what.end - what.start <= 5:
        fig.x(dtick=1)  # there are no halves of a working day
    return fig


def _bare(words: str) -> str:
    return words.replace("<b>", "").replace("</b>", "")


def height(count: int) -> int:
    """How high a plot of so many rows is."""
    return 24 + (19 if count > _MANY else 26) * max(1, count)


def _whole(row: Stack) -> float:
    return sum(part[2] for part in row.parts)


def _ordered(rows: Sequence[Stack], names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts in one order that agrees with that of every row."""
    order: list[tuple[str, str]] = []
    for row in rows:
        at = 0
        for part in row.parts:
            key = (part[0], part[1])
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
    return [key for key in order if key in names]


def _sides(fig: Plot, names: Sequence[str], mode: Mode) -> None:
    labels, size = side(names)
    fig.y(
        range=[len(labels) - 0.4, -0.6], tickmode="array", tickvals=list(range(len(labels))), ticktext=labels,
        showgrid=False, rangemode="normal", tickfont={"size": size, "color": palette(mode).ink},
    )  # fmt: skip
