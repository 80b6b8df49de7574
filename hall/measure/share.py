"""Shares of printed parts, as finely as the printed digits allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hall.measure.rounding import Quantity, honest_place


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent; ``decimals`` are as many as are certain, ``approximate`` when it comes from rounded parts."""

    percent: Decimal
    slack: Decimal
    decimals: int
    approximate: bool


def share(part: Quantity | None, whole: Quantity | None) -> Share | None:
    """part / whole in percent; None when a side is missing or the whole is not above zero."""
    if part is None or whole is None or whole.value - whole.slack <= 0:
        return None
    low = (part.value - part.slack) / (whole.value + whole.slack)
    high = (part.value + part.slack) / (whole.value - whole.slack)
    slack = (high - low) / 2 * 100
    place = honest_place(slack, -2 if not slack else -1)
    return Share(part.value / whole.value * 100, slack, max(0, -place), bool(slack))


def per_day(whole: Quantity | None, days: int | None) -> Quantity | None:
    """The quantity for each day, with as many figures as the whole had; None when the days are not known."""
    if whole is None or not days:
        return None
    value = whole.value / days
    # 5.57 has three figures, so has the quotient: 3094.4 is 3090
    place = value.adjusted() - whole.figures + 1 if whole.slack else 0 if value >= 100 else -1
    rounded = value.quantize(Decimal(1).scaleb(place)) if value else value
    return Quantity(rounded.quantize(Decimal(1)) if place >= 0 else rounded, whole.unit, *_print(place))


def _print(place: int) -> tuple[int, int]:
    # a negative number of decimals states a place left of the point: 3,090 ± 5
    return 0, -place


@dataclass(frozen=True, slots=True)
class ShareChange:
    """The change of a share in percentage points; ``within_rounding`` when the rounded parts allow no direction."""

    points: Decimal
    decimals: int
    within_rounding: bool
    approximate: bool


def share_change(now: Share | None, then: Share | None) -> ShareChange | None:
    """The change between two shares, as finely as both allow; None when a side is missing."""
    if now is None or then is None:
        return None
    slack = now.slack + then.slack
    points = now.percent - then.percent
    place = honest_place(slack, -2 if not slack else -1)
    decimals = max(0, -place)
    # a change that rounds to nothing has no direction either
    return ShareChange(points, decimals, abs(points) <= slack or not round(points, decimals), bool(slack))
