"""Golden documents damaged at random: nothing falls, and a spoiled number never becomes another accepted one."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from damage import TEXTS, beyond, plain, relaxed, sound
from docx import Document
from hypothesis import assume, given
from hypothesis import strategies as st

from hall.model import Figure, HallError, Reading
from hall.reading.extract import read_text
from hall.reading.process.sandbox import Reader
from hall.text import known

HIDDEN = (
    "\u200b\u200d\u200e\u200f\u202a\u202c\u202d\u202e\u2060\u2066\u2067\u2069\u00ad\ufeff\u180e\u061c"
    "\u3164\u0338\ufe0f\u20e3\x00\x7f\U000e0031"
)
# what OCR and worn type make of digits
CONFUSED = {
    "0": "OoDQ口〇",
    "1": "lI|丨",
    "2": "Z",
    "3": "З",
    "4": "",
    "5": "S",
    "6": "b",
    "7": "T",
    "8": "B&",
    "9": "gq",
}
LOST = "?*#_□■×^!'\""
NUMERIC = set(
    "0123456789０１２３４５６７８９.,，．·:：%％零〇一二三四五六七八九十百千万亿两余多几壹贰叁肆伍陆柒捌玖拾佰仟—-–~至到"
)
BREAKS = ("\n— 3 —\n", "\n政务窗口月报\n", "\n\n第 2 页 共 5 页\n\n", "\x0c", "\n- 12 -\n政务窗口月报\n")


@st.composite
def damaged_digit(draw: st.DrawFn) -> tuple[Reading, Figure, int]:
    """A document, one of its figures that is observed, and the place of one of its digits."""
    reading = read_text(TEXTS[draw(st.sampled_from(sorted(TEXTS)))])
    wanted = [reading.figures[o.figure] for o in reading.observations]
    places = [(f, i) for f in wanted for i in range(f.start, f.end) if reading.text[i] in CONFUSED]
    assume(places)
    figure, place = draw(st.sampled_from(places))
    return reading, figure, place


def over(reading: Reading, place: int) -> list[Figure]:
    """Figures without doubt that touch the place."""
    return [f for f in reading.figures if f.start <= place <= f.end and f.status == "V" and f.value is not None]


@relaxed
@given(damaged_digit(), st.data())
def test_a_confused_digit_gives_no_other_number(found: tuple[Reading, Figure, int], data: st.DataObject) -> None:
    reading, figure, place = found
    wrong = data.draw(st.sampled_from(CONFUSED[reading.text[place]] + LOST))
    spoiled = read_text(reading.text[:place] + wrong + reading.text[place + 1 :])
    sound(spoiled)
    assert {f.value for f in over(spoiled, place)} <= {figure.value}, spoiled.text[figure.start - 9 : figure.end + 9]


@relaxed
@given(damaged_digit(), st.data())
def test_a_number_torn_by_what_nobody_sees_is_the_same_or_held(
    found: tuple[Reading, Figure, int], data: st.DataObject
) -> None:
    reading, figure, place = found
    marks = data.draw(st.text(alphabet=HIDDEN, min_size=1, max_size=3))
    spoiled = read_text(reading.text[:place] + marks + reading.text[place:])
    sound(spoiled)
    here = [f for at in range(place, place + len(marks) + 1) for f in over(spoiled, at)]
    assert {f.value for f in here} <= {figure.value}, repr(spoiled.text[figure.start - 9 : figure.end + 9])


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_page_break_anywhere_makes_no_other_value(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(BREAKS)) + text[place:]
    reading = read_text(text)
    sound(reading)
    allowed = {value for values in plain(name).values() for value in values}
    assert not beyond(reading, lambda _: allowed)


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_characters_lost_or_doubled_outside_numbers_make_no_other_value(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    free = [i for i in range(1, len(text) - 1) if not NUMERIC & set(text[i - 1 : i + 2]) and "\n" not in text[i]]
    assume(free)
    for place in sorted(data.draw(st.lists(st.sampled_from(free), max_size=6, unique=True)), reverse=True):
        text = text[:place] + text[place] * data.draw(st.sampled_from((0, 2))) + text[place + 1 :]
    reading = read_text(text)
    sound(reading)
    printed = {f.value for f in read_text(TEXTS[name]).figures}
    assert {f.value for f in reading.figures if f.status == "V"} <= printed


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.randoms(use_true_random=False), st.integers(1, 40))
def test_any_damage_is_read(name: str, chance: random.Random, times: int) -> None:
    letters = list(TEXTS[name])
    for _ in range(times):
        at = chance.randrange(len(letters))
        act = chance.randrange(5)
        if act == 0:
            del letters[at]
        elif act == 1:
            letters.insert(at, chance.choice(letters))
        elif act == 2:
            letters[at] = chance.choice(HIDDEN + "\t|<>&*_`$\\#0Ol\u0000\ud7ff\U0001f600")
        elif act == 3:
            to = chance.randrange(len(letters))
            letters[at:to] = letters[at:to][::-1]
        else:
            letters[at:at] = letters[: chance.randrange(60)]
        if not letters:
            return
    sound(read_text("".join(letters)))


def word() -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("本周，综合窗口受理5件。")
    document.add_table(2, 2).cell(1, 1).text = "7件"
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("a").write_row("A1", ["受理（件）", 5])
    return out.getvalue()


WHOLE = {"a.docx": word(), "a.xlsx": workbook(), "a.html": "<table><tr><td>受理<td>5件</table>".encode() * 9,
         "a.csv": "部门,受理（件）\n公安厅,5\n".encode("gb18030") * 9}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as own:
        yield own


@relaxed
@given(name=st.sampled_from(sorted(WHOLE)), chance=st.randoms(use_true_random=False), times=st.integers(1, 20))
def test_a_damaged_file_is_read_or_refused(
    name: str, chance: random.Random, times: int, files: Path, reader: Reader
) -> None:
    data = bytearray(WHOLE[name])
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = files / name
    path.write_bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)])
    try:
        sound(reader.read(path))
    except HallError as fault:
        assert known(f"error.{fault.code}")
        assert "Error(" not in str(fault.params.get("detail", "")), fault.params
