"""The comprehensive window from records: weeks beside printed ones, open cases, weekdays and hours, counted again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from case_cube import cases, consultations, publish
from contexts import about
from figures import checked
from literal_store import build as build_store
from literal_store import reading

from hall import catalog
from hall.charts.hours import hours as hours_plot
from hall.charts.line import lines
from hall.charts.panels import panels
from hall.export.card import csv
from hall.model import Document, Lang, Period
from hall.store import cube, read
from hall.text import periods
from hall.views.data.observations import STEPS
from hall.views.parts.cards import Amount
from hall.views.parts.plots import Lines
from hall.views.windows import page as windows

OURS, DEMO = "sichuan", "demo"
RECORDS, ASKED = cases(2600), consultations(900)
WINDOW = RECORDS.filter(pl.col("channel") == "comprehensive_window")
PRINTED = Period(date(2025, 10, 13), date(2025, 10, 17), "W")


def _bulletin() -> Any:
    stated = [(metric, str(1000 + i), 0, 0, "period") for i, metric in enumerate(STEPS)]
    stated += [(metric, str(50000 + i), 0, 0, "year_to_date") for i, metric in enumerate(STEPS)]
    head = Document("ab" * 32, "weekly_bulletin", title="周报", publisher=catalog.publishers()[0].zh,
                    published_on=date(2025, 10, 20), period_start=PRINTED.start, period_end=PRINTED.end)  # fmt: skip
    return reading(head, stated)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("windows")
    made = build_store(folder, [_bulletin()])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(made))
        for publisher in ("demo", "sichuan"):
            publish(folder / "files", publisher, RECORDS, ASKED)
    read.close()
    return made


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    yield
    cube.close()


def view(publisher: str = DEMO, week: str = "", lang: Lang = "zh", **more: Any) -> windows.View:
    return windows.load(about(publisher=publisher, lang=lang, **more), week)


def counted(metric: str, first: date, last: date, *departments: str) -> int:
    frame, column = {
        "comprehensive_consultations": (ASKED.filter(pl.col("place") == "comprehensive_window"), "at"),
        "comprehensive_accepted": (WINDOW, "accepted_at"),
        "comprehensive_transferred": (RECORDS, "transferred_at"),
        "comprehensive_issued": (RECORDS.filter(pl.col("issued_at_place") == "comprehensive_window"), "issued_at"),
    }[metric]
    kept = frame.filter(pl.col(column).dt.date().is_between(first, last))
    return (kept.filter(pl.col("department").is_in(departments)) if departments else kept).height


@pytest.mark.parametrize("departments", [(), ("health",)])
def test_the_four_steps_of_a_week_and_to_date_are_counted(departments: tuple[str, ...]) -> None:
    found = view(week="2025-W30", departments=departments)
    week = Period.parse("2025-W30")
    assert found.week and found.to_date
    for step in found.week.steps:
        assert step.now and step.then
        assert step.now.quantity.value == counted(step.metric, week.start, week.end, *departments)
        assert step.then.quantity.value == counted(step.metric, *_days("2024-W30"), *departments)
    for step in found.to_date.steps:
        assert step.now and step.then
        assert step.now.quantity.value == counted(step.metric, date(2025, 1, 1), week.end, *departments)
        last = _days("2024-W30")[1]
        assert step.then.quantity.value == counted(step.metric, date(2024, 1, 1), last, *departments)
    assert found.week.card.demo and found.week.card.origin
    assert found.week.card.origin.filters == {
        "measure": "accepted", "channel": "comprehensive_window", "week": "2025-W30"}  # fmt: skip
    assert ("部门：省卫生健康委" in found.head.line) == bool(departments)


def _days(key: str) -> tuple[date, date]:
    return Period.parse(key).start, Period.parse(key).end


def test_weeks_are_offered_newest_first_and_only_those_within_the_filter() -> None:
    keys = [key for key, _ in view().weeks]
    assert keys == sorted(keys, reverse=True) and len(keys) > 100
    within = view(month_from="2025-10", month_to="2025-10")
    assert [key for key, _ in within.weeks] == ["2025-W43", "2025-W42", "2025-W41", "2025-W40"], "of their last day"
    # a week may be compared with one before the months of the filter
    assert within.week and within.week.plot.sides == ("2025年第43周", "2024年第43周")


def test_what_is_printed_stands_and_the_records_fill_the_other_weeks() -> None:
    found = view(OURS, week=PRINTED.key)
    assert found.week and [step.now.quantity.value for step in found.week.steps if step.now] == [1000, 1001, 1002, 1003]
    assert "窗口工作周报" in found.week.card.source and "办件明细" in found.week.card.source
    assert found.week.card.origin is None, "a printed number has no cases behind it"
    names = dict(found.weeks)
    assert "办件计数" not in names[PRINTED.key] and names["2025-W41"].endswith("办件计数")
    assert found.weekly and "未印发的期由办件计数" in found.weekly[0].subtitle
    table = found.weekly[0].table
    assert table
    cells = {row[0]: row[2] for row in table.rows}
    assert cells["2025年第42周"] == 1001, "printed: no count that a file could leave out"
    week = cells["2025年第41周"]
    assert isinstance(week, Amount) and week.count == counted(STEPS[1], *_days("2025-W41"))
    # the file holds both as they are shown
    told = csv(table, "zh").decode("utf-8-sig").splitlines()
    assert next(row for row in told if row.startswith("2025年第42周")).split(",")[2] == "1001"
    assert next(row for row in told if row.startswith("2025年第41周")).split(",")[2] == week.words == str(week.count)
    # what lies between printed figures to date is told of them alone
    assert found.between and "办件明细" not in found.between.source


def test_under_a_department_filter_what_is_printed_of_the_whole_hall_is_not_shown_as_theirs() -> None:
    found = view(OURS, week=PRINTED.key, departments=("health",))
    assert found.week
    accepted = next(step.now for step in found.week.steps if step.metric == STEPS[1])
    assert accepted and accepted.quantity.value == counted(STEPS[1], *_days(PRINTED.key), "health")


def test_as_known_before_the_records_were_rolled_up_only_the_printed_is_known() -> None:
    found = view(OURS, known_on=date(2025, 11, 1))
    assert [key for key, _ in found.weeks] == [PRINTED.key]
    assert found.open is None and found.hours is None and found.ages is None


def still_open(day: date, *departments: str) -> pl.DataFrame:
    begun = WINDOW.filter(pl.col("accepted_at").dt.date() <= day)
    kept = begun.filter(pl.col("completed_at").is_null() | (pl.col("completed_at").dt.date() > day))
    return kept.filter(pl.col("department").is_in(departments)) if departments else kept


@pytest.mark.parametrize("departments", [(), ("market_regulation",)])
@pytest.mark.parametrize("months", [{}, {"month_from": "2025-10", "month_to": "2025-10"}])
def test_open_cases_over_time_are_those_of_the_records(months: dict[str, str], departments: tuple[str, ...]) -> None:
    found = view(departments=departments, **months)
    assert found.open and found.open[0].table
    card, drawn = found.open
    table = card.table
    assert table
    ends = [date(2025, 10, 31) - timedelta(days=i) for i in range(31)] if months else [
        date(2025, 12, 28) - timedelta(weeks=i) for i in range(104)]  # fmt: skip
    whole = [still_open(day, *departments).height for day in ends]
    days = [periods.day(day, "zh", year=True) for day in ends]
    assert list(table.rows) == list(zip(days, whole, strict=True)) and drawn.slots == len(ends)
    assert list(drawn.tracks[0].values) == whole[::-1]
    assert csv(table, "zh").decode("utf-8-sig").splitlines() == [
        "日期,在办", *(f"{day},{n}" for day, n in zip(days, whole, strict=True))]  # fmt: skip
    # the way to the cases is that of the number in the headline, at the end of the line
    assert card.origin and card.origin.filters["day"] == str(ends[0])
    assert f"在办 {whole[0]} 件" in card.headline
    assert "只计2024年1月起受理的办件" in card.subtitle
    assert ("最初几月偏少" in card.subtitle) == (not months)


def test_open_cases_by_age_add_up_to_those_open() -> None:
    found = view(month_from="2025-10", month_to="2025-10")
    assert found.ages and found.ages[0].table
    whole = still_open(date(2025, 10, 31))
    assert [row[0] for row in found.ages[0].table.rows] == ["10月受理", "9月受理", "7—8月受理", "6月及以前"]
    assert sum(bar.value for bar in found.ages[1]) == whole.height
    october = whole.filter(pl.col("accepted_at").dt.date() >= date(2025, 10, 1)).height
    assert found.ages[1][0].value == october
    assert found.ages[0].origin and found.ages[0].origin.filters == {
        "measure": "open", "from": "", "to": "", "day": "2025-10-31", "channel": "comprehensive_window",
        "department": ()}  # fmt: skip


def test_hours_are_means_of_the_cases_whose_time_is_known() -> None:
    found = view(month_from="2025-07", month_to="2025-12")
    assert found.hours and found.hours[0].table
    card, drawn = found.hours
    first, last = date(2025, 7, 1), date(2025, 12, 31)
    own = WINDOW.filter(pl.col("accepted_at").dt.date().is_between(first, last))
    timed = own.filter(pl.col("accepted_at").dt.time() != datetime.min.time())
    assert f"已知时刻的办件占 {timed.height / own.height * 100:.1f}%" in card.subtitle
    assert card.table
    rows = [row[1:] for row in card.table.rows]
    assert sum(n for row in rows for n in row if isinstance(n, int)) == timed.height
    told = [line.split(",")[1:] for line in csv(card.table, "zh").decode("utf-8-sig").splitlines()[1:]]
    assert told == [[str(n) for n in row] for row in rows]
    mondays = own.filter(pl.col("accepted_at").dt.weekday() == 1)["accepted_at"].dt.date().n_unique()
    ten = timed.filter((pl.col("accepted_at").dt.weekday() == 1) & (pl.col("accepted_at").dt.hour() == 10)).height
    at = drawn.hours.index("10时")
    assert rows[0][at] == ten
    assert drawn.values[0][at] == pytest.approx(ten / mondays)
    assert Decimal(drawn.words[0][at] or "0") == round(Decimal(ten) / mondays, 1)
    # noon lies between the hours with cases and is an empty cell
    assert [row[drawn.hours.index("12时")] for row in drawn.words] == [""] * 7


def test_without_months_chosen_hours_are_of_the_newest_twelve() -> None:
    found = view()
    assert found.hours and found.hours[0].subtitle.startswith("2025年1—12月")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_dense_series_keep_few_ticks_and_no_words_run_together(lang: Lang) -> None:
    found = view(lang=lang)
    assert found.weekly and found.monthly and found.shares and found.open and found.hours
    for card, own in (found.weekly, found.monthly):
        fig = checked(panels(own, "light"))
        axis = fig.layout[f"xaxis{len(own.rows)}"]
        assert 3 <= len(axis.ticktext) <= 6, card.key
        # a dense line has one value, at its end
        assert all(sum(bool(word) for word in trace.text) == 1 for trace in fig.data if trace.text is not None)
    assert isinstance(found.shares[1], Lines)
    shares = checked(lines(found.shares[1], "light"))
    assert shares.data[0].type == "scatter" and shares.layout.yaxis.ticksuffix == "%"
    assert 3 <= len(checked(lines(found.open[1], "light")).layout.xaxis.ticktext) <= 6


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_map_of_hours_has_a_number_in_each_cell_that_has_cases(mode: Any) -> None:
    found = view()
    assert found.hours
    fig = checked(hours_plot(found.hours[1], mode))
    words = [word for row in found.hours[1].words for word in row if word]
    assert list(fig.data[2].text) == words
    steps = [step for row in fig.data[1].z for step in row if step is not None]
    assert len(steps) == len(words) and max(steps) == 9 and min(steps) >= 0
    assert list(fig.layout.yaxis.ticktext) == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def test_no_line_of_a_month_that_has_no_cases_and_none_of_a_data_set_without_records() -> None:
    found = view("sample")
    assert found.open is None and found.ages is None and found.hours is None
    assert view(month_from="2019-01", month_to="2019-02").open is None
