"""The file of a card: its table as it is seen, small counts left out where a setting says so."""

from __future__ import annotations

from hall.export import released
from hall.export.csv import lines
from hall.model import Lang
from hall.text.plain import unmarked
from hall.views.parts.cards import Amount, Cell, Table


def csv(table: Table, lang: Lang) -> bytes:
    """The headings and cells of the table as CSV, words without the marks of the screen."""
    rows, notes = released.table(table, lang)
    headings = [unmarked(words) + notes.get(i, "") for i, words in enumerate(table.columns)]
    return lines(headings, ([_cell(cell) for cell in row] for row in rows))


def _cell(cell: Cell) -> str | int | None:
    words = cell.words if isinstance(cell, Amount) else cell
    return unmarked(words) if isinstance(words, str) else words
