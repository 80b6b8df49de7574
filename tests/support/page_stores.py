"""The kinds of store that the pages are shown on: without data, with bulletins, with records of cases, with both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import shared
import small_cube
from literal_store import build, dense, month, sparse

from hall.model import Reading
from hall.store import cube, read


class Kind(NamedTuple):
    """A store: its bulletins, whose records are counted in it, and the day on which it is looked at."""

    bulletins: Callable[[], list[Reading]]
    counted: tuple[str, ...] = ()
    today: str = "2025-12-01"


def _beside_records() -> list[Reading]:
    return [*sparse(), month(2025, 11, [("mailed", "30", 0, 0, "period")])]


KINDS = {
    "empty": Kind(list),
    "sparse": Kind(lambda: sparse(held=("mailed",))),
    "full": Kind(lambda: [*sparse(), *dense()]),
    "records": Kind(list, ("demo",), "2026-01-10"),
    "both": Kind(_beside_records, ("sichuan", "demo"), "2026-01-10"),
}


def _make(kind: Kind, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        if kind.bulletins() or not kind.counted:
            build(folder, kind.bulletins())
        for owner in kind.counted:
            small_cube.publish(*small_cube.year(), owner=owner)
    read.close()
    cube.close()


def made(name: str) -> Path:
    """The store of that kind, made once a run; it is only read."""
    return shared.once(f"pages-{name}", lambda folder: _make(KINDS[name], folder))
