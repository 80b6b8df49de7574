"""Axes of charts whose slots are periods: ticks with the year on a second line, gaps as pale rectangles."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from hall.charts.figure import Plot
from hall.charts.theme import Mode, palette

# the plot of a phone in pixels
_NARROW = 225
# signs as wide as a Chinese character
_WIDE = "\u2014\u25b2\u25bc"


def slots(fig: Plot, count: int, ticks: Iterable[tuple[int, str]]) -> None:
    """An x axis of ``count`` slots, numbered from 0, with words at some of them."""
    found = list(ticks)
    fig.x(
        range=[-0.5, count - 0.5], tickmode="array", tickvals=[at for at, _ in found],
        ticktext=[words.replace("\n", "<br>") for _, words in found],
    )  # fmt: skip


def gaps(fig: Plot, found: Sequence[tuple[int, int, str]], count: int, mode: Mode) -> None:
    """Pale rectangles behind runs of missing slots; words at the top where there is room for them."""
    p = palette(mode)
    for first, last, words in found:
        fig.rect(yref="paper", x0=first - 0.5, x1=last + 0.5, y0=0, y1=1, fillcolor=p.gap)
        fitted = _fit(words, (last - first + 1) / count * _NARROW)
        if fitted:
            fig.note(
                x=(first + last) / 2, y=1, xref="x", yref="paper", text=fitted,
                yanchor="top", yshift=-6, font={"size": 12, "color": p.gray},
            )  # fmt: skip


def turns(fig: Plot, found: Sequence[tuple[int, str, bool]], count: int, mode: Mode) -> None:
    """A dotted line before each slot at which the source of the numbers changes, its words above the plot."""
    p = palette(mode)
    for at, words, _ in found:
        fig.rule(
            yref="paper", x0=at - 0.5, x1=at - 0.5, y0=0, y1=1, layer="below",
            line={"width": 1, "dash": "dot", "color": p.axis},
        )  # fmt: skip
        if words:
            fig.note(
                x=at - 0.5, y=1, xref="x", yref="paper", text=words, yanchor="bottom",
                xanchor="right" if at > count / 2 else "left", font={"size": 12, "color": p.gray},
            )  # fmt: skip


def width(words: str, size: float = 12.5) -> int:
    """About how many pixels the words take in one line."""
    return round(sum(size if ord(c) > 0x2E80 or c in _WIDE else size * 0.56 for c in words))


def _fit(words: str, room: float) -> str:
    # one figure serves all screens, so words must fit a phone: in one line, else in two, else they stay in the table
    if width(words, 12) <= room:
        return words
    first, _, rest = words.rpartition(" ")
    return f"{first}<br>{rest}" if first and max(width(first, 12), width(rest, 12)) <= room else ""


def spread(positions: Sequence[float], least: float) -> list[float]:
    """Positions moved apart to at least that distance, in the same order, as near to their own as can be."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    moved = [float(p) for p in positions]
    for _ in range(50):
        settled = True
        for a, b in itertools.pairwise(order):
            short = least - (moved[b] - moved[a])
            if short > 1e-9:
                moved[a] -= short / 2
                moved[b] += short / 2
                settled = False
        if settled:
            break
    return moved


def ceiling(values: Iterable[float], head_room: float = 0.15) -> float:
    """The top of a y axis from zero with room for labels; 1 where there is nothing."""
    return max(values, default=0) * (1 + head_room) or 1
