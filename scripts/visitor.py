"""A visitor without a browser: a session of a Streamlit app over its websocket, which turns pages and sets filters."""

from __future__ import annotations

import asyncio
import http.client
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

# How Hall shows that a page failed (hall/ui/notices.py): a card with one red sentence.
_FAILURE = ":red[**"


@dataclass
class Run:
    """One run of the script as the visitor sees it, from asking to the last message."""

    seconds: float = 0.0
    received: int = 0
    messages: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """One session. Used as ``async with Visitor(address) as visitor: await visitor.run(...)``."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    session: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    page: str = ""
    picture: str = ""
    options: dict[str, list[str]] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _boxes: dict[str, str] = field(default_factory=dict)
    _cached: list[set[str]] = field(default_factory=list)
    _wire: ClientConnection | None = None

    async def __aenter__(self) -> Visitor:
        await asyncio.to_thread(self._enter)
        host = urlsplit(self.address).netloc
        self._wire = await connect(
            f"ws://{host}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], origin=Origin(self.address),
            additional_headers={"Cookie": self.cookie}, compression=None, max_size=None, ping_interval=None,
            open_timeout=60,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._wire:
            await self._wire.close()

    def _enter(self) -> None:
        """Get what a browser gets before it opens the websocket, and keep the cookies."""
        for path in ("/", "/_stcore/health"):
            wire = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
            wire.request("GET", path, headers={"Cookie": self.cookie} if self.cookies else {})
            answer = wire.getresponse()
            answer.read()
            for line in answer.headers.get_all("set-cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name.strip()] = value
            wire.close()

    @property
    def cookie(self) -> str:
        """The cookies as a header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def run(self, page: str = "", choices: Mapping[str, str | None] | None = None, limit: float = 120) -> Run:
        """Turn to a page (by its path, "" for the first) with these values of select boxes (by key); what came back.
        TimeoutError after ``limit`` seconds."""
        asked = BackMsg()
        if page in self.pages:
            asked.rerun_script.page_script_hash = self.pages[page]
        else:
            asked.rerun_script.page_name = page
        self.page = page
        for key, value in (choices or {}).items():
            self._choose(key, value)
        asked.rerun_script.widget_states.widgets.extend(self._states.values())
        asked.rerun_script.cached_message_hashes.extend({name for some in self._cached for name in some})
        assert self._wire is not None
        self._at_once()
        done, begun = Run(), time.perf_counter()
        await self._wire.send(asked.SerializeToString())
        async with asyncio.timeout(limit):
            await self._until_finished(done)
        done.seconds = time.perf_counter() - begun
        return done

    async def upload_address(self) -> str:
        """Where the server takes a file of this session."""
        asked = BackMsg()
        asked.file_urls_request.request_id = "1"
        asked.file_urls_request.session_id = self.session
        asked.file_urls_request.file_names.append("large.bin")
        assert self._wire is not None
        await self._wire.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(_bytes(await self._wire.recv()))
            if message.WhichOneof("type") == "file_urls_response":
                return str(message.file_urls_response.file_urls[0].upload_url)

    def _choose(self, key: str, value: str | None) -> None:
        name = self._boxes.get(key)
        if name is None:
            return  # a page without filters, or one that failed
        if value is None:
            self._states.pop(name, None)
        else:
            self._states[name] = WidgetState(id=name, string_value=value)

    async def _until_finished(self, done: Run) -> None:
        seen: set[str] = set()
        assert self._wire is not None
        while True:
            raw = _bytes(await self._wire.recv())
            self._at_once()
            done.received += len(raw)
            done.messages += 1
            message = ForwardMsg.FromString(raw)
            if message.metadata.cacheable:
                seen.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                seen.add(message.ref_hash)
            elif kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "navigation":
                self.pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
            elif kind == "delta":
                self._read(message, done)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    done.faults.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
                break
        # The browser remembers large messages for two runs, and says which.
        self._cached = [*self._cached[-1:], seen]

    def _read(self, message: Any, done: Run) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "selectbox":
            # the key stands at the end of what Streamlit calls the widget
            key = element.selectbox.id.rpartition("-")[2]
            self._boxes[key] = element.selectbox.id
            self.options[key] = list(element.selectbox.options)
        elif kind == "imgs":
            self.picture = element.imgs.imgs[0].url
        elif kind == "exception":
            done.faults.append(element.exception.message[:120])
        elif kind == "markdown" and element.markdown.body.startswith(_FAILURE):
            done.faults.append(element.markdown.body[:120])

    def _at_once(self) -> None:
        """Acknowledge what arrives without the delay of 40 ms, which a Python client would otherwise measure."""
        assert self._wire is not None
        wire = self._wire.transport.get_extra_info("socket")
        if wire is not None and hasattr(socket, "TCP_QUICKACK"):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _bytes(raw: str | bytes) -> bytes:
    return raw if isinstance(raw, bytes) else raw.encode()
