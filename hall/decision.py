"""What a person decided about a document that was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from hall.model import Scope

Act = Literal["accept", "correct", "reject", "add", "map"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a document. It names its figure by place and print, which survive a rebuild; an added
    figure without a place was typed in by hand. ``value`` is in base units as of ``Figure``; ``label`` and ``metric``
    are what ``map`` and ``add`` say."""

    id: str
    document: str
    act: Act
    by: str
    at: datetime
    reason: str = ""
    start: int | None = None
    end: int | None = None
    as_printed: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    label: str | None = None
    metric: str | None = None
    scope: Scope | None = None
    period_start: date | None = None
    period_end: date | None = None
    department: str | None = None
    page: int | None = None
    decimals: int | None = None
    unit_mult: int | None = None
