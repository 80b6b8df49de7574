"""Opens pages of the app without a browser, and tells what stands on them."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
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
    at = AppTest.from_file(str(ROOT / "hall" / "ui" / "main.py"), default_timeout=30)
    for key, value in params.items():
        at.query_params[key.rstrip("_")] = value
    at.run()
    if page != "overview":
        at.switch_page(f"../../pages/{page}.py").run()
    return at


def said_on(at: AppTest) -> str:
    """The words and numbers that stand on the page."""
    parts = [str(e.value) for kind in ("title", "markdown") for e in getattr(at, kind)]
    parts += [f"{m.label} {m.value}" for m in at.metric]
    return "\n".join(parts)
