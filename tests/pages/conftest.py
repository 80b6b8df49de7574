"""No page test remembers what another one saw."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import page_stores
import pytest
import streamlit as st

from hall.store import cube, read


@pytest.fixture(scope="session")
def stores() -> dict[str, Path]:
    return {name: page_stores.made(name) for name in page_stores.KINDS}


@pytest.fixture(autouse=True)
def _fixed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The day is that of the kind of store which the test is about, else that of its module."""
    given = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    kind = page_stores.KINDS.get(given.get("kind", ""))
    monkeypatch.setenv("HALL_TODAY", kind.today if kind else getattr(request.module, "TODAY", "2025-12-01"))
    # the handler of Streamlit writes to a stream that pytest has closed
    logging.disable(logging.WARNING)
    # literal stores share a file name, which is the cache key
    st.cache_resource.clear()
    yield
    logging.disable(logging.NOTSET)
    read.close()
    cube.close()
