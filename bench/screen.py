"""From an input to the last repaint, in Chromium (``make bench-ui``): Hall by page and control, by turns with the same
four charts in Dash and in plain Streamlit; loads, the menu, shifts, the longest blank of a chart, kB of the socket."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from playwright.sync_api import Browser, Locator, Page, WebSocket, sync_playwright
from playwright.sync_api import Error as BrowserError

from bench import house
from hall.paths import ROOT
from hall.text import t
from scripts import serving

PAGES = ("overview", "trends", "departments", "windows")
_WATCH = ROOT / "bench" / "watch.js"
_QUIET, _LIMIT = 400.0, 20.0
# Seconds after which no further round is begun; a round takes one to one and a half minutes.
_ENOUGH = 430.0
_DASH, _PLAIN = "Dash", "plain Streamlit"
_FILTER, _LOAD, _COLD = "a filter", "warm load → last chart", "cold load → last chart"


@dataclass
class Notes:
    """What was measured, by what it is of: milliseconds, and kB where a socket brought something."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: set[str] = field(default_factory=set)


class Tab:
    """One tab of a fresh profile, watched by bench/watch.js."""

    def __init__(self, page: Page, notes: Notes) -> None:
        self.page, self.notes, self._received = page, notes, 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self._received += len(payload)

    def load(self, address: str, name: str) -> None:
        """Open an address; note the time from the navigation to the last repaint of a chart, and the shifts."""
        self.page.goto(address, wait_until="commit")
        self.page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
        told = self._settled(0)
        if told:
            self.notes.times[name].append(told["chart"])
            self.notes.times[f"{name}: CLS"].append(float(self.page.evaluate("hallWatch.shifted(0)")))

    def change(self, name: str, act: Callable[[], object], *, blank: bool = False) -> None:
        """Do what changes the page; note the time from the input to the last repaint and what the socket brought, or,
        where ``blank``, how long a chart was blank and how far things shifted (looking costs time: not both)."""
        self.page.wait_for_timeout(150)
        if blank:
            self.page.evaluate("hallWatch.begin()")
        received = self._received
        before = float(self.page.evaluate("performance.now()"))
        try:
            act()
        except BrowserError as fault:
            self.notes.missing.add(f"{name}: {fault.message.splitlines()[0]}")
            return
        told = self._settled(before)
        if told is None:
            self.notes.missing.add(f"{name}: nothing changed, or did not come to rest")
        elif blank:
            longest, gone = self.page.evaluate("hallWatch.end()")
            self.notes.times[f"{name}: longest blank of a chart"].append(float(longest))
            self.notes.times[f"{name}: charts that did not come again"].append(float(gone))
            shifted = self.page.evaluate("since => hallWatch.shifted(since)", told["input"])
            self.notes.times[f"{name}: shifts after it"].append(float(shifted))
        else:
            self.notes.times[name].append(told["last"] - told["input"])
            if self._received > received:
                self.notes.sizes[name].append((self._received - received) / 1024)

    def _settled(self, since: float) -> dict[str, float] | None:
        """Wait until nothing has moved for a while; None when nothing moved at all or it never rests."""
        end = time.monotonic() + _LIMIT
        while time.monotonic() < end:
            told: dict[str, float] = self.page.evaluate("hallWatch.told()")
            begun = max(since, told["input"])
            moved = told["last"] > begun and (since > 0 or told["chart"] > 0)
            if not told["busy"] and moved and told["now"] - told["last"] > _QUIET:
                return told
            if not told["busy"] and not moved and told["now"] - begun > 5000:
                return None
            self.page.wait_for_timeout(40)
        return None


@contextmanager
def tab(browser: Browser, notes: Notes) -> Iterator[Tab]:
    """A tab of a profile with nothing in its cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    context.add_init_script(path=_WATCH)
    context.set_default_timeout(15_000)
    yield Tab(context.new_page(), notes)
    context.close()


def typed(box: Locator, words: str) -> Callable[[], None]:
    """Choose from a select box with the keyboard: its list stands open before the input is made."""
    box.click()
    box.fill(words)
    box.page.wait_for_timeout(300)
    return lambda: box.press("Enter")


def dash(browser: Browser, address: str, notes: Notes, departments: list[str]) -> None:
    """The yardstick: its drop-down is set by program, which leaves out what a real one costs."""
    with tab(browser, notes) as one:
        one.load(address, f"{_DASH}: {_COLD}")
        one.load(address, f"{_DASH}: {_LOAD}")
        script = "d => { hallWatch.input = performance.now(); dash_clientside.set_props('department', {value: d}) }"
        for number, name in enumerate(departments[:4]):
            one.change(f"{_DASH}: {_FILTER}", partial(one.page.evaluate, script, name), blank=number == 3)


def plain(browser: Browser, address: str, notes: Notes, departments: list[str]) -> None:
    """The other yardstick, its select box by keyboard as Hall's."""
    with tab(browser, notes) as one:
        one.load(address, f"{_PLAIN}: {_COLD}")
        one.load(address, f"{_PLAIN}: {_LOAD}")
        for number, name in enumerate(departments[:4]):
            box = one.page.locator(".st-key-department input").first
            one.change(f"{_PLAIN}: {_FILTER}", typed(box, name), blank=number == 3)


