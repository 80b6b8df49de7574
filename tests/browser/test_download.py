"""Downloads, opened and compared with what the screen shows."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from looking import drawn, open_page, pressed
from playwright.sync_api import Locator, Page, expect

from hall.model import Lang
from hall.text import LANGUAGES, t
from scripts.serving import SAMPLE

MONTHS = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))["month"]


def _csv(tab: Page, key: str) -> Locator:
    return tab.locator(f".st-key-csv_{key}").get_by_role("button")


def _values(rows: list[dict[str, str]], lang: Lang) -> list[Decimal]:
    return [Decimal(row[t("column.obs_value", lang)]) for row in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_csv_holds_what_the_chart_draws(lang: Lang, server: str, tab: Page) -> None:
    open_page(tab, server, "trends", lang=lang)
    rows = pressed(tab, _csv(tab, "channels"))
    bars = drawn(tab, "channels") - set(map(Decimal, range(3)))
    assert bars == {Decimal(53400), Decimal(2300), Decimal(40100), Decimal(1200)}
    assert bars < set(_values(rows, lang))


def test_a_line_of_fourteen_months_is_the_series(dense: str, tab: Page) -> None:
    open_page(tab, dense, "trends", "data=示例省")
    rows = pressed(tab, _csv(tab, "panel_handled_total"))
    period, value = (t(f"column.{c}", "zh") for c in ("time_period", "obs_value"))
    found = {row[period]: row[value] for row in rows if "handled_total" in row.values()}
    assert found == {month["time_period"]: month["handled_total"] for month in MONTHS}
    # The axis is in 万, as the subtitle says.
    assert {Decimal(month["handled_total"]) / 10_000 for month in MONTHS} <= drawn(tab, "panel_handled_total")


def test_the_filter_narrows_screen_and_download_alike(dense: str, tab: Page) -> None:
    open_page(tab, dense, "trends", "data=示例省&from=2025-03&to=2025-08")
    rows = pressed(tab, _csv(tab, "panel_handled_total"))
    months = {row[t("column.time_period", "zh")] for row in rows}
    assert months == {f"2025-{month:02d}" for month in range(3, 9)}


def test_the_table_twin_shows_the_same_numbers(server: str, tab: Page) -> None:
    open_page(tab, server, "windows")
    rows = pressed(tab, _csv(tab, "to_date"))
    wanted = {f"{value:,}" for value in _values(rows, "zh")}
    tab.locator(".st-key-table_to_date").get_by_role("button").first.click()
    table = tab.get_by_test_id("stPopoverBody").get_by_role("table")
    expect(table).to_be_visible()
    assert wanted <= set(table.inner_text().replace("\t", "\n").split())


def test_whole_tables(server: str, tab: Page) -> None:
    open_page(tab, server, "sources")
    for table in ("observations", "figures", "activities", "visits", "tasks", "documents"):
        rows = pressed(tab, tab.locator(f".st-key-extract_{table}").get_by_role("button"))
        assert rows, table
        assert table != "tasks" or len(rows) == 21
        assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "@", "+")]
