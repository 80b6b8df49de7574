"""Which cases of the comprehensive window a page counts: whose, of which months, and the way to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hall.model import Period
from hall.views.data.case_selection import CaseSelection, choice, parts
from hall.views.data.context import Context
from hall.views.link import Link

CHANNEL = "comprehensive_window"


@dataclass(frozen=True, slots=True)
class WindowCases(CaseSelection):
    """A choice of cases, and whether months were chosen (``filtered``)."""

    filtered: bool

    @property
    def departments(self) -> list[str] | None:
        """The chosen departments as queries take them: None for all."""
        return list(self.chosen) or None

    @property
    def newest(self) -> date:
        """The last day of which acceptances are held: later on cases are only seen to end."""
        return min(self.ctx.coverage.whole_to("cases") or self.now.day, Period.parse(self.ctx.coverage.cases[-1]).end)

    @property
    def known(self) -> date:
        """The last day of which the records tell."""
        return self.ctx.coverage.known_to("cases") or self.now.day

    def accepted(self, first: Period) -> Link:
        """The way to the cases accepted from ``first`` to the span's last month."""
        return self.see("accepted", channel=CHANNEL, **{"from": first.key})

    def open(self, day: date) -> Link:
        """The way to the cases open at the end of a day."""
        return self.see("open", channel=CHANNEL, to="", day=day.isoformat())


def scope(ctx: Context) -> WindowCases | None:
    """The scope of the chosen data set; None where it holds no cases within the filter."""
    of = choice(ctx)
    filtered = bool(ctx.month_from or ctx.month_to)
    return WindowCases(**parts(of), filtered=filtered) if of else None
