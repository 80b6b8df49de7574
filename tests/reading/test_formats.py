"""The same bulletin as Word, web page, workbook and CSV gives the same numbers as its text."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from hall.model import HallError, Reading
from hall.paths import ROOT
from hall.reading.extract import read_file, read_text
from hall.reading.formats import markdown, web
from hall.reading.formats.markdown import CellSpan
from hall.reading.formats.numbering import printed
from hall.reading.formats.shown import shown
from hall.reading.text.extracted import Extracted

TEXT = (ROOT / "tests/golden/monthly-reordered.txt").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.strip()]
TABLE = [["部门", "受理量（件）", "办结量（件）"], ["公安厅", "120", "118"], ["税务局", "96", "95"]]
CELLS = {("公安厅", Decimal(120)), ("公安厅", Decimal(118)), ("四川省税务局", Decimal(96)),
         ("四川省税务局", Decimal(95))}  # fmt: skip


def values(reading: Reading) -> set[tuple[str, Decimal, str, str]]:
    return {(o.metric, o.obs_value, o.time_period, o.scope) for o in reading.observations if o.department is None}


PLAIN = values(read_text(TEXT))


def lines(words: Reading | Extracted) -> list[str]:
    return [line for line in words.text.splitlines() if line]


def by_department(reading: Reading) -> set[tuple[str | None, Decimal | None]]:
    return {(f.department, f.value) for f in reading.figures if f.department and f.value in {v for _, v in CELLS}}


def word(path: Path) -> None:
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))


def page(path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    rows = "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in TABLE)
    whole = f"<html><head><meta charset='gb2312'><title>x</title></head><body>{body}<table>{rows}</table></body></html>"
    path.write_bytes(whole.encode("gb18030"))


def book(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for at, line in enumerate(LINES):
            sheet.write(at, 0, line)
        for at, row in enumerate(TABLE, start=len(LINES) + 1):
            for column, words in enumerate(row):
                sheet.write(at, column, int(words) if words.isdecimal() else words)


def old_book(path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Sheet1")
    for at, line in enumerate(LINES):
        sheet.write(at, 0, line)
    for at, row in enumerate(TABLE, start=len(LINES) + 1):
        for column, words in enumerate(row):
            sheet.write(at, column, int(words) if words.isdecimal() else words)
    made.save(str(path))


@pytest.mark.parametrize(("name", "make"), [("a.docx", word), ("a.html", page), ("a.xlsx", book), ("a.xls", old_book)])
def test_a_bulletin_of_any_format_gives_what_its_text_gives(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / name)
    reading = read_file(tmp_path / name)
    assert PLAIN
    assert values(reading) == PLAIN
    assert by_department(reading) == CELLS
    assert all(reading.text[f.start : f.end] == f.quote for f in reading.figures)


# Word


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inside: str) -> str:
    return f"<w:p {nsdecls('w')}>{inside}</w:p>"


def cell(words: str, across: int = 1, down: str = "") -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = {"": "", "begin": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[down]
    inside = "".join(f"<w:p>{run(line)}</w:p>" for line in words.split("\n"))
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>"


def table(*rows: list[str]) -> str:
    inside = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{inside}</w:tbl>"


def read_word(tmp_path: Path, *parts: str, levels: str = "", lists: str = "") -> Reading:
    document = Document()
    if levels:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        for one in lists.split("\n"):
            numbering.append(parse_xml(f"<w:num {nsdecls('w')} {one}</w:num>"))
    body = document.element.body
    for part in parts:
        body.insert(len(body) - 1, parse_xml(part))
    path = tmp_path / "a.docx"
    document.save(str(path))
    return read_file(path)


def test_word_prints_what_a_person_sees(tmp_path: Path) -> None:
    small, hidden = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', "<w:rPr><w:vanish/></w:rPr>"
    inner = f"<w:sdt><w:sdtContent><w:p>{run('块级8件')}</w:p></w:sdtContent></w:sdt>"
    reading = read_word(
        tmp_path,
        paragraph(
            f'<w:ins w:id="1" w:author="a">{run("插入10件")}</w:ins>'
            '<w:del w:id="2" w:author="a"><w:r><w:delText>删除11件</w:delText></w:r></w:del>'
            f'<w:moveFrom w:id="3" w:author="a">{run("移走12件")}</w:moveFrom>'
            f"<w:hyperlink>{run('链接13件')}</w:hyperlink>"
            f"<w:r><w:instrText> PAGE 99 </w:instrText></w:r><w:r>{hidden}<w:t>隐藏15件</w:t></w:r>"
        ),
        paragraph(f"{run('受理1234')}<w:r>{small}<w:t>1</w:t></w:r>{run('件')}"),
        paragraph(
            f"<w:r><w:ruby><w:rt>{run('yè')}</w:rt><w:rubyBase>{run('业')}</w:rubyBase></w:ruby></w:r>{run('务9件')}"
        ),
        inner.replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1),
        paragraph(f'<w:pPr><w:rPr><w:del w:id="9" w:author="a"/></w:rPr></w:pPr>{run("本月受理")}'),
        paragraph(run("16件。")),
        paragraph(
            f"<w:r><w:pict><w:txbxContent>{paragraph(run('框内17件'))}</w:txbxContent></w:pict></w:r>{run('框外')}"
        ),
    )
    assert lines(reading) == [
        "插入10件链接13件",
        "受理1234件",
        "业务9件",
        "块级8件",
        "本月受理16件。",
        "框外",
        "框内17件",
    ]


def test_what_is_hidden_or_struck_out_is_told_and_not_read(tmp_path: Path) -> None:
    def styled(about: str, words: str) -> str:
        return f"<w:r><w:rPr>{about}</w:rPr><w:t>{words}</w:t></w:r>"

    document = Document()
    document.styles.add_style("Veil", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    veil = "<w:rStyle w:val='Veil'/>"
    document.element.body.insert(0, parse_xml(paragraph(
        f"{run('受理12')}{styled('<w:strike/>', '34')}{run('件，')}{styled(veil, '办结777件')}"
        + styled(f"{veil}<w:vanish w:val='0'/>", "出件5件。")
    )))  # fmt: skip
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.html").write_text("<p>受理12<del>34</del>件，<s>办结777件</s>出件5件。</p>", encoding="utf-8")
    for name in ("a.docx", "a.html"):
        reading = read_file(tmp_path / name)
        assert lines(reading) == ["受理12件，出件5件。"]
        assert any(p.code == "struck_words" and p.params["text"].endswith("办结777件") for p in reading.problems)


def test_word_prints_its_lists(tmp_path: Path) -> None:
    def level(depth: int, form: str, pattern: str, more: str = "") -> str:
        return (f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
                f'<w:lvlText w:val="{pattern}"/></w:lvl>')  # fmt: skip

    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
    levels += level(3, "decimal", "%1.%4 ", "<w:isLgl/>")
    lists = "\n".join(
        (
            'w:numId="91"><w:abstractNumId w:val="90"/>',
            'w:numId="92"><w:abstractNumId w:val="90"/>',
            'w:numId="93"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
        )
    )

    def item(number: int, depth: int, words: str) -> str:
        about = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(f"<w:pPr>{about}</w:pPr>{run(words)}")

    items = ((91, 0, "总体"), (91, 1, "受理"), (91, 1, "办结"), (91, 2, "12月6日"), (92, 0, "接着数"),
             (92, 1, "重新数"), (92, 3, "法定"), (93, 0, "重新开始"), (0, 0, "不编号"))  # fmt: skip
    reading = read_word(tmp_path, *(item(*one) for one in items), levels=levels, lists=lists)
    assert lines(reading) == ["一、总体", "（一）受理", "（二）办结", "1. 12月6日", "二、接着数", "（一）重新数",
                    "2.1 法定", "一、重新开始", "不编号"]  # fmt: skip


def test_lists_of_a_style(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    document.add_paragraph("无号", style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    assert lines(read_file(tmp_path / "a.docx")) == ["1.第一项", "2.第二项", "无号"]


@pytest.mark.parametrize(("count", "form", "shown"), [
    (3, "chineseCounting", "三"), (20, "chineseCounting", "二十"), (11, "chineseCountingThousand", "十一"),
    (21, "ideographDigital", "二一"), (12, "chineseLegalSimplified", "壹拾贰"), (2, "ideographTraditional", "乙"),
    (4, "decimal", "4"), (4, "decimalZero", "04"), (14, "upperRoman", "XIV"), (28, "lowerLetter", "bb"),
    (2, "decimalEnclosedCircle", "②"), (3, "decimalEnclosedParen", "⑶"), (5, "decimalFullWidth", "５"),
])  # fmt: skip
def test_numbers_of_lists(count: int, form: str, shown: str) -> None:
    assert printed(count, form) == shown


def test_merged_cells_of_word(tmp_path: Path) -> None:
    reading = read_word(
        tmp_path,
        table(
            [cell("各市州办件情况统计表", 5)],
            [
                cell("市州", down="begin"),
                cell("区县", down="begin"),
                cell("2025年", 2),
                cell("合计（件）", down="begin"),
            ],
            [cell("", down="on"), cell("", down="on"), cell("9月"), cell("10月"), cell("", down="on")],
            [cell("成都市", down="begin"), cell("武侯区"), cell("11"), cell("12"), cell("46", down="begin")],
            [cell("", down="on"), cell("锦江区"), cell("13"), cell("10"), cell("", down="on")],
            [cell("绵阳市"), cell("涪城区"), cell("3"), cell("4"), cell("7")],
            [cell("注：数据截至10月31日", 5)],
        ),
    )
    assert lines(reading) == [
        "各市州办件情况统计表",
        "| 市州 | 区县 | 2025年9月 | 2025年10月 | 合计（件） |",
        "| 成都市 | 武侯区 | 11 | 12 |  |",
        "| 成都市 | 锦江区 | 13 | 10 |  |",
        "| 成都市 |  |  |  | 46 |",
        "| 绵阳市 | 涪城区 | 3 | 4 | 7 |",
        "注：数据截至10月31日",
    ]
    assert {(f.period_start, f.period_end) for f in reading.figures if f.value == 12} == {
        (date(2025, 10, 1), date(2025, 10, 31))
    }


def test_a_line_of_each_cell_is_a_row(tmp_path: Path) -> None:
    head = [cell("地区"), cell("受理\n（件）"), cell("办结\n（件）")]
    reading = read_word(
        tmp_path,
        table(
            [cell("各地区办件", 3)],
            head,
            [cell("武侯区\n锦江区"), cell("21\n13"), cell("20\n12")],
            [cell("合计", down="begin"), cell("34", down="begin"), cell("32", down="begin")],
            [cell("", down="on"), cell("", down="on"), cell("", down="on")],
        ),
    )
    assert lines(reading)[2:4] == ["| 武侯区 | 21 | 20 |", "| 锦江区 | 13 | 12 |"]


def test_tables_that_only_arrange_the_page_are_lines(tmp_path: Path) -> None:
    prose = "10月份，全厅共办理各类事项4.44万件，其中网上受理4.11万件，窗口受理0.33万件；电话咨询803人次，来访412人次。"
    nested = f"<w:tc><w:tcPr/>{table([cell('甲'), cell('5')], [cell('乙'), cell('6')])}<w:p/></w:tc>"
    reading = read_word(
        tmp_path,
        table([cell("示例省政务服务中心"), cell("第10期")]),
        table(
            [cell("情况", down="begin"), cell(prose + "\n（一）10月12日，举办培训。")],
            [cell("", down="on"), cell("下月安排：" + "继续做好大厅服务；" * 8 + "。")],
            [cell("附表"), nested],
        ),
        table(
            [cell("部门"), cell("件数"), cell("部门"), cell("件数")],
            [cell("公安厅"), cell("101"), cell("税务局"), cell("102")],
        ),
    )
    found = lines(reading)
    assert found[:5] == ["示例省政务服务中心", "第10期", "情况", prose, "（一）10月12日，举办培训。"]
    assert found[6:] == [
        "附表",
        "| 甲 | 5 |",
        "| 乙 | 6 |",
        "| 部门 | 件数 | 部门 | 件数 |",
        "| 公安厅 | 101 | 税务局 | 102 |",
    ]


def test_what_lies_deep_is_not_lost(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc>" * 40 + f"<w:p>{run('受理5件')}</w:p>" + "</w:tc></w:tr></w:tbl>" * 40
    reading = read_word(tmp_path, table([f"<w:tc>{inner}<w:p/></w:tc>", cell("办结4件")]))
    assert {f.value for f in reading.figures} == {Decimal(5), Decimal(4)}


def test_pictures_of_word_are_told(tmp_path: Path) -> None:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(drawn, "PNG")
    document = Document()
    document.add_paragraph("受理5件")
    document.add_picture(drawn)
    document.save(str(tmp_path / "a.docx"))
    assert [p.code for p in read_file(tmp_path / "a.docx").problems if p.code == "unread_pictures"]


# web pages


def test_web_page_shows_what_is_visible() -> None:
    body = (
        "<?xml version='1.0' encoding='gb2312'?><html><head><meta charset=gb2312><title>x</title></head><body>"
        "<script>var n=99999;</script><div style='display: none'>受理88888件</div><noscript>7</noscript><!-- 66 -->"
        "<p>受理12,345<sup>[1]</sup>件<br>面积3.5万m<sup>2</sup></p><pre>一\n二</pre>&#65297;２<ruby>业<rt>yè</rt></ruby>务"
        "<p>阅读次数：3456 [打印] [关闭窗口]</p></body></html>"
    )
    assert lines(web.extract(body.encode("gb18030"), "a.html")) == [
        "受理12,345件", "面积3.5万m2", "一", "二", "１２业务", "阅读次数：3456 [打印] [关闭窗口]",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encoding_of_a_web_page(encoding: str) -> None:
    assert web.extract("<p>政务服务受理5件".encode(encoding), "a.html").text == "政务服务受理5件\n"


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "utf-16", "rot13", "nothing"])
def test_wrong_word_of_a_web_page_about_its_encoding(said: str) -> None:
    page = f"<meta charset={said}><p>政务服务受理5件".encode("gb18030")
    assert web.extract(page, "a.html").text == "政务服务受理5件\n"


def test_a_broken_character_spoils_no_page_and_its_own_number() -> None:
    good = "<meta charset=gb2312><p>" + "政务服务" * 200 + "</p><p>受理12"
    page = good.encode("gb18030") + b"\xff" + "45件。</p><p>办结30件。</p>".encode("gb18030")
    reading = read_text(web.extract(page, "a.html").text)
    assert [f.value for f in reading.figures] == [Decimal(30)]


def test_spans_of_a_web_table_are_filled() -> None:
    page = "<table><tr><th rowspan=2>部门</th><th colspan=2>10月</th></tr><tr><th>受理</th><th>办结</th></tr>"
    page += "<tr><td>公安厅</td><td>5</td><td>4</td></tr><tr style='display:none'><td>x</td><td>9</td></tr></table>"
    text = web.extract(page.encode(), "a.html").text
    assert text.split("\n") == ["| 部门 | 10月 | 10月 |", "| 部门 | 受理 | 办结 |", "| 公安厅 | 5 | 4 |", ""]


def test_a_page_beyond_measure_is_refused_and_not_cut() -> None:
    with pytest.raises(HallError):
        web.extract(b"<html><body>" + b"<div><font>" * 3000 + b"5" + b"</font></div>" * 3000 + b"7", "a.html")


# workbooks and CSV


def statistics(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        one = made.add_worksheet("统计")
        month, share, fixed, scaled = (
            made.add_format({"num_format": f}) for f in ('yyyy"年"m"月"', "0.00%", "0.00", '0\\.0,"万"')
        )
        one.merge_range("A1:D2", "示例省政务服务中心各月办件情况")
        one.write("A3", "填报单位：示例省政务服务中心")
        one.merge_range("A4:A5", "月份")
        one.merge_range("B4:C4", "受理")
        one.merge_range("D4:D5", "占比")
        one.write_row("B5", ["全程网办（万件）", "综合窗口"])
        for at in range(3):
            one.write_datetime(5 + at, 0, datetime(2025, 8 + at, 1), month)
            one.write_number(5 + at, 1, 1.2 + 0.03 + at, fixed)
            one.write_number(5 + at, 2, 12345 + at, scaled)
            one.write_number(5 + at, 3, 0.6559, share)
        one.set_row(6, None, None, {"hidden": True})
        one.write("A9", "注：综合窗口含自助终端。")
        hidden = made.add_worksheet("草稿")
        hidden.write("A1", "受理99999件")
        hidden.hide()


def test_workbook_shows_what_the_sheet_shows(tmp_path: Path) -> None:
    statistics(tmp_path / "统计.xlsx")
    reading = read_file(tmp_path / "统计.xlsx")
    assert lines(reading) == [
        "示例省政务服务中心各月办件情况",
        "填报单位：示例省政务服务中心",
        "| 月份 | 受理 | 受理 | 占比 |",
        "| 月份 | 全程网办（万件） | 综合窗口 | 占比 |",
        "| 2025年8月 | 1.23 | 1.2万 | 65.59% |",
        "| 2025年10月 | 3.23 | 1.2万 | 65.59% |",
        "注：综合窗口含自助终端。",
    ]
    assert {"hidden_sheet", "hidden_rows"} <= {p.code for p in reading.problems}
    found = {(f.value, f.unit, f.period_start, f.period_end) for f in reading.figures}
    assert (Decimal(12300), "件", date(2025, 8, 1), date(2025, 8, 31)) in found
    assert (Decimal(32300), "件", date(2025, 10, 1), date(2025, 10, 31)) in found


def test_old_workbook_shows_what_the_sheet_shows(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    one, hidden = made.add_sheet("2025年10月"), made.add_sheet("草稿")
    hidden.visibility = 1
    hidden.write(0, 0, "受理99999件")
    one.write_merge(0, 0, 0, 3, "示例省政务服务中心政务窗口月报")
    one.write_merge(1, 2, 0, 0, "部门")
    one.write_merge(1, 1, 1, 2, date(2025, 10, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    one.write_merge(1, 2, 3, 3, "占比")
    for column, words in enumerate(("受理（万件）", "办结（件）"), start=1):
        one.write(2, column, words)
    for column, (value, form) in enumerate(
        (("公安厅", "@"), (1.2 + 0.03, "0.00"), (12000, "#,##0"), (0.6559, "0.00%"))
    ):
        one.write(3, column, value, xlwt.easyxf(num_format_str=form))
    made.save(str(tmp_path / "a.xls"))
    reading = read_file(tmp_path / "a.xls")
    assert lines(reading) == [
        "2025年10月",
        "示例省政务服务中心政务窗口月报",
        "| 部门 | 2025年10月 | 2025年10月 | 占比 |",
        "| 部门 | 受理（万件） | 办结（件） | 占比 |",
        "| 公安厅 | 1.23 | 12000 | 65.59% |",
    ]
    assert [p.code for p in reading.problems if p.code == "hidden_sheet"]


def test_sheets_of_different_months_keep_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as made:
        for month, count in ((9, 12), (10, 13)):
            sheet = made.add_worksheet(f"2025年{month}月")
            sheet.write_row("A1", ["部门", "受理（件）"])
            sheet.write_row("A2", ["公安厅", count])
            sheet.write_row("A3", ["税务局", count])
    found = {(f.value, f.period_start) for f in read_file(tmp_path / "a.xlsx").figures}
    assert found == {(Decimal(12), date(2025, 9, 1)), (Decimal(13), date(2025, 10, 1))}


def test_formulas_without_values_are_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    made = Workbook()
    for row in (["部门", "受理（件）"], ["公安厅", 12], ["合计", "=SUM(B2:B2)"]):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    assert {"count": "1"} in [p.params for p in read_file(tmp_path / "a.xlsx").problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_any_mark_and_encoding(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(mark.join(row) for row in TABLE).encode(encoding))
    assert {f.value for f in read_file(path).figures} == {Decimal(n) for n in (120, 118, 96, 95)}


def test_csv_has_lost_its_merges(tmp_path: Path) -> None:
    rows = ("各部门办件统计,,,,", "部门,2025年10月,,2025年9月,", ",受理（件）,办结（件）,受理（件）,办结（件）",
            '公安厅,"1,200",12,13,14', "税务局,5,6,7,-", "制表人：张三,,,,")  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    reading = read_file(path)
    assert "| 部门 | 2025年10月 | 2025年10月 | 2025年9月 | 2025年9月 |" in reading.text
    assert {(f.value, f.period_start) for f in reading.figures if f.value in {1200, 14}} == {
        (Decimal(1200), date(2025, 10, 1)), (Decimal(14), date(2025, 9, 1)),
    }  # fmt: skip
    assert [f.period_start for f in reading.figures if f.value is None] == [date(2025, 9, 1)]


@pytest.mark.parametrize("months", [("Sep-25", "Oct-25"), ("45901", "45931"), ("2025-09-01", "2025/10/1")])
def test_months_that_excel_made_into_something_else(months: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"月份,办理总量（万件）\n{months[0]},5.57\n{months[1]},5.60\n", encoding="utf-8")
    reading = read_file(path)
    assert reading.text.splitlines()[1:] == ["| 2025年9月 | 5.57 |", "| 2025年10月 | 5.60 |"]
    assert {(f.value, f.period_start) for f in reading.figures} == {
        (Decimal(55700), date(2025, 9, 1)), (Decimal(56000), date(2025, 10, 1)),
    }  # fmt: skip


@pytest.mark.parametrize(("value", "form", "expected"), [
    (date(2025, 10, 1), "yyyy-mm-dd", "2025-10-01"), (date(2025, 10, 1), "yyyy年m月", "2025年10月"),
    (date(2025, 10, 1), "mmm-yy", "2025年10月"), (date(2025, 10, 1), '[$-804]yyyy"年"m"月"d"日";@', "2025-10-01"),
    (datetime(2025, 10, 1, 8, 30), "yyyy/m/d h:mm", "2025-10-01 08:30"), (date(2025, 10, 1), 'yyyy"年"', "2025年"),
    (5.57, "General", "5.57"), (0.1 + 0.2, "General", "0.3"), (0.1 + 0.2, "0.0", "0.3"), (12.0, "General", "12"),
    (1 / 3, "General", "0.333333333"), (0.125, "0.0%", "12.5%"), (1234.5, "#,##0", "1235"),
    (1234.5, '"¥"#,##0.00', "1234.50"),
    (12345, "0\\.0,", "1.2"), (12345, '0!.0,"万"', "1.2万"), (12345, "0\\.0000", "1.2345"),
    (55738, '#,##0.0,"千"', "55.7千"),
    (12345678, '[>=10000]0.0,"千";0', "12345.7千"), (7, "000000", "000007"), (10, '"第"0"期"', "第10期"),
    (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "0"), (-1234, "#,##0;[Red](#,##0)", "-1234"),
    (1.5, "0.##", "1.5"), (12000, "0.00E+00", "12000.00"), (True, "General", "TRUE"), (None, "General", ""),
    ("#DIV/0!", "General", "-"), ("#N/A", "General", "-"), (" 省中心 ", "General", "省中心"),
])  # fmt: skip
def test_cells_as_shown(value: object, form: str, expected: str) -> None:
    assert shown(value, form) == expected


# tables of every format


def test_a_bar_in_a_cell_is_no_bar_of_the_table() -> None:
    assert markdown.table([["a|b", "c"], ["1\n2", "3"]]) == ["| a／b | c |", "| 1 2 | 3 |"]


def test_a_number_of_a_merged_cell_belongs_to_no_single_column() -> None:
    rows = [["部门", "受理", "办结"], ["公安厅", "5", "4"], ["合计", "9", ""]]
    assert markdown.table(rows, [CellSpan(2, 1, 2, 2)])[-1] == "| 合计 | 9 |"
    reading = read_text("示例统计\n" + "\n".join(markdown.table(rows, [CellSpan(2, 1, 2, 2)])))
    assert [f.status for f in reading.figures if f.value == 9] == ["U"]


# what a file really is


@pytest.mark.parametrize(("name", "data", "really"), [
    ("a.docx", b"%PDF-1.4 x", ".pdf"), ("a.pdf", b"\x89PNG\r\n", ".png"), ("a.doc", b"{\\rtf1 x}", ".rtf"),
    ("a.xls", b"<!DOCTYPE html><table>", ".html"), ("a.txt", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "Office 97"),
    ("a.csv", b"<html><table>", ".html"), ("a.jpg", "受理5件".encode(), "?"), ("a.html", b"Rar!\x1a\x07", ".rar"),
])  # fmt: skip
def test_the_wrong_suffix_is_told(name: str, data: bytes, really: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(HallError) as fault:
        read_file(tmp_path / name)
    assert (fault.value.code, fault.value.params.get("really")) == ("wrong_type", really)


def test_a_workbook_named_as_word_is_told(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.docx")
    with pytest.raises(HallError) as fault:
        read_file(tmp_path / "a.docx")
    assert (fault.value.code, fault.value.params["really"]) == ("wrong_type", ".xlsx")


def test_words_that_begin_like_a_picture_are_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("BM指数受理5件", encoding="utf-8")
    assert [f.value for f in read_file(tmp_path / "a.txt").figures] == [Decimal(5)]


def test_old_word_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    path = tmp_path / "旧.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(HallError) as fault:
        read_file(path)
    assert fault.value.code == "old_word"


def test_text_in_big5_is_no_text_in_gb18030(tmp_path: Path) -> None:
    text = "政務大廳月報\n2026年4月，共辦理各類政務服務事項6.37萬件，電話諮詢1,037人次。\n"
    for encoding in ("big5", "gb18030", "utf-8", "utf-16"):
        (tmp_path / "a.txt").write_bytes(text.encode(encoding))
        assert read_file(tmp_path / "a.txt").text == text, encoding
    (tmp_path / "b.txt").write_bytes("受理12件，銆闅綍。".encode("gb18030"))  # odd, and no Big5 either
    assert read_file(tmp_path / "b.txt").text.startswith("受理12件")
