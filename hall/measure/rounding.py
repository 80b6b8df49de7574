"""Quantities with the precision of their print, and what that precision allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units with its unit id and the place of its last printed digit: 5.57 万件 is 55700, 4, 2."""

    value: Decimal
    unit: str
    unit_mult: int = 0
    decimals: int = 0

    @property
    def exponent(self) -> int:
        """The power of ten of the last printed place."""
        return self.unit_mult - self.decimals

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last place; a count printed in full is exact."""
        return _ZERO if self.exponent == 0 and self.unit_mult == 0 else Decimal(5).scaleb(self.exponent - 1)

    @property
    def figures(self) -> int:
        """How many significant figures are printed: 5.57 three, 0.1 one."""
        whole = int(abs(self.value.scaleb(-self.exponent)))
        return len(str(whole)) if whole else 1


def total(parts: Iterable[Quantity]) -> Quantity | None:
    """The sum, no finer than the coarsest part; None for nothing. Units must be equal: ValueError."""
    found = list(parts)
    if not found:
        return None
    if len({q.unit for q in found}) > 1:
        raise ValueError("units differ")
    mult, decimals = coarsest(*found)
    return Quantity(sum((q.value for q in found), _ZERO), found[0].unit, mult, decimals)


def coarsest(*quantities: Quantity) -> tuple[int, int]:
    """Scale and decimals of a number derived from them: the largest scale, the coarsest last place."""
    mult = max(q.unit_mult for q in quantities)
    return mult, mult - max(q.exponent for q in quantities)


def honest_place(slack: Decimal, finest: int = -1) -> int:
    """The finest power of ten whose half unit still covers the slack: ±0.17 gives 0 (whole percent)."""
    place = finest
    while Decimal(5).scaleb(place - 1) < slack:
        place += 1
    return place
