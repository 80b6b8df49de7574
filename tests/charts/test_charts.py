"""Charts: colours from the configuration, marks and gaps, labels that fit, sparklines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from figures import checked

from hall.charts import axes, bar, line, spark, theme
from hall.charts.figure import Plot
from hall.charts.theme import Mode
from hall.paths import ROOT
from hall.text import t
from hall.views.parts.plots import Bar, Lines, Stack, Track

MODES: tuple[Mode, ...] = ("light", "dark")


def _track(*values: float | None, name: str = "办理总量", past: tuple[float | None, ...] = ()) -> Track:
    labels = tuple("" if v is None else f"{v:.2f}" for v in values)
    return Track(
        name=name, colour="ink", values=values, labels=labels, hover=labels, past=past,
        past_label=f"{past[-1]} 上年" if past else "",
    )  # fmt: skip


def _words(fig: Any) -> list[str]:
    return [a.text for a in fig.layout.annotations] + [words.strip("\u00a0") for words in _places(fig)]


def _places(fig: Any) -> dict[str, tuple[float, float]]:
    """Words that stand at places of the axes."""
    found = fig.select_traces({"type": "scatter", "mode": "text"})
    return {words: (x, y) for one in found for words, x, y in zip(one.text, one.x, one.y, strict=True)}


@pytest.mark.parametrize("mode", MODES)
def test_the_template_takes_its_colours_from_the_configuration(mode: Mode) -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    p = theme.palette(mode)
    for colour in (p.page, p.ink, p.gray, *p.series.values(), *p.ramp, *p.diverging):
        assert colour in text
    layout = checked(Plot(mode, 200)).layout.template.layout
    assert layout.xaxis.tickangle == 0
    assert layout.showlegend is False and layout.annotationdefaults.showarrow is False
    assert layout.xaxis.fixedrange and layout.yaxis.fixedrange


@pytest.mark.parametrize("mode", MODES)
def test_series_colours_and_text_on_them_can_be_read(mode: Mode) -> None:
    p = theme.palette(mode)
    for colour in p.series.values():
        assert theme.contrast(colour, p.page) >= 4.5
        assert theme.contrast(theme.ink_on(colour, mode), colour) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_few_points_are_marks_with_values_and_gaps_are_said(mode: Mode) -> None:
    total, online = (4.13, None, None, None, None, 5.57), (4.01, None, None, None, None, 5.34)
    what = Lines(
        tracks=(_track(*total), _track(*online, name="全程网办受理")), slots=6,
        ticks=((0, "5月\n2025年"), (5, "10月")), gaps=((1, 4, "6—9月 未载入"),), sparse=True,
    )  # fmt: skip
    fig = checked(line.lines(what, mode))
    assert {trace.mode for trace in fig.data} == {"markers"}
    assert {"4.13", "5.57", "办理总量", "6—9月 未载入"} <= set(_words(fig))
    assert len(fig.layout.shapes) == 1 and fig.layout.shapes[0].layer == "below"
    assert "<br>" in fig.layout.xaxis.ticktext[0]


def test_values_that_would_touch_stand_above_and_below() -> None:
    tracks = (_track(5.57), _track(5.34, name="受理"), _track(5.30, name="办结"))
    what = Lines(tracks=tracks, slots=1, ticks=((0, "10月"),), sparse=True)
    fig = checked(line.lines(what, "light"))
    shifts = {a.text: a.yshift for a in fig.layout.annotations if a.text in ("5.57", "5.34", "5.30")}
    assert shifts["5.57"] > 0 > shifts["5.34"] > shifts["5.30"]


def test_a_dense_line_is_broken_at_gaps_and_a_lone_month_is_a_dot() -> None:
    values = (1.0, 2.0, None, 3.0, None, 4.0, 5.0, 6.0, 7.0, 8.0)
    fig = checked(line.lines(Lines(tracks=(_track(*values, past=(0.5,) * 10),), slots=10, ticks=()), "light"))
    own = fig.data[-1]
    assert own.connectgaps is False
    assert own.marker.size[3] > 0 and own.marker.size[0] == 0 and own.marker.size[-1] == 8
    assert fig.data[0].line.dash == "2px,3px"
    assert any("上年" in words for words in _words(fig))


def test_last_year_can_be_left_out() -> None:
    track = replace(_track(*(1.0,) * 9, past=(2.0,) * 9), past_label="", show_past=False)
    assert len(checked(line.lines(Lines(tracks=(track,), slots=9, ticks=()), "dark")).data) == 1


def test_bars_carry_values_outside_and_words_inside_where_they_fit() -> None:
    items = (Bar("10月", 3090, "3,090", "18 个工作日"), Bar("5月", 100, "100", "19 个工作日", True))
    fig = checked(bar.bars(items, "ink", "light"))
    assert {"3,090", "100", "18 个工作日"} <= set(_words(fig))
    assert "19 个工作日" not in _words(fig)
    assert fig.data[1].marker.color == theme.palette("light").last_year_fill


def test_channel_names_stand_inside_long_parts_and_above_short_ones() -> None:
    parts = (("全程网办", "blue", 53400.0, "5.34"), ("综合窗口", "teal", 2300.0, "0.23"))
    stack = Stack(name="10月", parts=parts, total="5.57")
    fig = checked(bar.channels((stack,), "light"))
    at = {words.strip("\u00a0"): place for words, place in _places(fig).items()}
    assert at["全程网办 5.34"] == (0, 0) and at["<b>5.57</b>"] == (55700, 0)
    assert at["综合窗口 0.23"][1] < 0, "the axis counts downwards"


def test_columns_and_changes_draw() -> None:
    tracks = (_track(*[1.0] * 12), _track(*[0.1] * 12, name="综合窗口"))
    what = Lines(tracks=tracks, slots=12, ticks=((0, "1月"),))
    assert len(checked(bar.columns(what, "light")).data) == 2
    fig = checked(bar.changes((10.0, -2.0, None), ("1", "2", "3"), ("+10", "−2", ""), "light"))
    more, less = fig.data[0].marker.color[:2]
    assert (more, less) == (theme.palette("light").diverging[7], theme.palette("light").diverging[2])
    assert dict(zip(fig.data[1].text, fig.data[1].textposition, strict=True)) == {
        "+10": "top center", "−2": "bottom center",
    }  # fmt: skip


def test_labels_are_spread_without_changing_their_order() -> None:
    assert axes.spread([10.0, 10.0, 50.0], 17) == [1.5, 18.5, 50.0]


def _svg(uri: str) -> str:
    return unquote(uri.partition(",")[2])


def test_a_sparkline_of_few_points_is_stems_and_hollow_rings() -> None:
    svg = _svg(spark.spark((None,) * 6 + (41300.0,) + (None,) * 4 + (55700.0,), "ink", "light"))
    assert svg.count("r='2'") == 10
    assert svg.count("<circle") == 12 and "<polyline" not in svg


def test_a_sparkline_of_many_points_is_a_line_broken_at_gaps() -> None:
    svg = _svg(spark.spark((*[float(i) for i in range(9)], None, 3.0, 4.0), "teal", "dark"))
    assert svg.count("<polyline") == 2


def test_the_watermark_is_an_image_below_the_marks() -> None:
    drawn = Plot("light", 200)
    drawn.layout["images"] = [theme.watermark("light", t("status.demo", "zh"))]
    fig = checked(drawn)
    assert fig.layout.images[0].layer == "below"
    assert "演示数据" in _svg(fig.layout.images[0].source)
