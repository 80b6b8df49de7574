"""What a cube tells of the channels of acceptance by month, and the shares that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.measure.share import Share, share
from hall.model import Period
from hall.store import cube
from hall.views.data.case_months import MonthSpan
from hall.views.data.case_selection import CaseSelection, choice, parts
from hall.views.data.cases_by_department import cases
from hall.views.data.context import Context
from hall.views.link import Link


@dataclass(frozen=True, slots=True)
class ChannelCases(CaseSelection):
    """Cases accepted by channel: ``months`` of the chosen departments, whole history, by the first day of the month and
    channel, and ``here`` (department, channel, accepted …) of all departments within ``now``."""

    months: Mapping[tuple[date, str], int]
    here: pl.DataFrame

    def accepted(self, of: MonthSpan | Period, channels: tuple[str, ...]) -> Quantity:
        """The cases of these channels (of all when none is named) within a span or month."""
        at, last = (of, of) if isinstance(of, Period) else (of.first, of.last)
        found, wanted = 0, channels or tuple(catalog.channels())
        while at.start <= last.start:
            found += sum(self.months.get((at.start, channel), 0) for channel in wanted)
            at = at.shift(1)
        return cases(found)

    def online(self, of: MonthSpan | Period) -> Share | None:
        """全程网办率: fully online of the published total."""
        return share(self.accepted(of, online()), self.accepted(of, published()))

    def part(self, of: MonthSpan | Period, channel: str) -> Share | None:
        """The share of a channel in all that was accepted."""
        return share(self.accepted(of, (channel,)), self.accepted(of, ()))

    def way(self, *channels: str) -> Link:
        """The way to the cases of these channels (of all when none is named) within the span."""
        return self.see("accepted", channel=channels)


def online() -> tuple[str, ...]:
    """The channels of what is published as accepted fully online."""
    return catalog.counts()["online_accepted"].channel


def published() -> tuple[str, ...]:
    """The channels of the published total."""
    return catalog.counts()["handled_total"].channel


def outside() -> tuple[str, ...]:
    """The channels that stand outside the published total."""
    return tuple(c for c in catalog.channels() if c not in published())


def load(ctx: Context) -> ChannelCases | None:
    """The channels of the chosen data set; None where it holds no cases within the filter."""
    of = choice(ctx)
    if of is None:
        return None
    counts = cube.rows("channels_counted", of.publisher, departments=list(of.chosen) or None)
    return ChannelCases(
        **parts(of),
        months={(month, channel): n for month, channel, n in counts.iter_rows()},
        here=cube.rows("departments_counted", of.publisher, **of.now.bounds),
    )
