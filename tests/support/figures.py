"""Figures as tests look at them: built by plotly itself, which refuses a name or a value that it does not know."""

from __future__ import annotations

import zlib
from typing import Any

import orjson
import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from hall.charts.figure import Plot
from hall.charts.theme import template


def checked(figure: Plot) -> Any:
    """The ``go.Figure`` of a figure, through the bytes that a browser would get."""
    return built(sent(figure.pressed({})))


def sent(pressed: bytes) -> dict[str, Any]:
    """What was pressed for the browser."""
    found: dict[str, Any] = orjson.loads(zlib.decompress(pressed, wbits=-zlib.MAX_WBITS))
    return found


def built(figure: dict[str, Any]) -> Any:
    """The ``go.Figure`` of what a browser got."""
    return go.Figure({"data": figure["data"], "layout": figure["layout"] | {"template": template(figure["mode"])}})


def charts_on(at: AppTest) -> list[dict[str, Any]]:
    """What the browser gets for each chart of a page."""
    protos = [element.proto for element in at.get("bidi_component")]
    charts = [sent(proto.bytes) for proto in protos if proto.component_name == "hall.charts"]
    for chart in charts:
        built(chart)
    return charts
