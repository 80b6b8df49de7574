"""What the filters may offer: the months, departments and data sets that the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from hall.model import Selection


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of the filters; all empty for an empty store. ``datasets`` are publishers by name, catalogue order."""

    months: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()


def load(selection: Selection) -> Choices:
    """All that the current version holds; the selection does not narrow it."""
    return Choices()
