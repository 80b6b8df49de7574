"""Small counts are left out of tables that the public gets, and whatever would give them away with them.

A count from 1 to below k is left out. Where a total of the same table would give it away, a second count goes with it,
then a third and a fourth where rows and columns both have totals: each count left out is a corner of a rectangle of
counts left out (of a pair, where one way only has totals) that could all be one more or one less without any total
that is shown being another. So no count that is left out follows from what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import polars as pl

Grid = list[list[int | None]]
_Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Which columns of a table count cases. ``sums`` are columns that are (about) the sum of others: (whole, parts), a
    column in one of them at most. ``within`` are columns that are part of another (part, whole): what remains of the
    whole is a count too. Rows whose column ``over`` is null are the sums of the rows with equal ``by``.
    ``derived`` are columns made from counts (shares, changes): (column, what it is made from). With ``only`` (a column
    and a value) counts stand in the rows that have that value alone."""

    columns: tuple[str, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    over: str | None = None
    by: tuple[str, ...] = ()
    derived: tuple[tuple[str, tuple[str, ...]], ...] = ()
    only: tuple[str, str] | None = None
    within: tuple[tuple[str, str], ...] = ()


def suppress(frame: pl.DataFrame, counts: Counts, below: int) -> pl.DataFrame:
    """The frame with null for every count that must not leave, rows in the same order; as it is for ``below`` < 2."""
    if below < 2 or frame.is_empty():
        return frame
    own = [counts.only is None] * frame.height
    if counts.only:
        own = [value == counts.only[1] for value in frame[counts.only[0]].to_list()]
    hidden = {
        name: [counted and _small(n, below) for n, counted in zip(frame[name].to_list(), own, strict=True)]
        for name in counts.columns
    }
    _rests(frame, counts, hidden, below)
    summed = {name for whole, parts in counts.sums for name in (whole, *parts)}
    alone = [((name,), False) for name in counts.columns if name not in summed]
    for names, whole in [*(((*parts, whole), True) for whole, parts in counts.sums), *alone]:
        if whole or counts.over:
            _protect(frame, counts, names, whole, hidden)
    masks = {name: pl.Series(name, flags, pl.Boolean) for name, flags in hidden.items()}
    for name, made_from in counts.derived:
        flags = pl.Series(name, [False] * frame.height, pl.Boolean)
        for one in made_from:
            flags = flags | masks[one]
        masks[name] = flags
    return frame.with_columns(pl.when(~mask).then(pl.col(name)).alias(name) for name, mask in masks.items())


def _rests(frame: pl.DataFrame, counts: Counts, hidden: dict[str, list[bool]], below: int) -> None:
    """Leave a part out where what remains of its whole would be a small count; of several the smallest."""
    pairs = [(whole, (part,)) for part, whole in counts.within]
    for whole, parts in (*pairs, *counts.sums):
        for row, values in enumerate(frame.select(whole, *parts).iter_rows()):
            if None in values or any(hidden[name][row] for name in (whole, *parts)):
                continue
            if _small(values[0] - sum(values[1:]), below):
                shown = [(n, name) for n, name in zip(values[1:], parts, strict=True) if n] or [(values[0], whole)]
                hidden[min(shown)[1]][row] = True


def _small(n: Decimal | int | None, below: int) -> bool:
    # a mean of counts may be less than one
    return n is not None and 0 < n < below


def _protect(
    frame: pl.DataFrame, counts: Counts, names: Sequence[str], whole: bool, hidden: dict[str, list[bool]]
) -> None:
    """Leave out more of these columns where a total would tell; ``whole``: the last one is the sum of the others."""
    values = [frame[name].to_list() for name in names]
    flags = [hidden[name] for name in names]
    for rows, last in _groups(frame, counts, flags):
        grid: Grid = [[column[row] for column in values] for row in rows]
        for y, x in extra(grid, [[flag[row] for flag in flags] for row in rows], last=last, whole=whole):
            flags[x][rows[y]] = True


def _groups(frame: pl.DataFrame, counts: Counts, flags: Sequence[list[bool]]) -> Iterable[tuple[list[int], bool]]:
    """Rows that stand in one table, those that are totals last; only where something is left out."""
    small = [any(column) for column in zip(*flags, strict=True)]
    if counts.over is None:
        yield from (([row], False) for row, found in enumerate(small) if found)
        return
    keys = frame.select(counts.by).rows() if counts.by else [()] * frame.height
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, key in enumerate(keys):
        groups.setdefault(key, []).append(row)
    is_total = frame[counts.over].is_null().to_list()
    for rows in groups.values():
        totals = [row for row in rows if is_total[row]]
        if len(totals) > 1:
            raise ValueError("more than one row of totals")
        if any(small[row] for row in rows):
            yield [row for row in rows if not is_total[row]] + totals, bool(totals)


def extra(grid: Grid, hidden: Sequence[Sequence[bool]], *, last: bool, whole: bool) -> set[_Corner]:
    """The cells to leave out beside those that are ``hidden``: with ``last`` the last row is the sum of the others,
    with ``whole`` the last column is."""
    gone = {(y, x) for y, row in enumerate(hidden) for x, flag in enumerate(row) if flag}
    found = set(gone)
    ys, xs = range(len(grid)), range(len(grid[0]) if grid else 0)

    def sign(y: int, x: int) -> int:
        return (-1 if last and y == ys[-1] else 1) * (-1 if whole and x == xs[-1] else 1)

    for corner in sorted(gone):
        best = min(
            (m for m in _moves(corner, ys, xs, last=last, whole=whole) if _shifts(m, grid, sign)),
            key=lambda m: (len(set(m) - found), sum(sign(*c) < 0 for c in m), sum(grid[y][x] or 0 for y, x in m), m),
            default=(),
        )  # fmt: skip
        found.update(best)
    return found - gone


def _moves(corner: _Corner, ys: range, xs: range, *, last: bool, whole: bool) -> Iterable[tuple[_Corner, ...]]:
    """What may change together: a rectangle, or a pair where one way only has totals; first the corner itself, then
    those that change against it and those that change with it by turns."""
    y, x = corner
    if last and whole:
        others = product((v for v in ys if v != y), (u for u in xs if u != x))
        yield from (((y, x), (y, u), (v, u), (v, x)) for v, u in others)
    elif whole:
        yield from (((y, x), (y, u)) for u in xs if u != x)
    elif last:
        yield from (((y, x), (v, x)) for v in ys if v != y)


def _shifts(move: tuple[_Corner, ...], grid: Grid, sign: Callable[[int, int], int]) -> bool:
    """Whether all of them can be one more or one less, none of them less than one, and every total stays."""
    values = [grid[y][x] for y, x in move]
    turns = [sign(*corner) * (1 if i % 2 == 0 else -1) for i, corner in enumerate(move)]
    return any(
        all(n is not None and n >= 1 and n + step * turn >= 1 for n, turn in zip(values, turns, strict=True))
        for step in (1, -1)
    )
