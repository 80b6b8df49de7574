"""The HTML page before the first run: what of it is ours, and that nothing else is touched."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hall.model import Lang
from hall.text import t
from hall.ui import library
from hall.ui.front import Front

PAGE = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
HTML = "text/html,application/xhtml+xml"


def _page(_: object) -> Response:
    return HTMLResponse(PAGE, headers={"etag": '"a"', "last-modified": "Tue, 01 Dec 2026 11:36:44 GMT"})


def get(path: str, accept: str = HTML, query: str = "") -> tuple[int, dict[str, str], str]:
    """Status, headers and body of what comes through, pressed within and without as it is where Streamlit serves."""
    routes = [Route("/trends", _page), Route("/data", lambda _: JSONResponse({"a": "</head>"}))]
    inner = Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=100)])
    app, sent = GZipMiddleware(Front(inner), minimum_size=100), list[Any]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"accept", accept.encode()), (b"accept-encoding", b"gzip")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers}
    # a thread of its own: the loop of the browser tests may run in this one
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, app(scope, receive, send)).result()
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    assert int(told["content-length"]) == len(body)
    pressed = told.get("content-encoding") == "gzip"
    return sent[0]["status"], told, (gzip.decompress(body) if pressed else body).decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_our_name_look_and_library_from_the_beginning(lang: Lang) -> None:
    _, headers, body = get("/trends", query="lang=en" if lang == "en" else "")
    assert headers["content-encoding"] == "gzip" and "etag" not in headers
    assert f'<html lang="{lang}">' in body and f"<title>{t('app.name', lang)}</title>" in body
    assert ".hall-kpi {" in body and f'src="./plotly/{library.name()}"' in body
    assert body.index("/static/js/index.") < body.index("./plotly/"), "Streamlit's own script comes first"


def test_each_file_that_is_fetched_early_is_there() -> None:
    ours = get("/trends")[2].partition("</head>")[0].partition("<style>:root{--hall-sidebar")[2]
    named = re.findall(r'href="\./static/js/([^"]+)"', ours)
    assert len(named) >= 8, "Streamlit names its files otherwise: see hall/ui/front.py"
    assert all((files("streamlit") / "static" / "static" / "js" / name).is_file() for name in named)


def test_what_is_no_page_passes_as_it_is() -> None:
    assert get("/data")[2] == '{"a":"</head>"}'
    assert get("/trends", accept="*/*")[2] == PAGE
    assert get("/nothing")[0] == 404
