"""Tells how far a long statement has come, while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.25


@contextmanager
def watched(percent: Callable[[], float], tell: Callable[[float], None]) -> Iterator[None]:
    """Ask ``percent`` four times a second within the block, and tell what is more than before."""
    over = threading.Event()

    def ask() -> None:
        told = 0.0
        while not over.wait(_EVERY):
            now = percent()
            if now > told:
                told = now
                tell(now)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join()
