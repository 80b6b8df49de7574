"""How far a long document has been read."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[int, int], None]] = []


def listen(listener: Callable[[int, int], None]) -> None:
    """Have ``listener(done, total)`` called with the pages that are done."""
    _listeners[:] = [listener]


def report(done: int, total: int) -> None:
    """Tell that so many pages of all are done."""
    for listener in _listeners:
        listener(done, total)
