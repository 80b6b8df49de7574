"""Totals between two year-to-date figures of a year: what missing weeks add up to, never as weekly points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog
from hall.measure.bracket import Stated, totals
from hall.measure.rounding import Quantity
from hall.model import Document, Lang
from hall.text import periods, t
from hall.views.data.observations import Values
from hall.views.parts import wording
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import sources


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
            period = values.of(metric, freq).items()
            own = {key: Stated(v.period, v.quantity) for key, v in period if not v.held and not v.counted}
            counted = [v.period.end for _, v in period if v.counted]
            for total in totals([Stated(v.period, v.quantity) for v in known], own):
                if any(total.start <= end <= total.end for end in counted):
                    continue
                documents = known[total.until].document, known[total.after or 0].document
                found.append(Bracket(metric, total.start, total.end, total.quantity, documents))
    return tuple(found)


def card(inside: Values, lang: Lang) -> Card | None:
    """Totals between two figures to date of a year, where periods between them are missing."""
    found = brackets(inside, catalog.metrics())
    if not found:
        return None
    rows = tuple(
        (catalog.metrics()[b.metric].short(lang), periods.days(b.start, b.end, lang), wording.shown(b.quantity, lang))
        for b in found
    )
    data = [
        {
            "metric": b.metric,
            "period_start": b.start,
            "period_end": b.end,
            "obs_value": b.quantity.value,
            "unit_measure": b.quantity.unit,
            "unit_mult": b.quantity.unit_mult,
            "decimals": b.quantity.decimals,
            "obs_status": "E",
            "publisher": inside.publisher,
        }
        for b in found
    ]
    return Card(
        key="brackets",
        headline=t("trends.brackets", lang),
        subtitle=t("trends.brackets_what", lang),
        source=sources((d for b in found for d in b.documents), lang),
        table=Table((t("column.metric", lang), t("column.period", lang), t("column.total", lang)), rows),
        frame=pl.DataFrame(data, schema_overrides={"obs_value": pl.Decimal(28, 6)}),
        file=t("file.brackets", lang),
        demo=inside.demo,
    )
