"""From a number back to the words that state it."""

from __future__ import annotations

import polars as pl

from hall.model import Lang
from hall.text import t
from hall.views.data.case_counts import KIND
from hall.views.link import Link


def origin(table: pl.DataFrame, metric: str, grain: str, lang: Lang) -> Link | None:
    """The way to the figure behind the newest number of a metric; none where it is a sum of several or was counted.
    ``table`` holds rows of series/metric_values."""
    if table.is_empty() or grain not in table["freq"]:
        return None
    own = (pl.col("metric") == metric) & (pl.col("freq") == grain) & (pl.col("scope") != "year_to_date")
    stated = table.filter(own)
    if stated.is_empty():
        return None
    newest = stated.sort("period_end", descending=True).row(0, named=True)
    if newest["kind"] == KIND:
        return None
    return Link(t("act.see", lang), "sources", {"document": newest["document"], "figure": str(newest["figure"] + 1)})
