"""Marks of the key inside a subtitle: a square of a colour token, which the card turns into colour."""

from __future__ import annotations

OPEN, CLOSE = "\ue000", "\ue001"


def square(token: str) -> str:
    """A place for a coloured square; ``token`` is one of the palette, or ``other`` for the compared side."""
    return f"{OPEN}{token}{CLOSE}"
