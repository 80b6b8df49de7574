"""Pages 渠道 and 市州 from a small cube: every number is counted again from the records themselves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import case_records
import polars as pl
import pytest
from contexts import about
from figures import checked

from hall import catalog
from hall.charts import channels as channel_plots
from hall.charts import cities as city_plots
from hall.charts.theme import Mode
from hall.export.card import csv
from hall.measure import handling
from hall.measure.calendar import calendar
from hall.model import Lang, Period, Selection
from hall.store import cube
from hall.text.plain import plain, unmarked
from hall.views.cases import page as cases
from hall.views.channels import page as channels
from hall.views.cities import page as cities
from hall.views.cities.page import cards as city_cards
from hall.views.data import cases_by_channel, cases_by_city
from hall.views.data.context import Context
from hall.views.link import Link
from hall.views.parts.cards import Amount, Card
from hall.views.parts.maps import CityMonths
from hall.views.parts.plots import CityRow, Lines, Track

SICHUAN = "sichuan"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13) if (year, month) < (2025, 12))
ALL = case_records.cases(MONTHS, 120)
NUMBER = dict(calendar(date(2024, 1, 1), date(2026, 12, 31)).select("day", "number").iter_rows())
NOVEMBER = {"month_from": "2025-11", "month_to": "2025-11"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        patch.setenv("HALL_TODAY", "2025-12-05")
        case_records.keep("sichuan", ALL)
    return folder


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    monkeypatch.setenv("HALL_TODAY", "2025-12-05")
    yield
    cube.close()


def hall(*departments: str, lang: Lang = "zh", **months: str) -> Context:
    return about(publisher=SICHUAN, departments=departments, lang=lang, **months)


def inside(column: str, month: str, *departments: str, last: str = "") -> pl.DataFrame:
    when = pl.col(column).dt.strftime("%Y-%m")
    kept = ALL.filter(when.is_between(pl.lit(month), pl.lit(last or month)))
    return kept.filter(pl.col("department").is_in(departments)) if departments else kept


def of(frame: pl.DataFrame, *only: str) -> int:
    return frame.filter(pl.col("channel").is_in(only)).height


def taken(frame: pl.DataFrame) -> list[int]:
    done = frame.filter(pl.col("status") == "completed").select("accepted_at", "completed_at").iter_rows()
    return sorted(NUMBER[b.date()] - NUMBER[a.date()] for a, b in done)


def flow(*departments: str, **months: str) -> cases_by_channel.ChannelCases:
    found = cases_by_channel.load(hall(*departments, **months))
    assert found
    return found


@pytest.mark.parametrize("departments", [(), ("health",), ("health", "transport")])
def test_the_online_share_is_online_of_the_published_total(departments: tuple[str, ...]) -> None:
    own = flow(*departments, **NOVEMBER)
    rows = inside("accepted_at", "2025-11", *departments)
    part, whole = of(rows, "online"), of(rows, "online", "comprehensive_window")
    share = own.online(own.now)
    assert share and float(share.percent) == pytest.approx(100 * part / whole)
    kpis = {kpi.key: kpi for kpi in channels.load(hall(*departments, **NOVEMBER)).kpis}
    assert kpis["total"].number == f"{whole:,}"
    assert kpis["online"].note == f"{part:,} ÷ {whole:,} 件"
    outside = of(rows, "department_window", "self_service", "mail", "hotline")
    assert kpis["outside"].number == f"{outside:,}"
    assert "不计入办理总量" in kpis["outside"].note


def test_kpis_lead_to_the_cases_that_they_count() -> None:
    for kpi in channels.load(hall("health", **NOVEMBER)).kpis:
        assert kpi.action and kpi.action.page == "cases"
        filters = dict(kpi.action.filters)
        assert (filters["from"], filters["to"], filters["department"]) == ("2025-11", "2025-11", ("health",))
        assert filters["measure"] == "accepted" and filters["channel"]


def table_of(card: Card) -> list[dict[str, str]]:
    """The file of a card, by the ids of its columns; its cells are those of the table."""
    table = card.table
    assert table and table.ids and table.counts
    told = [line.split(",") for line in csv(table, "zh").decode("utf-8-sig").splitlines()]
    assert told[0] == list(table.columns)
    cells = [[cell.words if isinstance(cell, Amount) else str(cell) for cell in row] for row in table.rows]
    assert told[1:] == [[unmarked(cell) for cell in row] for row in cells]
    return [dict(zip(table.ids, row, strict=True)) for row in told[1:]]


def whole(card: Card, count: str) -> int:
    """The sum of a column that counts."""
    assert card.table and card.table.counts and count in card.table.counts.columns
    return sum(int(row[count]) for row in table_of(card))


def behind(action: Link | None, chosen: Context) -> int:
    """How many cases the page shows that the action leads to."""
    assert action and action.page == "cases"
    asked = dict(action.filters)
    given = {k: list(v) if isinstance(v, tuple) else [v or ""] for k, v in asked.items()}
    months = [str(asked.get(key) or "") or None for key in ("from", "to")]
    departments = asked.get("department") or ()
    found = cases.question(given, about(Selection(months[0], months[1], tuple(departments), chosen.publisher)))
    assert found
    assert cases.number(found.drill) == found.drill.count()
    return found.drill.count()


@pytest.mark.parametrize("departments", [(), ("health",)])
def test_the_cases_behind_a_number_are_as_many(departments: tuple[str, ...]) -> None:
    chosen = hall(*departments, month_from="2025-09", month_to="2025-11")
    page = channels.load(chosen)
    kpis = {kpi.key: kpi for kpi in page.kpis}
    for key in ("total", "window", "outside"):
        assert behind(kpis[key].action, chosen) == int(kpis[key].number.replace(",", ""))
    assert f"{behind(kpis['online'].action, chosen):,} ÷" in kpis["online"].note
    there = cities.load(chosen, city="chengdu")
    assert there.ranking and there.items
    assert behind(there.ranking[0].origin, chosen) == whole(there.ranking[0], "accepted")
    assert behind(there.items.origin, chosen) == whole(there.items, "accepted")
    if there.handling:
        assert behind(there.handling[0].origin, chosen) == whole(there.ranking[0], "completed")


def test_the_parts_of_every_month_make_the_whole() -> None:
    found = channels.load(hall(month_from="2025-01", month_to="2025-11"))
    assert found.parts
    card, lines = found.parts
    assert lines.slots == 11
    for i in range(11):
        assert sum(track.values[i] or 0 for track in lines.tracks) == pytest.approx(100)
    told = table_of(card)
    assert [row["month"] for row in told] == [f"2025年{m}月" for m in range(11, 0, -1)]
    for month, row in zip(range(11, 0, -1), told, strict=True):
        rows = inside("accepted_at", f"2025-{month:02d}")
        assert {c: int(row[c]) for c in catalog.channels()} == {c: of(rows, c) for c in catalog.channels()}
        assert sum(int(row[c]) for c in catalog.channels()) == rows.height
    assert card.table and card.table.counts and set(card.table.counts.columns) == set(catalog.channels())
    counts = channels.load(hall(month_from="2025-01", month_to="2025-11"), show="count").parts
    assert counts and sum(track.values[0] or 0 for track in counts[1].tracks) == inside("accepted_at", "2025-01").height


def test_a_month_that_is_not_over_is_no_part() -> None:
    # the newest moment lies in December, whose cases are not held: November is whole
    assert flow().now.last.key == "2025-11"
    assert flow().spine[-1].key == "2025-11" and len(flow().spine) == len(MONTHS)


def test_the_change_of_each_channel_is_against_the_named_span() -> None:
    found = channels.load(hall(**NOVEMBER))
    assert found.changes and found.changes.table
    assert "2024年11月" in found.changes.subtitle
    now, then = inside("accepted_at", "2025-11"), inside("accepted_at", "2024-11")
    for channel, row in zip(catalog.channels().values(), found.changes.table.rows, strict=True):
        a, b = of(now, channel.id), of(then, channel.id)
        share = 100 * Fraction(a, now.height) - 100 * Fraction(b, then.height)
        assert row[:3] == (channel.zh, a, f"{100 * a / now.height:.1f}%")
        moved, points = row[3:]
        assert isinstance(moved, Amount) and isinstance(points, Amount) and moved.count == points.count == b
        assert float(points.words.replace("\u2212", "-")) == pytest.approx(float(share), abs=0.006)


def test_departments_are_ranked_by_what_chance_allows() -> None:
    ranked = channels.ranked(flow(month_from="2025-01", month_to="2025-11"))
    rows = inside("accepted_at", "2025-01", last="2025-11")
    for entry in ranked:
        own = rows.filter(pl.col("department") == entry.id)
        assert (entry.hits, entry.n) == (of(own, "online"), of(own, "online", "comprehensive_window"))
    lows = [entry.low for entry in ranked if entry.rank]
    assert lows == sorted(lows, reverse=True) and len(ranked) == 3
    assert channels.load(hall("health", **NOVEMBER)).ranking is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_months_without_cases_offer_those_that_are_held(lang: Lang) -> None:
    for load, page in ((channels.load, "channels"), (cities.load, "cities")):
        found = load(hall(lang=lang, month_from="2020-01", month_to="2020-02"))
        assert found.empty and [a.page for a in found.empty.actions] == [page, page]
        assert found.empty.actions[0].filters == {"from": "2025-11", "to": "2025-11"}


def places(*departments: str, item: str = "", city: str = "", **months: str) -> cases_by_city.CityCases:
    found = cases_by_city.load(hall(*departments, **months), item, city)
    assert found
    return found


@pytest.mark.parametrize("item", ["", "A1", "nonsense"])
@pytest.mark.parametrize("departments", [(), ("market_regulation",)])
def test_cities_are_counted_as_the_records_say(departments: tuple[str, ...], item: str) -> None:
    own = places(*departments, item=item, month_from="2025-09", month_to="2025-11")
    card, drawn = city_cards.ranking(own) or pytest.fail("no ranking")
    known = item == "A1"
    ids = {c.zh: c.id for c in catalog.cities().values()}

    def rows(column: str) -> pl.DataFrame:
        found = inside(column, "2025-09", *departments, last="2025-11")
        return found.filter(pl.col("item_code") == item) if known else found

    told = table_of(card)
    for row in told:
        here = pl.col("city") == ids[row["city"]] if row["city"] in ids else pl.col("city").is_null()
        done = rows("completed_at").filter(here & (pl.col("status") == "completed"))
        assert int(row["accepted"]) == rows("accepted_at").filter(here).height
        assert int(row["completed"]) == done.height
        days = taken(done)
        assert row["median"] == (str(days[-(-len(days) // 2) - 1]) if days else "")
    assert len({row["city"] for row in told}) == len(told)
    assert whole(card, "accepted") == rows("accepted_at").height
    # the province's own hall first, not drawn beside the others; then the most accepted
    assert drawn[0].value is None and drawn[0].name == "省本级"
    values = [row.value or 0 for row in drawn[1:]]
    assert values == sorted(values, reverse=True)


def test_the_year_before_is_that_of_the_same_months() -> None:
    own = places(**NOVEMBER)
    card, _ = city_cards.ranking(own) or pytest.fail("no ranking")
    assert own.compared and own.compared.words("zh") == "2024年11月" and "2024年11月" in card.subtitle
    before, now = inside("accepted_at", "2024-11"), inside("accepted_at", "2025-11")
    ids = {c.zh: c.id for c in catalog.cities().values()}
    for row in table_of(card):
        here = pl.col("city").fill_null("") == ids.get(row["city"], "")
        own, then = now.filter(here).height, before.filter(here).height
        assert 0 < then < 100 and row["change"] == f"{own - then:+}".replace("-", "\u2212"), row


def test_city_by_month_holds_every_case() -> None:
    card, grid = city_cards.months(places(month_from="2025-01", month_to="2025-11")) or pytest.fail("no map")
    assert sum(n or 0 for row in grid.counts for n in row) == inside("accepted_at", "2025-01", last="2025-11").height
    assert len(grid.columns) == 11 and len(grid.rows) == 4 and "未注明市州" in grid.rows
    assert card.table and card.table.counts and len(card.table.rows) == 11
    assert (
        sum(whole(card, city) for city in card.table.ids[1:])
        == ALL.filter(pl.col("accepted_at").dt.year() == 2025).height
    )


@pytest.mark.parametrize("city", ["", "chengdu", "none"])
def test_the_items_of_a_city(city: str) -> None:
    card = city_cards.items(places(city=city, **NOVEMBER)) or pytest.fail("no items")
    rows = inside("accepted_at", "2025-11")
    if city:
        rows = rows.filter(pl.col("city").fill_null("none") == city)
    counted = dict(rows.group_by("item_code").len().iter_rows())
    names = {plain(name): code for code, name in ALL.select("item_code", "item_name").unique().iter_rows()}
    assert {names[row["item"]]: int(row["accepted"]) for row in table_of(card)} == counted
    assert card.table and [row[1] for row in card.table.rows] == sorted(counted.values(), reverse=True)
    assert card.origin and card.origin.filters["city"] == city


def test_handling_time_is_told_only_of_enough_cases() -> None:
    card, drawn = city_cards.handling(places(month_from="2025-01", month_to="2025-11")) or pytest.fail("no days")
    done = inside("completed_at", "2025-01", last="2025-11").filter(pl.col("status") == "completed", city="chengdu")
    days = taken(done)
    row = next(row for row in drawn.rows if row.name == "成都市")
    assert (row.at, row.high) == (days[-(-len(days) // 2) - 1], days[-(-len(days) * 9 // 10) - 1])
    assert handling.quantile([(d, 1) for d in days], Fraction(9, 10)) == row.high
    assert card.table and len(card.table.rows) == 4
    assert city_cards.handling(places("transport", item="C1", city="", **NOVEMBER)) is None


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_of_parts_never_lie_on_each_other(mode: Mode) -> None:
    tracks = tuple(
        Track(name=f"<b>{value}%</b> {name}", colour="blue", values=(value,) * 3, labels=("",) * 3, hover=("",) * 3)
        for name, value in (("甲", 95.0), ("乙", 2.0), ("丙", 1.0), ("丁", 1.0), ("戊", 0.5), ("己", 0.5))
    )
    fig = checked(channel_plots.parts(Lines(tracks=tracks, slots=3, ticks=()), mode, percent=True))
    places = [a.y / 100 * 268 + a.yshift for a in fig.layout.annotations]
    assert all(b - a >= 16.9 for a, b in itertools.pairwise(places))
    assert max(places) <= 268.1


def test_a_value_too_large_for_the_others_is_words_alone() -> None:
    rows = (CityRow("省本级", None, None, "9,000 件", "+1%", ""), CityRow("甲", 5.0, 4.0, "5", "", ""))
    fig = checked(city_plots.ranked(rows, "light"))
    assert [tuple(bar.x) for bar in fig.data if bar.type == "bar"] == [(0.0, 4.0), (0.0, 5.0)]
    assert fig.layout.xaxis.range[1] < 20


@pytest.mark.parametrize("columns", [3, 30])
def test_each_step_of_the_map_holds_as_many_cells(columns: int) -> None:
    counts = (tuple(range(columns)), tuple(range(columns, 2 * columns)), (None,) * columns)
    grid = CityMonths(("甲", "乙", "丙"), tuple(map(str, range(columns))), counts, ((("",) * columns),) * 3)
    fig = checked(city_plots.grid(grid, "light"))
    steps = [step for row in fig.data[0].z for step in row]
    assert steps[0] == 0 and steps[2 * columns :] == [None] * columns
    sizes = [steps.count(step) for step in range(1, 11)]
    assert sum(sizes) == 2 * columns - 1 and (columns < 30 or max(sizes) - min(sizes) <= 1)
    # numbers stand in the cells while columns are few
    told = sorted(int(n) for trace in fig.data[1:] for n in trace.text)
    assert told == (list(range(1, 2 * columns)) if columns < 30 else [])


def test_a_period_of_one_month_has_no_parts_over_time() -> None:
    one = cases_by_channel.load(hall(**NOVEMBER))
    assert one and len(one.spine) == len(MONTHS), "one month is shown at the end of all that are held"
    assert Period.parse("2025-11") == one.now.first == one.now.last
