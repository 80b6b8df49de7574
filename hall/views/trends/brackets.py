"""Totals between two year-to-date figures of a year: what missing weeks add up to, never as weekly points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.measure.bracket import BracketEnd, totals
from hall.measure.rounding import Quantity
from hall.model import Document
from hall.text import periods, t
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.parts import wording
from hall.views.parts.cards import Card, Table, card


@dataclass(frozen=True, slots=True)
class Bracket:
    """The total of a metric from the day after one figure to date until the next (obs_status E)."""

    metric: str
    start: date
    end: date
    quantity: Quantity
    documents: tuple[Document, Document]


def brackets(values: Values, metrics: Iterable[str]) -> tuple[Bracket, ...]:
    """One for each pair of neighbouring figures to date of a year between which a period is missing and none was
    counted from records."""
    found = []
    for metric in metrics:
        for freq in ("W", "M"):
            to_date = values.of(metric, freq, "year_to_date").values()
            known = [v for v in to_date if not v.held and not v.counted]
            if len(known) < 2:
                continue
            period = values.of(metric, freq).items()
            own = {key: BracketEnd(v.period, v.quantity) for key, v in period if not v.held and not v.counted}
            counted = [v.period.end for _, v in period if v.counted]
            for total in totals([BracketEnd(v.period, v.quantity) for v in known], own):
                if any(total.start <= end <= total.end for end in counted):
                    continue
                documents = known[total.until].document, known[total.after or 0].document
                found.append(Bracket(metric, total.start, total.end, total.quantity, documents))
    return tuple(found)


def build(ctx: Context, inside: Values) -> Card | None:
    """Totals between two figures to date of a year, where periods between them are missing."""
    lang, found = ctx.lang, brackets(inside, catalog.metrics())
    if not found:
        return None
    rows = tuple(
        (catalog.metrics()[b.metric].short(lang), periods.days(b.start, b.end, lang), wording.shown(b.quantity, lang))
        for b in found
    )
    return card(
        ctx,
        "brackets",
        headline=t("trends.brackets", lang),
        subtitle=t("trends.brackets_what", lang),
        documents=(d for b in found for d in b.documents),
        table=Table(columns=tuple(t(f"column.{c}", lang) for c in ("metric", "period", "total")), rows=rows),
    )
