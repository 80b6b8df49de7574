"""Labels at the left of a plot: never wider than 100 px, so that a phone keeps room for the marks."""

from __future__ import annotations

from collections.abc import Iterable

_WIDE, _NARROW, _ROOM = 1.0, 0.535, 99.5
_SIZE, _SMALL = 12.0, 11.0


def side(labels: Iterable[str]) -> tuple[list[str], float]:
    """The labels and their type size: 12 px, or 11 where the longest needs it; then cut with an ellipsis."""
    found = list(labels)
    longest = max((_width(label) for label in found), default=0.0)
    size = _SIZE if longest * _SIZE <= _ROOM else _SMALL
    return [fit(label, _ROOM / size) for label in found], size


def fit(label: str, room: float) -> str:
    """The label, cut where it is wider than ``room`` times its type size."""
    if _width(label) <= room:
        return label
    cut = label
    while cut and _width(cut) + _WIDE > room:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _width(label: str) -> float:
    return sum(_WIDE if ord(sign) > 0x2E7F else _NARROW for sign in label)
