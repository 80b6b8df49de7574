"""Page 数据: documents, one as it was read, plain words with marks, deep links, restated values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from contexts import about
from golden_compare import GOLDEN

from hall import intake, settings
from hall.model import Status
from hall.reading.extract import read_file
from hall.store import facts
from hall.store.read import rows
from hall.text import sentences
from hall.text.plain import plain
from hall.ui.sources.marked import marked
from hall.views.extracts import tables as extracts
from hall.views.parts import citation
from hall.views.parts.citation import cite
from hall.views.sources import document, opened
from hall.views.sources import page as sources
from hall.views.sources.document import MarkedFigure


def _mark(number: int, start: int, end: int, status: Status = "A") -> MarkedFigure:
    return MarkedFigure(number, "标签", "5", "5", "", "件", status, "", "volume", "", "", start, end, None)


@pytest.mark.parametrize(
    "text", ["*粗*", "_a_", "`c`", "[l](u)", "<b>", "&lt;", "$x$", ":red[x]", "# h", "- l", "1. o", "| t |"]
)
def test_no_mark_of_markdown_survives(text: str) -> None:
    escaped = plain(text)
    bare = [
        s
        for i, s in enumerate(escaped)
        if s.isascii() and not s.isalnum() and s not in " \\" and escaped[i - 1] != "\\"
    ]
    assert bare == []
    assert escaped.replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize(
    "text", [":smile:", "a -> b", "http://x.cn", "a@b.cn", "www.x.cn", "a >= b", "a -- b", ":material/home:"]
)
def test_marks_that_are_made_after_unescaping_are_parted(text: str) -> None:
    assert "\u2060" in plain(text)


def test_figures_are_marked_in_place_with_their_numbers() -> None:
    text = "办理 5.57 万件，邮寄 0.1 万件。"
    found = marked(text, [_mark(1, 3, 10), _mark(2, 14, 20, "U")])
    assert ":blue-background[5\\.57 万件]:small[:blue[1]]" in found
    assert ":orange-background[**0\\.1 万件**]:small[:orange[2]]" in found
    assert ":violet-background" in marked(text, [_mark(1, 3, 10)], chosen=1)


def test_figures_that_overlap_share_one_mark() -> None:
    found = marked("21 个市（州）100 项", [_mark(1, 0, 7), _mark(2, 3, 7), _mark(3, 7, 12)])
    assert found.count("-background[") == 2 and ":blue[1·2]" in found


def test_a_line_cut_by_the_page_is_joined_and_a_heading_is_not() -> None:
    cut = "这一行文字在页边被截断因此没有句末的标点符号在此\n而下一行接着说完这句话。\n二、下一节\n第一行。"
    found = marked(cut, [])
    assert "符号在此而下一行" in found
    assert "这句话。  \n二、下一节  \n第一行。" in found


def test_a_title_above_longer_lines_keeps_its_line() -> None:
    title, prose = "某某省政府政务服务和公共资源交易服务中心", "热线共受理来电五千个，" * 4
    assert f"{title}  \n" in marked(f"{title}\n{prose}", [])
    assert f"{title}\n\n2024年" in marked(f"{title}\n\n2024年10月18日", [])


def test_what_was_rejected_is_struck_in_place() -> None:
    gone = replace(_mark(1, 3, 10), decided=document.Decided("reject", "王", datetime(2025, 12, 1), "", ""))
    assert ":gray-background[~~5\\.57 万件~~]:small[:gray[1]]" in marked("办理 5.57 万件。", [gone])


def test_a_difference_is_written_like_other_numbers() -> None:
    params = {"parts": "5.10 + 0.20", "sign": "≠", "whole": "5.57", "difference": "-2700", "unit": "件", "slack": "150"}
    assert "off by −2,700 cases," in sentences.check("handled_total_is_sum", "fail", params, "en")
    assert "−2,700 件" in sentences.check("handled_total_is_sum", "fail", params, "zh")


def test_a_long_heading_keeps_its_line() -> None:
    for heading in ("## 一、2025 年 9 月总体运行情况", "一、2025 年 9 月省本级总体运行情况"):
        assert "\n\n9 月" in marked(f"{heading}\n\n9 月，办理", [])


def test_a_number_cut_by_a_line_end_is_one_mark() -> None:
    assert ":blue-background[5\\.57万件]" in marked("办理 5.57\n万件。", [_mark(1, 3, 10)])


def test_the_sentence_around_a_figure_ends_at_its_stops() -> None:
    text = "前一句。办理 5 件，\n受理 3 件；后一句。"
    assert document.sentence(text, 7, 10) == "办理 5 件，"
    assert document.sentence(text, text.index("3"), text.index("3") + 3) == "受理 3 件；"


def _load(folder: Path, *names: str) -> None:
    intake.load([GOLDEN / f"{name}.txt" for name in names])


def test_a_document_is_read_with_words_figures_checks_and_the_rest(new_store: Path) -> None:
    _load(new_store, "monthly-broken-sum")
    view = sources.load(about())
    assert view.opened and view.opened.text and view.opened.marks
    held = [m for m in view.opened.marks if m.in_review]
    assert held and view.opened.waiting
    assert view.opened.checks[0].tone == "attention"
    assert all(view.opened.text[m.start : m.end].replace("\n", "") for m in view.opened.marks)
    assert view.opened.excluded


def test_a_link_marks_its_figure_and_opens_what_the_filters_leave_out(new_store: Path) -> None:
    _load(new_store, "monthly-december", "weekly-changes")
    sha = rows("series/shelf").filter(pl.col("kind") == "weekly_bulletin")["document"][0]
    view = sources.load(about(month_from="2030-01"), sha, "2")
    assert view.opened and view.opened.document.sha256 == sha
    assert view.opened.chosen and view.opened.chosen.number == 2
    other = sources.load(about(), sha[:12], "999").opened
    assert other and other.chosen is None


def test_facts_without_words_say_so_and_keep_their_places(new_store: Path) -> None:
    facts.write(settings.facts(), [read_file(GOLDEN / "monthly-december.txt")])
    intake.load()
    view = sources.load(about())
    assert view.opened and view.opened.text is None
    assert all(m.sentence is None and m.section and m.end > m.start for m in view.opened.marks)
    assert len(view.choices) == 1 and "政务窗口月报" in view.choices[0][1]


def test_values_show_the_rounding_of_their_print(store: Path) -> None:
    shown = sources.load(about()).opened
    assert shown
    found = {m.printed: (m.value, m.around) for m in shown.marks}
    assert found["5.57 万件"] == ("55,700", "±50")
    assert found["0.1 万件"] == ("1,000", "±500")


def test_whole_tables_follow_the_filters(store: Path) -> None:
    cards = {c.key: c.frame for c in sources.load(about(month_from="2025-10", month_to="2025-10")).extracts}
    assert set(cards) == set(extracts.TABLES)
    assert cards["observations"] is not None and set(cards["observations"]["time_period"]) == {"2025-10"}


def test_the_empty_store_says_what_can_be_loaded(new_store: Path) -> None:
    view = sources.load(about())
    assert view.empty and view.opened is None
    assert opened.Opened is not None


def test_a_fictional_document_says_so_beside_a_real_one(store: Path) -> None:
    known = sources.head(rows("series/shelf").filter(pl.col("kind") == "monthly_bulletin").row(0, named=True))
    fictional = replace(known, sha256="0" * 64, publisher="sample")
    real = cite(known, "zh")
    assert cite(fictional, "zh") == f"{real}（演示数据）"
    assert citation.sources([fictional, known], "zh") == f"{real}；演示数据，非真实业务"
    assert citation.sources([fictional], "zh") == "演示数据，非真实业务"
