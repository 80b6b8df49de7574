"""Which cases of the comprehensive window a page counts: whose, of which months, and the way to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hall.model import Document, Lang, Period, Selection
from hall.text import t
from hall.views import acts, counted
from hall.views.case_span import Span, span
from hall.views.pieces import Action
from hall.views.source_line import is_demo

CHANNEL = "comprehensive_window"


@dataclass(frozen=True, slots=True)
class Scope:
    """The records of one publisher within a selection; ``now`` as on page 部门, ``departments`` None for all,
    ``filtered`` whether months were chosen."""

    own: str
    publisher: str
    lang: Lang
    departments: list[str] | None
    now: Span
    held: counted.Held
    filtered: bool

    @property
    def newest(self) -> date:
        """The last day of which acceptances are held: later on cases are only seen to end."""
        return min(self.held.until or self.now.day, Period.parse(self.held.cases[-1]).end)

    @property
    def demo(self) -> bool:
        """Whether the publisher is fictional."""
        return is_demo(self.publisher)

    @property
    def source(self) -> Document:
        """The records as a document."""
        return counted.document(self.publisher, self.lang)

    def accepted(self, first: Period) -> Action:
        """The way to the cases accepted from ``first`` to the span's last month."""
        return self._cases({"measure": "accepted", "from": first.key, "to": self.now.last.key})

    def open(self, day: date) -> Action:
        """The way to the cases open at the end of a day."""
        return self._cases({"measure": "open", "from": "", "to": "", "day": day.isoformat()})

    def _cases(self, asked: dict[str, str]) -> Action:
        chosen = tuple(self.departments or ())
        return Action(t("counted.see", self.lang), "cases", {**asked, "channel": CHANNEL, "department": chosen})


def scope(selection: Selection) -> Scope | None:
    """The scope of the chosen data set; None where it holds no cases within the filter."""
    publisher = acts.hall(selection)
    own, held = counted.publisher_id(publisher), counted.held(publisher, selection.known_on)
    now = span(selection, held)
    if own is None or publisher is None or now is None:
        return None
    filtered = bool(selection.month_from or selection.month_to)
    chosen = list(selection.departments) or None
    return Scope(own, publisher, selection.lang, chosen, now, held, filtered)
