"""Workbooks of several sheets, merged cells, and a dry run that names all that is not known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlwt
from deliveries import case, rejected, standing, write

from hall import catalog
from hall.cases.load import Wish, load
from hall.cli.unread import lines
from hall.store import holdings
from hall.text import sentences

COLUMNS = ["case_id", "item_code", "department", "channel", "accepted_at", "status"]
LABELS = [catalog.tables()["cases"].column(name).zh for name in COLUMNS]


def cells(*numbers: int, **changes: str) -> list[list[str]]:
    return [[case(at, **changes)[name] for name in COLUMNS] for at in numbers]


def book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def test_sheets_that_are_headed_alike_are_one_delivery(new_store: Path, tmp_path: Path) -> None:
    other = [[*reversed(LABELS)], *(row[::-1] for row in cells(5, 6))]
    path = book(tmp_path / "a.xlsx", 一月=[LABELS, *cells(1, 2)], 二月=[["标题"], LABELS, *cells(3, 4, status="?")],
                三月=other, 四月=[LABELS])  # fmt: skip
    done = load([path])
    assert [(f.name, f.rows, f.kept) for f in done.files] == [
        ("a.xlsx [一月]", 2, 2), ("a.xlsx [二月]", 2, 0), ("a.xlsx [三月]", 2, 2),
    ]  # fmt: skip
    assert standing()["case_id"].to_list() == [f"{510000000000 + at}" for at in (1, 2, 5, 6)]
    assert [(f.unread, f.unequal) for f in done.files] == [((), ())] * 3


def test_three_equal_sheets_lose_no_row(new_store: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", **{name: [LABELS, *cells(*range(at, at + 40))]
                                        for name, at in (("甲", 0), ("乙", 40), ("丙", 80))})  # fmt: skip
    done = load([path])
    assert (sum(f.rows for f in done.files), done.months[0].rows, done.refused) == (120, 120, False)
    assert load([path]).files[0].outcome == "unchanged"
    assert holdings.held("sichuan").deliveries[1].name == "a.xlsx [乙]"


def test_a_rejected_row_is_found_in_its_sheet(new_store: Path, tmp_path: Path) -> None:
    load([book(tmp_path / "a.xlsx", 甲=[LABELS, *cells(1)], 乙=[LABELS, *cells(2), *cells(3, status="?")])])
    assert [(row, why) for row, why, *_ in rejected()] == [(3, "code")]


def test_sheets_that_are_headed_otherwise_are_named_and_chosen(new_store: Path, tmp_path: Path) -> None:
    more = [[*LABELS, "备注"], *([*row, "x"] for row in cells(3))]
    path = book(tmp_path / "a.xlsx", 甲=[LABELS, *cells(1)], 乙=more, 丙=[["项目", "值"], ["a", 1], ["b", 2]],
                说明=[["本表由系统导出"], ["请勿修改"]])  # fmt: skip
    done = load([path])
    assert (done.refused, done.files[0].unequal, done.files[0].unread) == (True, ("乙", "丙"), ("说明",))
    assert standing().height == 1
    chosen = load([path], wish=Wish(sheets=("乙",), add=True))
    assert (chosen.refused, chosen.files[0].rows, chosen.files[0].unequal) == (False, 1, ())
    assert standing().height == 2
    both = load([path], wish=Wish(sheets=("甲", "乙")))
    assert [f.rows for f in both.files] == [1, 1]
    (file,) = load([path], wish=Wish(sheets=("丁",))).files
    assert file.fault
    assert (file.fault.code, file.fault.params["known"]) == ("unknown_sheet", "甲 乙 丙 说明")
    (file,) = load([path], wish=Wish(sheets=("甲", "丙"))).files
    assert file.fault
    assert standing().height == 2, "nothing of it was loaded"


def test_a_workbook_of_notes_beside_the_table_is_fine(new_store: Path, tmp_path: Path) -> None:
    done = load([book(tmp_path / "a.xlsx", 说明=[["十月", "明细"]], 明细=[LABELS, *cells(1)])])
    assert (done.refused, done.files[0].unread) == (False, ("说明",))


def test_spoiled_numbers_in_one_sheet_refuse_the_book(new_store: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 甲=[LABELS, *cells(1)], 乙=[LABELS, *cells(2, case_id="5.1E+17")])
    (file,) = load([path]).files
    assert file.fault
    assert file.fault.code == "ids_spoiled"
    assert standing().is_empty()


def merged(rows: int = 4) -> list[list[object]]:
    """Rows of which the first names the department."""
    made: list[list[object]] = [list(row) for row in cells(*range(rows))]
    for row in made[1:]:
        row[2] = None
    return made


def test_merged_cells_are_filled_down(new_store: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 甲=[["十月明细"], LABELS, *merged(), *cells(7, department="")])
    whole = openpyxl.load_workbook(path)
    whole.active.merge_cells("A1:F1")
    whole.active.merge_cells("C3:C6")
    whole.save(path)
    done = load([path])
    assert (done.files[0].rows, done.files[0].kept) == (5, 4)
    assert standing()["department"].to_list() == ["market_regulation"] * 4
    # Below the merged range an empty cell is empty.
    assert [(row, why, column) for row, why, column, _ in rejected()] == [(7, "missing", "department")]


def test_merged_cells_of_old_workbooks_and_blank_rows_inside(new_store: Path, tmp_path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("1")
    for row, values in enumerate([LABELS, *merged()]):
        for column, value in enumerate(values):
            if value is not None and (row == 0 or column != 2):
                sheet.write(row, column, value)
    sheet.write_merge(1, 5, 2, 2, "省市场监管局")
    made.save(str(tmp_path / "a.xls"))
    done = load([tmp_path / "a.xls"])
    assert (done.files[0].rows, done.files[0].kept) == (4, 4)


def test_a_dry_run_names_every_word_at_once_and_changes_nothing(new_store: Path, tmp_path: Path) -> None:
    rows = [
        case(at, channel="网申" if at < 40 else "综合窗口", department="新设局" if at % 2 else "公安厅",
             accepted_at="10月3日" if at == 5 else "2025-10-09", city="火星" if at < 3 else "",
             promised_workdays="五天" if at < 4 else "99999" if at == 9 else "5", status="办" if at == 1 else "在办")
        for at in range(50)
    ]  # fmt: skip
    done = load([write(tmp_path / "a.csv", rows)], wish=Wish(dry=True))
    found = {(one.column, one.word): one.rows for one in done.unread}
    assert found == {
        ("channel", "网申"): 40, ("department", "新设局"): 25, ("city", "火星"): 3, ("status", "办"): 1,
        ("accepted_at", "10月3日"): 1, ("promised_workdays", "五天"): 4, ("promised_workdays", "99999"): 1,
    }  # fmt: skip
    assert done.held
    assert holdings.held("sichuan").parts == ()
    told = list(lines(done.unread, "zh"))
    assert "[cases.codes.channel]" in told[1]
    assert '"网申" = ""  # 40 行' in told
    assert any("受理时间" in line and "10月3日" in line for line in told)
    import tomllib

    pasted = tomllib.loads("\n".join(line for line in told if line[:1] in '["'))
    assert pasted["cases"]["codes"]["department"] == {"新设局": ""}


@pytest.mark.parametrize("dry", [True, False])
def test_a_dry_run_tells_what_a_load_would(dry: bool, new_store: Path, tmp_path: Path) -> None:
    load([write(tmp_path / "a.csv", [case(1), case(2)])])
    done = load([write(tmp_path / "b.csv", [case(2), case(3), case(4, city="?")])], wish=Wish(dry=dry))
    assert [(m.month, m.rows, m.before) for m in done.months] == [("2025-10", 2, 2)]
    assert [(r.code, r.row) for r in done.files[0].reasons] == [("city", 4)]
    assert standing()["case_id"].to_list() == [f"{510000000000 + at}" for at in ((1, 2) if dry else (2, 3))]


def test_every_fault_of_a_book_is_a_sentence(new_store: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 甲=[LABELS, *cells(1)])
    for lang in ("zh", "en"):
        fault = load([path], wish=Wish(sheets=("丁",))).files[0].fault
        assert fault
        assert "a.xlsx" in sentences.fault(fault, "en" if lang == "en" else "zh")
