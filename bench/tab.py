"""A browser tab that is watched while it changes (bench/watch.js): what `make bench-ui` notes of each change."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Browser, Page, WebSocket
from playwright.sync_api import Error as BrowserError

from hall.paths import ROOT

_WATCH = ROOT / "bench" / "watch.js"
_QUIET, _LIMIT = 400.0, 20.0
# Seconds after which the rest of a round is left out.
_OVER = 490.0


@dataclass
class Notes:
    """What was measured, by what it is of: milliseconds, and kB where a socket brought something."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missing: set[str] = field(default_factory=set)
    until: float = field(default_factory=lambda: time.monotonic() + _OVER)

    @property
    def over(self) -> bool:
        """Whether the time is over, and this was said."""
        if time.monotonic() > self.until:
            self.missing.add("the rest of the last round: the time is over")
        return time.monotonic() > self.until


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
        if self.notes.over:
            return
        self.page.goto(address, wait_until="commit")
        try:
            self.page.wait_for_selector(".js-plotly-plot .main-svg", timeout=30_000)
        except BrowserError:
            self.notes.missing.add(f"{name}: no chart came")
            return
        told = self._settled(0)
        if told:
            self.notes.times[name].append(told["chart"])
            self.notes.times[f"{name}: CLS"].append(float(self.page.evaluate("hallWatch.shifted(0)")))

    def choose(self, name: str, key: str, words: str, *, blank: bool = False) -> None:
        """Choose from a select box with the keyboard: its list stands open before the input is made."""
        box = self.page.locator(f".st-key-{key} input").first

        def first() -> None:
            box.click()
            box.fill(words)
            self.page.wait_for_timeout(300)

        self.change(name, partial(box.press, "Enter"), first=first, blank=blank)

    def change(
        self, name: str, act: Callable[[], object], *, first: Callable[[], None] | None = None, blank: bool = False
    ) -> None:
        """Do what changes the page; note the time from the input to the last repaint and what the socket brought, or,
        where ``blank``, how long a chart was blank and how far things shifted (looking costs time: not both)."""
        if self.notes.over:
            return
        self.page.wait_for_timeout(150)
        try:
            if first:
                first()
            if blank:
                self.page.evaluate("hallWatch.begin()")
            received = self._received
            before = float(self.page.evaluate("performance.now()"))
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
