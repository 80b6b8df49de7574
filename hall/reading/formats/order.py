"""The order in which a person reads the pieces of a page: line by line, and column by column where prose is set so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

# a gap of so many characters may part two columns; what a column of prose shows: lines, their length, how full they are
_GUTTER, _LINES, _LETTERS, _FULL = 1.4, 3, 8, 0.7
_SLACK = 0.003
# so many left edges are looked at, however many a page has
_EDGES = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together: their box in page widths from the top left corner, the height of a character,
    how many they are, and which one this is for the caller."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    count: int
    key: int

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


Rows = list[list[Piece]]
Laid = TypeVar("Laid")


def laid(
    pieces: Sequence[Piece], blocks: Sequence[tuple[Piece, list[Laid]]], row: Callable[[list[int]], Laid]
) -> list[Laid]:
    """The page as the caller's rows: ``row`` makes one of the keys of a line's pieces, and ``blocks`` are parts of the
    page that are rows already (tables, pictures; their keys do not matter), put where they stand."""
    found: list[Laid] = []
    for line in arrange([*pieces, *(replace(block, key=-1 - i) for i, (block, _) in enumerate(blocks))]):
        if keys := [piece.key for piece in line if piece.key >= 0]:
            found.append(row(keys))
        for piece in line:
            if piece.key < 0:
                found += blocks[-1 - piece.key][1]
    return found


def arrange(pieces: Sequence[Piece]) -> Rows:
    """The lines of the page from its first to its last, each with its pieces from the left."""
    rows = _rows(pieces)
    gutter = _gutter(pieces)
    if gutter is None:
        return rows
    found: Rows = []
    for across, group in itertools.groupby(rows, key=lambda row: _crosses(row, gutter)):
        band = list(group)
        found += band if across else _band(band, gutter)
    return found


def _rows(pieces: Sequence[Piece]) -> Rows:
    """Pieces beside each other make a line: each one's middle lies within the other's height."""
    rows: Rows = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        last = rows[-1][0] if rows else None
        if last and abs(piece.middle - last.middle) < 0.5 * min(piece.bottom - piece.top, last.bottom - last.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """The free strip before a common left edge of pieces, with most of the page on its two sides."""
    best, place = 1, None
    for gutter in _edges(pieces):
        left = sum(p.right <= gutter for p in pieces)
        right = sum(p.left >= gutter for p in pieces)
        score = min(left, right) - (len(pieces) - left - right)
        if score > best:
            best, place = score, gutter
    return place


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """Half a gutter before the left edges that most pieces have in common."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.left):
        if groups and piece.left - groups[-1][0].left < _SLACK:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    often = sorted(groups, key=len, reverse=True)[:_EDGES]
    return [group[0].left - _GUTTER / 2 * group[0].size for group in often]


def _crosses(row: Sequence[Piece], gutter: float) -> bool:
    return any(p.left < gutter - _SLACK and p.right > gutter + _SLACK for p in row)


def _band(rows: Rows, gutter: float) -> Rows:
    """Lines that all leave the gutter free: two columns if both sides are prose."""
    left = [p for row in rows for p in row if p.left < gutter]
    if not left:
        return rows
    # what stands right alone above the columns, as a date does, is read before them
    head = list(itertools.takewhile(lambda row: row[-1].bottom <= min(p.top for p in left), rows))
    right = [p for row in rows[len(head) :] for p in row if p.left >= gutter]
    beside = sum(p.top < max(o.bottom for o in left) for p in right)
    if beside < 2 or max(len(_rows(left)), len(_rows(right))) < _LINES or not _are_columns(left, right):
        return rows
    return head + arrange(left) + arrange(right)


def _are_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Prose on one side, and on the other prose too or lines that are long for cells, as titles are."""
    prose = _is_prose(left), _is_prose(right)
    return any(prose) and all(is_prose or _length(side) >= _LETTERS for is_prose, side in zip(prose, (left, right),
                                                                                              strict=True))  # fmt: skip


def _length(side: Sequence[Piece]) -> float:
    return sum(p.count for p in side) / len(_rows(side))


def _is_prose(side: Sequence[Piece]) -> bool:
    """Most of its words stand in lines that fill their column, as the cells of a table do not."""
    rows = _rows(side)
    width = max(p.right for p in side) - min(p.left for p in side)
    counts = [(sum(p.count for p in row), sum(p.right - p.left for p in row) >= _FULL * width) for row in rows]
    full = [count for count, fills in counts if fills]
    return 2 * sum(full) >= sum(count for count, _ in counts) and sum(full) >= _LETTERS * len(full)
