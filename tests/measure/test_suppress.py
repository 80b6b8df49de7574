"""Small counts do not leave, and nothing that is shown gives them away."""

from __future__ import annotations

from itertools import product

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.measure.suppress import Counts, suppress

Rows = list[list[int]]
NAMES = ("a", "b", "c")


def _table(rows: Rows, *, last: bool, whole: bool) -> tuple[pl.DataFrame, Counts]:
    """A table of the rows with a row and a column of totals where asked for."""
    width = len(rows[0])
    names = NAMES[:width]
    full = [[*row, sum(row)] for row in rows] if whole else rows
    keys: list[str | None] = [f"k{i}" for i in range(len(rows))]
    if last:
        full = [*full, [sum(column) for column in zip(*full, strict=True)]]
        keys.append(None)
    columns = (*names, "all") if whole else names
    data = {"key": keys, **{name: [row[i] for row in full] for i, name in enumerate(columns)}}
    counts = Counts(columns, (("all", names),) if whole else (), "key" if last else None)
    return pl.DataFrame(data, schema={"key": pl.String, **dict.fromkeys(columns, pl.Int64)}), counts


def _same_totals(values: dict[tuple[int, str], int], height: int, columns: tuple[str, ...], last: bool) -> bool:
    """Whether every total in the table is the sum of its parts."""
    parts = [name for name in columns if name != "all"]
    if "all" in columns and any(
        values[y, "all"] != sum(values[y, name] for name in parts) for y in range(height)
    ):  # fmt: skip
        return False
    return not last or all(
        values[height - 1, name] == sum(values[y, name] for y in range(height - 1)) for name in columns
    )


def _could_differ(real: pl.DataFrame, shown: pl.DataFrame, counts: Counts) -> set[tuple[int, str]]:
    """The cells left out that somebody who sees the rest, and knows that what is left out is at least one, cannot
    tell: found by trying every table near the real one."""
    gone = [(y, name) for name in counts.columns for y in range(real.height) if shown[name][y] is None]
    truth = {(y, name): real[name][y] for name in counts.columns for y in range(real.height)}
    free: set[tuple[int, str]] = set()
    for steps in product((0, 1, -1), repeat=len(gone)):
        tried = {cell: truth[cell] + step for cell, step in zip(gone, steps, strict=True)}
        if min(tried.values(), default=1) >= 1 and _same_totals(
            truth | tried, real.height, counts.columns, counts.over is not None
        ):
            free |= {cell for cell, step in zip(gone, steps, strict=True) if step}
        if len(free) == len(gone):
            break
    return free


@settings(max_examples=150)
@given(
    st.integers(1, 3).flatmap(lambda w: st.lists(st.lists(st.integers(0, 9), min_size=w, max_size=w), min_size=1,
                                                 max_size=3)),
    st.booleans(), st.booleans(), st.integers(2, 5),
)  # fmt: skip
def test_no_small_count_leaves_or_can_be_worked_out(rows: Rows, last: bool, whole: bool, below: int) -> None:
    frame, counts = _table(rows, last=last, whole=whole)
    shown = suppress(frame, counts, below)
    for name in counts.columns:
        assert not [n for n in shown[name] if n is not None and 1 <= n < below]
        # what is shown is true, and nothing is left out that is zero
        assert all(s == n or (s is None and n) for s, n in zip(shown[name], frame[name], strict=True))
    gone = {(y, name) for name in counts.columns for y in range(frame.height) if shown[name][y] is None}
    assert gone == _could_differ(frame, shown, counts)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)), max_size=6), st.integers(2, 5))
def test_what_remains_of_a_whole_is_no_small_count(rows: list[tuple[int, int, int]], below: int) -> None:
    frame = pl.DataFrame(
        [(a, a + b, c, a + b + c) for a, b, c in rows], schema=dict.fromkeys(("part", "whole", "c", "all"), pl.Int64),
        orient="row",
    )  # fmt: skip
    counts = Counts(("part", "whole", "c", "all"), sums=(("all", ("whole", "c")),), within=(("part", "whole"),))
    for part, whole, c, every in suppress(frame, counts, below).iter_rows():
        assert not [n for n in (part, whole, c, every) if n is not None and 1 <= n < below]
        assert part is None or whole is None or not 1 <= whole - part < below


def test_the_next_smallest_goes_with_a_single_small_count() -> None:
    frame, counts = _table([[3, 40, 7]], last=False, whole=True)
    assert suppress(frame, counts, 5).row(0) == ("k0", None, 40, None, 50)


def test_two_small_counts_protect_each_other() -> None:
    frame, counts = _table([[3, 40, 2]], last=False, whole=True)
    assert suppress(frame, counts, 5).row(0) == ("k0", None, 40, None, 45)


def test_two_ones_do_not_protect_each_other() -> None:
    # their sum of two would tell them
    frame, counts = _table([[1, 40, 1]], last=False, whole=True)
    assert suppress(frame, counts, 5).row(0) == ("k0", None, None, None, 42)


def test_a_total_goes_where_nothing_else_can() -> None:
    frame, counts = _table([[3, 0, 0]], last=False, whole=True)
    assert suppress(frame, counts, 5).row(0) == ("k0", None, 0, 0, None)


def test_without_totals_only_the_small_counts_go() -> None:
    frame, counts = _table([[3, 40], [0, 4]], last=False, whole=False)
    assert suppress(frame, counts, 5).rows() == [("k0", None, 40), ("k1", 0, None)]


def test_off_by_default() -> None:
    frame, counts = _table([[3, 40]], last=True, whole=True)
    assert suppress(frame, counts, 0).equals(frame)
    assert suppress(frame, counts, 1).equals(frame)


def test_groups_have_totals_of_their_own() -> None:
    frame = pl.DataFrame({
        "month": ["1", "1", "1", "2", "2", "2"], "key": ["a", "b", None] * 2, "n": [2, 30, 32, 20, 30, 50],
    })  # fmt: skip
    shown = suppress(frame, Counts(("n",), over="key", by=("month",)), 5)
    assert shown["n"].to_list() == [None, None, 32, 20, 30, 50]


def test_what_is_made_from_a_count_goes_with_it() -> None:
    frame = pl.DataFrame({"n": [3, 30], "of": [100, 100], "share": ["3.0", "30.0"]})
    shown = suppress(frame, Counts(("n", "of"), derived=(("share", ("n", "of")),)), 5)
    assert shown.rows() == [(None, 100, None), (30, 100, "30.0")]


def test_counts_that_are_not_known_stay_unknown() -> None:
    frame = pl.DataFrame({"a": [None, 3], "b": [9, None], "all": [9, 3]})
    shown = suppress(frame, Counts(("a", "b", "all"), (("all", ("a", "b")),)), 5)
    assert shown["a"].to_list() == [None, None] and shown["b"].to_list() == [9, None]
    assert shown["all"].to_list() == [9, None]
