"""GET /plotly/NAME: plotly's own file out of its Python package, with the templates of light and dark behind it.

Its name changes with its content, so a browser keeps it for good. It is pressed once, beside the start of the server.
"""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import get_args

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from hall.charts.theme import Mode, template
from hall.paths import CONFIG

_KEPT = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}


@cache
def name() -> str:
    """The name of the file under /plotly/."""
    with (files("plotly") / "package_data" / "plotly.min.js").open("rb") as file:
        head = file.read(200)  # its first line names the version
    return f"plotly-{sha256(head + CONFIG.read_bytes() + _templates()).hexdigest()[:12]}.js"


def _templates() -> bytes:
    return b"\nwindow.hallTemplates=" + orjson.dumps({mode: template(mode) for mode in get_args(Mode)}) + b";"


@cache
def pressed() -> bytes:
    """The file as it is sent, in gzip."""
    whole = (files("plotly") / "package_data" / "plotly.min.js").read_bytes() + _templates()
    return gzip.compress(whole, 6)


async def plotly(request: Request) -> Response:
    """The file; 404 for any other name."""
    if request.path_params["name"] != name():
        return PlainTextResponse("", status_code=404)
    body = await run_in_threadpool(pressed)
    headers = _KEPT | {"content-encoding": "gzip"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        body, headers = await run_in_threadpool(gzip.decompress, body), _KEPT
    return Response(body, media_type="text/javascript", headers=headers)
