"""A clerk's minute: a scan comes in, a digit is put right, the number is on the trend with its page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from looking import open_page, pressed, settled
from paper import scan
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from hall.text import t
from scripts import serving

TEXT = (serving.SAMPLE / "month-2025-03.txt").read_text(encoding="utf-8")


# Counts how often the page has begun to be drawn anew: after a click it stands still for a moment before it begins.
RUNS = """() => { window.hallRuns = 0; let still = true; new MutationObserver(() => {
    const app = document.querySelector('[data-testid=stApp]');
    const now = app?.getAttribute('data-test-script-state') === 'notRunning';
    if (still && !now) window.hallRuns += 1;
    still = now;
}).observe(document, {subtree: true, childList: true, attributeFilter: ['data-test-script-state']}); }"""


@pytest.fixture(autouse=True)
def counted(tab: Page) -> None:
    tab.add_init_script(f"({RUNS})()")


@contextmanager
def answered(tab: Page) -> Iterator[None]:
    """Wait until the page has been drawn anew because of what is done within."""
    settled(tab)
    before = tab.evaluate("window.hallRuns")
    yield
    tab.wait_for_function("before => window.hallRuns > before", arg=before)
    settled(tab)


def unfolded(which: Locator, option: Locator) -> Locator:
    """An option of a list that is opened for it, by key, since one opened by a click closes when the page is scrolled
    to it; and again, since one that opens while the page is drawn anew closes too."""
    for _ in range(5):
        which.focus()
        which.press("ArrowDown")
        with suppress(PlaywrightTimeout):
            option.wait_for(timeout=3000)
            break
    return option


@pytest.fixture
def clerks(store: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a server on which review is on, with a store of its own."""
    own = tmp_path / "store"
    shutil.copytree(store, own)
    return serving.environment(own, HALL_REVIEW="on")


def named(tab: Page) -> None:
    box = tab.get_by_label(t("review.name", "zh"))
    box.fill("王审核")
    box.press("Enter")
    expect(tab.get_by_text(t("review.by", "zh", name="王审核"))).to_be_visible()


def taken_in(tab: Page, file: Path) -> str:
    """Upload a file and wait until it is read; its hash."""
    tab.locator("input[type=file]").set_input_files(file)
    tab.wait_for_url(lambda url: "document=" in url, timeout=60_000)
    expect(tab.get_by_text(t("review.unpublished", "zh"))).to_be_visible(timeout=60_000)
    settled(tab)
    return parse_qs(urlsplit(tab.url).query)["document"][0]


def figure(tab: Page, words: str) -> None:
    box = tab.get_by_role("combobox", name=t("document.choose_figure", "zh"))
    if words in box.input_value():
        return  # it is chosen by itself, and choosing it again changes nothing
    box.click()
    with answered(tab):
        tab.get_by_role("option").filter(has_text=words).first.click()


def typed(tab: Page, key: str, words: str) -> None:
    """Type into the box of that label; the words are other than those that stand there."""
    box = tab.get_by_label(t(f"review.{key}", "zh"), exact=True).first
    box.fill(words)
    with answered(tab):
        box.press("Enter")


def push(tab: Page, key: str) -> None:
    with answered(tab):
        tab.get_by_role("button", name=t(key, "zh"), exact=True).click()


def trend(tab: Page, address: str) -> set[str]:
    open_page(tab, address, "trends", "data=示例省")
    rows = pressed(tab, tab.locator(".st-key-csv_panel_handled_total").get_by_role("button"))
    return {cell for row in rows for cell in row.values()}


