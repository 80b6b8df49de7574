"""On the demo's cases: one filter, and the number, the chart, the rows behind it and the file of them agree."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import OF_CASES, PAGES, WIDER, drawn, menu, open_page, parameters, pressed, settled
from playwright.sync_api import Locator, Page, expect

from hall import catalog
from hall.model import Lang
from hall.text import LANGUAGES, t
from scripts import serving

ASKED = "data=demo&department=market_regulation&from=2025-10&to=2025-10"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the demo hall as its command makes it: fifteen months, so that a year before is known."""
    folder = tmp_path_factory.mktemp("demo")
    with serving.serve(serving.demo(folder / "store", 15, 200_000), folder / "server.log") as address:
        yield address


def _counted(words: str) -> int:
    """The number before its unit, the last of a sentence."""
    return int(re.findall(r"[\d,]+(?=\s*件|\s+cases)", words)[-1].replace(",", ""))


def _csv(tab: Page, key: str = "cases") -> Locator:
    return tab.locator(f".st-key-csv_{key}").get_by_role("button")


def _shown(tab: Page) -> int:
    """How many rows the page says there are, and that it shows the first of them."""
    words = tab.get_by_text(re.compile(r"第 1—\d+ 件，共 [\d,]+ 件")).inner_text()
    return int(re.findall(r"共 ([\d,]+) 件", words)[0].replace(",", ""))


def test_the_menu_lists_the_pages_of_cases(demo: str, tab: Page) -> None:
    open_page(tab, demo, "channels")
    expect(menu(tab)).to_have_count(len(PAGES))
    for page in OF_CASES:
        expect(menu(tab).filter(has_text=t(f"page.{page}", "zh")).first).to_be_visible()


def test_number_chart_rows_and_file_agree(demo: str, tab: Page) -> None:
    open_page(tab, demo, "channels", ASKED)
    card = tab.get_by_role("group", name="办理总量")
    number = int(re.sub(r"\D", "", card.locator(".value").inner_text()))
    # the chart draws the parts of each month, drawn as cases
    tab.get_by_text(t("channels.show_count", "zh"), exact=True).click()
    tab.wait_for_url("**show=count*")
    settled(tab)
    parts = pressed(tab, _csv(tab, "channel_parts"))
    month = next(row for row in parts if "2025年10月" in row.values())
    counts = [int(month[catalog.channels()[name].label("zh")]) for name in ("online", "comprehensive_window")]
    assert sum(counts) == number
    assert {float(n) for n in counts} <= {float(x) for x in drawn(tab, "channel_parts")}
    # the rows behind the number
    card.locator("xpath=ancestor::*[@data-testid='stVerticalBlock'][1]").get_by_role("link").click()
    tab.wait_for_url("**/cases?*")
    settled(tab)
    assert parameters(tab)["channel"] == ["online", "comprehensive_window"]
    assert _counted(tab.get_by_text(re.compile("2025年10月 省市场监管局 .*受理")).inner_text()) == number
    assert _shown(tab) == number
    found = pressed(tab, _csv(tab))
    assert len(found) == number
    assert {row["部门代码"] for row in found} == {"market_regulation"}
    assert {row["受理渠道代码"] for row in found} == {"online", "comprehensive_window"}
    assert {row["受理时间"][:7] for row in found} == {"2025-10"}
    assert all(re.fullmatch(r".{4}•+.{2}", row["办件编号"]) for row in found)


def test_many_rows_are_streamed(demo: str, tab: Page) -> None:
    open_page(tab, demo, "cases", "data=demo&from=2024-10&to=2025-12")
    number = _shown(tab)
    assert number > 50_000
    with tab.expect_download() as waiting:
        tab.locator(".st-key-csv_cases").get_by_role("link").click()
    path = Path(waiting.value.path())
    assert waiting.value.suggested_filename.startswith(t("status.demo", "zh"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) - 1 == number


def test_pages_turn_and_another_question_begins_anew(demo: str, tab: Page) -> None:
    open_page(tab, demo, "cases", ASKED)
    tab.get_by_role("button", name="Page 2", exact=True).click()
    tab.wait_for_url("**page=2*")
    settled(tab)
    expect(tab.get_by_text(re.compile(r"第 51—100 件"))).to_be_visible()
    tab.get_by_role("button", name="综合窗口", exact=True).click()
    tab.wait_for_url("**channel=comprehensive_window*")
    settled(tab)
    expect(tab.get_by_text(re.compile(r"第 1—"))).to_be_visible()
    assert "page" not in parameters(tab)
    expect(tab.get_by_text(re.compile("综合窗口 受理"))).to_be_visible()


def test_an_item_is_found_by_its_name(demo: str, tab: Page) -> None:
    open_page(tab, demo, "cities", "data=demo")
    box = tab.get_by_role("combobox", name=t("drill.item", "zh"), exact=True)
    box.fill("特种设备")
    option = tab.get_by_role("option").first
    name = option.inner_text()
    option.click()
    tab.wait_for_url("**item=*")
    settled(tab)
    expect(tab.get_by_text(f"、{name}").first).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sideways_scroll_on_a_phone(lang: Lang, demo: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    for page in OF_CASES:
        open_page(tab, demo, page, "data=demo", lang)
        assert tab.evaluate(WIDER) == [], page


def test_demo_cases_are_marked(demo: str, tab: Page) -> None:
    for page in OF_CASES:
        open_page(tab, demo, page, "data=demo")
        expect(tab.get_by_text(t("status.demo", "zh")).first).to_be_visible()
