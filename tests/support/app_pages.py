"""Opens pages of the app without a browser, and tells what stands on them."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from hall.paths import PAGES, ROOT

NAMES = sorted(path.stem for path in PAGES.glob("*.py"))
# Pages that say nothing without records of cases.
OF_CASES = ("channels", "cities", "cases")


def open_page(
    monkeypatch: pytest.MonkeyPatch, store: Path, page: str = "overview", **params: str | list[str]
) -> AppTest:
    """A page of the real app on a store, as a link with these parameters opens it."""
    monkeypatch.setenv("HALL_STORE", str(store))
    st.cache_resource.clear()
    at = app(ROOT / "hall" / "ui" / "main.py")
    for key, value in params.items():
        at.query_params[key.rstrip("_")] = value
    if page != "overview":
        at.switch_page(f"../../pages/{page}.py")
    return at.run()


def app(script: Path) -> AppTest:
    """A script that can be run; all of them share one look for components in the installed packages, as the sessions
    of one server do."""
    at = AppTest.from_file(str(script), default_timeout=30)
    at._bidi_component_manager = _components()
    return at


@cache
def _components() -> BidiComponentManager:
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


class Number(NamedTuple):
    """A KPI card: its label with its marks, its number, all of its block."""

    label: str
    value: str
    html: str


def blocks_on(at: AppTest) -> list[str]:
    """The blocks of HTML on the page: tables and KPI cards."""
    bodies = [str(element.proto.body) for element in at.get("html")]
    return [body for body in bodies if not body.startswith("<style>")]


def numbers_on(at: AppTest) -> list[Number]:
    """The KPI cards of the page. The label of a card that leads on is the link above its block."""
    found = []
    for body in (b for b in blocks_on(at) if 'class="hall-kpi"' in b):
        named = re.search(r'aria-label="([^"]*)"', body)
        assert named
        name = unescape(named[1])
        head = re.search(r"hall-kpi[^>]*><p>(.*?)</p>", body)
        link = next((e.proto.label for e in at.get("page_link") if f":primary[{name}]" in e.proto.label), "")
        value = re.search(r'class="value[^"]*">(.*?)</div>', body)
        assert value
        found.append(Number(bare(head[1]) if head else link, bare(value[1]), body))
    return found


def bare(html: str) -> str:
    """HTML without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def said_on(at: AppTest) -> str:
    """The words and numbers that stand on the page."""
    parts = [str(e.value) for kind in ("title", "markdown") for e in getattr(at, kind)]
    parts += [f"{number.label} {bare(number.html)}" for number in numbers_on(at)]
    return "\n".join(parts)
