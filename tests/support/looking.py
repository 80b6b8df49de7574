"""What the browser tests do again and again: go to a page, wait for it, read its tables, charts and downloads."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from hall.model import Lang
from hall.text import t
from scripts import serving

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# Pages of cases, which the menu leaves out where no data set has a cube.
OF_CASES = ("cases", "channels", "cities")

# The numbers that a chart draws, along both axes.
DRAWN = """chart => chart._fullData.filter(trace => trace.mode !== 'text')
    .flatMap(trace => [...(trace.x || []), ...(trace.y || [])])
    .filter(value => typeof value === 'number' && isFinite(value))"""
# What sticks out of the page at the side.
WIDER = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const wide = [document.scrollingElement, main].filter(e => e && e.scrollWidth > e.clientWidth + 1);
    return wide.map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`);
}"""


def open_page(tab: Page, address: str, page: str, query: str = "", lang: Lang = "zh") -> None:
    """Go to the page by its own URL and wait until it has been drawn."""
    parts = [f"lang={lang}"] if lang != "zh" else []
    query = "&".join([*parts, query] if query else parts)
    tab.goto(f"{address}/{page}" + (f"?{query}" if query else ""))
    settled(tab)


def settled(tab: Page) -> None:
    """Wait until no script runs and every chart is drawn."""
    # the first page of a server imports what it needs, on a busy machine for longer than is usually waited for
    expect(tab.locator("h1").first).to_be_visible(timeout=30_000)
    tab.wait_for_function(serving.STILL)


def parameters(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def menu(tab: Page) -> Locator:
    return tab.get_by_test_id("stSidebarNavLink")


def follow(tab: Page, page: str, lang: Lang = "zh") -> None:
    """Click the page's link in the menu."""
    menu(tab).filter(has_text=t(f"page.{page}", lang)).first.click()
    tab.wait_for_url(
        lambda url: urlsplit(url).path.endswith(f"/{page}") or (page == "overview" and urlsplit(url).path == "/")
    )
    settled(tab)


def sidebar(tab: Page) -> Locator:
    return tab.get_by_test_id("stSidebar")


def chooser(tab: Page, name: str, lang: Lang = "zh") -> Locator:
    """The box in which a filter is chosen."""
    return sidebar(tab).get_by_role("combobox", name=t(f"filter.{name}", lang), exact=True)


def pressed(tab: Page, button: Locator) -> list[dict[str, str]]:
    """The rows of the CSV that the button gives."""
    with tab.expect_download() as waiting:
        button.click()
    path = waiting.value.path()
    content = Path(path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the mark at the beginning"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def drawn(tab: Page, key: str) -> set[Decimal]:
    """The numbers of the chart of that card."""
    numbers: list[float] = tab.locator(f".st-key-plot_{key} .js-plotly-plot").evaluate(DRAWN)
    return {Decimal(str(number)) for number in numbers}
