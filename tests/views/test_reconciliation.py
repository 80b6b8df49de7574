"""Published against counted: the verdict at the edge of the rounding, and what a difference may consist of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from contexts import about
from hypothesis import given
from hypothesis import strategies as st
from literal_store import build, month
from small_cube import DEMO, case, publish

from hall.cli.reconcile import reconcile
from hall.export.card import csv
from hall.measure.rounding import Quantity
from hall.model import Document, Period, Selection
from hall.store import cube, read
from hall.views.data import reconciliation
from hall.views.data.reconciliation import Reconciled
from hall.views.parts import reconciliation as told

OCTOBER = datetime(2025, 10, 9, 10)
AFTER = datetime(2025, 11, 3, 10)
LAST = datetime(2025, 12, 31, 10)
STATED = ("handled_total", "500", 4, 2, "period")
OURS = Selection(publisher="sichuan")


@pytest.fixture(autouse=True)
def closed_cubes(new_store: Path) -> Iterator[Path]:
    yield new_store
    cube.close()


def compare(
    store: Path, count: int, *more: dict[str, object], stated: tuple[str, str, int, int, str] = STATED
) -> Reconciled:
    """The one comparison of a bulletin of October 2025 with so many online cases and these."""
    read.close()
    build(store, [month(2025, 10, [stated])])
    early = case(datetime(2025, 3, 3, 9), channel="hotline")
    publish([*[case(OCTOBER)] * count, *more, early, case(LAST, channel="hotline")], owner="sichuan")
    (line,) = reconciliation.load(about(OURS))
    return line


@pytest.mark.parametrize("count", [450, 500, 550])
def test_a_count_within_the_printed_rounding_agrees(new_store: Path, count: int) -> None:
    line = compare(new_store, count)
    assert line.within
    assert not told.notes(line, "zh")


@pytest.mark.parametrize(("count", "word"), [(449, "计数少 51 件"), (551, "计数多 51 件")])
def test_one_case_beyond_the_rounding_is_named(new_store: Path, count: int, word: str) -> None:
    line = compare(new_store, count)
    assert not line.within
    assert told.verdict(line, "zh").replace("\u00a0", " ") == word
    card = told.build(about(OURS), (line,))
    assert card is not None
    assert card.table is not None
    assert card.headline == "1 个公布值中 1 个与办件计数不符"
    assert ":orange-badge[不符]" in str(card.table.rows[0][3])


def test_a_number_printed_in_full_must_be_equal(new_store: Path) -> None:
    exact = ("handled_total", "500", 0, 0, "period")
    assert compare(new_store, 500, stated=exact).within
    assert not compare(new_store, 501, stated=exact).within


def test_what_the_rule_leaves_out_is_counted(new_store: Path) -> None:
    others = [case(OCTOBER, channel=channel) for channel in ("mail", "hotline", "self_service", "department_window")]
    line = compare(new_store, 300, *(others * 50))
    assert line.outside == 200
    words = told.notes(line, "zh").replace("\u00a0", " ")
    assert words == "差额与部门窗口、自助终端、邮寄和热线受理的办件（200 件）相当"
    few = replace(line, outside=7)
    assert "可能含" in told.notes(few, "zh")
    assert not told.notes(replace(line, outside=0), "zh")


def test_what_is_left_out_may_be_a_difference_of_two_columns(new_store: Path) -> None:
    issued = {"channel": "mail", "issued_at": OCTOBER, "delivery": "counter"}
    line = compare(
        new_store, 0, *[case(OCTOBER, **issued, issued_at_place="counter")] * 3, *[case(OCTOBER, **issued)] * 5,
        stated=("window_issued", "900", 0, 0, "period"),
    )  # fmt: skip
    assert (line.count.value, line.outside) == (3, 5)


@pytest.mark.parametrize(
    ("first", "known"),
    [(datetime(2025, 10, 1, 9), True), (datetime(2025, 8, 1, 9), True), (datetime(2025, 7, 1, 9), False)],
)
def test_cases_accepted_before_the_first_month_are_named_in_the_first_months(
    new_store: Path, first: datetime, known: bool
) -> None:
    build(new_store, [month(2025, 10, [("online_completed", "900", 0, 0, "period")])])
    span = [case(datetime(first.year, m, 3, 9), channel="mail") for m in range(first.month, 13)]
    publish([*span, case(OCTOBER, completed_at=AFTER), case(LAST)], owner="sichuan")
    (line,) = reconciliation.load(about(OURS))
    assert (f"{first.year}年{first.month}月以前受理" in told.notes(line, "zh")) is known


def test_more_than_was_printed_may_have_come_after_the_print(new_store: Path) -> None:
    line = compare(new_store, 600)
    assert "2025年11月24日印发以后" in told.notes(line, "zh")


def test_the_demo_hall_is_laid_beside_the_bulletins_of_the_real_one(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [STATED])])
    publish([*[case(OCTOBER)] * 500, case(AFTER), case(LAST)])
    chosen = Selection(publisher=DEMO)
    card = told.build(about(chosen), reconciliation.load(about(chosen)))
    assert card is not None
    assert card.demo
    assert "公布值为真实月报，计数来自演示数据" in card.subtitle
    assert "演示数据" in card.source
    assert reconciliation.load(about(OURS)) == (), "the real hall has no records"


def test_nothing_to_reconcile_is_no_card(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [STATED])])
    publish([case(AFTER), case(LAST)], owner="sichuan")
    assert reconciliation.load(about(OURS)) == ()
    assert told.build(about(OURS), ()) is None


def test_numbers_held_back_and_months_outside_the_filter_are_no_part(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [STATED], held=("handled_total",)), month(2025, 11, [STATED])])
    publish([case(OCTOBER), case(AFTER), case(LAST)], owner="sichuan")
    assert [line.period.key for line in reconciliation.load(about(OURS))] == ["2025-11"]
    assert reconciliation.load(about(replace(OURS, month_to="2025-10"))) == ()


def test_a_department_filter_changes_nothing_and_is_told(new_store: Path) -> None:
    compare(new_store, 500)
    chosen = replace(OURS, departments=("transport",))
    card = told.build(about(chosen), reconciliation.load(about(chosen)))
    assert card is not None
    assert "全厅数据，不分部门" in card.subtitle
    assert "全部相符" in card.headline


HEAD = Document("a" * 64, "monthly_bulletin", published_on=date(2025, 11, 24))
PERIOD = Period.month(2025, 10)


@given(
    value=st.integers(0, 99_999),
    mult=st.sampled_from([0, 3, 4]),
    decimals=st.integers(0, 3),
    off=st.integers(-9_999, 9_999),
)
def test_agreement_is_the_rounding_of_the_print(value: int, mult: int, decimals: int, off: int) -> None:
    stated = Quantity(Decimal(value).scaleb(mult - decimals), "case", mult, decimals)
    line = Reconciled("handled_total", PERIOD, stated, HEAD, Quantity(stated.value + off, "case"), None, None)
    assert line.within is (abs(off) <= stated.slack)
    assert bool(told.notes(line, "zh")) is not line.within


def test_the_command_prints_every_comparison_and_its_status_tells(
    new_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compare(new_store, 500)
    reconcile(["sichuan"], None)
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert said.splitlines() == [
        "sichuan: 1 个公布值与办件计数全部相符", "  2025年10月 办理总量：公布 0.05 万件 ±50 件，计数 500 件，相等",
    ]  # fmt: skip
    compare(new_store, 551)
    with pytest.raises(typer.Exit) as ended:
        reconcile(None, tmp_path / "out.csv")
    assert ended.value.exit_code == 1
    card = told.build(about(OURS), reconciliation.load(about(OURS)))
    assert card is not None
    assert card.table is not None
    assert (tmp_path / "out.csv").read_bytes() == csv(card.table, "zh")
    head, row = (tmp_path / "out.csv").read_text("utf-8-sig").replace("\u00a0", " ").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True)) == {
        "月份与指标": "2025年10月 办理总量", "公布值": "0.05 万件 ±50 件", "办件计数": "551",
        "核对": "不符 +51 2025年11月24日印发以后登记或更正的不在公布值内"}  # fmt: skip
