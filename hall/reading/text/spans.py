"""Things that stand at a place of the text, looked up by place in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a start."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...


T = TypeVar("T", bound=Placed)
_START = attrgetter("start")


def within(items: Sequence[T], begin: int, end: int) -> Sequence[T]:
    """Those of the ordered items that begin in ``begin:end``."""
    return items[bisect_left(items, begin, key=_START) : bisect_left(items, end, key=_START)]
