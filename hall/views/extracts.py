"""Whole tables as they are downloaded, narrowed by the filters: months, departments, data set."""

from __future__ import annotations

from hall.model import Selection
from hall.text import t
from hall.views.pieces import Card
from hall.views.whole_tables import TABLES, extract


def cards(selection: Selection) -> tuple[Card, ...]:
    """One card a table: its name, how many rows, the frame."""
    lang = selection.lang
    found = []
    for kind in TABLES:
        frame = extract(kind, selection)
        found.append(Card(kind, t(f"sources.extract_{kind}", lang), t("sources.rows", lang, n=f"{len(frame):,}"), "",
                          frame=frame, file=kind))  # fmt: skip
    return tuple(found)
