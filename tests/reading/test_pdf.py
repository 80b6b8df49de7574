"""PDF as people and programs make it: what is seen is read, once, in order, with its place; nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from paper import scan
from PIL import Image
from written import FULL, HEIGHT, WIDTH, box, pdf, say

from hall.model import Reading
from hall.reading.extract import read_file
from hall.reading.formats import glyphs

LINE = "本周大厅现场咨询服务4,796人次、电话咨询922人次。"
BASE = [say("窗口工作情况", 200, 780, 22), say(LINE, 60, 740)]
OWN = {Decimal(4796), Decimal(922)}


def read(tmp_path: Path, *pages: list[str], more: str = "", pictures: tuple[Image.Image, ...] = ()) -> Reading:
    return read_file(pdf(tmp_path / "通报.pdf", pages, pictures, more))


def numbers(reading: Reading) -> set[Decimal | None]:
    return {figure.value for figure in reading.figures}


@pytest.mark.parametrize(
    "hidden",
    [
        say("办理总量99999件。", 60, 700, grey=1),
        say("办理总量99999件。", 60, 700, 1),
        say("办理总量99999件。", 60, 700, mode=3),
        say("办理总量99999件。", 60, 700) + " q 0 g 50 690 300 30 re f Q",
    ],
    ids=["white", "tiny", "unpainted", "covered"],
)
def test_words_that_nobody_sees_are_told_and_not_read(hidden: str, tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, hidden])
    assert numbers(reading) == OWN
    assert "99999" not in reading.text
    assert [p.params["text"] for p in reading.problems if p.code == "hidden_words"] == ["办理总量99999件。"]


def test_light_words_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, "q 0.1 0.2 0.5 rg 50 690 400 30 re f Q", say("办理总量4,411件", 60, 700, grey=1)])
    assert numbers(reading) == {*OWN, Decimal(4411)}


def test_a_number_with_a_covered_digit_is_no_number(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, say("办理总量123456件。", 60, 700), "q 0 g 116 695 21 20 re f Q"])
    assert numbers(reading) == OWN
    assert any(p.code == "spoiled_number" for p in reading.problems)


def test_bold_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, say("办理总量4,411件", 60, 700), say("办理总量4,411件", 60.4, 700)])
    assert reading.text.count("4,411") == 1


def test_two_numbers_beside_each_other_stay_two(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, say("电话咨询9 84人次", 60, 700, font="F1")])
    assert numbers(reading) == OWN


def test_letters_set_apart_are_one_number(tmp_path: Path) -> None:
    spaced = [say(char, 60 + 14 * i, 700) for i, char in enumerate("办理总量4411件")]
    assert numbers(read(tmp_path, [*BASE, *spaced])) == {*OWN, Decimal(4411)}


def test_radicals_are_characters(tmp_path: Path) -> None:
    assert "".join(map(glyphs.plain, "⻔⼾⼈⻓⻅⻛⻉⻬⼀")) == "门户人长见风贝齐一"
    assert "门户窗口办理" in read(tmp_path, [*BASE, say("⻔⼾窗⼝办理4411件", 60, 700)]).text


def test_a_watermark_is_no_part_of_the_words(tmp_path: Path) -> None:
    mark = say("内部资料2025严禁外传", 60, 500, 40, grey=0.8, turn="0.7 0.7 -0.7 0.7")
    reading = read(tmp_path, [*BASE, mark, say("本月办理总量4,411件。", 60, 700)])
    assert numbers(reading) == {*OWN, Decimal(4411)}
    assert "本月办理总量4,411件。" in reading.text.splitlines()
    assert [(e.text, e.rule) for e in reading.excluded] == [("2025", "page")]


def test_a_page_end_cuts_no_number(tmp_path: Path) -> None:
    heads = [[say("政务服务通报", 60, 810, 9), say(f"— {n} —", 280, 30, 9)] for n in (1, 2)]
    first, second = [*heads[0], say("本月共受理各类事项4,", 60, 70)], [*heads[1], say("411件，办结12件。", 60, 770)]
    reading = read(tmp_path, [*BASE, *first], second)
    assert numbers(reading) == {*OWN, Decimal(4411), Decimal(12)}
    assert {e.text for e in reading.excluded if e.rule == "page"} == {"1", "2"}


def test_a_lone_number_at_the_page_end_is_no_page_number(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, say("902", 60, 40)])
    assert not [e for e in reading.excluded if e.rule == "page"]


@pytest.mark.parametrize("shift", [0, 9], ids=["level", "uneven"])
def test_two_columns_are_read_one_after_the_other(shift: int, tmp_path: Path) -> None:
    left = ["一、大厅运行情况", "本月大厅共接待办事企业和群众", "4,796人次，比上月有所增加，"]
    left += ["日均接待二百余人次，窗口秩", "序良好；电话咨询共计接听922", "人次，接通率保持在较高水平。"]
    right = [
        "二、综合窗口运行情况说明如下",
        "本月综合窗口共受理各类事项1",
        ",204件，办结1,198件，其中当",
        "场办结的有860件，没有超期。",
    ]
    title = say("窗口运行情况通报（第三期）", 180, 780, 20)
    said = [say(words, 60, 720 - 22 * i) for i, words in enumerate(left)]
    said += [say(words, 320, 720 - shift - 22 * i) for i, words in enumerate(right)]
    reading = read(tmp_path, [title, *said])
    assert reading.text.split() == ["窗口运行情况通报（第三期）", *left, *right]
    assert numbers(reading) >= {*OWN, Decimal(1204), Decimal(1198), Decimal(860)}


def cells(rows: list[list[str]], across: tuple[int, ...] = (60, 180, 300, 420)) -> list[str]:
    drawn = []
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            y = 640 - 26 * i
            drawn += [box(across[j], y, across[j + 1] - across[j], 26), say(words, across[j] + 4, y + 8, 11)]
    return drawn


TABLE = [["部门", "受理（件）", "办结率"], ["公安厅", "1,204", "99.1%"], ["税务局", "963", "100%"], ["残联", "0", "-"]]


@pytest.mark.parametrize("more", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [40 300 480 800]",
                                  "/Rotate 90 /CropBox [40 300 480 800]"])  # fmt: skip
def test_a_table_is_read_cell_by_cell_however_the_page_is_turned_or_cut(more: str, tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, *cells(TABLE)], more=more)
    assert [line for line in reading.text.splitlines() if line.startswith("|")] == [
        "| " + " | ".join(row) + " |" for row in TABLE
    ]
    police = next(f for f in reading.figures if f.value == Decimal(1204))
    assert police.label == "受理" and police.department is not None
    assert police.page == 1 and police.box and 0 < police.box[0] < police.box[2] < 1
    tall = (police.box[3] - police.box[1]) * HEIGHT > (police.box[2] - police.box[0]) * WIDTH
    assert tall is ("90" in more or "270" in more)


def test_a_table_that_goes_on_behind_the_page_end_keeps_its_heads(tmp_path: Path) -> None:
    foot = [[say(f"第{n}页 共2页", 270, 30, 9)] for n in (1, 2)]
    reading = read(tmp_path, [*BASE, *cells(TABLE[:2]), *foot[0]], [*cells(TABLE[2:3]), *foot[1]])
    tax = next(f for f in reading.figures if f.value == Decimal(963))
    assert (tax.label, tax.unit, tax.page) == ("受理", "件", 2)


def test_writing_that_lies_on_its_side_is_read_and_placed(tmp_path: Path) -> None:
    reading = read(tmp_path, [say(LINE, 300, 100, turn="0 1 -1 0"), say("受理12件。", 330, 100, turn="0 1 -1 0")])
    assert numbers(reading) == {*OWN, Decimal(12)}
    first = next(f for f in reading.figures if f.value == Decimal(4796))
    assert first.box and first.box[3] - first.box[1] > first.box[2] - first.box[0]


def test_what_the_font_does_not_name_is_read_from_the_page(tmp_path: Path) -> None:
    reading = read(tmp_path, [*BASE, say("办理总量", 60, 700), say("4411", 122, 700, font="F3"), say("件。", 156, 700)])
    assert Decimal(4411) in numbers(reading)
    assert {f.status for f in reading.figures} == {"U"}


def test_words_behind_or_under_a_scan_are_not_believed(tmp_path: Path) -> None:
    with Image.open(scan("政务窗口月报\n办理总量4,411件，受理12件。", tmp_path / "s.png", turn=0, grain=100)) as page:
        wrong = [say("办理总量4,477件。", 60, 780), FULL, say("办理总量4,477件。", 60, 780, mode=3)]
        reading = read(tmp_path, wrong, pictures=(page,))
    assert numbers(reading) == {Decimal(4411), Decimal(12)}
    assert {f.status for f in reading.figures} == {"U"}


def test_a_picture_of_words_between_words_is_read_and_held(tmp_path: Path) -> None:
    with Image.open(scan("办理总量4,411件，受理12件。", tmp_path / "s.png", turn=0, grain=100)) as page:
        part = page.crop((90, 90, 800, 200))
        drawn = "q 400 0 0 62 60 600 cm /I0 Do Q"
        reading = read(tmp_path, [*BASE, drawn, say("以上为附图，来电40次。", 60, 500)], pictures=(part,))
    held = {f.value: f for f in reading.figures}
    assert set(held) == {*OWN, Decimal(4411), Decimal(12), Decimal(40)}
    assert {value for value, f in held.items() if f.status == "U"} == {Decimal(4411), Decimal(12)}
    assert reading.text.index("4,796") < reading.text.index("4,411") < reading.text.index("附图")
    spot = held[Decimal(4411)].box
    assert spot and 0.1 < spot[0] < spot[2] < 0.8 and 0.21 < spot[1] < spot[3] < 0.29


def test_a_cell_that_holds_a_line_for_each_of_several_rows_is_no_long_number(tmp_path: Path) -> None:
    rows = [["武侯区", "锦江区", "青羊区"], ["21", "13", "7"], ["1,204", "963", "511"]]
    drawn = cells([["地区", "受理（件）", "办结（件）"]])
    for column, lines in enumerate(rows):
        x = (60, 180, 300)[column]
        drawn += [box(x, 560, 120, 80), *(say(words, x + 4, 622 - 24 * i, 11) for i, words in enumerate(lines))]
    found = read(tmp_path, [say("2026年4月各地区办件情况", 60, 700), *drawn])
    assert [line for line in found.text.splitlines() if line.startswith("|")][1:] == [
        "| 武侯区 | 21 | 1,204 |", "| 锦江区 | 13 | 963 |", "| 青羊区 | 7 | 511 |",
    ]  # fmt: skip
    last = next(f for f in found.figures if f.value == Decimal(7))
    assert last.box and abs(last.box[1] - (HEIGHT - 585) / HEIGHT) < 0.02


def test_lines_of_a_cell_are_one_number_only_where_it_was_wrapped(tmp_path: Path) -> None:
    def row(words: Sequence[str], x: float, width: float) -> list[str]:
        return [box(x, 600, width, 40), *(say(one, x + 4, 626 - 16 * i, 11) for i, one in enumerate(words))]

    head = cells([["部门", "受理（件）"]], (60, 180, 240))
    wrapped = read(tmp_path, [*head, *row(["公安厅"], 60, 120), *row(["12345678", "90"], 180, 60)])
    assert "1234567890" in wrapped.text
    apart = read(tmp_path, [*head, *row(["公安厅"], 60, 120), *row(["21", "13"], 180, 60)])
    assert "2113" not in apart.text
    assert not {f.value for f in apart.figures if f.status != "U"}


@pytest.mark.parametrize("striped", [(0, 2), (1, 3), (0,)])
def test_coloured_grounds_are_no_rules(striped: tuple[int, ...], tmp_path: Path) -> None:
    drawn = []
    for i, row in enumerate(TABLE):
        for j, words in enumerate(row):
            x, y = 60 + 120 * j, 640 - 26 * i
            drawn += [f"q 0.8 0.9 1 rg {x} {y} 120 26 re f Q"] if i in striped else []
            drawn.append(say(words, x + 4, y + 8, 11))
    found = read(tmp_path, [say("2026年4月办件情况", 60, 700), *drawn])
    assert {(f.label, f.value) for f in found.figures} >= {("受理", Decimal(1204)), ("受理", Decimal(963))}
    assert numbers(found) >= {Decimal("99.1"), Decimal(100), Decimal(0)}
