"""The four charts that the yardsticks show: from the cube of the demo hall, for one department or all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go

ALL = "all"
MOST = 30
_ROOT = Path(os.environ["HALL_STORE"]) / "cubes" / "demo"
_CON = duckdb.connect(str(_ROOT / (_ROOT / "CURRENT").read_text(encoding="ascii").strip()), read_only=True)
_NARROWED = "from day where ($one is null or department = $one)"


def _rows(question: str, one: str | None) -> list[tuple[Any, ...]]:
    return _CON.cursor().execute(question, {"one": one}).fetchall()


def departments() -> list[str]:
    """The departments with most cases."""
    found = _CON.cursor().execute("select department from day group by 1 order by sum(accepted) desc, 1").fetchall()
    return [str(name) for (name,) in found[:MOST]]


def figures(chosen: str) -> list[go.Figure]:
    """Months, channels, departments, and weekdays by month: asked and drawn anew each time."""
    one = None if chosen == ALL else chosen
    months = _rows(
        f"select date_trunc('month', day)::date, sum(accepted)::bigint, sum(completed)::bigint {_NARROWED} "
        "group by 1 order by 1", one,
    )  # fmt: skip
    channels = _rows(f"select channel, sum(accepted)::bigint as n {_NARROWED} group by 1 order by n desc", one)
    ranks = _rows(f"select department, sum(accepted)::bigint as n {_NARROWED} group by 1 order by n desc limit 20", one)
    days = _rows(f"select isodow(day), month(day), sum(accepted)::bigint {_NARROWED} group by 1, 2", one)
    grid = [[0] * 12 for _ in range(7)]
    for weekday, month, count in days:
        grid[weekday - 1][month - 1] = count
    when = [str(row[0]) for row in months]
    drawn = [
        go.Figure([go.Scatter(x=when, y=[row[n] for row in months]) for n in (1, 2)]),
        go.Figure(go.Bar(x=[n for _, n in channels], y=[name for name, _ in channels], orientation="h")),
        go.Figure(go.Bar(x=[n for _, n in ranks], y=[name for name, _ in ranks], orientation="h")),
        go.Figure(go.Heatmap(z=grid)),
    ]
    for figure in drawn:
        figure.update_layout(title=chosen, height=300, margin={"l": 40, "r": 10, "t": 40, "b": 30})
    return drawn
