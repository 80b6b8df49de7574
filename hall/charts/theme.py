"""Colours and the plotly template, built from .streamlit/config.toml (the one home of colours)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from hall.paths import CONFIG

Mode = Literal["light", "dark"]
TOKENS = ("blue", "brown", "teal", "purple", "rose", "moss", "ink")


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one mode. The neutrals have no key in Streamlit's theme and stand here."""

    page: str
    ink: str
    gray: str
    attention: str
    series: dict[str, str]
    ramp: tuple[str, ...]
    diverging: tuple[str, ...]
    font: str
    axis: str
    grid: str
    last_year_line: str
    last_year_fill: str
    gap: str
    band: str

    def token(self, name: str) -> str:
        """The colour of a token: one of the series, or a step of the ramp (ramp1, the least, to ramp10)."""
        step = name.removeprefix("ramp")
        return self.ramp[int(step) - 1] if step != name else self.series[name]


_NEUTRALS = {
    "light": ("#8592A0", "#E9EDF1", "#687482", "#D3DAE2", "#F3F5F8", "#E3ECF8"),
    "dark": ("#6F7C89", "#232C36", "#7D8A97", "#3A4653", "#1A222B", "#1C2E49"),
}


@cache
def palette(mode: Mode) -> Palette:
    """The colours of light or dark."""
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    own = theme[mode]
    axis, grid, line, fill, gap, band = _NEUTRALS[mode]
    return Palette(
        page=own["backgroundColor"], ink=own["textColor"], gray=own["grayTextColor"], attention=own["orangeColor"],
        series=dict(zip(TOKENS, own["chartCategoricalColors"], strict=True)),
        ramp=tuple(own["chartSequentialColors"]), diverging=tuple(own["chartDivergingColors"]),
        font=theme["font"], axis=axis, grid=grid, last_year_line=line, last_year_fill=fill, gap=gap, band=band,
    )  # fmt: skip


@cache
def template(mode: Mode) -> dict[str, Any]:
    """The template of every chart: transparent, ticks outside, grid on y only, nothing to drag. The browser has it from
    the start, so that no figure carries it."""
    p = palette(mode)
    x = {
        "showgrid": False, "showline": True, "linecolor": p.axis, "ticks": "outside", "ticklen": 4,
        "tickcolor": p.axis, "automargin": True, "fixedrange": True, "tickangle": 0, "zeroline": False,
        "tickfont": {"size": 12, "color": p.gray},
    }  # fmt: skip
    y = {
        "showgrid": True, "gridcolor": p.grid, "showline": False, "zeroline": False, "rangemode": "tozero",
        "ticklabelstandoff": 6, "tickformat": ",",
        "fixedrange": True, "automargin": True, "tickfont": {"size": 12, "color": p.gray},
    }  # fmt: skip
    layout = {
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False,
        "font": {"family": p.font, "size": 13, "color": p.ink}, "separators": ".,",
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4}, "xaxis": x, "yaxis": y, "dragmode": False,
        "hoverlabel": {"font": {"family": p.font, "size": 13, "color": p.ink}, "bgcolor": p.page,
                       "bordercolor": p.axis, "align": "left"},
        "annotationdefaults": {"showarrow": False},
    }  # fmt: skip
    return {"layout": layout}


def ink_on(fill: str, mode: Mode) -> str:
    """Ink or page colour, whichever contrasts more with the fill."""
    p = palette(mode)
    return max((p.ink, p.page), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two hex colours."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def watermark(mode: Mode, words: str) -> dict[str, Any]:
    """The words behind the marks (an annotation cannot lie under traces; an image can)."""
    from hall.charts.spark import data_uri

    p = palette(mode)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160" viewBox="0 0 400 160">'
        f'<text x="200" y="100" text-anchor="middle" font-size="{52 if words.isascii() else 64}" '
        f'font-family="{p.font.replace(chr(34), "")}" fill="{p.ink}" transform="rotate(-12 200 80)">'
        f"{words}</text></svg>"
    )
    return {
        "source": data_uri(svg), "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "sizex": 0.6, "sizey": 0.8,
        "xanchor": "center", "yanchor": "middle", "opacity": 0.15, "layer": "below",
    }  # fmt: skip
