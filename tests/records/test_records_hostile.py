"""Deliveries as they come: torn, mixed, in every format, on a full disk, and killed half-way."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlwt
from deliveries import CONSULTATION, case, rejected, standing, text, write
from source_tree import ROOT

from hall.cases.load import LoadedFile, load
from hall.cases.outcome import Insisted, Wish
from hall.model import HallError
from hall.store import holdings

ROWS = [case(at) for at in range(1, 6)]
IDS = [row["case_id"] for row in ROWS]


def loaded(path: Path, wish: Wish | None = None) -> LoadedFile:
    (done,) = load([path], wish=wish).files
    assert done.rows == done.kept + done.rejected
    return done


def test_a_torn_last_line(new_store: Path, tmp_path: Path) -> None:
    whole = text(ROWS).encode()
    (tmp_path / "a.csv").write_bytes(whole[: whole.rindex(b",")])
    assert loaded(tmp_path / "a.csv").kept == 4
    ((row, reason, column, value),) = rejected()
    assert (row, reason, column) == (6, "fields", None)
    assert value and value.startswith(IDS[4])


def test_a_last_line_torn_within_a_character_and_a_quote(new_store: Path, tmp_path: Path) -> None:
    whole = text([*ROWS, case(6, item_name="甲,乙")]).encode()
    (tmp_path / "a.csv").write_bytes(whole[: whole.rindex("乙".encode()) + 1])
    assert loaded(tmp_path / "a.csv").kept == 5
    assert [(row, reason) for row, reason, *_ in rejected()] in ([(7, "quote")], [(7, "encoding")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_of_every_kind(encoding: str, delimiter: str, end: str, new_store: Path, tmp_path: Path) -> None:
    rows = [*ROWS, case(6, city="火星")]
    (tmp_path / "a.txt").write_bytes(text(rows, delimiter=delimiter, end=end).encode(encoding))
    assert loaded(tmp_path / "a.txt").kept == 5
    assert standing()["case_id"].to_list() == IDS
    assert rejected() == [(7, "city", "city", "火星")]


@pytest.mark.parametrize(("most", "few"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_mixed_encodings(most: str, few: str, new_store: Path, tmp_path: Path) -> None:
    lines = [line.encode(few if at in (2, 4) else most) for at, line in enumerate(text(ROWS).splitlines())]
    (tmp_path / "a.csv").write_bytes(b"\n".join(lines))
    assert loaded(tmp_path / "a.csv").kept == 3
    assert [(row, reason) for row, reason, *_ in rejected()] == [(3, "encoding"), (5, "encoding")]
    assert standing()["case_id"].to_list() == [IDS[0], IDS[2], IDS[4]]


@pytest.mark.parametrize(("most", "few"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_the_headings_decide_the_encoding(most: str, few: str, new_store: Path, tmp_path: Path) -> None:
    """More lines in another encoding than that of the headings: they are rejected, not the whole file."""
    lines = [line.encode(few if at < 2 else most) for at, line in enumerate(text(ROWS).splitlines())]
    (tmp_path / "a.csv").write_bytes(b"\n".join(lines))
    assert loaded(tmp_path / "a.csv").kept == 1
    assert [(row, reason) for row, reason, *_ in rejected()] == [(at, "encoding") for at in (3, 4, 5, 6)]
    assert standing()["case_id"].to_list() == IDS[:1]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_headings_of_no_table_are_told_in_words(encoding: str, new_store: Path, tmp_path: Path) -> None:
    """Whatever the lines below are written in."""
    other = {"utf-8": "gb18030", "gb18030": "utf-8"}[encoding]
    body = "\n".join(",".join(row.values()) for row in ROWS)
    (tmp_path / "a.csv").write_bytes("姓名,籍贯,备注\n".encode(encoding) + body.encode(other))
    (done,) = load([tmp_path / "a.csv"]).files
    assert done.fault and (done.fault.code, done.fault.params["found"]) == ("no_headings", "姓名 籍贯 备注")


def test_a_damaged_line_of_utf8_is_no_words_of_gb18030(new_store: Path, tmp_path: Path) -> None:
    lines = [line.encode("gb18030") for line in text(ROWS).splitlines()]
    lines[3] = text(ROWS).splitlines()[3].encode().replace("成都".encode(), b"\xb3\xc9")
    (tmp_path / "a.csv").write_bytes(b"\n".join(lines))
    assert loaded(tmp_path / "a.csv").kept == 4
    assert [(row, reason) for row, reason, *_ in rejected()] == [(4, "encoding")]


def test_uneven_ends_blank_lines_and_values_over_lines(new_store: Path, tmp_path: Path) -> None:
    head, *rows = text([*ROWS, case(6, item_name="甲\n乙"), case(7, status="?")]).split("\n")
    (tmp_path / "a.csv").write_text("\r\n".join([head, "", rows[0], "  ", *rows[1:3]]) + "\n" + "\n".join(rows[3:]),
                                    newline="", encoding="utf-8")  # fmt: skip
    assert loaded(tmp_path / "a.csv").kept == 6
    assert rejected() == [(11, "code", "status", "?")]
    assert "甲 乙" in standing()["item_name"].to_list()


def test_an_open_quote_costs_its_own_line(new_store: Path, tmp_path: Path) -> None:
    lines = text([case(at) for at in range(1, 500)]).splitlines()
    lines[100] = lines[100].replace("食品", '"食品')
    lines[300] = lines[300].replace("食品经营许可", '"食品"经营许可')
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert loaded(tmp_path / "a.csv").kept == 497
    assert [(row, reason) for row, reason, *_ in rejected()] == [(101, "quote"), (301, "quote")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_delimiter_at_the_end_of_a_row_is_no_value(encoding: str, new_store: Path, tmp_path: Path) -> None:
    head, *rows = text([*ROWS, case(6, item_name='"甲",乙')]).splitlines()
    (tmp_path / "a.csv").write_bytes("\n".join([head, *(f"{row}," for row in rows)]).encode(encoding))
    assert loaded(tmp_path / "a.csv").kept == 6


def test_blanks_around_values(new_store: Path, tmp_path: Path) -> None:
    rows = [{name: f" {value}\t" for name, value in row.items()} for row in ROWS]
    assert loaded(write(tmp_path / "a.csv", rows)).kept == 5
    assert standing()["case_id"].to_list() == IDS
    assert loaded(write(tmp_path / "b.csv", [case(9, department="\u3000公安厅 ")])).kept == 1


def test_headings_twice_and_thousands_of_bad_rows(new_store: Path, tmp_path: Path) -> None:
    lines = text([case(at) for at in range(20_000)]).splitlines()
    wrong = sorted(random.Random(1).sample(range(1, 20_000), 6_000))
    for at in wrong:
        cells = lines[at].split(",")
        lines[at] = random.Random(at).choice([
            lines[0], ",".join(cells[:-1]), f"{lines[at]},x", lines[at].replace("成都市", "火星"),
            lines[at].replace("2025-10-09", "2025-13-09"), lines[at].replace("在办", ""),
        ])  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert loaded(tmp_path / "a.csv", Wish(insist=Insisted("test", "all the same"))).kept == 14_000
    assert [row for row, *_ in rejected()] == [at + 1 for at in wrong]
    told = {reason for _, reason, *_ in rejected()}
    assert told == {"heading", "fields", "city", "moment", "missing"}


def test_excel(new_store: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    notes = book.active
    notes.append(["说明", "十月"])
    sheet = book.create_sheet("明细")
    sheet.append(["2025年10月办件明细"])
    head = "办件编号 事项编码 部门 受理渠道 受理时间 办结时间 状态 承诺工作日 评价 备注"
    sheet.append(head.split())
    at = datetime(2025, 10, 3, 8, 5)
    sheet.append(["0001", "000123", "公安厅", "综合窗口", at, "2025-10-09", "办结", 5, 5.0, ""])
    sheet.append(["510000000000000002", 123, "公安厅", "综合窗口", 45933.5, None, "在办", 3.5, None, None])
    sheet.append([])
    sheet.append(["0003", "000123", "公安厅", "综合窗口", 45933, None, "在办"])
    book.save(tmp_path / "a.xlsx")
    done = loaded(tmp_path / "a.xlsx")
    assert (done.rows, done.kept, done.unknown, done.unread) == (3, 2, ("备注",), ("说明", "Sheet")[1:])
    assert rejected() == [(4, "number", "promised_workdays", "3.5")]
    assert standing().select("case_id", "item_code", "accepted_at", "satisfaction").rows() == [
        ("0003", "000123", datetime(2025, 10, 3), None), ("0001", "000123", datetime(2025, 10, 3, 8, 5), 5),
    ]  # fmt: skip


def test_old_excel(new_store: Path, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for column, name in enumerate(["办件编号", "事项编码", "部门", "受理渠道", "受理时间", "状态"]):
        sheet.write(0, column, name)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, at in enumerate((datetime(2025, 10, 3), 45933.25), 1):
        for column, value in enumerate([f"000{row}", 12.0, "公安厅", "热线", at, "在办"]):
            sheet.write(row, column, value, day if column == 4 and row == 1 else xlwt.easyxf())
    book.save(str(tmp_path / "a.xls"))
    assert loaded(tmp_path / "a.xls").kept == 2
    assert standing().select("case_id", "item_code", "accepted_at").rows() == [
        ("0001", "12", datetime(2025, 10, 3)), ("0002", "12", datetime(2025, 10, 3, 6)),
    ]  # fmt: skip


def test_parquet_of_other_tools(new_store: Path, tmp_path: Path) -> None:
    moment = pl.Series([datetime(2025, 10, 3, 0, 5), datetime(2025, 10, 4, 0, 5), None]).dt.replace_time_zone("UTC")
    frame = pl.DataFrame({
        "case_id": [1, 2, 3], "item_code": ["001"] * 3, "department": ["公安厅"] * 3, "channel": ["online"] * 3,
        "accepted_at": moment, "completed_at": [None, datetime(2025, 10, 5).date(), None],
        "status": ["open", "completed", "open"], "satisfaction": [5.0, None, 3.0], "extra": [[1], [2], [3]],
    }, schema_overrides={"channel": pl.Categorical})  # fmt: skip
    frame.write_parquet(tmp_path / "a.parquet")
    done = loaded(tmp_path / "a.parquet")
    assert (done.kept, done.unknown) == (2, ("extra",))
    assert rejected() == [(3, "missing", "accepted_at", None)]
    assert standing()["accepted_at"].to_list() == [datetime(2025, 10, 3, 8, 5), datetime(2025, 10, 4, 8, 5)]


def test_a_folder(new_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    write(folder / "a.csv", ROWS)
    write(folder / "more/b.CSV", [CONSULTATION])
    (folder / "~$a.xlsx").write_text("x", encoding="utf-8")
    (folder / "readme.md").write_text("x", encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    done = load([folder], progress=lambda done, total, name: seen.append((done, total, name)))
    assert [(file.name, file.table, file.outcome) for file in done.files] == [
        ("a.csv", "cases", "loaded"), ("b.CSV", "consultations", "loaded"),
    ]  # fmt: skip
    assert seen[0][2].startswith("a.csv")
    assert seen[-1][0] == seen[-1][1]


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(new_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    done = load([tmp_path / "pipe.csv", write(tmp_path / "a.csv", ROWS)])
    assert [file.outcome for file in done.files] == ["refused", "loaded"]


def test_a_full_disk_leaves_all_as_it_was(new_store: Path, tmp_path: Path) -> None:
    load([write(tmp_path / "a.csv", ROWS)])
    before = holdings.held("sichuan")
    write(tmp_path / "b.csv", [case(at) for at in range(200_000)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(HallError, match="disk_full"):
            load([tmp_path / "b.csv"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert holdings.held("sichuan") == before
    assert standing()["case_id"].to_list() == IDS
    assert load([tmp_path / "b.csv"]).months[0].rows == 200_000


def _command(store: Path, path: Path) -> subprocess.Popen[bytes]:
    env = os.environ | {"HALL_STORE": str(store), "HALL_TODAY": "2025-12-01"}
    return subprocess.Popen(
        [sys.executable, "-m", "hall", "cases", "load", str(path)], cwd=ROOT, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_killed_at_any_moment_and_loaded_again(new_store: Path, tmp_path: Path) -> None:
    first = [case(at, accepted_at=f"2025-{month:02}-09 09:30:00") for month in (9, 10) for at in range(month, 40, 2)]
    load([write(tmp_path / "a.csv", first)])
    before, rows = holdings.held("sichuan"), standing()
    months = [f"2025-{month:02}-{day:02} 09:30:00" for month in (9, 10, 11) for day in (3, 9, 20)]
    second = [case(at, accepted_at=months[at % 9], city="?" if at % 1000 == 7 else "成都") for at in range(150_000)]
    path = write(tmp_path / "b.csv", second)
    begun = time.monotonic()
    assert _command(tmp_path / "other", path).wait() == 0
    took = time.monotonic() - begun
    clean = _standing_in(tmp_path / "other")
    chance = random.Random(20)
    for _ in range(20):
        running = _command(new_store, path)
        time.sleep(chance.uniform(0.05, 1) * took)
        running.send_signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
        running.wait()
        if holdings.held("sichuan") != before:
            # It was done just before it was killed.
            assert standing().equals(clean)
            holdings.back("sichuan")
        assert holdings.held("sichuan") == before
        assert standing().equals(rows)
    assert _command(new_store, path).wait() == 0
    assert standing().equals(clean)
    assert clean.height == 149_850
    folder = holdings.root("sichuan")
    assert not (folder / ".stage").exists()
    named = {part.path for part in (*holdings.held("sichuan").parts, *before.parts)}
    assert {file.relative_to(folder).as_posix() for file in folder.glob("files/cases-*")} == named
    assert glob(folder).equals(clean)


def glob(folder: Path) -> pl.DataFrame:
    """What any engine reads of a publisher's cases."""
    order = ["accepted_at", "case_id"]
    return pl.read_parquet(folder / "standing/cases/*/*.parquet", hive_partitioning=False).sort(order)


def _standing_in(store: Path) -> pl.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(store))
        return standing()


def test_a_statement_that_is_broken_off_ends_as_any_interrupt(new_store: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), holdings.changing("sichuan"):
        raise RuntimeError("Query interrupted")
    with pytest.raises(RuntimeError, match="another"), holdings.changing("sichuan"):
        raise RuntimeError("another")
    assert holdings.version("sichuan") == ""
