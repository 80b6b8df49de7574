"""What stands around the pages: warm-up, response headers, gzip and the health route."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hall.ui.front import Front

# Nothing may be fetched from, or sent to, another host; plotly needs inline styles and workers from blobs.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_CLOSED = ("/_stcore/metrics",)


class Headers:
    """Adds the security headers to every response and closes the counters that Streamlit leaves open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on all but the closed paths."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].endswith(_CLOSED):
            await PlainTextResponse("", status_code=403)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)


async def health(_: Request) -> JSONResponse:
    """GET /health: that the server answers, and which version of the store it shows."""
    from hall.store.read import version

    return JSONResponse({"status": "ok", "store": version() or None})


async def home(request: Request) -> RedirectResponse:
    """GET /overview: the first page has the address /, and its name leads there with the filters kept."""
    return RedirectResponse("./" + (f"?{request.url.query}" if request.url.query else ""))


async def export_cases(request: Request) -> Response:
    """GET /export/cases: the rows of a number as CSV; what it needs is imported when it is asked for."""
    from hall.ui import export

    return await export.cases(request)


async def plotly(request: Request) -> Response:
    """GET /plotly/…: the library of the charts."""
    from hall.ui import library

    return await library.plotly(request)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any] | None]:
    """Import what the first page needs before the first visitor comes; a fault here must not stop the server."""
    try:
        from hall.ui.cache import warm

        warm()
        # what the start has made stays for good: the collector need not look at it again
        gc.collect()
        gc.freeze()
    except Exception as fault:
        print(f"warm-up: {fault}", file=sys.stderr)
    yield None


# To press the CSV of all cases takes three times the work of making it.
_AS_IT_IS = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "text/csv")
MIDDLEWARE = [
    Middleware(GZipMiddleware, minimum_size=1024, exclude_content_types=_AS_IT_IS), Middleware(Headers),
    Middleware(Front),
]  # fmt: skip
ROUTES = [
    Route("/health", health),
    Route("/overview", home),
    Route("/export/cases", export_cases),
    Route("/plotly/{name}", plotly),
]
