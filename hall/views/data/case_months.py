"""The months of records that a page counts, and the months before that they may be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.model import Lang, Period
from hall.text import periods, t
from hall.views.data.context import Context
from hall.views.data.coverage import Coverage

Relation = Literal["previous", "year_ago"]
_YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Months of records from ``first`` to ``last``, both whole but for the days after ``day``, up to which the records
    tell; ``since`` is the first month that is held at all: of cases accepted before it nothing is known."""

    first: Period
    last: Period
    day: date
    since: Period

    @property
    def months(self) -> int:
        """How many months it has."""
        return _apart(self.first, self.last) + 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Its months: 2025-10."""
        return tuple(self.first.shift(i).key for i in range(self.months))

    @property
    def whole(self) -> bool:
        """Whether the records tell of its last month to the end."""
        return self.day == self.last.end

    @property
    def filters(self) -> dict[str, str | tuple[str, ...] | None]:
        """The filters of a page that shows the same months."""
        return {"from": self.first.key, "to": self.last.key}

    @property
    def bounds(self) -> dict[str, date]:
        """Its first and last day, as queries take them."""
        return {"first": self.first.start, "last": self.last.end}

    def holds(self, month: date) -> bool:
        """Whether that day lies in its months."""
        return self.first.start <= month <= self.last.end

    def words(self, lang: Lang) -> str:
        """2025年12月 · 2025年1—6月 · 2024年11月—2025年2月."""
        if self.first == self.last:
            return periods.short(self.last, lang)
        if self.first.start.year == self.last.start.year:
            run = periods.run(self.first, self.last, lang)
            return t("period.in_year", lang, year=self.last.start.year, months=run)
        return periods.between(self.first, self.last, lang)

    def shift(self, steps: int) -> MonthSpan:
        """As many months earlier (negative) or later, whole."""
        last = self.last.shift(steps)
        return MonthSpan(self.first.shift(steps), last, last.end, self.since)


def span(ctx: Context) -> MonthSpan | None:
    """The months of the filter that are held; where it names none, the newest that is held whole (else the newest).
    None where none is held."""
    held, bounds = ctx.coverage, (ctx.month_from or "", ctx.month_to or "9999")
    known, whole_to = held.known_to("cases"), held.whole_to("cases")
    months = [Period.parse(key) for key in held.cases]
    if not months or known is None or whole_to is None:
        return None
    if ctx.month_from or ctx.month_to:
        # a month that stands apart is shown to who asks for it alone
        inside = [Period.parse(m) for own in (held.cases, held.apart) for m in own if bounds[0] <= m <= bounds[1]]
        inside = [p for p in inside if p.key in held.cases] or inside
    else:
        inside = [m for m in months if m.end <= whole_to][-1:] or months[-1:]
    if not inside:
        return None
    last = inside[-1]
    day = last.end if last.end <= whole_to else max(known, last.start)
    return MonthSpan(inside[0], last, day, min(months[0], inside[0]))


def others(now: MonthSpan, held: Coverage) -> tuple[tuple[Relation, MonthSpan], ...]:
    """As many months just before, then the same months a year before, where the records hold all of them: what was
    accepted in them may be compared. Left out: of months that are not over."""
    steps: tuple[tuple[Relation, int], ...] = (("year_ago", -_YEAR), ("previous", -now.months))
    found: dict[MonthSpan, Relation] = {}
    for relation, step in steps:
        then = now.shift(step)
        apart = then.last.end < now.first.start
        if now.whole and apart and {*now.keys, *then.keys} <= set(held.cases):
            found.setdefault(then, relation)
    return tuple((relation, then) for then, relation in reversed(found.items()))


def _apart(first: Period, last: Period) -> int:
    return (last.start.year - first.start.year) * _YEAR + last.start.month - first.start.month
