"""What is known and what may be compared: the last day of the records, months after a gap, months that stand apart,
ages, open days, 29 February, published beside counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from case_records import cases as records
from case_records import keep
from contexts import about
from figures import checked
from literal_store import Stated, build, month
from small_cube import DEMO, call, case, publish

from hall.charts.line import lines
from hall.charts.spark import spark
from hall.cli.loading import isolated
from hall.measure import held
from hall.model import Period
from hall.store import cube, cubing, read
from hall.views.data import case_counts, cases_by_department, comparable, observations, runs
from hall.views.departments import cases as casework
from hall.views.extracts import cases as extracts
from hall.views.overview import page as overview
from hall.views.parts import kpi
from hall.views.parts.cards import Kpi
from hall.views.trends import days as trend_days
from hall.views.trends import page as trends
from hall.views.windows import page as windows

WINDOW = "comprehensive_window"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _served(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_TODAY", "2026-04-02")
    yield
    cube.close()
    read.close()


def loaded(monkeypatch: pytest.MonkeyPatch, day: datetime) -> None:
    monkeypatch.setattr(cubing, "_now", lambda: day)


def daily(first: date, last: date, many: int = 1, **given: Any) -> list[dict[str, Any]]:
    """Cases of every day, each completed after three days."""
    days = [datetime(first.year, first.month, first.day, 10) + DAY * i for i in range((last - first).days + 1)]
    return [case(at, completed_at=at + 3 * DAY, **given) for at in days for _ in range(many)]


# --- up to which day


SATURDAY = date(2026, 2, 14)


def test_no_day_is_drawn_after_the_last_of_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    # nine days off follow
    loaded(monkeypatch, datetime(2026, 2, 15, 9))
    rows = [case(datetime(2026, 1, 1, 9) + DAY * i) for i in range(45)]
    publish(rows)
    ctx = about(publisher=DEMO)
    days, found = trend_days.series(ctx, ("handled_total",))
    assert days[-1] == SATURDAY and found["handled_total"].counts[-1] == 1 and found["handled_total"].sums[-1] == 7
    (panel,) = trends.load(ctx, grain="D").panels
    assert panel.card.table and panel.card.table.rows[0][0] == "2026年2月14日" and "至2月14日" in panel.card.headline
    weeks = case_counts.observations(ctx, ("W", "M"), ("handled_total",))
    assert str(weeks["period_end"].max()) == "2026-02-08", "the Sunday is not over"


def test_days_off_that_went_by_before_the_load_complete_a_week_but_are_no_days(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(monkeypatch, datetime(2026, 3, 2, 9))
    publish([case(datetime(2026, 1, 1, 9) + DAY * i, channel=WINDOW) for i in range(45)])
    ctx = about(publisher=DEMO)
    days, _ = trend_days.series(ctx, ("handled_total",))
    assert days[-1] == SATURDAY
    found = observations.load(ctx)
    assert max(found.of("handled_total", "W")) == "2026-W08", "15 to 23 February were days off"
    assert found.of("comprehensive_accepted", "W", "year_to_date")["2026-W07"].quantity.value == 45
    assert "2026-02" not in found.of("handled_total", "M")
    now = cases_by_department.load(about(publisher=DEMO, month_from="2026-02", month_to="2026-02"))
    assert now and now.now.day == SATURDAY and not now.now.whole


def test_each_kind_of_records_is_known_up_to_its_own_last_day() -> None:
    calls = [call(datetime(2025, 10, 1, 9) + DAY * i) for i in range(80)]
    publish([case(datetime(2025, 10, 1, 9) + DAY * i) for i in range(92)], calls)
    days, found = trend_days.series(about(publisher=DEMO), ("handled_total", "phone_consultations"))
    last = days.index(date(2025, 12, 19))
    counts = found["phone_consultations"].counts
    assert counts[last] == 1 and set(counts[last + 1 :]) == {None} and days[-1] == date(2025, 12, 31)
    values = observations.load(about(publisher=DEMO))
    assert "2025-12" in values.of("handled_total", "M") and "2025-12" not in values.of("phone_consultations", "M")


def test_nothing_is_known_beyond_the_day_of_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(monkeypatch, datetime(2025, 12, 30, 3))
    publish([case(datetime(2025, 12, 1, 9) + DAY * i) for i in range(31)])
    ctx = about(publisher=DEMO)
    assert ctx.coverage.as_of == date(2025, 12, 30)
    assert trend_days.series(ctx, ("handled_total",))[0][-1] == date(2025, 12, 30)


# --- after a gap


def gap() -> None:
    """January 2024 to December 2025 without February 2025; cases take three days, one in fifty sixty."""
    rows = daily(date(2024, 1, 1), date(2025, 12, 31), 2)
    rows += [case(at, completed_at=at + 60 * DAY) for at in (datetime(2024, 1, 1, 9) + 25 * DAY * i for i in range(28))]
    publish([row for row in rows if f"{row['accepted_at']:%Y-%m}" != "2025-02"])


def kpis(key: str) -> dict[str, Kpi]:
    facts = cases_by_department.load(about(publisher=DEMO, month_from=key, month_to=key))
    assert facts
    return {k.key: k for k in casework.build(facts).kpis}


def test_the_months_after_a_gap_are_those_that_the_99th_percentile_reaches() -> None:
    months = [f"{y}-{m:02d}" for y in (2024, 2025) for m in range(1, 13) if (y, m) != (2025, 2)]
    asked = list[tuple[str, ...]]()

    def taken(of: Any, days: int) -> int:
        asked.append(tuple(of))
        return days

    assert held.unsettled(months, lambda of: taken(of, 0)) == ("2024-01", "2025-03"), "one month at least"
    assert [sorted(of) for of in asked] == [months[:12], months[1:13]], "the first twelve, and the twelve before"
    # 28 February 2025 and 20 working days is 28 March, 22 are 1 April; January 2024 had as many
    assert held.unsettled(months, lambda _: 20) == ("2024-01", "2025-03")
    assert held.unsettled(months, lambda _: 22) == ("2024-01", "2025-03", "2025-04")
    assert held.unsettled((), lambda _: 5) == ()


def test_after_a_gap_only_what_was_accepted_is_compared_and_one_note_says_why() -> None:
    gap()
    coverage = about(publisher=DEMO).coverage
    # one case in fifty takes sixty days, so 99 in a hundred take about forty working days
    assert coverage.unsettled == ("2024-01", "2024-02", "2024-03", "2025-03", "2025-04")
    march = kpis("2025-03")
    assert [line.other.split(" ")[0] for line in march["accepted"].lines] == ["同比"]
    assert all(not march[key].lines for key in ("completed", "days", "open"))
    for key in ("2025-04", "2025-05"):
        own = kpis(key)
        assert [line.other.split(" ")[0] for line in own["accepted"].lines] == ["环比", "同比"]
    may = kpis("2025-05")
    assert [line.other.split(" ")[0] for line in may["completed"].lines] == ["同比"], "April lacks"
    assert [line.other.split(" ")[0] for line in may["open"].lines] == ["同比"]
    assert len(kpis("2025-06")["completed"].lines) == 2
    view = casework.load(about(publisher=DEMO, month_from="2025-03", month_to="2025-03"))
    note = "2025年2月受理的未载入，2025年3月—2025年4月的办结、用时、按时率和在办不作比较"
    assert view and view.head.missing.startswith(note)
    later = casework.load(about(publisher=DEMO, month_from="2025-08", month_to="2025-08"))
    assert later and "不作比较" not in later.head.missing


def test_the_same_holds_for_series_days_and_the_open_line() -> None:
    gap()
    ctx = about(publisher=DEMO)
    found = observations.load(ctx)
    done = found.of("online_completed", "M")
    assert [key for key, v in done.items() if v.lacking] == ["2024-01", "2024-02", "2024-03", "2025-03", "2025-04"]
    assert not any(v.lacking for v in found.of("online_accepted", "M").values())
    assert kpi.others(done, Period.parse("2025-05")) == (kpi.Other("year_ago", done["2024-05"]),)
    assert [o.kind for o in kpi.others(found.of("online_accepted", "M"), Period.parse("2025-04"))] == [
        "previous",
        "year_ago",
    ]
    (panel,) = trends.load(ctx, metrics=("online_completed",)).panels
    assert panel.lines
    past = panel.lines.tracks[0].past
    assert past[-10:-7] == (None, None, past[-8]) and past[-8] is not None, "March, April, May 2025"
    assert "2025年2月受理的未载入" in panel.card.subtitle
    days, by_day = trend_days.series(
        about(publisher=DEMO, month_from="2025-03", month_to="2025-05"), ("online_completed", "online_accepted")
    )
    reached = days.index(date(2025, 5, 7))
    assert by_day["online_completed"].past[reached - 1] is None and by_day["online_completed"].past[reached] is not None
    assert by_day["online_accepted"].past[10] is not None


def test_no_open_cases_are_drawn_in_a_month_that_is_not_held() -> None:
    rows = daily(date(2024, 1, 1), date(2025, 6, 30), channel=WINDOW)
    publish([row for row in rows if f"{row['accepted_at']:%Y-%m}" != "2025-02"])
    view = windows.load(about(publisher=DEMO, month_from="2025-01", month_to="2025-03"))
    assert view.open and view.open[0].table
    (track,) = view.open[1].tracks
    assert [i for i, v in enumerate(track.values) if v is None] == list(range(31, 59))
    assert view.open[1].gaps[0][:2] == (31, 58) and len(view.open[0].table.rows) == 62
    assert all(n is None for n in track.past[59:]) and "2025年2月受理的未载入" in view.open[0].subtitle
    assert track.past[0] is None, "the first month of all lacks what was accepted before it"


# --- months that stand apart


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        ({"1998-05": 1, **{f"2025-{m:02d}": 3 for m in range(1, 7)}}, ("1998-05",)),
        ({"1998-05": 1, "2005-03": 1, **{f"2025-{m:02d}": 3 for m in range(1, 7)}}, ("1998-05", "2005-03")),
        # near the others, but as good as no rows
        ({"2024-03": 2, **{f"2025-{m:02d}": 900 for m in range(1, 7)}}, ("2024-03",)),
        ({"2024-03": 80, **{f"2025-{m:02d}": 900 for m in range(1, 7)}}, ()),
        ({"2025-05": 900, "2025-10": 900}, ()),
        # every other month; a whole year long ago
        ({f"{y}-{m:02d}": 50 for y in (2023, 2024) for m in range(1, 13, 2)}, ()),
        ({f"{y}-{m:02d}": 50 for y in (2019, 2024, 2025) for m in range(1, 13)}, ()),
        ({**{f"2025-{m:02d}": 900 for m in range(1, 7)}, "2025-11": 1}, ("2025-11",)),
        ({"2025-05": 1}, ()),
        ({}, ()),
    ],
)  # fmt: skip
def test_isolated_months(rows: dict[str, int], apart: tuple[str, ...]) -> None:
    assert held.isolated(rows) == apart


def test_axes_and_since_start_with_the_continuous_run() -> None:
    publish(
        [case(datetime(1998, 5, 6, 9), channel=WINDOW), *daily(date(2025, 1, 1), date(2025, 12, 31), channel=WINDOW)]
    )
    ctx = about(publisher=DEMO)
    assert ctx.coverage.apart == ("1998-05",) and ctx.choices.months[0] == "2025-01"
    assert observations.load(ctx).periods("M")[0].key == "2025-01"
    (panel,) = trends.load(ctx, metrics=("handled_total",)).panels
    assert panel.lines and panel.lines.slots == 12
    facts = cases_by_department.load(ctx)
    assert facts and facts.now.since.key == "2025-01" and facts.spine[0].key == "2025-01"
    view = casework.build(facts)
    assert view.backlog and "只计2025年1月起受理的办件，另有孤立的1998年5月" in view.backlog[0].subtitle
    assert view.accepted and view.accepted[1].slots == 12
    shown = windows.load(ctx)
    assert shown.open and shown.open[1].slots < 60


def test_a_stray_date_in_the_future_makes_no_days_known_before_it() -> None:
    months = tuple(f"2025-{m:02d}" for m in range(1, 7))
    keep(DEMO, records(months, 120, until=date(2025, 6, 16)).vstack(records(("2025-11",), 1, seed=2)))
    ctx = about(publisher=DEMO)
    assert ctx.coverage.apart == ("2025-11",) and str(ctx.coverage.as_of)[:7] == "2025-06"
    assert ctx.coverage.as_of and ctx.coverage.as_of <= date(2025, 6, 16)
    assert max(observations.load(ctx).of("handled_total", "M")) == "2025-05"


def test_a_month_that_stands_apart_is_named_at_load_and_shown_to_who_asks_for_it() -> None:
    keep(DEMO, records(("1998-05",), 1).vstack(records(tuple(f"2025-{m:02d}" for m in range(1, 7)), 20, seed=2)))
    (line,) = isolated(DEMO, "zh")
    assert line == "1998-05 孤立于其他月份：办件 1 行，图表和“起受理”不从它算起。请核对其受理时间或咨询时间。"
    own = cases_by_department.load(about(publisher=DEMO, month_from="1998-05", month_to="1998-05"))
    assert own and own.total("accepted", own.now) == 1 and not own.others
    assert cases_by_department.load(about(publisher=DEMO, month_from="1998-01", month_to="1998-04")) is None
    assert [drill.count() for drill in extracts.drills(DEMO, (), ())] == [1, *[20] * 6], "and no extract leaves it out"


# --- ages


def test_an_age_names_the_months_that_it_counts() -> None:
    at = [datetime(2025, 11, 20, 9), *[datetime(2025, 12, 20, 9)] * 2, *[datetime(2026, 1, 9, 9)] * 4]
    at += [*[datetime(2026, 2, 9, 9)] * 8, *[datetime(2026, 3, 9, 9)] * 16, datetime(2026, 3, 31, 9)]
    publish([case(day, channel=WINDOW) for day in at])
    chosen = {"publisher": DEMO, "month_from": "2026-03", "month_to": "2026-03"}
    view = casework.load(about(**chosen))
    assert view and view.backlog and view.backlog[0].table
    # those of December are older than three months too: no words may leave them out
    assert view.backlog[0].headline == "在办 32 件，其中 1 件为2025年11月及以前受理"
    assert dict(zip(view.backlog[0].table.columns[1:], view.backlog[0].table.rows[0][1:], strict=True)) == {
        "在办": 32, "3月受理": 17, "2月受理": 8, "2025年12月—2026年1月受理": 6, "11月及以前": 1}  # fmt: skip
    shown = windows.load(about(**chosen))
    assert shown.ages and shown.ages[0].headline == view.backlog[0].headline
    assert [bar.name for bar in shown.ages[1]] == list(view.backlog[0].table.columns[2:])


# --- open days


def test_busy_hours_are_divided_by_the_days_that_were_open() -> None:
    monday, saturday = datetime(2025, 9, 1, 10), datetime(2025, 9, 27, 10)
    rows = [case(monday + 7 * DAY * i, channel=WINDOW) for i in (0, 1, 1, 1)]
    # of the Saturdays one was open, Sunday none; another channel opens no window
    rows += [case(saturday, channel=WINDOW)] * 3 + [case(saturday + DAY, channel="online")] * 5
    rows += [case(datetime(2025, 9, 30, 9), channel="hotline")]
    publish(rows)
    view = windows.load(about(publisher=DEMO, month_from="2025-09", month_to="2025-09"))
    assert view.hours
    drawn = view.hours[1]
    assert drawn.values[0] == (2.0,) and drawn.words[0] == ("2.0",), "four cases on two Mondays"
    assert drawn.values[5] == (3.0,), "not a quarter of it"
    assert drawn.words[6] == ("",) and drawn.values[6] == (0.0,)
    assert "只按有受理的日子" in view.hours[0].subtitle


# --- 29 February


def test_what_has_no_counterpart_is_not_compared() -> None:
    assert Period.parse("2024-02-29").year_ago() is None
    assert Period.parse("2025-02-28").year_ago() == Period.parse("2024-02-28")
    assert Period.parse("2024-02").year_ago() == Period.parse("2023-02")
    assert Period.parse("2020-W53").year_ago() is None and Period.parse("2021-W52").year_ago() == Period.parse(
        "2020-W52"
    )
    publish(daily(date(2023, 1, 1), date(2024, 3, 31), channel=WINDOW))
    chosen = {"publisher": DEMO, "month_from": "2024-02", "month_to": "2024-03"}
    days, found = trend_days.series(about(**chosen), ("handled_total",))
    at = days.index(date(2024, 2, 29))
    assert [n is None for n in found["handled_total"].past[at - 1 : at + 2]] == [False, True, False]
    view = windows.load(about(**chosen))
    assert view.open and [n is None for n in view.open[1].tracks[0].past[27:30]] == [False, True, False]


# --- published beside counted


def total(wan: str) -> Stated:
    return ("handled_total", wan, 4, 2, "period")


def test_a_published_and_a_counted_month_are_not_compared_unless_they_agree(new_store: Path) -> None:
    build(new_store, [month(2025, m, [total("55000"), ("online_accepted", "53000", 4, 2, "period")]) for m in (9, 10)])
    rows = daily(date(2025, 11, 1), date(2025, 12, 31), 10)
    publish(rows, owner="sichuan")
    ctx = about(publisher="sichuan")
    found = observations.load(ctx)
    known = found.of("handled_total", "M")
    october, november = known["2025-10"], known["2025-11"]
    assert not comparable.comparable(november, october) and kpi.others(known, november.period) == ()
    assert kpi.moved(found, "handled_total", november.period) is None
    card = kpi.kpi(found, "handled_total", november.period, "zh")
    assert card and not card.lines
    assert kpi.online_share(found, "2025-11", "M") and kpi.share_kpi(found, november.period, "zh").lines == ()  # type: ignore
    view = overview.load(about(publisher="sichuan", month_to="2025-11"))
    assert "公布值与办件计数未核对相符，两者之间不作比较。" in view.head.missing
    assert "比" not in view.head.finding
    # one quarter of both is no number, its index neither
    assert runs.run(found, "handled_total", "Q")["2025-Q4"].quantity is None
    assert runs.run(found, "handled_total", "M", "index")["2025-11"].quantity is None


def test_a_share_never_has_a_published_and_a_counted_side(new_store: Path) -> None:
    build(new_store, [month(2025, 11, [total("55000"), ("comprehensive_accepted", "2300", 4, 2, "period")])])
    publish(
        [
            *daily(date(2025, 10, 1), date(2025, 12, 31), 10),
            *daily(date(2025, 10, 1), date(2025, 12, 31), channel=WINDOW),
        ],
        owner="sichuan",
    )
    found = observations.load(about(publisher="sichuan"))
    assert found.of("online_accepted", "M")["2025-11"].counted and not found.of("handled_total", "M")["2025-11"].counted
    assert kpi.online_share(found, "2025-11", "M") is None and kpi.online_share(found, "2025-10", "M")
    view = overview.load(about(publisher="sichuan", month_to="2025-11"))
    assert "online_share" not in {k.key for k in view.kpis}
    shown = windows.load(about(publisher="sichuan"))
    assert shown.shares and shown.shares[0].table
    assert [row[0] for row in shown.shares[0].table.rows] == ["2025年12月", "2025年11月", "2025年10月"], (
        "each of one source"
    )


@pytest.mark.parametrize(("counted", "agree"), [(300, True), (200, False)])
def test_where_all_months_agree_a_counted_one_may_stand_beside(new_store: Path, counted: int, agree: bool) -> None:
    build(new_store, [month(2025, m, [total("300")]) for m in (9, 10)])
    rows = [case(datetime(2025, m, 9, 9)) for m in (10, 11) for _ in range(300 if m == 11 else counted)]
    publish([*rows, case(datetime(2025, 12, 31, 9))], owner="sichuan")
    found = observations.load(about(publisher="sichuan")).of("handled_total", "M")
    assert {v.agree for v in found.values()} == {agree}
    assert [o.kind for o in kpi.others(found, Period.parse("2025-11"))] == (["previous"] if agree else [])


def test_a_chart_marks_where_the_source_changes(new_store: Path) -> None:
    build(new_store, [month(2025, m, [total("55000")]) for m in range(1, 11)])
    publish(daily(date(2025, 11, 1), date(2025, 12, 31), 10), owner="sichuan")
    (panel,) = trends.load(about(publisher="sichuan"), metrics=("handled_total",)).panels
    assert panel.lines and panel.lines.turns == ((10, "计数 →", False),)
    found = observations.load(about(publisher="sichuan"))
    card = kpi.kpi(found, "handled_total", Period.parse("2025-12"), "zh")
    assert card and card.turns == (10,)
    plain, marked = (unquote(spark(card.slots, card.colour, "light", turns)) for turns in ((), card.turns))
    assert (plain.count("<polyline"), marked.count("<polyline")) == (1, 2) and "stroke-dasharray" in marked
    drawn = checked(lines(panel.lines, "light"))
    (rule,) = [shape for shape in drawn.layout.shapes if shape.type == "line"]
    assert rule.x0 == 9.5 and list(drawn.data[-1].y).count(None) == 1, "the line breaks off there"
