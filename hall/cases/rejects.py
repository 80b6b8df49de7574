"""The rows that were not taken of what stands."""

from __future__ import annotations

import polars as pl

from hall import catalog
from hall.model import Lang
from hall.store import holdings

_SHAPE = {"file": pl.String, "table": pl.String, "row": pl.Int64, "column": pl.String, "reason": pl.String,
          "value": pl.String}  # fmt: skip


def frame(publisher: str, lang: Lang) -> pl.DataFrame:
    """One line for each row that was not taken, in order of file and row; table and column by their labels. HallError
    unknown_records."""
    held = holdings.held(catalog.publisher(publisher).id)
    found = [pl.DataFrame(schema=_SHAPE), *(pl.read_parquet(path).select(*_SHAPE) for path in held.rejects())]
    tables = catalog.tables()
    labels = [
        {"table": table.id, "column": column.id, "label": column.label(lang)}
        for table in tables.values()
        for column in table.columns
    ]
    whole = pl.concat(found).sort("file", "row", maintain_order=True)
    named = whole.join(pl.DataFrame(labels), on=["table", "column"], how="left", maintain_order="left")
    return named.select(
        "file",
        pl.col("table").replace({table.id: table.label(lang) for table in tables.values()}),
        "row",
        pl.col("label").alias("column"),
        "reason",
        "value",
    )
