"""Values that a later document restated."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from hall.store.read import rows
from hall.views.data.context import Context


def load(ctx: Context, metrics: Collection[str] | None = None) -> pl.DataFrame:
    """The revisions of the data set within the months of the selection, newest first; of these metrics only, where some
    are named: rows of series/revisions."""
    found = rows("series/revisions", **ctx.bounds)
    return found if metrics is None else found.filter(pl.col("metric").is_in(list(metrics)))
