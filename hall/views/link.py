"""The way from a number or a card to another page, or to the same page with other filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page (file name without .py) or, with ``filters``, to another selection.

    Keys of ``filters`` are URL parameters (from, to, department as ids, data, lang); those not named stay.
    None or an empty text clears one.
    """

    label: str
    page: str
    filters: Mapping[str, str | tuple[str, ...] | None] = field(default_factory=dict)
