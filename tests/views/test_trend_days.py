"""趋势 by day: the mean and the days behind it, gaps, last year, and that table and CSV hold what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from contexts import about
from figures import checked
from literal_store import build, month
from small_cube import DEMO, call, case, publish, year

from hall.charts import bar, line
from hall.export.card import csv
from hall.model import Period, Selection
from hall.store import cube, read
from hall.text import periods
from hall.views.data import case_counts
from hall.views.parts import axis
from hall.views.parts.cards import Amount
from hall.views.trends import page as trends
from hall.views.trends.page import days as trend_days

EVERY = Selection(publisher=DEMO)


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("days")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        publish(*year())
    return folder


@pytest.fixture(autouse=True)
def served(long_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(long_store))
    monkeypatch.setenv("HALL_TODAY", "2026-01-10")
    yield
    cube.close()
    read.close()


def day_by_day(metric: str, departments: tuple[str, ...] = ()) -> dict[date, int]:
    found = case_counts.observations(about(departments=departments), ("D",), (metric,))
    return {day: int(n) for day, n in found.select("period_start", "n").iter_rows()}


def test_the_line_is_the_mean_of_seven_days_and_the_days_stand_behind() -> None:
    days, found = trend_days.series(about(EVERY), ("handled_total",))
    own, known = found["handled_total"], day_by_day("handled_total")
    assert len(days) == trend_days.WINDOW
    for i, day in enumerate(days):
        assert own.counts[i] == known[day]
        assert own.sums[i] == sum(known[day - timedelta(days=back)] for back in range(7))
        then = Period(day, day, "D").year_ago().start
        week = [known.get(then - timedelta(days=back)) for back in range(7)]
        assert own.past[i] == (None if None in week else sum(n for n in week if n is not None))


def test_without_months_the_newest_92_days_are_shown_and_told() -> None:
    view = trends.load(about(EVERY), grain="D")
    (panel,) = view.panels
    assert "未选月份时显示最近 92 天" in panel.card.subtitle
    chosen = trends.load(about(publisher=DEMO, month_from="2025-02", month_to="2025-03"), grain="D")
    assert "未选月份" not in chosen.panels[0].card.subtitle
    lines = chosen.panels[0].lines
    assert lines is not None
    assert lines.slots == 59


def test_table_and_csv_hold_what_is_drawn() -> None:
    (panel,) = trends.load(about(EVERY), grain="D").panels
    assert panel.lines is not None
    assert panel.card.table is not None
    (track,) = panel.lines.tracks
    rows = panel.card.table.rows[::-1]
    assert len(rows) == panel.lines.slots
    amounts = [[cell for cell in row[1:] if isinstance(cell, Amount)] for row in rows]
    assert [[cell.words for cell in row] for row in amounts] == [
        [str(round(n or 0)), f"{mean:.1f}", "" if past is None else f"{past:.1f}"]
        for n, mean, past in zip(track.faint, track.values, track.past, strict=True)
    ]
    # a file knows of each of them how many the day counts
    assert [{cell.count for cell in row} for row in amounts] == [{round(n or 0)} for n in track.faint]
    told = csv(panel.card.table, "zh").decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",") for line in told[::-1]] == [
        [str(row[0]), *(cell.words for cell in cells)] for row, cells in zip(rows, amounts, strict=True)]  # fmt: skip


def test_several_metrics_are_drawn_by_their_means() -> None:
    view = trends.load(about(EVERY), grain="D", metrics=("handled_total", "online_accepted", "phone_consultations"))
    both, phone = view.panels
    assert both.lines is not None
    assert phone.lines is not None
    assert [track.faint for track in both.lines.tracks] == [(), ()]
    assert phone.lines.tracks[0].faint
    assert "各线为 7 日平均" in both.card.subtitle
    assert both.card.table is not None
    assert both.card.table.columns[1:] == tuple(track.name for track in both.lines.tracks)
    assert len(set(both.card.table.columns)) == 3
    means = [[cell.words for cell in row[1:] if isinstance(cell, Amount)] for row in both.card.table.rows[::-1]]
    assert means == [
        [f"{v:.1f}" for v in row] for row in zip(*(track.values for track in both.lines.tracks), strict=True)
    ]


def test_a_working_day_is_no_measure_of_days() -> None:
    view = trends.load(about(EVERY), grain="D", mode="day")
    assert view.modes == ("value", "index")
    assert view.panels[0].card.table is not None
    assert "件/工作日" not in view.panels[0].card.subtitle
    assert trends.load(about(EVERY), grain="M").modes == trends.MODES


def test_an_index_starts_at_a_hundred() -> None:
    (panel,) = trends.load(about(EVERY), grain="D", mode="index").panels
    assert panel.lines is not None
    assert panel.lines.tracks[0].values[0] == 100
    assert "首个 7 日平均 = 100" in panel.card.subtitle


def test_days_that_are_not_held_are_a_gap(new_store: Path) -> None:
    days = [datetime(2025, 8, d, 9) for d in range(1, 32)] + [datetime(2025, 10, d, 9) for d in range(1, 32)]
    publish([case(at) for at in days])
    (panel,) = trends.load(about(publisher=DEMO), grain="D").panels
    assert panel.lines is not None
    (track,) = panel.lines.tracks
    # August and October are held: September is nowhere, and a mean needs all its seven days
    assert panel.lines.slots == 92
    assert panel.lines.gaps[0][:2] == (31, 60)
    assert "未载入" in panel.lines.gaps[0][2]
    assert [i for i, v in enumerate(track.values) if v is not None] == [*range(6, 31), *range(67, 92)]
    assert track.faint[30:32] == (1.0, None)
    assert track.faint[61] == 1.0
    assert "62/92 天" in panel.card.source
    line.lines(panel.lines, "light")


def test_a_department_filter_narrows_days_and_is_told() -> None:
    chosen = Selection(publisher=DEMO, departments=("health",))
    view = trends.load(about(chosen), grain="D")
    assert "部门：省卫生健康委" in view.head.line
    assert "部门：省卫生健康委" in view.panels[0].card.subtitle
    assert "全厅数据" not in view.head.line + view.panels[0].card.subtitle
    table, own = view.panels[0].card.table, day_by_day("handled_total", ("health",))
    assert table is not None
    shown = sorted((day for day in own if day >= date(2025, 10, 1)), reverse=True)
    assert [row[:2] for row in table.rows] == [
        (periods.day(day, "zh", year=True), Amount(f"{own[day]:,}", own[day])) for day in shown]  # fmt: skip


def test_days_are_offered_only_where_they_are_counted(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [("handled_total", "500", 4, 2, "period")])])
    assert "D" not in dict(trends.load(about()).grains)
    publish(calls=[call(datetime(2025, 10, 9, 9)), call(datetime(2025, 11, 3, 9))], owner="sichuan")
    view = trends.load(about(), grain="D")
    assert "D" in dict(view.grains)
    assert [m for m, _ in view.metrics] == ["phone_consultations"]
    before = trends.load(about(month_to="2025-09"), grain="D")
    assert before.empty


def test_stated_and_counted_months_say_which_they_are(new_store: Path) -> None:
    build(new_store, [month(2025, 10, [("handled_total", "500", 4, 2, "period")])])
    months = [datetime(2025, m, 3, 9) for m in range(1, 13)]
    publish(
        [*map(case, months), *[case(datetime(2025, 10, 9, 9))] * 508, case(datetime(2025, 12, 31, 9))], owner="sichuan"
    )
    (panel,) = trends.load(about(publisher="sichuan")).panels
    assert "未印发的期由办件计数" in panel.card.subtitle
    assert panel.lines is not None
    told = panel.lines.tracks[0].hover[9].replace("\u00a0", " ")
    assert told == "2025年10月<br>办理总量 0.05 万件 ±50 件<br>由办件计数 509 件"
    assert panel.card.origin is None, "the newest month was counted: no document states it"
    assert "月报 2025年第10期；办件明细（截至2025年12月31日）" in panel.card.source


@pytest.mark.parametrize("grain", ["W", "M", "Q"])
def test_the_split_holds_all_six_channels(grain: str) -> None:
    view = trends.load(about(EVERY), grain=grain)
    assert view.channels is not None
    assert view.layers is not None
    assert view.channels.table is not None
    assert len(view.layers.tracks) == 6
    for row in view.channels.table.rows:
        assert sum(int(n or 0) for n in row[1:-1]) == row[-1]
    figure = checked(bar.columns(view.layers, "light"))
    assert len(figure.data) == 6
    assert len({round(a.y * 1000 + a.yshift) for a in figure.layout.annotations}) == 6


def test_ticks_of_days_are_days_or_months() -> None:
    def words(days: int) -> list[str]:
        first = date(2025, 10, 1)
        line = [Period(d, d, "D") for d in (first + timedelta(days=i) for i in range(days))]
        return [tick.replace("\n", " ") for _, tick in axis.ticks(line, "zh")]

    assert words(31) == ["10月 2025年", "10月9日", "10月16日", "10月23日", "10月31日"]
    assert words(92) == ["10月 2025年", "11月", "12月"]
    assert len(words(1096)) <= 8
    weeks = [Period.parse("2023-W01").shift(i) for i in range(156)]
    assert [tick for _, tick in axis.ticks(weeks, "zh")] == ["第1周\n2023年", "第1周\n2024年", "第1周\n2025年"]
