"""What was asked of the store is kept until a version of it, a setting or the day changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

from hall import settings
from hall.store import cube, read

A = TypeVar("A", bound=Hashable)
R = TypeVar("R")


def per_version(most: int) -> Callable[[Callable[[A], R]], Callable[[A], R]]:
    """Keeps the ``most`` answers that were last asked for; they are shared, so they are frozen."""

    def keep(function: Callable[[A], R]) -> Callable[[A], R]:
        @lru_cache(maxsize=most)
        def kept(_version: tuple[object, ...], asked: A) -> R:
            return function(asked)

        @wraps(function)
        def answer(asked: A) -> R:
            return kept(version(), asked)

        return answer

    return keep


def version() -> tuple[object, ...]:
    """All that an answer depends on beside the question."""
    store = (str(settings.store()), read.version(), cube.versions_key())
    return (*store, settings.today(), settings.show_unreviewed(), settings.data())
