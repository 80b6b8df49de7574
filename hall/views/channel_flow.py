"""What a cube tells of the channels of acceptance by month, and the shares that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.measure.share import Share, share
from hall.model import Document, Lang, Period, Selection
from hall.store import cube
from hall.text import join, t
from hall.views import acts, counted
from hall.views.case_facts import Filters, cases
from hall.views.case_span import Relation, Span, others, span
from hall.views.pieces import Action
from hall.views.source_line import is_demo


@dataclass(frozen=True, slots=True)
class Flow:
    """Cases accepted by channel: ``months`` of the chosen departments, whole history, by the first day of the month and
    channel, and ``here`` (department, channel, accepted …) of all departments within ``now``."""

    own: str
    publisher: str
    lang: Lang
    chosen: tuple[str, ...]
    now: Span
    others: tuple[tuple[Relation, Span], ...]
    held: counted.Held
    months: Mapping[tuple[date, str], int]
    here: pl.DataFrame

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return is_demo(self.publisher)

    @property
    def source(self) -> Document:
        """The records as a document."""
        return counted.document(self.publisher, self.lang)

    @property
    def spine(self) -> tuple[Period, ...]:
        """The whole months of the filter where it names more than one, else all that are held up to the last."""
        first = self.now.first if self.now.months > 1 else self.now.since
        months = [Period.parse(key) for key in self.held.cases]
        inside = [m for m in months if first.start <= m.start <= self.now.last.start]
        return tuple(inside if self.now.whole or len(inside) < 2 else inside[:-1])

    def accepted(self, of: Span | Period, channels: tuple[str, ...]) -> Quantity:
        """The cases of these channels (of all when none is named) within a span or month."""
        at, last = (of, of) if isinstance(of, Period) else (of.first, of.last)
        found, wanted = 0, channels or tuple(catalog.channels())
        while at.start <= last.start:
            found += sum(self.months.get((at.start, channel), 0) for channel in wanted)
            at = at.shift(1)
        return cases(found)

    def online(self, of: Span | Period) -> Share | None:
        """全程网办率: fully online of the published total."""
        return share(self.accepted(of, online()), self.accepted(of, published()))

    def part(self, of: Span | Period, channel: str) -> Share | None:
        """The share of a channel in all that was accepted."""
        return share(self.accepted(of, (channel,)), self.accepted(of, ()))

    @property
    def who(self) -> str:
        """Whose cases: the few departments that are chosen by name, else how many, else all."""
        if not self.chosen:
            return t("casework.all_departments", self.lang)
        names = [acts.name(d, self.lang) for d in self.chosen]
        return join(names, self.lang) if len(names) <= 3 else t("casework.some_departments", self.lang, n=len(names))

    def see(self, *channels: str) -> Action:
        """The way to the cases of these channels within the span."""
        months: Filters = {"from": self.now.first.key, "to": self.now.last.key, "department": self.chosen}
        return Action(t("counted.see", self.lang), "cases", {"measure": "accepted", "channel": channels, **months})


def online() -> tuple[str, ...]:
    """The channels of what is published as accepted fully online."""
    return catalog.counts()["online_accepted"].channel


def published() -> tuple[str, ...]:
    """The channels of the published total."""
    return catalog.counts()["handled_total"].channel


def outside() -> tuple[str, ...]:
    """The channels that stand outside the published total."""
    return tuple(c for c in catalog.channels() if c not in published())


def load(selection: Selection) -> Flow | None:
    """The channels of the chosen data set; None where it holds no cases within the filter."""
    publisher = acts.hall(selection)
    own, held = counted.publisher_id(publisher), counted.held(publisher, selection.known_on)
    now = span(selection, held)
    if own is None or publisher is None or now is None:
        return None
    counts = cube.rows("channels_counted", own, departments=list(selection.departments) or None)
    return Flow(
        own, publisher, selection.lang, selection.departments, now, others(now, held), held,
        months={(month, channel): n for month, channel, n in counts.iter_rows()},
        here=cube.rows("departments_counted", own, first=now.first.start, last=now.last.end),
    )  # fmt: skip
