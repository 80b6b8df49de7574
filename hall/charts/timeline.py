"""Timeline of activities: one row an activity by date, a dot for one day and a bar from first to last day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hall.charts.figure import Plot
from hall.charts.labels import side
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import DatedMarks

_ROW, _FOOT = 25, 44


def timeline(what: DatedMarks, mode: Mode) -> Plot:
    """Days of the month on the axis, runs of days off shaded."""
    acts, first, last, rests, axis = what.marks, what.first, what.last, what.rests, what.axis
    p = palette(mode)
    fig = Plot(mode, 34 + _FOOT + _ROW * max(1, len(acts)), top=26, bottom=_FOOT)
    fig.x(automargin=False)
    for begin, end, words in rests:
        fig.rect(x0=_at(begin, -12), x1=_at(end, 12), y0=0, y1=1, yref="paper", fillcolor=p.gap)
        fig.note(
            x=_at(begin, -12),
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            text=words,
            font={"size": 12, "color": p.gray},
        )
    for colour in dict.fromkeys(act.colour for act in acts):
        # one trace a colour; its lines are broken between the acts
        drawn: list[tuple[date | None, int | None, str]] = []
        for y, act in enumerate(acts):
            if act.colour == colour:
                drawn += [(None, None, "")] if drawn else []
                drawn += [(day, y, act.hover) for day in dict.fromkeys((act.start, act.end))]
        ink = p.series[colour]
        fig.scatter(
            x=[x for x, _, _ in drawn], y=[y for _, y, _ in drawn], mode="lines+markers", connectgaps=False,
            line={"color": ink, "width": 5}, marker={"size": 10, "color": ink, "line": {"width": 0}},
            text=[words for *_, words in drawn], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    ticks = _ticks(first, last)
    fig.x(
        range=[_at(first, -19), _at(last, 19)],
        tickvals=ticks,
        ticktext=[str(d.day) for d in ticks],
        title={"text": axis, "font": {"size": 12, "color": p.gray}, "standoff": 6},
    )
    names, size = side(act.label for act in acts)
    fig.y(
        range=[len(acts) - 0.4, -0.6],
        tickvals=list(range(len(acts))),
        rangemode="normal",
        ticktext=names,
        tickfont={"size": size, "color": p.ink},
    )
    return fig


def _at(day: date, hours: int) -> datetime:
    """A date as a moment: half a day before or after it is the edge of its column."""
    return datetime.combine(day, time()) + timedelta(hours=hours)


def _ticks(first: date, last: date) -> list[date]:
    """Every day of a week; of a month the first, every fifth and the last."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    if len(days) <= 10:
        return days
    return [d for d in days if d in (first, last) or (d.day % 5 == 0 and (last - d).days > 2)]
