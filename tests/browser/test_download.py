"""Downloads, opened and compared with what the screen shows."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from looking import drawn, open_page, pressed
from playwright.sync_api import Locator, Page, expect

from hall.model import Lang, Period
from hall.text import LANGUAGES, numbers, periods, t
from scripts.serving import SAMPLE

MONTHS = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))["month"]


def _csv(tab: Page, key: str) -> Locator:
    return tab.locator(f".st-key-csv_{key}").get_by_role("button")


def _numbers(row: dict[str, str]) -> list[Decimal]:
    """The cells of a row after its first, as numbers; K are thousands."""
    cells = [cell.replace(",", "") for cell in [*row.values()][1:]]
    return [Decimal(cell.removesuffix("K")) * (1000 if cell.endswith("K") else 1) for cell in cells]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_csv_holds_what_the_chart_draws(lang: Lang, server: str, tab: Page) -> None:
    open_page(tab, server, "trends", lang=lang)
    rows = pressed(tab, _csv(tab, "channels"))
    bars = drawn(tab, "channels") - set(map(Decimal, range(3)))
    assert bars == {Decimal(53400), Decimal(2300), Decimal(40100), Decimal(1200)}
    # in Chinese the table is in 万, as the card says
    unit = 10_000 if lang == "zh" else 1
    assert {n * unit for row in rows for n in _numbers(row)[:2]} == bars
    assert [online + window for online, window, _ in map(_numbers, rows)] == [_numbers(row)[2] for row in rows]


def test_a_line_of_fourteen_months_is_the_series(dense: str, tab: Page) -> None:
    open_page(tab, dense, "trends", "data=示例省")
    rows = pressed(tab, _csv(tab, "panel_handled_total"))
    period = t("column.period_unit", "zh", unit=numbers.unit_word("case", "zh", 4))
    totals = {month["time_period"]: Decimal(month["handled_total"]) / 10_000 for month in MONTHS}
    found = {row[period]: _numbers(row)[0] for row in rows}
    assert found == {periods.short(Period.parse(key), "zh"): n for key, n in totals.items()}
    # The axis is in 万, as the subtitle says.
    assert set(totals.values()) <= drawn(tab, "panel_handled_total")


def test_the_filter_narrows_screen_and_download_alike(dense: str, tab: Page) -> None:
    open_page(tab, dense, "trends", "data=示例省&from=2025-03&to=2025-08")
    rows = pressed(tab, _csv(tab, "panel_handled_total"))
    months = [next(iter(row.values())) for row in rows]
    assert months == [f"2025年{month}月" for month in range(8, 2, -1)]


def test_the_table_twin_shows_the_same_numbers(server: str, tab: Page) -> None:
    open_page(tab, server, "windows")
    rows = pressed(tab, _csv(tab, "to_date"))
    wanted = {cell if "%" in cell or not cell.isdigit() else f"{int(cell):,}" for row in rows for cell in row.values()}
    assert any(cell.replace(",", "").isdigit() for cell in wanted)
    tab.locator(".st-key-table_to_date").get_by_role("button").first.click()
    table = tab.get_by_test_id("stPopoverBody").get_by_role("table")
    expect(table).to_be_visible()
    shown = table.inner_text().replace("\u00a0", " ").replace("\t", "\n").split("\n")
    assert wanted <= {cell.strip() for cell in shown}


def test_whole_tables(server: str, tab: Page) -> None:
    open_page(tab, server, "sources")
    for table in ("observations", "figures", "activities", "visits", "tasks", "documents"):
        rows = pressed(tab, tab.locator(f".st-key-extract_{table}").get_by_role("button"))
        assert rows, table
        assert table != "tasks" or len(rows) == 21
        assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "@", "+")]
