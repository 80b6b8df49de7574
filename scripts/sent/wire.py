"""The app of this checkout on a real server, and a client that asks for pages as a browser does.

A page is taken once everything on it stands open: what is sent only when a popover or an expander is opened is asked
for as well, so that it does not matter when a table is sent. Files are fetched as a click would fetch them.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import importlib
import inspect
import os
import socket
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import uvicorn
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from scripts.sent import parts
from scripts.sent.elements import Found, Page
from scripts.sent.twins import twins

_WAIT = 180.0
# Rounds of opening what an opened thing holds.
_ROUNDS = 4


class Site:
    """A running server; ``views`` are those that were loaded since they were last taken."""

    def __init__(self, port: int, views: list[Any]) -> None:
        self.port, self.views = port, views
        self.address = f"http://127.0.0.1:{port}/"

    async def page(self, page: str, query: str, kept: Path) -> dict[str, dict[str, int]]:
        """All that one page sends to a new session, as parts; contents of files are kept in a folder."""
        self.views.clear()
        stream = websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None, origin=websockets.Origin(self.address[:-1]), compression=None,
        )  # fmt: skip
        async with stream as socket_:
            session = Session(socket_, page, query)
            await session.run({})
            opened: dict[str, bool] = {}
            for _ in range(_ROUNDS):
                shut = {name for name in session.shut() if name not in opened}
                if not shut:
                    break
                opened |= dict.fromkeys(shut, True)
                await session.run(opened)
            found = session.parts()
            found["twins"] = Counter(dict.fromkeys(twins(self.views), 1))
            for target in [*session.exports(), *[await session.file(id_) for id_ in session.deferred()]]:
                name, body = await asyncio.to_thread(self._fetch, target)
                found["files"][f"{name} {_keep(body, kept)}"] += 1
        return {part: dict(sorted(entries.items())) for part, entries in found.items() if entries}

    def _fetch(self, target: str) -> tuple[str, bytes]:
        try:
            with urllib.request.urlopen(urljoin(self.address, target), timeout=_WAIT) as answer:
                return answer.headers.get_filename() or urlsplit(target).path, answer.read()
        except urllib.error.HTTPError as fault:
            return f"HTTP {fault.code}", fault.read()


class Session:
    """One browser tab: what the server sent in its last run, by its place."""

    def __init__(self, socket_: Any, page: str, query: str) -> None:
        self._socket, self._page, self._query = socket_, page, query
        self._placed: dict[tuple[int, ...], Element | Block] = {}
        self._pages: dict[str, str] = {}
        self._titles: list[str] = []
        self._id, self._faults = "", Counter[str]()

    async def run(self, opened: Mapping[str, bool]) -> None:
        """Run the script and wait until it has finished; ``opened`` are the popovers that stand open."""
        asked = BackMsg()
        asked.rerun_script.page_name = self._page
        asked.rerun_script.query_string = self._query
        asked.rerun_script.widget_states.widgets.extend(WidgetState(id=k, bool_value=v) for k, v in opened.items())
        await self._socket.send(asked.SerializeToString())
        while True:
            told = await self._next()
            kind = told.WhichOneof("type")
            if kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            self._take(told, kind)

    async def _next(self) -> ForwardMsg:
        told = ForwardMsg()
        told.ParseFromString(await asyncio.wait_for(self._socket.recv(), _WAIT))
        return told

    def _take(self, told: ForwardMsg, kind: str | None) -> None:
        if kind == "new_session":
            self._placed.clear()
            self._titles.clear()
            self._id = told.new_session.initialize.session_id
        elif kind == "navigation":
            self._pages = {p.page_script_hash: p.url_pathname for p in told.navigation.app_pages}
        elif kind == "page_config_changed" and told.page_config_changed.title:
            self._titles = [told.page_config_changed.title]
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "page_not_found":
            self._faults[f"no page {self._page}"] += 1
        elif kind == "delta":
            at, delta = tuple(told.metadata.delta_path), told.delta
            if delta.WhichOneof("type") == "new_element":
                for inner in [place for place in self._placed if place[: len(at)] == at]:
                    del self._placed[inner]
                self._placed[at] = delta.new_element
            elif delta.WhichOneof("type") == "add_block":
                self._placed[at] = delta.add_block

    def shut(self) -> Iterator[str]:
        """What would be sent something for if a reader opened it."""
        for one in self._placed.values():
            if isinstance(one, Block):
                if one.popover.id and not one.popover.open:
                    yield one.popover.id
                if one.expandable.id and not one.expandable.expanded:
                    yield one.expandable.id

    def _elements(self) -> Iterator[tuple[str, Any]]:
        for one in self._placed.values():
            kind = one.WhichOneof("type")
            if isinstance(one, Element) and kind:
                yield kind, getattr(one, kind)

    def deferred(self) -> list[str]:
        """The files that are made on a click."""
        return [e.deferred_file_id for kind, e in self._elements() if kind == "download_button" and e.deferred_file_id]

    def exports(self) -> list[str]:
        """The addresses of files that links and buttons name."""
        found = [e.url for kind, e in self._elements() if kind in ("download_button", "link_button") and e.url]
        for kind, e in self._elements():
            body = e.body if kind in ("html", "markdown") else ""
            found += [href for _, href in parts.Html(body).links if "export/" in href] if "export/" in body else []
        return list(dict.fromkeys(found))

    async def file(self, made: str) -> str:
        """The address of a file once the server has made it."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = made
        asked.backend_operation_request.session_id = self._id
        asked.backend_operation_request.deferred_file.file_id = made
        await self._socket.send(asked.SerializeToString())
        while (told := await self._next()).WhichOneof("type") != "backend_operation_response":
            continue
        answer = told.backend_operation_response
        return answer.deferred_file.url or f"./no-file?{answer.error_msg}"

    def parts(self) -> Found:
        """The page as parts."""
        found = Page(self._placed.values(), self._pages, self._titles).found
        found["faults"] += self._faults
        return found


def _keep(body: bytes, folder: Path) -> str:
    body = parts.timeless(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    name = hashlib.sha256(body).hexdigest()[:16]
    (folder / name).write_bytes(body)
    return name


def _noting(function: Callable[..., Any], views: list[Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def noted(*given: Any, **named: Any) -> Any:
        view = function(*given, **named)
        views.append(view)
        return view

    return noted


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """The app of this checkout on a free port of loopback; every view that it loads is noted."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    os.environ |= {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    from hall.ui import cache

    views: list[Any] = []
    # before anything imports them by name
    for name, function in [*vars(cache).items()]:
        if inspect.isfunction(function) and function.__module__ == cache.__name__ and not name.startswith("_"):
            vars(cache)[name] = _noting(function, views)
    app = importlib.import_module("app").app
    server = uvicorn.Server(uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="error", access_log=False, ws="websockets-sansio"
    ))  # fmt: skip
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
        if task.done():
            raise RuntimeError("the server did not start")
    try:
        yield Site(port, views)
    finally:
        server.should_exit = True
        await task
