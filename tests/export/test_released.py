"""Nothing small leaves by any download of any page, however its table came about."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import case_records
import polars as pl
import pytest
from case_cube import consultations
from contexts import about
from literal_store import build, sparse

from hall.export import card as file
from hall.export.released import released, table
from hall.measure.suppress import Counts
from hall.store import cube, holdings, read
from hall.ui.sources.document import _csv
from hall.views.channels import page as channels
from hall.views.cities import page as cities
from hall.views.departments import cases
from hall.views.departments import page as departments_page
from hall.views.extracts import tables as extracts
from hall.views.overview import page as overview
from hall.views.parts.cards import Amount, Card, Cell, Table
from hall.views.parts.wording import part
from hall.views.plan import page as plan
from hall.views.sources import page as sources
from hall.views.trends import page as trends
from hall.views.windows import page as windows

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13) if (year, month) < (2025, 12))
BELOW = 10
# Tables without ids whose whole numbers count no cases: activities by month, tasks of a plan.
_OTHER = {"heat", "matrix", "tasks"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall of two or three cases a day, beside its bulletins, and a data set of cases alone."""
    folder = build(tmp_path_factory.mktemp("released"), sparse())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        patch.setenv("HALL_TODAY", "2025-12-05")
        for publisher in ("sichuan", "demo"):
            asked = consultations(300)
            with holdings.changing(publisher) as draft:
                for (month,), rows in asked.group_by(pl.col("at").dt.strftime("%Y-%m"), maintain_order=True):
                    staged = draft.stage / f"c-{month}.parquet"
                    rows.write_parquet(staged)
                    draft.put("consultations", str(month), staged, rows.height, {})
            case_records.keep(publisher, case_records.cases(MONTHS, 60))
    read.close()
    return folder


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    monkeypatch.setenv("HALL_TODAY", "2025-12-05")
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", str(BELOW))
    yield
    read.close()
    cube.close()


def cards(found: Any) -> Iterator[Card]:
    """Every card within a view."""
    if isinstance(found, Card):
        yield found
    elif dataclasses.is_dataclass(found):
        for one in dataclasses.fields(found):
            yield from cards(getattr(found, one.name))
    elif isinstance(found, tuple):
        for part in found:
            yield from cards(part)


def counted(cell: Cell) -> int | None:
    """How many cases a cell tells of, as far as the cell itself knows."""
    return cell.count if isinstance(cell, Amount) else cell if isinstance(cell, int) else None


def small(card: Card, rows: Any) -> dict[str, list[int]]:
    """The counts below the bound in the rows of a card's table, by the heading of their column."""
    found: dict[str, list[int]] = {}
    what = card.table
    assert what
    for row in rows:
        for at, cell in enumerate(row):
            own = isinstance(cell, Amount) or what.ids or card.key not in _OTHER
            n = counted(cell) if own else None
            if n is not None and 1 <= n < BELOW and not _days(what, at):
                found.setdefault(what.columns[at], []).append(n)
    return found


def _days(what: Table, at: int) -> bool:
    """Whether a column with an id is of working days: whole numbers that count no cases."""
    return bool(what.ids) and what.ids[at] in {"median", "nine"}


VIEWS = {
    "departments": cases.load, "windows": windows.load, "channels": channels.load, "cities": cities.load,
    "overview": overview.load, "trends": trends.load,
    "trends by day": lambda ctx: trends.load(ctx, grain="D"),
    "trends of several by day": lambda ctx: trends.load(
        ctx, grain="D", metrics=("handled_total", "online_accepted", "comprehensive_accepted")),
    "trends by week": lambda ctx: trends.load(ctx, grain="W"),
    "trends by year": lambda ctx: trends.load(ctx, grain="A"),
    "trends as an index": lambda ctx: trends.load(ctx, mode="index"),
    "channels by count": lambda ctx: channels.load(ctx, show="count"),
    "one city": lambda ctx: cities.load(ctx, city="chengdu"),
    "one item": lambda ctx: cities.load(ctx, item="A1"), "sources": sources.load,
}  # fmt: skip
# Pages of documents, which count no cases: what they print stays whole.
PRINTED = {"acts": departments_page.load, "plan": plan.load}


@pytest.mark.parametrize("departments", [(), ("health",)])
@pytest.mark.parametrize("publisher", ["sichuan", "demo"])
@pytest.mark.parametrize("view", [*VIEWS, *PRINTED])
def test_no_small_count_leaves_by_a_card(view: str, publisher: str, departments: tuple[str, ...]) -> None:
    chosen = about(departments=departments, publisher=publisher)
    found = [card for card in cards((VIEWS | PRINTED)[view](chosen)) if card.table is not None]
    assert found or view in PRINTED
    for card in found:
        assert card.table is not None
        left, notes = table(card.table, "zh")
        assert not small(card, left), f"{card.key}: {small(card, left)}"
        assert len(left) == len(card.table.rows)
        assert not small(card, card.table.rows) or notes, card.key
        # the file holds what is left and nothing else
        head, *lines = csv.reader(io.StringIO(file.csv(card.table, "zh").decode("utf-8-sig")))
        assert [[bool(cell) for cell in line] for line in lines] == [[_says(cell) for cell in row] for row in left]
        assert [i for i, words in enumerate(head) if words.endswith("（小于 10 的计数未显示）")] == sorted(notes)


