"""A figure as plain values: what Plotly draws in the browser, traces and layout as dicts.

Nothing is checked here, since plotly's own checks cost more than all else of a run: tests build a ``go.Figure`` of
every figure (tests/figures.py), so that a name spelt wrong fails there.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from hall.charts.theme import Mode

Values = dict[str, Any]


class Plot:
    """Traces in the order in which they are drawn, and the layout around them; the template belongs to the mode."""

    def __init__(
        self, mode: Mode, height: int, *, left: int = 4, right: int = 8, top: int = 8, bottom: int = 4
    ) -> None:
        self.mode = mode
        self.height = height
        self.data: list[Values] = []
        self.layout: Values = {
            "height": height, "margin": {"l": 4, "r": right, "t": top, "b": bottom}, "annotations": [],
            "shapes": [], "xaxis": {}, "yaxis": {},
        }  # fmt: skip

    def bar(self, **trace: Any) -> None:
        """Bars."""
        self.data.append({"type": "bar", **trace})

    def scatter(self, **trace: Any) -> None:
        """Points, lines or words at places of the axes."""
        self.data.append({"type": "scatter", **trace})

    def heatmap(self, **trace: Any) -> None:
        """Cells."""
        self.data.append({"type": "heatmap", **trace})

    def words(self, **trace: Any) -> None:
        """Many words at places of the axes: one trace costs the browser a tenth of as many annotations."""
        self.scatter(mode="text", hoverinfo="skip", cliponaxis=False, **trace)

    def column(self, x: float, rows: Sequence[str], colour: str | Sequence[str], *, size: float = 12) -> None:
        """Words that begin at ``x``, one for each row from 0; two blanks keep them off what stands before them."""
        told = [(y, words) for y, words in enumerate(rows) if words]
        own = colour if isinstance(colour, str) else [colour[y] for y, _ in told]
        self.words(
            x=[x] * len(told), y=[y for y, _ in told], text=["\u00a0\u00a0" + words for _, words in told],
            textposition="middle right", textfont={"size": size, "color": own},
        )  # fmt: skip

    def note(self, **annotation: Any) -> None:
        """A few words beside a mark or at an edge of the plot; the template takes their arrow away."""
        self.layout["annotations"].append(annotation)

    def rect(self, **shape: Any) -> None:
        """A rectangle without an outline, behind the marks."""
        self.layout["shapes"].append({"type": "rect", "line": {"width": 0}, "layer": "below", **shape})

    def rule(self, **shape: Any) -> None:
        """A line from edge to edge."""
        self.layout["shapes"].append({"type": "line", **shape})

    def x(self, at: int = 1, **axis: Any) -> None:
        """Properties of an x axis, over those that it has."""
        self._axis("xaxis", at).update(axis)

    def y(self, at: int = 1, **axis: Any) -> None:
        """Properties of a y axis, over those that it has."""
        self._axis("yaxis", at).update(axis)

    def _axis(self, name: str, at: int) -> Values:
        found: Values = self.layout.setdefault(name if at == 1 else f"{name}{at}", {})
        return found

    def pressed(self, beside: Mapping[str, Any]) -> bytes:
        """The figure as the browser gets it, raw deflate: a sixth of its JSON, and what is remembered is small too."""
        made = zlib.compressobj(6, wbits=-zlib.MAX_WBITS)
        whole = orjson.dumps({**beside, "mode": self.mode, "data": self.data, "layout": self.layout})
        return made.compress(whole) + made.flush()
