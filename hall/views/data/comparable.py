"""What may be compared, summed or divided: a published and a counted number only of a metric in which the two agree,
and never what lacks cases that began in months that are not held."""

from __future__ import annotations

from typing import Protocol

from hall.model import Period


class Known(Protocol):
    """A number with its source."""

    @property
    def period(self) -> Period:
        """The period that it is of."""
        ...

    @property
    def counted(self) -> bool:
        """Whether it was counted from records."""
        ...

    @property
    def agree(self) -> bool:
        """Whether published and counted numbers of its metric agree, wherever both are known."""
        ...

    @property
    def lacking(self) -> bool:
        """Whether it lacks cases that began in months that are not held."""
        ...


def comparable(now: Known | None, then: Known | None) -> bool:
    """Whether a change between the two says anything of the hall; not where one is missing."""
    return now is not None and then is not None and not now.lacking and not then.lacking and alike(now, then)


def alike(*parts: Known) -> bool:
    """Whether the parts of a sum or a share come from one kind of source, or from kinds that agree."""
    return len({part.counted for part in parts}) < 2 or all(part.agree for part in parts)
