"""In a real browser against a real server: addresses, filters, languages, failures, small screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from looking import OF_CASES, PAGES, WIDER, chooser, follow, menu, open_page, parameters, settled, sidebar
from playwright.sync_api import Page, expect

from hall.model import Lang
from hall.text import LANGUAGES, t


@pytest.mark.parametrize("page", PAGES)
def test_deep_link_on_a_fresh_server(page: str, store: Path, serve: Callable[[Path], str], tab: Page) -> None:
    open_page(tab, serve(store), page, "from=2025-05")
    expect(menu(tab)).to_have_count(len(PAGES) - len(OF_CASES))
    expect(chooser(tab, "from")).to_have_value("2025-05")
    expect(tab).to_have_title(f"{t(f'page.{page}', 'zh')} · {t('app.name', 'zh')}")
    expect(tab.get_by_test_id("stException")).to_have_count(0)
    expect(tab.get_by_text(t("error.page", "zh"))).to_have_count(0)


def test_filters_stay_over_links_and_back(server: str, tab: Page) -> None:
    open_page(tab, server, "trends", "from=2025-05&to=2025-10")
    for page in ("departments", "windows", "plan"):
        follow(tab, page)
        assert parameters(tab)["from"] == ["2025-05"], page
        assert parameters(tab)["to"] == ["2025-10"], page
    tab.go_back()
    settled(tab)
    assert "/windows" in tab.url
    assert parameters(tab)["from"] == ["2025-05"]
    expect(chooser(tab, "to")).to_have_value("2025-10")


def test_a_chosen_filter_is_in_the_url_and_opens_elsewhere(server: str, tab: Page) -> None:
    open_page(tab, server, "departments")
    chooser(tab, "department").fill("交通")
    tab.get_by_role("option").filter(has_text="交通运输厅").first.click()
    tab.wait_for_url("**department=*")
    settled(tab)
    assert parameters(tab)["department"] == ["交通运输厅"]
    other = tab.context.new_page()
    other.goto(tab.url)
    settled(other)
    expect(sidebar(other).get_by_text("交通运输厅").first).to_be_visible()
    other.close()


def test_ids_in_the_url_are_understood(server: str, tab: Page) -> None:
    open_page(tab, server, "departments", "department=transport")
    expect(sidebar(tab).get_by_text("交通运输厅").first).to_be_visible()


def test_nonsense_in_the_url_does_no_harm(server: str, tab: Page) -> None:
    open_page(tab, server, "trends", "from=nonsense&to=2025-13&department=<b>x</b>&data=99&lang=xx")
    expect(tab.get_by_text(t("error.page", "zh"))).to_have_count(0)
    expect(menu(tab).first).to_have_text(t("page.overview", "zh"))


def test_one_click_changes_the_language_and_keeps_the_filters(server: str, tab: Page) -> None:
    open_page(tab, server, "trends", "from=2025-05")
    sidebar(tab).get_by_text(t("language.name", "en"), exact=True).click()
    expect(menu(tab).filter(has_text=t("page.trends", "en"))).to_be_visible()
    settled(tab)
    assert "lang" in parameters(tab)
    assert parameters(tab)["from"] == ["2025-05"]
    follow(tab, "windows", "en")
    expect(menu(tab).filter(has_text=t("page.plan", "en"))).to_be_visible()
    sidebar(tab).get_by_text(t("language.name", "zh"), exact=True).click()
    expect(menu(tab).filter(has_text=t("page.plan", "zh"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sideways_scroll_on_a_phone(lang: Lang, server: str, dense: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    for address, query in ((server, ""), (dense, "data=示例省")):
        for page in PAGES:
            open_page(tab, address, page, query, lang)
            assert tab.evaluate(WIDER) == [], page


def test_dark(server: str, tab: Page) -> None:
    tab.emulate_media(color_scheme="dark")
    for page in PAGES:
        open_page(tab, server, page)
        expect(tab.get_by_text(t("error.page", "zh"))).to_have_count(0)


def test_demo_data_is_marked(dense: str, tab: Page) -> None:
    for page in ("overview", "trends", "windows"):
        open_page(tab, dense, page, "data=示例省")
        expect(tab.get_by_text(t("status.demo", "zh")).first).to_be_visible()


def test_an_empty_store_says_what_to_do(empty: str, tab: Page) -> None:
    for page in PAGES:
        open_page(tab, empty, page)
        expect(tab.get_by_text(t("error.page", "zh"))).to_have_count(0)
        expect(tab.get_by_test_id("stException")).to_have_count(0)


def test_a_failure_is_a_sentence(tmp_path: Path, serve: Callable[[Path], str], tab: Page) -> None:
    broken = tmp_path / "store"
    broken.mkdir()
    (broken / "CURRENT").write_text("hall-broken.duckdb\n", encoding="ascii")
    (broken / "hall-broken.duckdb").write_bytes(b"not a database" * 1000)
    tab.goto(f"{serve(broken)}/trends")
    expect(menu(tab).first).to_be_visible()
    expect(tab.get_by_text(t("error.store_unreadable", "zh", version="hall-broken.duckdb")[:10])).to_be_visible()
    for word in ("Traceback", ".py", "Error"):
        assert word not in tab.inner_text("body")


def test_the_pills_show_what_the_chart_shows(dense: str, tab: Page) -> None:
    open_page(tab, dense, "trends")
    pill = tab.get_by_role("button", name="全程网办受理", exact=True)
    expect(pill).to_have_attribute("aria-pressed", "true")
    box = tab.get_by_role("combobox", name=t("beside.label", "zh"))
    box.focus()
    box.press("ArrowDown")
    tab.get_by_role("option", name="示例省").click()
    tab.wait_for_url(lambda url: "beside=" in url)
    settled(tab)
    expect(pill).to_have_attribute("aria-pressed", "false")


def test_a_chart_far_below_is_drawn_when_it_is_scrolled_near_or_printed(dense: str, tab: Page) -> None:
    plots = ".js-plotly-plot .main-svg >> visible=true"
    tab.set_viewport_size({"width": 1440, "height": 500})
    for show in (lambda box: box.scroll_into_view_if_needed(), lambda _: tab.emulate_media(media="print")):
        tab.goto(f"{dense}/trends")
        expect(tab.locator(plots).first).to_be_visible(timeout=30_000)
        tab.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
        last = tab.locator("[class*=st-key-plot_]").last
        expect(last.get_by_role("img")).to_have_attribute("aria-label", re.compile(".{10}"))
        expect(last.locator(plots)).to_have_count(0)
        show(last)
        if tab.evaluate("matchMedia('print').matches"):
            tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(last.locator(plots)).not_to_have_count(0)