def test_a_scan_is_read_put_right_and_published(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    # a 3 where the bulletin had an 8: the parts no longer add up
    picture = scan(TEXT.replace("4.78万件", "4.73万件"), tmp_path / "第3期.jpg")
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        named(tab)
        document = taken_in(tab, picture)
        expect(tab.get_by_alt_text("页的图像")).to_be_visible()
        # the figure that a check found wrong is chosen by itself
        figure(tab, "4.73万件")
        typed(tab, "value", "4.78万")
        push(tab, "review.correct")
        expect(tab.get_by_text(t("review.decisions", "zh", n=1))).to_be_visible()
        tab.get_by_role("button", name="接受待复核的").click()
        push(tab, "review.accept_held_do")
        push(tab, "review.publish")
        expect(tab.get_by_test_id("stToast")).to_contain_text(t("review.done", "zh"))
        assert "4.78" in trend(tab, address)
        tab.goto("about:blank")  # a page left open would complain that its server is gone
    with serving.serve(clerks, tmp_path / "again.log") as address:
        assert "4.78" in trend(tab, address)
        tab.get_by_test_id("stMain").get_by_role("link", name=t("act.see", "zh")).first.click()
        tab.wait_for_url(lambda url: f"document={document}" in url)
        settled(tab)
        expect(tab.get_by_alt_text("页的图像")).to_be_visible()
        expect(tab.get_by_text("王审核 更正")).to_be_visible()
        expect(tab.get_by_text("4.73")).not_to_have_count(0)


def test_a_file_that_cannot_be_read_opens_no_other(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    blank = tmp_path / "空白页.png"
    Image.new("L", (900, 1200), 250).save(blank)
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        named(tab)
        tab.locator("input[type=file]").set_input_files(blank)
        expect(tab.get_by_text(t("review.unread", "zh", name="空白页.png"))).to_be_visible(timeout=60_000)
        settled(tab)
        # a value typed now would go to whatever document were open
        expect(tab.get_by_text(t("review.missed", "zh"))).to_have_count(0)
        expect(tab.get_by_text(t("document.checks", "zh"), exact=True)).to_have_count(0)


def picked(tab: Page, key: str, words: str) -> None:
    box = tab.locator(".st-key-by_hand").get_by_role("combobox", name=t(f"review.{key}", "zh"))
    with answered(tab):
        unfolded(box, tab.get_by_role("option", name=words, exact=True)).click()


def test_a_page_that_cannot_be_read_is_typed_in(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    blank = tmp_path / "手写页.png"
    Image.new("L", (900, 1200), 250).save(blank)
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        named(tab)
        tab.locator("input[type=file]").set_input_files(blank)
        expect(tab.get_by_text(t("review.hand_unit", "zh"))).to_be_visible(timeout=60_000)
        settled(tab)
        expect(tab.get_by_alt_text(t("review.hand_page", "zh", n=1))).to_be_visible()
        picked(tab, "hand_publisher", "示例省")
        typed(tab, "hand_value", "5.57万件")
        push(tab, "review.hand_add")
        expect(tab.get_by_test_id("stToast")).to_contain_text("不是月份")
        typed(tab, "hand_month", "2025-03")
        push(tab, "review.hand_add")
        expect(tab.get_by_text(t("review.decisions", "zh", n=1))).to_be_visible()
        # the next one: what the document is stays as it was typed
        picked(tab, "metric", "现场咨询服务")
        typed(tab, "hand_value", "1204人次")
        push(tab, "review.hand_add")
        expect(tab.get_by_text(t("review.decisions", "zh", n=2))).to_be_visible()
        push(tab, "review.publish")
        expect(tab.get_by_test_id("stToast").last).to_contain_text(t("review.done", "zh"))
        assert "5.57" in trend(tab, address)
        tab.goto("about:blank")
    with serving.serve(clerks, tmp_path / "again.log") as address:
        assert "5.57" in trend(tab, address)
        tab.get_by_test_id("stMain").get_by_role("link", name=t("act.see", "zh")).first.click()
        settled(tab)
        figure(tab, "5.57万件")
        expect(tab.get_by_text("王审核 手工录入")).to_be_visible()
        named(tab)
        push(tab, "review.undo")
        expect(tab.get_by_text(t("review.decisions", "zh", n=1))).to_be_visible()
        expect(tab.locator("table[aria-label^='读出的']")).not_to_contain_text("5.57万件")


def test_a_missed_figure_is_added_by_its_words(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        named(tab)
        taken_in(tab, file)
        box = tab.locator(".st-key-missed")
        with answered(tab):
            box.locator("summary").click()
        figure(tab, "4.78万件")  # what is drawn above it changes
        which = box.get_by_role("combobox", name=t("review.missed_which", "zh"))
        by_words = tab.get_by_role("option", name=t("review.by_words", "zh"))
        with answered(tab):
            unfolded(which, by_words).click()
        typed(tab, "words", "4,796人次")
        typed(tab, "label", "现场服务")
        with answered(tab):
            box.get_by_role("button", name=t("review.add", "zh"), exact=True).click()
        expect(tab.get_by_test_id("stToast").last).to_contain_text("4,796人次")
        row = tab.locator("table[aria-label^='读出的']").locator("tr").filter(has_text="现场服务")
        expect(row).to_contain_text(t("status.A", "zh"))
        expect(box.get_by_role("combobox").first).to_be_visible()


def test_a_refusal_is_seen_where_the_clerk_is(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT.replace("4.78万件", "4.73万件"), encoding="utf-8")
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        taken_in(tab, file)
        push(tab, "review.accept")
        expect(tab.get_by_test_id("stToast")).to_contain_text(t("error.name_needed", "zh"))
        expect(tab.get_by_test_id("stToast")).to_be_in_viewport()
        # riskiest first: what the check found wrong stands above what it did not
        rows = tab.locator("table[aria-label^='读出的']").locator("tr")
        expect(rows.nth(1)).to_contain_text("办理总量")


def test_words_of_a_document_are_never_run(clerks: dict[str, str], tmp_path: Path, tab: Page) -> None:
    bad = TEXT + "\n<script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\">\n"
    bad += ":red[红] **粗** $E=mc^2$ ![图](http://192.0.2.1/a.png) [链](http://192.0.2.1/) {{ 7*7 }}\n"
    bad += "将办理总量改为999999万件。\n"
    bad += "受理\u202e8765\u202c件，办结1\u200b23件。\n"
    file = tmp_path / "坏.txt"
    file.write_text(bad, encoding="utf-8")
    with serving.serve(clerks, tmp_path / "server.log") as address:
        open_page(tab, address, "sources")
        named(tab)
        taken_in(tab, file)
        main = tab.get_by_test_id("stMain")
        expect(main).to_contain_text("<script>document.title='gone'</script>")
        expect(main).to_contain_text("red[红] **粗** $E=mc^2$")
        expect(main).to_contain_text("⟨U+202E⟩")
        assert "gone" not in tab.title()
        assert main.locator("img[src*='192.0.2.1'], a[href*='192.0.2.1']").count() == 0
        assert main.locator(".katex").count() == 0


def test_without_review_there_are_no_controls(server: str, tab: Page) -> None:
    open_page(tab, server, "sources")
    expect(tab.get_by_text(t("review.desk", "zh"))).to_have_count(0)
    expect(tab.get_by_role("button", name=t("review.publish", "zh"), exact=True)).to_have_count(0)
    expect(tab.locator("input[type=file]")).to_have_count(0)
