"""What must hold for any text: quotes are the text, nothing vanishes, and a damaged number is never another number."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace

import pytest
from damage import TEXTS, accepted, beyond, plain, relaxed, sound
from hypothesis import given
from hypothesis import strategies as st
from readings import bare

from hall.model import Reading
from hall.reading.extract import read_text

NOISE = ("\n", " ", "\n\n", "　", "\u200b", " \n")


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_vanishes(name: str) -> None:
    sound(read_text(TEXTS[name]))


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_blanks_and_line_ends_never_change_a_value(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    places = data.draw(st.lists(st.integers(1, len(text) - 1), max_size=12, unique=True))
    for place in sorted(places, reverse=True):
        text = text[:place] + data.draw(st.sampled_from(NOISE)) + text[place:]
    reading, known = read_text(text), plain(name)
    sound(reading)
    assert not beyond(reading, known.get), text


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_full_width_digits_are_digits(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    wide = "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() and data.draw(st.booleans()) else c for c in text
    )
    reading, known = read_text(wide), read_text(text)
    # of readings that are alike but for the width the checks say the same
    assert _narrow(reading) == _narrow(known) or accepted(reading) == plain(name)


def _narrow(reading: Reading) -> str:
    """What is read, but for the text itself."""
    own = bare(reading)
    read = (replace(own.document, sha256=""), own.figures, own.observations, own.activities, own.tasks)
    return unicodedata.normalize("NFKC", repr(read))


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_letter_for_a_digit_is_told(name: str, data: st.DataObject) -> None:
    reading = read_text(TEXTS[name])
    volumes = [o for o in reading.observations if o.obs_value]
    if not volumes:
        return
    figure = reading.figures[data.draw(st.sampled_from(volumes)).figure]
    digits = [i for i in range(figure.start, figure.end) if reading.text[i].isascii() and reading.text[i].isdigit()]
    if not digits:
        return
    place = data.draw(st.sampled_from(digits))
    spoiled = read_text(reading.text[:place] + data.draw(st.sampled_from("OlIo")) + reading.text[place + 1 :])
    here = [f for f in spoiled.figures if f.start < figure.end and figure.start < f.end and f.status == "V"]
    assert not here
    assert any(p.start is not None and p.start <= place < (p.end or 0) for p in spoiled.problems)


@relaxed
@given(
    st.text(
        alphabet="|:一二三四五百千万亿件人次个项%5.7,，、。（）〔〕《》“”\n \t-—年月日第期共累计本周今年以来Ｏ０",
        max_size=200,
    )
)
def test_any_text_is_read(text: str) -> None:
    sound(read_text(text))


def test_numbers_above_names_are_no_table() -> None:
    """Found by `make fuzz`."""
    sound(read_text("5\n6\n7\n甲乙\n丙丁\n"))


def test_a_paragraph_of_stops_is_no_act() -> None:
    """Found by `make fuzz`."""
    head = "政务窗口月报\n\n示例省政务服务中心\n2025年4月21日\n\n"
    text = head + "一、2025年3月总体运行情况\n\n（一）。。！？\n\n二、动态\n\n（一）。\n"
    assert read_text(text).activities == ()


@pytest.mark.parametrize(
    ("printed", "damaged"),
    [
        ("第 1 页 共 2 页", "1 页"),
        ("浏览次数：", "览次数："),
        ("浏览次数：", "浏次数："),
        ("浏览次数：", "浏览数："),
        ("浏览次数：", "浏览次："),
        ("浏览次数：", "浏览览次数："),
        ("浏览次数：", "浏□次数："),
        ("】 浏览次数：", "浏次数："),
        ('<span id="hits">3871</span> 次 ', 'spanid="hits">3871</span>  '),
        ("第 1 页 共 2 页", "第 1 页  2 页"),
        ("第 1 页 共 2 页", "1 页 共 2 页"),
        ("本期印发60份", "本期发60份"),
    ],
)
def test_what_a_page_counts_of_itself_is_no_figure_even_if_worn(printed: str, damaged: str) -> None:
    """Found by drawing new examples."""
    text = TEXTS["other-noise"]
    assert printed in text
    reading = read_text(text.replace(printed, damaged))
    sound(reading)
    known = {f.value for f in read_text(text).figures}
    assert {f.value for f in reading.figures if f.status == "V"} <= known


@pytest.mark.parametrize(
    ("name", "printed", "damaged"),
    [
        ("monthly-listed", "第 8 期", " 8 期"),
        ("monthly-table", "第 3 期", " 3 期"),
        ("monthly-wrapped", "（共印 80 份）", "（共 80 份）"),
        ("monthly-wrapped", "（共印 80 份）", "（共印印 80 份）"),
        ("monthly-chinese-numerals", "两项合计", "两项计"),
        ("monthly-chinese-numerals", "两项合计", "两项合合计"),
    ],
)
def test_what_numbers_a_print_is_no_figure_even_if_worn(name: str, printed: str, damaged: str) -> None:
    """Found by losing and doubling each character of each golden."""
    assert printed in TEXTS[name]
    known = {f.value for f in read_text(TEXTS[name]).figures}
    reading = read_text(TEXTS[name].replace(printed, damaged))
    assert {f.value for f in reading.figures if f.status == "V"} <= known


@pytest.mark.parametrize(("words", "value"), [("走访次数：35次", 35), ("展览次数：12次", 12), ("询问次数：50次", 50)])
def test_what_only_sounds_like_a_counter_is_a_figure(words: str, value: int) -> None:
    head = "政务窗口月报\n\n示例省政务服务中心\n2025年4月21日\n\n一、2025年3月总体运行情况\n\n"
    reading = read_text(f"{head}3月，{words}。\n")
    assert [f.value for f in reading.figures] == [value]


# texts of which no page tears a number: no paragraph opens with one
WHOLE = sorted(name for name in TEXTS if not re.search(r"\n\n\s*(?:\d[\d.,]*\s*)?[万亿名个件]", TEXTS[name]))
STRAY = ("— 3 —", "第 2 页 共 5 页", '7 q$ }! e6 o ^" y2 g9 j5 n+ X8', "<br>&nbsp;", "- 12 -", "|", "\u200b")


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_noise_between_paragraphs_never_makes_another_value(name: str, data: st.DataObject) -> None:
    lines = TEXTS[name].split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        lines.insert(data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from(STRAY)))
    reading = read_text("\n".join(lines))
    sound(reading)
    known = {value for values in plain(name).values() for value in values}
    assert not beyond(reading, lambda _: known)


@relaxed
@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
def test_paragraphs_in_any_order_keep_their_numbers(name: str, chance: random.Random) -> None:
    parts = TEXTS[name].split("\n\n")
    chance.shuffle(parts)
    reading = read_text("\n\n".join(parts))
    sound(reading)
    known = {f.value for f in read_text(TEXTS[name]).figures}
    assert {f.value for f in reading.figures if f.status == "V"} <= known
