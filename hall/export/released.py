"""What a table of counts is when it leaves as a file: small counts left out where a setting says so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hall import settings
from hall.measure.suppress import Counts, suppress
from hall.model import Lang
from hall.text import t
from hall.views.parts.cards import Amount, Cell, Table


def released(frame: pl.DataFrame, counts: Counts, lang: Lang) -> tuple[pl.DataFrame, dict[str, str]]:
    """The frame as it may leave, and words for the headers of its counts that say what was left out; the frame as it is
    where nothing is to be left out (HALL_SUPPRESS_BELOW)."""
    below = settings.suppress_below()
    if below < 2:
        return frame, {}
    note = t("export.left_out", lang, below=below)
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
