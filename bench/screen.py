"""From an input to the last repaint, in Chromium (``make bench-ui``): Hall by page and control, by turns with the same
four charts in Dash and in plain Streamlit; loads, the menu, shifts, the longest blank of a chart, kB of the socket."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench import house
from bench.tab import Notes, tab
from hall.paths import ROOT
from hall.text import t
from scripts import serving

PAGES = ("overview", "trends", "departments", "windows")
# Seconds after which no further round is begun; one takes about a minute.
_ENOUGH = 420.0
_DASH, _PLAIN = "Dash", "plain Streamlit"
_FILTER, _LOAD, _COLD = "a filter", "warm load → last chart", "cold load → last chart"


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
            one.choose(f"{_PLAIN}: {_FILTER}", "department", name, blank=number == 3)


def hall(browser: Browser, address: str, notes: Notes, months: list[str]) -> None:
    """Hall: each page with its month, its own controls, and the menu."""
    with tab(browser, notes) as one:
        one.load(address, f"overview: {_COLD}")
        for page in PAGES:
            one.load(address if page == PAGES[0] else f"{address}{page}", f"{page}: {_LOAD}")
            some = [months.pop() for _ in range(3)]
            for month in some[:2]:
                one.choose(f"{page}: month not seen before", "to", month)
            for month in some[:2]:
                one.choose(f"{page}: the same months again", "to", month)
            one.choose(f"{page}: month", "to", some[2], blank=True)
            if page == "trends":
                for key in ("grain", "metric"):
                    one.change(f"trends: {key}", other(one.page, key).click)
            if page == "departments":
                one.change(
                    "departments: all of a ranking", one.page.locator("[class*=st-key-all_case_ranking] label").click
                )
        for page in (*PAGES[1:], PAGES[0]):
            link = one.page.get_by_test_id("stSidebarNav").get_by_role("link", name=t(f"page.{page}", "zh"), exact=True)
            one.change(f"menu → {page}", link.click)


def other(page: Page, key: str) -> Locator:
    """An option of a page's own control that is not chosen now."""
    return page.locator(f"[class*='st-key-_choice_{key}'] button:not([data-testid$='Active'])").last


def told(notes: Notes) -> None:
    """Print the table, each time beside what the issue of the house compares it with."""
    filters = {name: median(notes.times.get(f"{name}: {_FILTER}", [0])) for name in (_DASH, _PLAIN)}
    loads = {name: median(notes.times.get(f"{name}: {_LOAD}", [0])) for name in (_DASH, _PLAIN)}
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
        for number in range(asked.rounds):
            print(f"round {number + 1}, {time.monotonic() - begun:.0f} s", file=sys.stderr)
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
