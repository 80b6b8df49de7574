"""``cases load`` on the command line: exit statuses, one plain sentence each, and what the options do."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from deliveries import case, standing, write

from hall import __main__ as command
from hall import settings
from hall.store import held, journal

ROWS = [case(at) for at in range(100)]
Out = pytest.CaptureFixture[str]


def run(*words: object) -> int:
    before = sys.argv
    sys.argv = ["hall", "cases", *map(str, words)]
    try:
        return command.main()
    finally:
        sys.argv = before


def test_held_added_insisted(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    week = write(tmp_path / "week.csv", [case(1, status="办结", completed_at="2025-10-20"), case(200)])
    assert run("load", write(tmp_path / "whole.csv", ROWS)) == 0
    assert run("load", week) == 2
    told = capsys.readouterr().err
    for words in ("week.csv 已扣下", "2025-10", "原有 100 行", "有 2 行", "--add", "--replace"):
        assert words in told
    assert (standing().height, len(held.every())) == (100, 1)
    assert run("status") == 0
    assert "扣下待处理" in capsys.readouterr().out
    assert run("load", "--dry-run", "--add", week) == 0
    assert "数据没有改动" in capsys.readouterr().out
    assert run("load", "--add", week) == 0
    assert "增补后 101 行，原有 100 行" in capsys.readouterr().out
    assert (standing().height, held.every()) == (101, ())
    few = write(tmp_path / "few.csv", ROWS[:9])
    assert run("load", few) == 2
    assert run("load", "--replace", few) == 0
    assert (standing().height, held.every()) == (9, ())
    (entry,) = journal.entries(settings.store())
    assert (entry.user, entry.deliveries[0]["reason"]) == ("tester", "--replace")


def test_spoiled_numbers_and_other_sheets_are_status_2(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    assert run("load", write(tmp_path / "a.csv", [case(1, case_id="5.1E+17")] * 40)) == 2
    assert "编号已被 Excel 改成科学计数法，请按文本重新导出" in capsys.readouterr().err
    book = openpyxl.Workbook()
    head = ["办件编号", "事项编码", "部门", "受理渠道", "受理时间", "状态"]
    for name, more in (("甲", []), ("乙", ["备注"])):
        sheet = book.create_sheet(name)
        sheet.append([*head, *more])
        sheet.append([name, "1", "公安厅", "热线", "2025-10-03", "在办", *more])
    book.save(tmp_path / "b.xlsx")
    assert run("load", tmp_path / "b.xlsx") == 2
    assert "乙" in capsys.readouterr().err
    assert run("load", "--add", "--sheet", "乙", tmp_path / "b.xlsx") == 0
    assert sorted(standing()["case_id"]) == ["乙", "甲"]


def test_a_dry_run_prints_a_map(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    rows = [case(at, channel="网申", completed_at="不详") for at in range(3)]
    assert run("load", "--dry-run", write(tmp_path / "a.csv", [*rows, *ROWS[5:]])) == 0
    told = capsys.readouterr().out
    assert "[cases.codes.channel]" in told
    assert '"网申" = ""  # 3 行' in told
    assert "办结时间读不出的数值 1 种：“不详” 3 行" in told
    assert standing().is_empty()
    assert not journal.entries(settings.store())


def test_older_and_spelled_are_told(new_store: Path, tmp_path: Path, capsys: Out) -> None:
    done = case(1, status="办结", completed_at="2025-10-20")
    assert run("load", write(tmp_path / "new.csv", [done])) == 0
    again = [case(1), case(1, case_id="'510000000001", item_name="乙")]
    assert run("load", "--add", write(tmp_path / "old.csv", again)) == 0
    told = capsys.readouterr().out
    assert "早于已载入的 2025-10-20 00:00" in told
    assert "1 个编号写法不一" in told
    assert "“'510000000001” = “510000000001”" in told
