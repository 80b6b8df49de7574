"""Handling time from histograms, and ranks of rates that chance cannot top."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.measure import handling, ranking

TIMES = st.lists(st.integers(0, handling.LAST), min_size=1, max_size=60)
SHARES = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
RATES = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def _by_definition(times: list[int], q: Fraction) -> int:
    return next(w for w in range(handling.LAST + 1) if sum(t <= w for t in times) >= q * len(times))


@given(TIMES, SHARES)
def test_a_quantile_is_the_least_number_of_days_within_which_that_share_was_done(times: list[int], q: Fraction) -> None:
    bins = [(w, times.count(w)) for w in sorted(set(times), reverse=True)]
    assert handling.quantile(bins, q) == _by_definition(times, q)
    # a histogram may tell of a number of days more than once, as cells of a cube do
    assert handling.quantile([(w, 1) for w in times], q) == _by_definition(times, q)


@given(TIMES, TIMES, SHARES)
def test_histograms_of_two_groups_add_up_to_that_of_both(one: list[int], other: list[int], q: Fraction) -> None:
    both = handling.quantile([*((w, 1) for w in one), *((w, 1) for w in other)], q)
    assert both == _by_definition(one + other, q)


@given(st.dictionaries(st.sampled_from("abc"), TIMES, min_size=1))
def test_the_summary_of_groups_is_each_ones_quantile(groups: dict[str, list[int]]) -> None:
    rows = pl.DataFrame(
        [(key, w, 1) for key, times in groups.items() for w in times],
        schema={"key": pl.String, "workdays": pl.Int16, "completed": pl.Int64}, orient="row",
    )  # fmt: skip
    found = handling.summary(rows, ["key"])
    assert found["key"].to_list() == sorted(groups)
    for key, n, median, nine in found.iter_rows():
        assert n == len(groups[key])
        assert median == _by_definition(groups[key], handling.MEDIAN)
        assert nine == _by_definition(groups[key], handling.NINE_IN_TEN)
    every = [w for times in groups.values() for w in times]
    whole = handling.summary(rows).row(0)
    assert whole == (len(every), _by_definition(every, handling.MEDIAN), _by_definition(every, handling.NINE_IN_TEN))


def test_nine_of_ten_are_nine_and_nothing_has_no_quantile() -> None:
    assert handling.quantile([(1, 9), (50, 1)], handling.NINE_IN_TEN) == 1
    assert handling.quantile([(1, 8), (50, 2)], handling.NINE_IN_TEN) == 50
    assert handling.quantile([(1, 2), (3, 2)], handling.MEDIAN) == 1
    assert handling.quantile([], handling.MEDIAN) is None
    assert handling.quantile([(4, 0)], handling.MEDIAN) is None
    nothing = pl.DataFrame(schema={"workdays": pl.Int16, "completed": pl.Int64})
    assert handling.summary(nothing).is_empty()
    for wrong in (Fraction(0), Fraction(11, 10)):
        with pytest.raises(ValueError, match=str(wrong.numerator)):
            handling.quantile([(1, 1)], wrong)


@given(RATES)
def test_the_interval_holds_the_rate_and_stays_a_rate(rate: tuple[int, int]) -> None:
    hits, n = rate
    low, high = ranking.interval(hits, n)
    assert 0 <= low <= high <= 1
    if n:
        assert low <= hits / n <= high


@given(RATES, st.integers(2, 20))
def test_more_cases_of_the_same_rate_say_more(rate: tuple[int, int], times: int) -> None:
    hits, n = rate
    if hits > 0:
        assert ranking.interval(hits * times, n * times)[0] > ranking.interval(hits, n)[0]
    if 0 < hits < n:
        assert ranking.interval(hits * times, n * times)[1] < ranking.interval(hits, n)[1]


def test_the_interval_is_wilsons() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29
    for hits, n, low, high in (
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)
    ):  # fmt: skip
        found = ranking.interval(hits, n)
        assert all(math.isclose(a, b, abs_tol=5e-5) for a, b in zip(found, (low, high), strict=True))


@pytest.mark.parametrize(("hits", "n"), [(-1, 5), (6, 5)])
def test_more_hits_than_cases_are_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="5"):
        ranking.interval(hits, n)


@given(st.lists(RATES, max_size=12), st.integers(1, 60))
def test_ranks_follow_the_lower_bound_and_leave_out_the_few(rates: list[tuple[int, int]], floor: int) -> None:
    found = ranking.ranking(((str(i), *rate) for i, rate in enumerate(rates)), floor)
    assert sorted(int(e.id) for e in found) == list(range(len(rates)))
    ranked = [e for e in found if e.rank]
    assert all(e.n >= floor for e in ranked) and all(e.n < floor for e in found[len(ranked) :])
    assert [e.low for e in ranked] == sorted((e.low for e in ranked), reverse=True)
    for entry in ranked:
        assert entry.rank == 1 + sum(other.low > entry.low for other in ranked)


@given(st.integers(30, 200), st.integers(2, 50))
def test_a_small_perfect_record_does_not_top_a_large_perfect_one(n: int, times: int) -> None:
    found = ranking.ranking([("small", n, n), ("large", n * times, n * times)], floor=30)
    assert [e.id for e in found] == ["large", "small"]


def test_where_all_are_equally_good_the_small_ones_seldom_come_first() -> None:
    # 10 departments of 40 cases and 10 of 2,000, each on time with the same chance: by the rate alone a small one is
    # first nearly always
    draw = random.Random(7)
    sizes = [40] * 10 + [2000] * 10
    by_rate = by_bound = 0
    for _ in range(200):
        counted = [(str(i), sum(draw.random() < 0.95 for _ in range(n)), n) for i, n in enumerate(sizes)]
        by_rate += max(counted, key=lambda e: e[1] / e[2])[2] == 40
        by_bound += ranking.ranking(counted, floor=30)[0].n == 40
    assert by_rate > 180
    assert by_bound < 4
