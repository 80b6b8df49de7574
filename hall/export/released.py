"""What a table of counts is when it leaves as a file: small counts left out where a setting says so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hall import catalog, settings
from hall.measure.suppress import Counts, suppress
from hall.model import Lang
from hall.text import t
from hall.views.parts.cards import Amount, Cell, Table

# Columns that count cases or consultations wherever they stand: a table that names none of its own is safe too.
_COUNTS = (
    "accepted", "completed", "on_time", "overdue", "withdrawn", "open", "issued", "issued_window",
    "issued_comprehensive", "mailed", "transferred", "rated", "satisfied", "promised_cases", "cases", "consultations",
)  # fmt: skip
_SUMS = (("completed", ("on_time", "overdue")),)
_WITHIN = (("on_time", "promised_cases"), ("issued_comprehensive", "issued_window"), ("issued_window", "issued"),
           ("mailed", "issued"), ("satisfied", "rated"), ("rated", "completed"))  # fmt: skip
_MADE = {"rate": ("on_time", "promised_cases"), "rate_low": ("on_time", "promised_cases"),
         "rate_high": ("on_time", "promised_cases"), "median_workdays": ("completed",),
         "nine_in_ten_workdays": ("completed",)}  # fmt: skip
# Rows of observations tell by their kind whether they were counted or printed.
_KINDS, _RECORDS = ("document_kind", "kind"), "records"
_PERIOD = ("publisher", "department", "freq", "time_period", "scope")
_MEANS = ("mean_7d", "mean_7d_past")


def released(frame: pl.DataFrame, counts: Counts | None, lang: Lang) -> tuple[pl.DataFrame, dict[str, str]]:
    """The frame as it may leave, and words for the headers of its counts that say what was left out; the frame as it is
    where nothing is to be left out (HALL_SUPPRESS_BELOW). ``counts`` says more than the names of columns do."""
    below = settings.suppress_below()
    note = t("export.left_out", lang, below=below)
    if below >= 2 and counts is None and "obs_value" in frame.columns:
        return _observations(frame, below), {"obs_value": note}
    counts = counts or usual(frame)
    if below < 2 or not counts.columns:
        return frame, {}
    return suppress(frame, counts, below), dict.fromkeys(counts.columns, note)


def table(what: Table, lang: Lang) -> tuple[Sequence[tuple[Cell, ...]], dict[int, str]]:
    """The rows of a card's table as they may leave, and words for the headings of the columns of which counts were
    left out, by their place. A row that holds a small amount leaves without its amounts; where rows add up to one
    another (``linked``) all of them do."""
    below = settings.suppress_below()
    if below < 2:
        return what.rows, {}
    rows = _without_counts(what, below) if what.counts else what.rows
    small = [any(_is_small(cell, below) for cell in row) for row in what.rows]
    gone = [any(small)] * len(small) if what.linked else small
    kept = tuple(
        tuple(None if hide and isinstance(c, Amount) and c.count is not None else c for c in row)
        for row, hide in zip(rows, gone, strict=True)
    )
    columns = {i for row, own in zip(what.rows, kept, strict=True) for i, c in enumerate(own) if c != row[i]}
    return kept, dict.fromkeys(columns, t("export.left_out", lang, below=below))


def _is_small(cell: Cell, below: int) -> bool:
    return isinstance(cell, Amount) and cell.count is not None and 0 < cell.count < below


def _without_counts(what: Table, below: int) -> Sequence[tuple[Cell, ...]]:
    assert what.counts
    frame = pl.DataFrame(
        {
            name: pl.Series([cell if isinstance(cell, int) else None for cell in column], dtype=pl.Int64)
            if name in what.counts.columns
            else [None if cell is None else str(cell) for cell in column]
            for name, column in zip(what.ids, zip(*what.rows, strict=True), strict=True)
        }
    )
    left = suppress(frame, what.counts, below)
    return tuple(
        tuple(None if now is None and then is not None else cell for cell, then, now in zip(*cells, strict=True))
        for cells in zip(what.rows, frame.iter_rows(), left.iter_rows(), strict=True)
    )


def usual(frame: pl.DataFrame) -> Counts:
    """The columns of a frame that count by their names."""
    columns = tuple(name for name in _COUNTS if name in frame.columns)
    sums = tuple((whole, parts) for whole, parts in _SUMS if {whole, *parts} <= set(columns))
    within = tuple(pair for pair in _WITHIN if set(pair) <= set(columns))
    made = tuple(
        (name, tuple(part for part in parts if part in columns)) for name, parts in _MADE.items()
        if name in frame.columns and set(parts) & set(columns)
    )  # fmt: skip
    return Counts(columns, sums, derived=made, within=within)


def _observations(frame: pl.DataFrame, below: int) -> pl.DataFrame:
    """Rows of metrics: those that were counted from records. A metric that is the sum of others is a total."""
    kind = next((name for name in _KINDS if name in frame.columns), None)
    only = (kind, _RECORDS) if kind else None
    left = suppress(frame, Counts(("obs_value",), only=only), below)
    for whole, parts in ((i.whole, i.parts) for i in catalog.identities() if i.kind == "sum"):
        own = pl.col("metric").is_in([whole, *parts]) & (pl.col(kind) == _RECORDS if kind else pl.lit(value=True))
        part = pl.when(pl.col("metric") != whole).then("metric").alias("_part")
        rows = frame.with_row_index("_row").filter(own).with_columns(part)
        by = tuple(name for name in _PERIOD if name in frame.columns)
        gone = suppress(rows, Counts(("obs_value",), over="_part", by=by), below)
        hidden = gone.filter(pl.col("obs_value").is_null())["_row"].to_list()
        keep = ~pl.int_range(pl.len()).is_in(hidden)
        left = left.with_columns(pl.when(keep).then(pl.col("obs_value")).alias("obs_value"))
    if left["obs_value"].null_count() > frame["obs_value"].null_count():
        # a mean over days tells each of them by its steps
        left = left.with_columns(pl.lit(None, left.schema[name]).alias(name) for name in _MEANS if name in left.columns)
    return left