def hall(browser: Browser, address: str, notes: Notes, months: list[str]) -> None:
    """Hall: each page with its month, its own controls, and the menu."""
    with tab(browser, notes) as one:
        one.load(address, f"overview: {_COLD}")
        for page in PAGES:
            one.load(address if page == PAGES[0] else f"{address}{page}", f"{page}: {_LOAD}")
            box = one.page.locator(".st-key-to input").first
            some = [months.pop() for _ in range(3)]
            for month in some[:2]:
                one.change(f"{page}: month not seen before", typed(box, month))
            for month in some[:2]:
                one.change(f"{page}: the same months again", typed(box, month))
            one.change(f"{page}: month", typed(box, some[2]), blank=True)
            if page == "trends":
                for key in ("grain", "metric"):
                    one.change(f"trends: {key}", other(one.page, key).click)
            if page == "departments":
                one.change("departments: category", other(one.page, "category").click)
        for page in (*PAGES[1:], PAGES[0]):
            link = one.page.get_by_test_id("stSidebarNav").get_by_role("link", name=t(f"page.{page}", "zh"), exact=True)
            one.change(f"menu → {page}", link.click)


def other(page: Page, key: str) -> Locator:
    """An option of a page's own control that is not chosen now."""
    return page.locator(f"[class*='st-key-_choice_{key}'] button:not([data-testid$='Active'])").last


def told(notes: Notes) -> None:
    """Print the table, each time beside what the issue of the house compares it with."""
    filters = {name: median(notes.times[f"{name}: {_FILTER}"] or [0]) for name in (_DASH, _PLAIN)}
    loads = {name: median(notes.times[f"{name}: {_LOAD}"] or [0]) for name in (_DASH, _PLAIN)}
    rows: list[list[str]] = []
    for name, taken in notes.times.items():
        fine = name.endswith(("CLS", "shifts after it"))
        form = ".3f" if fine else ".0f"
        beside = loads if name.endswith(_LOAD) else filters if name in notes.sizes or name.endswith(_FILTER) else None
        middle = median(taken)
        ratios = [house.ratio(middle, beside[one]) if beside and "menu" not in name else "" for one in (_DASH, _PLAIN)]
        size = f"{median(notes.sizes[name]):.0f}" if name in notes.sizes else ""
        unit = "" if fine or "did not" in name else " ms"
        span = f"{min(taken):{form}}–{max(taken):{form}}"
        rows.append([name, f"{middle:{form}}{unit}", span, str(len(taken)), *ratios, size])
    house.table(("what", "median", "from–to", "n", f"× {_DASH}", f"× {_PLAIN}", "kB"), sorted(rows, key=_order))
    for missing in sorted(notes.missing):
        print(f"not measured: {missing}", file=sys.stderr)


def _order(row: Sequence[str]) -> tuple[int, int, str]:
    """Yardsticks last; blanks and shifts after times."""
    beside = row[0].startswith((_DASH, _PLAIN))
    return int(beside), int(": CLS" in row[0] or "blank" in row[0] or "did not" in row[0] or "shifts" in row[0]), row[0]


def main() -> None:
    """Serve the three, go round by round in random order, print the table."""
    words = argparse.ArgumentParser(prog="make bench-ui", description=__doc__)
    words.add_argument("--rounds", type=int, default=6)
    words.add_argument("--workers", type=int, default=1)
    words.add_argument("--port", type=int, default=8735)
    asked = words.parse_args()
    env = house.demo()
    apart = env | {"PYTHONPATH": f"{ROOT}:{ROOT / '.venv' / 'dash'}"}
    dice, notes, begun = random.Random(1), Notes(), time.monotonic()
    months = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)][1:-1]
    house.heading("From an input to the last repaint, Chromium 1440 × 1000, demo hall, "
                  f"{asked.workers} server process(es).", "streamlit", "plotly", "playwright")  # fmt: skip
    with ExitStack() as stack:
        beside = asked.port + asked.workers + 1
        addresses = [
            stack.enter_context(house.serve(name, env, port, command)).address + "/" for name, env, port, command in (
                ("Hall", env, asked.port, house.streamlit(asked.port, asked.workers)),
                (_PLAIN, env, beside, house.streamlit(beside, 1, house.PLAIN)),
                (_DASH, apart, beside + 1, [sys.executable, "-m", "bench.yardsticks.dashed", str(beside + 1)]),
            )
        ]  # fmt: skip
        browser = serving.chromium(stack.enter_context(sync_playwright()))
        for _ in range(asked.rounds):
            if time.monotonic() - begun > _ENOUGH:
                break
            dice.shuffle(months)
            own = list(months)
            names = dice.sample(_departments(env), 4)
            acts = [(hall, addresses[0], own), (plain, addresses[1], names), (dash, addresses[2], names)]
            for act, address, choices in dice.sample(acts, 3):
                act(browser, address, notes, choices)
        browser.close()
    told(notes)


def _departments(env: dict[str, str]) -> list[str]:
    """The names that both yardsticks offer; their module finds the cube by the setting."""
    os.environ["HALL_STORE"] = env["HALL_STORE"]
    from bench.yardsticks import charts

    return charts.departments()


if __name__ == "__main__":
    main()
