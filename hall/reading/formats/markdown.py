"""Tables as rows of Markdown, the one form in which the reader meets them."""

from __future__ import annotations

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each row; rows of one cell become plain lines, rows of none are left out."""
    width = max((len(row) for row in rows), default=0)
    if width <= 1:
        return [cell for row in rows for cell in row if cell]
    lines = []
    for row in rows:
        cells = [cell(words) for words in row]
        if any(cells):
            lines.append("| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |")
    return lines


def cell(words: str) -> str:
    """The words of a cell on one line; a bar inside is no bar of the table."""
    return " ".join(words.split()).replace("|", "／")