def _says(cell: Cell) -> bool:
    words = cell.words if isinstance(cell, Amount) else cell
    return words not in (None, "")


@pytest.mark.parametrize("departments", [(), ("health",)])
@pytest.mark.parametrize("view", PRINTED)
def test_what_documents_print_stays_whole(view: str, departments: tuple[str, ...]) -> None:
    for card in cards(PRINTED[view](about(departments=departments, publisher="sichuan"))):
        if card.table is not None and card.table.rows:
            assert table(card.table, "zh") == (card.table.rows, {}), card.key


def test_the_tables_held_small_counts_before() -> None:
    held = {
        card.key for load in VIEWS.values() for card in cards(load(about(publisher="demo")))
        if card.table is not None and small(card, card.table.rows)
    }  # fmt: skip
    assert len(held) >= 12, f"the test above would show nothing: {held}"


def test_a_change_tells_the_side_that_is_not_shown() -> None:
    """20 now and +17 is 3 before: the change goes, the count that is not small stays."""
    own = Table(
        columns=("市州", "受理", "变化"), rows=(("甲", 20, Amount("+17", 3)), ("乙", 30, Amount("+10", 20))),
        ids=("city", "accepted", "change"), counts=Counts(("accepted",), derived=(("change", ("accepted",)),)),
    )  # fmt: skip
    left, notes = table(own, "en")
    assert list(left) == [("甲", 20, None), ("乙", 30, Amount("+10", 20))]
    assert notes == {2: " (counts below 10 not shown)"}


def test_what_is_made_of_a_small_count_goes_with_it() -> None:
    own = Table(
        columns=("市州", "受理", "变化"), rows=(("甲", 3, Amount("−17", 20)), ("乙", 30, "")),
        ids=("city", "accepted", "change"), counts=Counts(("accepted",), derived=(("change", ("accepted",)),)),
    )  # fmt: skip
    assert list(table(own, "zh")[0]) == [("甲", None, None), ("乙", 30, "")]


def test_printed_values_stay_and_counted_ones_go_with_their_row() -> None:
    own = Table(
        columns=("期间", "一", "二"),
        rows=(
            ("10月", 3, Amount("3", 3)),
            ("9月", Amount("3"), Amount("30", 30)),
            ("8月", Amount("3", 3), Amount("40", 40)),
        ),
    )
    left, notes = table(own, "en")
    # a total of the row would tell the small one: its counted amounts go together
    assert list(left) == [("10月", 3, None), ("9月", Amount("3"), Amount("30", 30)), ("8月", None, None)]
    assert notes == dict.fromkeys((1, 2), " (counts below 10 not shown)")
    assert file.csv(own, "en").decode("utf-8-sig").splitlines()[1:] == ["10月,3,", "9月,3,30", "8月,,"]


def test_where_rows_add_up_all_of_them_go() -> None:
    rows = (("10月2日", Amount("3", 3), Amount("4.1", 3)), ("10月1日", Amount("40", 40), Amount("5.2", 40)))
    own = Table(columns=("日期", "件", "平均"), rows=rows, linked=True)
    assert list(table(own, "zh")[0]) == [("10月2日", None, None), ("10月1日", None, None)]


def test_a_rate_goes_by_the_smaller_of_its_sides() -> None:
    # one late case is a count too, though no column holds it
    assert part("95.0%", 19, 20) == Amount("95.0%", 1) and part("95.0%", 190, 200) == Amount("95.0%", 10)
    assert part("100%", 20, 20) == Amount("100%", 20) and part("—", 0, 0) == Amount("—", None)
    own = Table(columns=("部门", "按时", "件"), rows=(("甲", part("95.0%", 19, 20), Amount("20", 20)),))
    assert list(table(own, "zh")[0]) == [("甲", None, None)]


def test_without_the_setting_every_table_leaves_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", "0")
    for load in VIEWS.values():
        for card in cards(load(about(publisher="demo"))):
            if card.table is not None:
                assert table(card.table, "zh") == (card.table.rows, {})


def test_the_extracts_of_what_is_printed_stay_whole() -> None:
    """A small number that a bulletin prints is public already, in a download as well."""
    for one in extracts.every(about(publisher="sichuan")):
        told = _csv(one, "zh")
        assert "未显示" not in told.decode("utf-8-sig"), one.key
        assert told.count(b"\r\n") > one.frame.height


def test_a_frame_of_counts_leaves_without_the_small_ones() -> None:
    frame = pl.DataFrame({"on_time": [19, 190], "promised_cases": [20, 200]})
    left, notes = released(frame, Counts(("on_time", "promised_cases"), within=(("on_time", "promised_cases"),)), "zh")
    assert left.rows() == [(None, 20), (190, 200)]
    assert notes == dict.fromkeys(frame.columns, "（小于 10 的计数未显示）")
