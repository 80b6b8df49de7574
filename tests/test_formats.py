"""The same bulletin as Word, web page, workbook and CSV gives the same numbers as its text."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hall.model import HallError, Reading
from hall.paths import ROOT
from hall.reading.extract import read_file, read_text
from hall.reading.formats import markdown, sheet, web
from hall.reading.formats.numbering import printed

TEXT = (ROOT / "tests/golden/monthly-reordered.txt").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.strip()]
TABLE = [["部门", "受理量（件）", "办结量（件）"], ["公安厅", "120", "118"], ["税务局", "96", "95"]]


def values(reading: Reading) -> set[tuple[str, Decimal, str, str]]:
    return {(o.metric, o.obs_value, o.time_period, o.scope) for o in reading.observations if o.department is None}


PLAIN = values(read_text(TEXT))


def word(path: Path) -> Path:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))
    return path


def test_word_gives_what_the_text_gives(tmp_path: Path) -> None:
    reading = read_file(word(tmp_path / "月报.docx"))
    assert PLAIN
    assert values(reading) == PLAIN
    cells = {(f.department, f.value) for f in reading.figures if f.value in {Decimal(120), Decimal(95)}}
    assert cells == {("公安厅", Decimal(120)), ("四川省税务局", Decimal(95))} or len(cells) == 2


def test_word_prints_its_lists_and_leaves_deletions_out(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("受理5件")
    deleted, run, words = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "，办结9件"
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    merged = document.add_table(rows=2, cols=3)
    merged.cell(0, 0).merge(merged.cell(0, 2)).text = "受理情况"
    for at, name in enumerate(("甲", "乙", "丙")):
        merged.cell(1, at).text = name
    path = tmp_path / "a.docx"
    document.save(str(path))
    text = read_file(path).text
    assert "办结9件" not in text
    assert "1.第一项" in text
    assert "2.第二项" in text
    assert "| 受理情况 | 受理情况 | 受理情况 |" in text
    assert document.element.body.find(qn("w:tbl")) is not None


@pytest.mark.parametrize(("count", "form", "shown"), [(3, "chineseCounting", "三"), (20, "chineseCounting", "二十"),
                                                      (11, "chineseCountingThousand", "十一"), (4, "decimal", "4"),
                                                      (2, "decimalEnclosedCircle", "②")])  # fmt: skip
def test_numbers_of_lists(count: int, form: str, shown: str) -> None:
    assert printed(count, form) == shown


def test_web_page_gives_what_the_text_gives(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in TABLE)
    page = f"<html><head><meta charset='gb2312'><title>x</title></head><body>{body}<script>var n=99999;</script>"
    page += f"<div style='display:none'>受理88888件</div><table>{rows}</table></body></html>"
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("gb18030"))
    reading = read_file(path)
    assert values(reading) == PLAIN
    assert "99999" not in reading.text
    assert "88888" not in reading.text
    assert "| 税务局 | 96 | 95 |" in reading.text


def test_spans_of_a_web_table_are_filled() -> None:
    page = "<table><tr><th rowspan=2>部门</th><th colspan=2>10月</th></tr><tr><th>受理</th><th>办结</th></tr>"
    page += "<tr><td>公安厅</td><td>5</td><td>4</td></tr></table>"
    text = web.extract(page.encode(), "a.html").text
    assert text.split("\n")[:3] == ["| 部门 | 10月 | 10月 |", "| 部门 | 受理 | 办结 |", "| 公安厅 | 5 | 4 |"]


def workbook(**form: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    one = book.add_worksheet("统计")
    month, share, fixed = (book.add_format({"num_format": f}) for f in ("yyyy\"年\"m\"月\"", "0.00%", "0.00"))
    one.merge_range("A1:D1", "示例省政务服务中心政务窗口月报 2025年10月")
    one.merge_range("A2:A3", "部门")
    one.merge_range("B2:C2", None)
    one.write_datetime("B2", date(2025, 10, 1), month)  # type: ignore[arg-type]
    one.write("D2", "占比")
    one.write_row("B3", ["受理（万件）", "办结（件）", "占比"])
    one.write("A4", "公安厅")
    one.write_number("B4", 1.2 + 0.03, fixed)
    one.write_number("C4", 12000)
    one.write_number("D4", 0.6559, share)
    hidden = book.add_worksheet("草稿")
    hidden.write("A1", "受理99999件")
    hidden.hide()
    book.close()
    return out.getvalue()


def test_workbook_shows_what_the_sheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsx"
    path.write_bytes(workbook())
    reading = read_file(path)
    assert "| 部门 | 2025年10月 | 2025年10月 | 占比 |" in reading.text
    assert "| 公安厅 | 1.23 | 12000 | 65.59% |" in reading.text
    assert "99999" not in reading.text
    assert [p.code for p in reading.problems if p.code == "hidden_sheet"]
    found = {(f.value, f.unit) for f in reading.figures}
    assert {(Decimal(12300), "件"), (Decimal(12000), "件"), (Decimal("65.59"), "%")} <= found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_any_mark_and_encoding(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(mark.join(row) for row in TABLE).encode(encoding))
    assert {f.value for f in read_file(path).figures} == {Decimal(n) for n in (120, 118, 96, 95)}


@pytest.mark.parametrize(("value", "form", "shown"), [
    (date(2025, 10, 1), "yyyy-mm-dd", "2025-10-01"), (date(2025, 10, 1), "yyyy年m月", "2025年10月"),
    (5.57, "General", "5.57"), (0.1 + 0.2, "0.0", "0.3"), (12.0, "General", "12"), (0.125, "0.0%", "12.5%"),
    ("#DIV/0!", "General", ""), (None, "General", ""), (1234.5, "#,##0", "1235"),
])  # fmt: skip
def test_cells_as_shown(value: object, form: str, shown: str) -> None:
    assert sheet.shown(value, form) == shown


def test_a_bar_in_a_cell_is_no_bar_of_the_table() -> None:
    assert markdown.table([["a|b", "c"], ["1\n2", ""]]) == ["| a／b | c |", "| 1 2 |  |"]


def test_old_word_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    path = tmp_path / "旧.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(HallError) as fault:
        read_file(path)
    assert fault.value.code == "old_word"
