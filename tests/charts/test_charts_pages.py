"""Plots of 部门, 综合窗口, 工作要点: cells, words, gaps, and labels that leave a phone room."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from figures import checked

from hall.charts import flow, heat, labels, matrix, panels, timeline, track
from hall.charts.theme import Mode, palette
from hall.views.parts.maps import HeatMap, HeatRow, Matrix, MatrixColumn
from hall.views.parts.plots import (
    DatedMark,
    DatedMarks,
    Flow,
    FlowStep,
    PanelPoint,
    PanelRow,
    Panels,
    PartOfWhole,
    ShareBar,
)  # fmt: skip

MODES: tuple[Mode, ...] = ("light", "dark")
ROWS = (
    HeatRow(
        label="省中心",
        counts=(3, None, 0),
        hover=("三", "", "无"),
        end="3 ▲1",
        stack=(("培训宣讲", "blue", 2, "训 2"), ("会议部署", "teal", 1, "会 1")),
    ),
    HeatRow(
        label="商务厅", counts=(1, None, 2), hover=("一", "", "二"), end="3", stack=(("会议部署", "teal", 3, "会 3"),)
    ),
)


def _words(fig: Any) -> set[str]:
    texts = {a.text for a in fig.layout.annotations}
    told = [trace for trace in fig.data if trace.type == "scatter" and "text" in trace.mode]
    return texts | {str(x).strip("\xa0") for trace in told for x in trace.text or ()}


@pytest.mark.parametrize("mode", MODES)
def test_heat_map_draws_zero_as_empty_and_unknown_as_no_cell(mode: Mode) -> None:
    months = ("25年<br>5月", "25年<br>6月", "25年<br>7月")
    fig = checked(heat.heat(HeatMap(rows=ROWS, columns=months, ranking="合计"), mode))
    cells = fig.data[0]
    assert [list(row) for row in cells.z] == [[3, None, 0], [1, None, 2]]
    assert not cells.hoverongaps
    assert [list(row) for row in cells.text] == [["三", "", "无"], ["一", "", "二"]]
    assert {"3", "1", "2"} <= _words(fig)
    bars = {trace.name: list(trace.x) for trace in fig.data if trace.type == "bar"}
    assert bars == {"培训宣讲": [2], "会议部署": [1, 3]}
    assert " 3 ▲1" in _words(fig)
    assert fig.layout.height < 200


def test_many_months_keep_few_heads_and_leave_the_numbers_to_table_and_hover() -> None:
    row = HeatRow(
        label="省中心", counts=tuple(range(24)), hover=tuple(map(str, range(24))), end="276",
        stack=(("培训宣讲", "blue", 276, "276"),),
    )  # fmt: skip
    columns = tuple(f"m{i}" for i in range(24))
    fig = checked(heat.heat(HeatMap(rows=(row,), columns=columns, ranking="合计"), "light"))
    assert [t for t in fig.layout.xaxis.ticktext if t][-1] == "m23"
    assert sum(bool(t) for t in fig.layout.xaxis.ticktext) <= 4
    assert "23" not in _words(fig)


@pytest.mark.parametrize("mode", MODES)
def test_timeline_has_a_dot_for_a_day_a_bar_for_days_and_shades_rest(mode: Mode) -> None:
    acts = (
        DatedMark("司法厅", date(2025, 10, 15), date(2025, 10, 15), "brown", "一"),
        DatedMark("省林草局", date(2025, 10, 21), date(2025, 10, 23), "brown", "二"),
    )
    rests = ((date(2025, 10, 1), date(2025, 10, 8), "10月1—8日放假"),)
    what = DatedMarks(marks=acts, first=date(2025, 10, 1), last=date(2025, 10, 31), rests=rests, axis="2025年10月，日")
    fig = checked(timeline.timeline(what, mode))
    # one trace of the category's colour, broken between the two acts
    assert [list(trace.x) for trace in fig.data] == [["2025-10-15", None, "2025-10-21", "2025-10-23"]]
    assert [list(trace.y) for trace in fig.data] == [[0, None, 1, 1]] and not fig.data[0].connectgaps
    assert fig.layout.shapes[0].layer == "below" and "10月1—8日放假" in _words(fig)
    assert fig.layout.xaxis.ticktext[0] == "1" and list(fig.layout.xaxis.ticktext)[-1] == "31"


@pytest.mark.parametrize("mode", MODES)
def test_matrix_shades_sections_only_in_plan_order(mode: Mode) -> None:
    columns = tuple(MatrixColumn(n, s, "题") for n, s in ((1, "一"), (2, "一"), (3, "二"), (4, "二")))
    rows = (("省中心", frozenset({1, 3})), ("财政厅", frozenset({2})))
    hover = tuple(tuple(f"{row} {c.number} {c.title}" for c in columns) for row, _ in rows)
    fig = checked(matrix.matrix(Matrix(rows=rows, columns=columns, grouped=True, hover=hover), mode))
    assert [list(r) for r in fig.data[0].z] == [[1, None, 1, None], [None, 1, None, None]]
    assert len(fig.layout.shapes) == 1 and {"一", "二", "2", "1"} <= _words(fig)
    assert list(fig.layout.xaxis.ticktext) == ["1", "3"]
    mixed = checked(matrix.matrix(Matrix(rows=rows, columns=columns[::-1], grouped=False, hover=hover), mode))
    assert not mixed.layout.shapes and len(mixed.layout.xaxis.ticktext) == 4


@pytest.mark.parametrize("mode", MODES)
def test_flow_pairs_two_periods_and_leaves_out_what_is_not_known(mode: Mode) -> None:
    pairs = (
        FlowStep("① 咨询（人次）", 1627.0, "1,627", 1471.0, "1,471", "▲ 10.6%"),
        FlowStep("② 受理（件）", None, "", 608.0, "608", ""),
    )
    fig = checked(flow.flow(Flow(steps=pairs, sides=("今", "昔"), colour="teal"), mode))
    assert [list(trace.x) for trace in fig.data] == [[1627.0, None], [1471.0, 608.0]]
    assert fig.data[0].marker.color == palette(mode).series["teal"]
    assert "▲ 10.6%" in _words(fig) and fig.layout.xaxis.range[1] > 1627 * 1.3
    one = (FlowStep("①", 3.0, "3", None, "", ""),)
    alone = checked(flow.flow(Flow(steps=one, sides=("今", ""), colour="teal"), mode))
    assert len(alone.data) == 1


@pytest.mark.parametrize("mode", MODES)
def test_track_shows_both_parts_and_the_printed_share(mode: Mode) -> None:
    what = PartOfWhole(share=0.656, done="已编制 1,079", rest="未编制 566", printed="65.59%", colour="teal")
    fig = checked(track.track(what, mode))
    assert {"已编制 1,079", "未编制 566", "65.59%"} <= _words(fig)
    assert fig.layout.shapes[1].x1 == 0.656


@pytest.mark.parametrize("mode", MODES)
def test_shares_are_bars_with_both_sides_of_their_division(mode: Mode) -> None:
    bars = (ShareBar("10月", 4.0, "约 4%", "十月 约 4%"), ShareBar("5月", 3.0, "约 3%", "五月 约 3%"))
    fig = checked(track.shares(bars, mode))
    (drawn,) = fig.data
    assert (list(drawn.x), list(drawn.text)) == ([4.0, 3.0], ["约 4%", "约 3%"])
    assert list(drawn.customdata) == ["十月 约 4%", "五月 约 3%"]
    assert list(fig.layout.yaxis.ticktext) == ["10月", "5月"] and fig.layout.yaxis.range[0] > fig.layout.yaxis.range[1]


def _point(week: int, joined: bool) -> PanelPoint:
    start = date.fromisocalendar(2024, week, 1)
    return PanelPoint(start, date.fromisocalendar(2024, week, 5), float(week), str(week), str(week), joined)


def _panels(*points: PanelPoint) -> Panels:
    return Panels(rows=(PanelRow("咨询", "teal", points),), gaps=(), ticks=())


def test_few_points_are_marks_and_many_a_line_broken_at_gaps() -> None:
    few = checked(panels.panels(_panels(_point(1, False), _point(9, False)), "light"))
    assert {trace.mode for trace in few.data} == {"markers+text"}
    known = tuple(_point(w, w not in (1, 7)) for w in (1, 2, 3, 4, 5, 7, 8, 9, 10))
    many = checked(panels.panels(_panels(*known), "light"))
    line = next(trace for trace in many.data if trace.mode == "lines")
    assert line.connectgaps is False and list(line.y).count(None) == 1
    assert "<b>10</b>" in _words(many)


def test_side_labels_stay_within_a_hundred_pixels() -> None:
    names, size = labels.side(["省中心", "人力资源社会保障厅"])
    assert names[1] == "人力资源社会保障厅" and size == 11
    names, size = labels.side(["成都市青羊区消防救援大队", "Human Resources"])
    assert names[0].endswith("…") and names[1] == "Human Resources"
    assert (len(names[0]) - 1) * size + size <= 100
