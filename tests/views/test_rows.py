"""The rows of a number are those that it counts: for every measure and selection, against the cube."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import case_records
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.measure.calendar import calendar
from hall.model import HallError
from hall.store.rows import MEASURES, Drill, Wanted

DAYS = calendar(date(2025, 1, 1), date(2026, 12, 31))
ALL = case_records.KEPT


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    """A day, a week, a month or some months."""
    first = date(2025, 8, 1) + timedelta(days=draw(st.integers(0, 125)))
    kind = draw(st.sampled_from(("day", "week", "month", "months")))
    if kind == "day":
        return first, first
    if kind == "week":
        return first, first + timedelta(days=6)
    start = first.replace(day=1)
    more = 31 if kind == "month" else 31 * draw(st.integers(1, 4))
    return start, (start + timedelta(days=more)).replace(day=1) - timedelta(days=1)


wanted = st.builds(
    lambda measure, span, departments, channels, cities, items: Wanted(
        measure, *span, departments, channels, cities, items
    ),
    st.sampled_from(MEASURES), spans(), some(case_records.DEPARTMENTS), some(case_records.CHANNELS),
    some(("provincial", "chengdu", "deyang", "")), some(("A1", "A2", "B1", "C1", "C2")),
)  # fmt: skip


def by_hand(one: Wanted) -> set[str]:
    """The ids of the cases that a person would count, from the records as they were drawn."""
    number = dict(DAYS.select("day", "number").iter_rows())
    found = set()
    for row in ALL.iter_rows(named=True):
        if any(only and (row[name] or "") not in only for name, only in (
            ("department", one.departments), ("channel", one.channels), ("city", one.cities), ("item_code", one.items)
        )):  # fmt: skip
            continue
        ended = row["completed_at"]
        taken = number[ended.date()] - number[row["accepted_at"].date()] if ended else None
        promised = row["promised_workdays"]
        done = ended if row["status"] == "completed" else None
        issued, place = row["issued_at"], row["issued_at_place"]
        moment = {
            "accepted": row["accepted_at"], "completed": done,
            "on_time": done if taken is not None and promised is not None and taken <= promised else None,
            "overdue": done if taken is not None and promised is not None and taken > promised else None,
            "withdrawn": ended if row["status"] == "withdrawn" else None, "issued": issued,
            "issued_window": issued if place else None,
            "issued_comprehensive": issued if place == "comprehensive_window" else None,
            "mailed": issued if row["delivery"] == "mail" else None, "transferred": row["transferred_at"],
        }.get(one.measure)  # fmt: skip
        if one.measure == "open":
            if row["accepted_at"].date() <= one.last and (ended is None or ended.date() > one.last):
                found.add(row["case_id"])
        elif moment and one.first <= moment.date() <= one.last:
            found.add(row["case_id"])
    return found


# an example takes half a second, most of it to count by hand
@settings(max_examples=20)
@given(one=wanted, many=st.integers(1, 60))
def test_number_count_pages_and_pieces_agree(kept: Path, one: Wanted, many: int) -> None:
    drill = Drill("sichuan", one, DAYS)
    truth = by_hand(one)
    assert drill.here and drill.fresh
    assert drill.counted in (len(truth), None)
    assert drill.counted is not None or one.cities or one.items
    assert drill.count() == len(truth)
    whole = pl.concat(drill.pieces(whole=True))
    assert whole["case_id"].to_list() == drill.page(0, len(truth) + 1, whole=True)["case_id"].to_list()
    assert set(whole["case_id"]) == truth and whole.height == len(truth)
    pages = [drill.page(after, many, whole=True) for after in range(0, min(len(truth), 4 * many), many)]
    ids = [i for page in pages for i in page["case_id"]]
    assert ids == whole["case_id"].to_list()[: len(ids)]
    assert all(page.height == many for page in pages[:-1])


def test_every_measure_is_counted_as_the_rollups_count_it(kept: Path) -> None:
    for measure in MEASURES:
        one = Wanted(measure, date(2025, 8, 1), date(2025, 12, 31))
        drill = Drill("sichuan", one, DAYS)
        assert drill.counted == drill.count() == len(by_hand(one)), measure
    assert Drill("sichuan", Wanted("completed", date(2025, 8, 1), date(2025, 12, 31)), DAYS).counted


def test_numbers_of_cases_are_masked(kept: Path) -> None:
    drill = Drill("sichuan", Wanted("accepted", date(2025, 10, 1), date(2025, 10, 31)), DAYS)
    known, masked = (drill.page(0, 9, whole=whole)["case_id"].to_list() for whole in (True, False))
    assert masked == [f"{i[:4]}{'•' * min(len(i) - 6, 4)}{i[-2:]}" for i in known]
    assert pl.concat(drill.pieces(whole=False))["case_id"].str.contains("•").all()


@pytest.mark.parametrize(
    ("case_id", "shown"),
    [("5101234567", "5101••••67"), ("510123456", "51•••••••"), ("5101", "5•••"), ("51", "••"),
     ("办件编号第一千零一号", "办件编号••••一号")],
)  # fmt: skip
def test_a_short_number_keeps_less(case_id: str, shown: str, new_store: Path) -> None:
    one = ALL.head(1).with_columns(pl.lit(case_id).alias("case_id"))
    case_records.keep("sichuan", one)
    day = one["accepted_at"][0].date()
    assert Drill("sichuan", Wanted("accepted", day, day), DAYS).page(0, 1, whole=False)["case_id"].to_list() == [shown]


def test_only_months_that_count_are_opened(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[set[str]] = []
    own = Drill._records

    def noted(self: Drill, months: list[str]) -> object:
        opened.append(set(months))
        return own(self, months)

    monkeypatch.setattr(Drill, "_records", noted)
    drill = Drill("sichuan", Wanted("accepted", date(2025, 8, 1), date(2025, 11, 30)), DAYS)
    drill.page(0, 50, whole=False)
    drill.page(1590, 50, whole=False)
    assert opened == [{"2025-08"}, {"2025-11"}]
    Drill("sichuan", Wanted("completed", date(2025, 8, 1), date(2025, 8, 31)), DAYS).count()
    assert opened[2] == {"2025-08"}


def test_records_newer_than_the_cube_are_counted_one_by_one(new_store: Path) -> None:
    case_records.keep("sichuan", ALL)
    october = ALL.filter(pl.col("accepted_at").dt.strftime("%Y-%m") == "2025-10")
    case_records.deliver("sichuan", october.head(10))
    drill = Drill("sichuan", Wanted("accepted", date(2025, 10, 1), date(2025, 10, 31)), DAYS)
    assert not drill.fresh
    assert (drill.counted, drill.count(), drill.page(0, 50, whole=True).height) == (400, 10, 10)
    assert sum(piece.height for piece in drill.pieces(whole=True)) == 10


def test_a_cube_without_its_records_says_so(new_store: Path) -> None:
    case_records.keep("sichuan", ALL)
    (new_store / "records").rename(new_store / "elsewhere")
    drill = Drill("sichuan", Wanted("accepted", date(2025, 10, 1), date(2025, 10, 31)), DAYS)
    assert (drill.here, drill.counted) == (False, 400)


def test_a_damaged_file_is_a_sentence(new_store: Path) -> None:
    case_records.keep("sichuan", ALL)
    for path in (new_store / "records").rglob("*.parquet"):
        path.write_bytes(b"torn")
    drill = Drill("sichuan", Wanted("accepted", date(2025, 10, 1), date(2025, 10, 31)), DAYS)
    with pytest.raises(HallError, match="records_damaged"):
        drill.page(0, 50, whole=True)


def test_nothing_counted_is_an_empty_page(kept: Path) -> None:
    drill = Drill("sichuan", Wanted("accepted", date(2020, 1, 1), date(2020, 1, 31)), DAYS)
    assert (drill.counted, drill.count()) == (0, 0)
    assert drill.page(0, 50, whole=True).is_empty() and pl.concat(drill.pieces(whole=True)).is_empty()
