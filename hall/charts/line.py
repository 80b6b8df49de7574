"""Line charts over periods. Below 8 points: marks with their values; else lines that never cross a gap."""

from __future__ import annotations

from hall.charts import axes
from hall.charts.figure import Plot, Values
from hall.charts.theme import Mode, palette
from hall.views.parts.plots import Lines, Track

HEIGHT = 330
_LABEL = 17
_FAINT = 0.4


def lines(what: Lines, mode: Mode, *, height: int = HEIGHT) -> Plot:
    """The chart of the tracks, all in the unit that the card's subtitle names."""
    halls = any(track.other for track in what.tracks)
    keys = [(track.labels[_last(track)] if track.labels else "", _key(track, halls)) for track in what.tracks]
    ends = [name if what.sparse else f"{value} {name}" for value, name in keys]
    ends += [track.past_label for track in what.tracks]
    fig = Plot(mode, height, right=22 + max((axes.width(words) for words in ends), default=0),
               top=26 if any(words for _, words, _ in what.turns) else 14)  # fmt: skip
    axes.slots(fig, what.slots, what.ticks)
    axes.gaps(fig, what.gaps, what.slots, mode)
    axes.turns(fig, what.turns, what.slots, mode)
    known = [v for track in what.tracks for v in (*track.values, *track.faint, *_past(track)) if v is not None]
    # words of a gap stand at the top: the highest value label must stay below them
    top = axes.ceiling(known, 0.24 if what.sparse and what.gaps else 0.12)
    bottom = 0.0
    if known and not what.from_zero:
        room = (max(known) - min(known) or 1.0) * 0.2
        bottom, top = min(known) - room, max(known) + room
    fig.y(range=[bottom, top], nticks=5, ticksuffix=what.suffix)
    pixels = (height - 70) / (top - bottom)
    for track in what.tracks:
        _draw(fig, track, what, mode)
    if what.sparse:
        _values(fig, what, mode, pixels)
    _ends(fig, what, mode, pixels)
    return fig


def _draw(fig: Plot, track: Track, what: Lines, mode: Mode) -> None:
    p = palette(mode)
    ink = p.series[track.colour]
    xs = list(range(len(track.values)))
    breaks = {at for at, _, goes_on in what.turns if not goes_on}
    sparse = what.sparse
    if track.faint:
        fig.scatter(
            x=xs, y=list(track.faint), mode="lines", connectgaps=False, hoverinfo="skip", opacity=_FAINT,
            line={"width": 1, "color": ink},
        )  # fmt: skip
    if any(v is not None for v in _past(track)):
        fig.scatter(
            x=xs, y=list(_past(track)), mode="lines", connectgaps=False, hoverinfo="skip",
            line={"width": 1.5, "dash": "2px,3px", "color": p.last_year_line},
        )  # fmt: skip
    if sparse:
        hollow = {"size": 9, "color": p.page, "line": {"width": 2, "color": ink}}
        filled = {"size": 11, "color": ink, "line": {"width": 1.5, "color": p.page}}
        style = {"mode": "markers", "marker": hollow if track.other else filled}
    else:
        # a known period between two gaps would be no line at all: it gets a dot
        alone, last = [_alone(track.values, i, breaks) for i in xs], _last(track)
        sizes = [8 if i == last else 5 if lone else 0 for i, lone in zip(xs, alone, strict=True)]
        style = {
            "mode": "lines+markers",
            "line": {"width": 1.8, "dash": "7px,4px", "color": ink} if track.other else {"width": 2.2, "color": ink},
            "marker": {"size": sizes, "color": p.page if track.other else ink, "opacity": 1,
                       "line": {"width": 2 if track.other else 0, "color": ink}},
        }  # fmt: skip
    fig.scatter(
        x=xs, y=list(track.values), connectgaps=False, cliponaxis=False, customdata=list(track.hover),
        hovertemplate="%{customdata}<extra></extra>", **style,
    )  # fmt: skip
    if not sparse:
        _part(fig.data[-1], breaks)


def _past(track: Track) -> tuple[float | None, ...]:
    return track.past if track.show_past else ()


def _part(trace: Values, breaks: set[int]) -> None:
    """Break the line of a trace off before these slots."""
    for at in sorted(breaks, reverse=True):
        for of, name in ((trace, "x"), (trace, "y"), (trace, "customdata"), (trace["marker"], "size")):
            of[name].insert(at, 0 if name == "size" else None)


def _alone(values: tuple[float | None, ...], at: int, breaks: set[int]) -> bool:
    around = [values[i] for i in (at - 1, at + 1) if 0 <= i < len(values) and max(i, at) not in breaks]
    return values[at] is not None and all(v is None for v in around)


def _last(track: Track) -> int:
    return next((i for i in range(len(track.values) - 1, -1, -1) if track.values[i] is not None), -1)


def _values(fig: Plot, what: Lines, mode: Mode, pixels: float) -> None:
    # the highest value stands above its mark; those that would touch it stand below theirs, one under another
    p = palette(mode)
    for at in range(what.slots):
        here = sorted(
            ((v, t) for t in what.tracks if at < len(t.values) and (v := t.values[at]) is not None),
            key=lambda pair: -pair[0],
        )  # fmt: skip
        before: float | None = None
        shift = 0.0
        for value, track in here:
            near = before is not None and (before - value) * pixels < 2.4 * _LABEL
            shift = 15.0 if not near else min(-15.0, shift - _LABEL if shift < 0 else -15.0)
            before = value
            fig.note(
                x=at, y=value, text=track.labels[at], yshift=shift,
                font={"size": 12.5, "color": p.series[track.colour]},
            )  # fmt: skip


def _key(track: Track, halls: bool) -> str:
    """The name at the end of a line; beside another hall with the mark of its points, since both have one colour."""
    return f"{'○' if track.other else '●'} {track.name}" if halls else track.name


def _ends(fig: Plot, what: Lines, mode: Mode, pixels: float) -> None:
    p = palette(mode)
    marks: list[tuple[int, float, str, str]] = []
    # beside another hall all labels stand at the right: a line that ends earlier must not write over the other
    halls = any(track.other for track in what.tracks)
    for track in what.tracks:
        at = _last(track)
        if at < 0:
            continue
        value = track.values[at] or 0.0
        name = _key(track, halls)
        words = name if what.sparse else f"<b>{track.labels[at]}</b> {name}"
        marks.append((what.slots - 1 if halls else at, value, words, p.series[track.colour]))
        if track.past_label and len(what.tracks) == 1:
            lasts = [(i, v) for i, v in enumerate(_past(track)) if v is not None]
            marks.append((lasts[-1][0], lasts[-1][1], track.past_label, p.gray))
    places = axes.spread([value * pixels for _, value, _, _ in marks], _LABEL)
    for (at, value, words, colour), place in zip(marks, places, strict=True):
        fig.note(
            x=at, y=value, text=words, xanchor="left", xshift=18 if what.sparse else 10,
            yshift=place - value * pixels, font={"size": 12.5, "color": colour},
        )  # fmt: skip
