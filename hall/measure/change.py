"""The change between two stated quantities, with what their rounding allows to say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hall.measure.rounding import Quantity, coarsest

Direction = Literal["up", "down", "same"]
_MANIFOLD = Decimal("1.8")


@dataclass(frozen=True, slots=True)
class Change:
    """Both sides and what follows: ``percent`` and ``ratio`` are None where the print is too coarse for them."""

    now: Quantity
    then: Quantity
    difference: Quantity
    direction: Direction
    within_rounding: bool
    percent: Decimal | None
    ratio: Decimal | None
    approximate: bool
    is_good: bool | None
    unit_changed: bool

    @property
    def manifold(self) -> bool:
        """Whether "1.9 times" says it better than a percentage."""
        return self.ratio is not None and self.ratio >= _MANIFOLD


def change(
    now: Quantity | None, then: Quantity | None, better: str = "neither", *, held: bool = False
) -> Change | None:
    """The change from ``then`` to ``now``; None when a side is missing or held back.

    ``better`` is the metric's: higher, lower or neither. A difference no larger than both roundings together is
    within rounding: it has no direction, percentage or judgement. Two printed figures allow a rounded percentage
    (approximate), one allows none.
    """
    if now is None or then is None or held:
        return None
    raw = now.value - then.value
    within = bool(raw) and abs(raw) <= now.slack + then.slack
    same = within or not raw
    mult, decimals = coarsest(now, then)
    figures = min(now.figures, then.figures)
    # a count printed in full is exact however few its digits are
    exact = now.slack == 0 and then.slack == 0
    told = not same and then.value > 0 and (exact or figures > 1)
    direction: Direction = "same" if same else "up" if raw > 0 else "down"
    good = None if same or better == "neither" else (direction == "up") == (better == "higher")
    return Change(
        now=now, then=then, difference=Quantity(abs(raw), now.unit, mult, decimals), direction=direction,
        within_rounding=within, percent=raw / then.value * 100 if told else None,
        ratio=now.value / then.value if told else None, approximate=not exact and figures < 3,
        is_good=good, unit_changed=now.unit != then.unit,
    )  # fmt: skip
