"""What must hold for any text: quotes are the text, nothing vanishes, and a damaged number is never another number."""

from __future__ import annotations

import os
import random
import re
from decimal import Decimal
from functools import cache

import pytest
from golden_compare import GOLDEN, documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall import intake
from hall.model import Reading
from hall.reading import decode
from hall.reading.extract import read_text

PATHS = [*documents(), *sorted((GOLDEN / "sample").glob("*.txt"))[::5]]
TEXTS = {path.stem: decode.text(path.read_bytes(), path.name) for path in PATHS}
NOISE = ("\n", " ", "\n\n", "　", "\u200b", " \n")
relaxed = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def _accepted(reading: Reading) -> dict[tuple[object, ...], set[Decimal]]:
    """Values that neither the reader nor a check holds back, by what they measure."""
    found: dict[tuple[object, ...], set[Decimal]] = {}
    for o in intake.examine(reading).observations:
        if o.obs_status == "V":
            found.setdefault((o.metric, o.scope, o.department), set()).add(o.obs_value)
    return found


@cache
def _plain(name: str) -> dict[tuple[object, ...], set[Decimal]]:
    return _accepted(read_text(TEXTS[name]))


def _sound(reading: Reading) -> None:
    text = reading.text
    for record in (*reading.figures, *reading.activities):
        assert text[record.start : record.end] == record.quote
    for span in (*reading.excluded, *reading.unclaimed):
        assert text[span.start : span.end] == span.text
    for problem in reading.problems:
        assert problem.start is None or text[problem.start : problem.end]
    covered = [(s.start, s.end) for s in (*reading.figures, *reading.excluded, *reading.unclaimed)]
    for number in re.finditer(r"[0-9０-９]+", text):
        assert any(start <= number.start() < end for start, end in covered), f"{number[0]} vanished"


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_vanishes(name: str) -> None:
    _sound(read_text(TEXTS[name]))


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_blanks_and_line_ends_never_change_a_value(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    places = data.draw(st.lists(st.integers(1, len(text) - 1), max_size=12, unique=True))
    for place in sorted(places, reverse=True):
        text = text[:place] + data.draw(st.sampled_from(NOISE)) + text[place:]
    reading, plain = read_text(text), _plain(name)
    _sound(reading)
    for key, values in _accepted(reading).items():
        assert key not in plain or values <= plain[key], f"{key}: {values}, printed {plain.get(key)}\n{text}"


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_full_width_digits_are_digits(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    wide = "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() and data.draw(st.booleans()) else c for c in text
    )
    assert _accepted(read_text(wide)) == _plain(name)


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
    _sound(read_text(text))


def test_a_paragraph_of_stops_is_no_act() -> None:
    """Found by `make fuzz`."""
    head = "政务窗口月报\n\n示例省政务服务中心\n2025年4月21日\n\n"
    text = head + "一、2025年3月总体运行情况\n\n（一）。。！？\n\n二、动态\n\n（一）。\n"
    assert read_text(text).activities == ()


STRAY = ("— 3 —", "第 2 页 共 5 页", "7 q$ }! e6 o ^\" y2 g9 j5 n+ X8", "<br>&nbsp;", "- 12 -", "|", "\u200b")


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_noise_between_paragraphs_never_makes_another_value(name: str, data: st.DataObject) -> None:
    lines = TEXTS[name].split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        lines.insert(data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from(STRAY)))
    reading = read_text("\n".join(lines))
    _sound(reading)
    for key, values in _accepted(reading).items():
        assert values <= {v for known in _plain(name).values() for v in known}, key


@relaxed
@given(st.sampled_from(sorted(TEXTS)), st.randoms(use_true_random=False))
def test_paragraphs_in_any_order_keep_their_numbers(name: str, chance: random.Random) -> None:
    parts = TEXTS[name].split("\n\n")
    chance.shuffle(parts)
    reading = read_text("\n\n".join(parts))
    _sound(reading)
    known = {f.value for f in read_text(TEXTS[name]).figures}
    assert {f.value for f in reading.figures if f.status == "V"} <= known
