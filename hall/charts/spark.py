"""Sparklines as SVG data URIs: 12 slots, stems for known periods, hollow rings for missing ones."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from hall.charts.theme import Mode, palette

_WIDTH, _HEIGHT, _BASE, _TOP = 240, 34, 27, 5
_ENOUGH = 8


def data_uri(svg: str) -> str:
    """An SVG text as a data URI."""
    return "data:image/svg+xml," + quote(svg, safe=" ='/:;,()-.")


def spark(slots: tuple[float | None, ...], colour: str, mode: Mode, turns: tuple[int, ...] = ()) -> str:
    """The data URI of a sparkline; None is a period that is not known. ``colour`` is a token of the palette; a dotted
    line stands before the slots of ``turns``, at which a line breaks off.

    From 8 known periods in a row it is a line broken at gaps, before that stems from zero.
    """
    p = palette(mode)
    ink = p.series[colour]
    step = (_WIDTH - 12) / max(1, len(slots) - 1)
    xs = [6 + i * step for i in range(len(slots))]
    known = [v for v in slots if v is not None]
    top = max(known, default=0) or 1
    drawn = _longest_run(slots) >= _ENOUGH
    # stems stand on zero; a line that stays in the upper half shows its own range
    low = min(known) - (top - min(known)) if drawn and min(known) > top / 2 else 0.0
    ys = [None if v is None else _BASE - (_BASE - _TOP) * max(0.0, v - low) / ((top - low) or 1) for v in slots]
    marks = _line(xs, ys, ink, turns) if drawn else _stems(xs, ys, ink, p.axis, p.page)
    marks += "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_BASE}" stroke="{p.axis}" stroke-dasharray="1 2"/>'
        for x in (6 + (at - 0.5) * step for at in turns)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}">{marks}</svg>'
    )
    return data_uri(svg.replace('"', "'"))  # as they need no escape


def _longest_run(ys: Sequence[float | None]) -> int:
    best = now = 0
    for y in ys:
        now = 0 if y is None else now + 1
        best = max(best, now)
    return best


def _stems(xs: list[float], ys: list[float | None], ink: str, axis: str, page: str) -> str:
    last = max((i for i, y in enumerate(ys) if y is not None), default=-1)
    parts = [f'<line x1="6" x2="{_WIDTH - 6}" y1="{_BASE}" y2="{_BASE}" stroke="{axis}" stroke-width="1"/>']
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if y is None:
            parts.append(f'<circle cx="{x:.1f}" cy="{_BASE}" r="2" fill="{page}" stroke="{axis}"/>')
            continue
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_BASE}" y2="{y:.1f}" stroke="{ink}" stroke-width="2"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3.4 if i == last else 2.4}" fill="{ink}"/>')
    return "".join(parts)


def _line(xs: list[float], ys: list[float | None], ink: str, turns: tuple[int, ...]) -> str:
    parts, run, end = [], [], (0.0, 0.0)
    points = [p for i, p in enumerate(zip(xs, ys, strict=True)) for p in ([(0.0, None), p] if i in turns else [p])]
    for x, y in [*points, (0.0, None)]:
        if y is not None:
            run.append(f"{x:.1f},{y:.1f}")
            end = (x, y)
        elif run:
            drawn = f'<polyline points="{" ".join(run)}" fill="none" stroke="{ink}" stroke-width="1.5"/>'
            single = f'<circle cx="{run[0].split(",")[0]}" cy="{run[0].split(",")[1]}" r="1.8" fill="{ink}"/>'
            parts.append(drawn if len(run) > 1 else single)
            run = []
    parts.append(f'<circle cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="3.2" fill="{ink}"/>')
    return "".join(parts)
