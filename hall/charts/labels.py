"""Labels at the left of a plot: never wider than 100 px, so that a phone keeps room for the marks."""

from __future__ import annotations

_WIDE, _NARROW, _ROOM = 12.0, 6.4, 97.0


def fit(label: str, room: float = _ROOM) -> str:
    """The label, cut with an ellipsis where it is wider than ``room`` pixels at 12 px type."""
    used = 0.0
    for i, sign in enumerate(label):
        used += _WIDE if ord(sign) > 0x2E7F else _NARROW
        if used > room and i < len(label):
            return label[: max(1, i - 1)].rstrip() + "…"
    return label
