"""Real servers with stores of their own, and one Chromium that reaches nothing but them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shared
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from scripts import serving

# Probes of Streamlit's own client below a page's address: they end in 404 and are no fault of ours.
PROBES = ("/_stcore/health", "/_stcore/host-config", "/host-config")


@dataclass
class Watch:
    """What a page asked for outside, and what it complained about."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(probe in str(message.location) for probe in PROBES):
            self.errors.append(message.text)


@pytest.fixture(scope="session")
def store() -> Path:
    """The facts that the repository carries; read only."""
    return shared.once("browser-facts", lambda folder: serving.build(folder / "store")) / "store"


@pytest.fixture(scope="session")
def dense_store() -> Path:
    """The facts and the fictional publisher's fourteen months and six weeks; read only."""
    documents = sorted(serving.SAMPLE.glob("*.txt"))
    return shared.once("browser-dense", lambda folder: serving.build(folder / "store", *documents)) / "store"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Starts a fresh server on a store and gives its address."""
    with ExitStack() as stack:
        yield lambda store: stack.enter_context(serving.serve(serving.environment(store), tmp_path / "server.log"))


@pytest.fixture(scope="session")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the tests that do not need a fresh one."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    with serving.serve(serving.environment(store), log) as address:
        yield address


@pytest.fixture(scope="session")
def dense(dense_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with dense data."""
    log = tmp_path_factory.mktemp("dense-server") / "server.log"
    with serving.serve(serving.environment(dense_store), log) as address:
        yield address


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose store holds nothing."""
    folder = tmp_path_factory.mktemp("empty-server")
    with serving.serve(serving.environment(folder / "store"), folder / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def context() -> Iterator[BrowserContext]:
    """One profile, so that the browser's cache works for it as it does for a person."""
    with sync_playwright() as play:
        browser = serving.chromium(play)
        yield browser.new_context(locale="zh-CN", accept_downloads=True)
        browser.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab of its own; on leaving, nothing was asked for outside and nothing complained."""
    watch = Watch()
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.set_default_timeout(30_000)
    page.on("request", watch.request)
    page.on("console", watch.console)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    yield page
    page.close()
    assert not watch.outside
    assert not watch.errors
