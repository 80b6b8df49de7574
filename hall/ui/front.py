"""What Hall adds to Streamlit's own HTML page, which stands before any script has run: language and title of the tab,
look.css (else all jumps aside when menu and cards come), and the files that every page needs, read while the script
runs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hall.model import Lang
from hall.text import t
from hall.ui import library, look

# Streamlit's files of the elements on every page; it asks for each when the first such element comes.
_ELEMENTS = (
    "Selectbox",
    "Multiselect",
    "DateInput",
    "ButtonGroup",
    "Html",
    "PageLink",
    "BidiComponent",
    "DownloadButton",
)


class Front:
    """Rewrites the HTML page that the server sends; all else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the start of a page back until its body is whole."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        # to be read here it must come as it is; it is pressed further out
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
        lang: Lang = "en" if asked.lower().startswith("en") else "zh"
        start: Message | None = None
        body = b""

        async def rewritten(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    whole = page(body, lang)
                    headers = MutableHeaders(raw=start["headers"])
                    headers["content-length"] = str(len(whole))
                    del headers["etag"], headers["last-modified"]  # they tell of Streamlit's file
                    await send(start)
                    await send({"type": "http.response.body", "body": whole})

        await self.app({**scope, "headers": plain}, receive, rewritten)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(raw=start["headers"])
    return bool(start["status"] == 200 and headers.get("content-type", "").startswith("text/html"))


def page(streamlit: bytes, lang: Lang) -> bytes:
    """Streamlit's page with what is ours; what it no longer holds is left out."""
    named = streamlit.replace(b'<html lang="en"', f'<html lang="{lang}"'.encode(), 1)
    named = named.replace(b"<title>Streamlit<", f"<title>{t('app.name', lang)}<".encode(), 1)
    return named.replace(b"</head>", _ours() + b"</head>", 1)


@cache
def _ours() -> bytes:
    place = files("streamlit") / "static" / "static" / "js"
    names = sorted(f.name for f in place.iterdir() if f.name.partition(".")[0] in _ELEMENTS) if place.is_dir() else []
    early = "".join(f'<link rel="modulepreload" href="./static/js/{name}">' for name in names)
    # the library after Streamlit's own scripts, so that they are not kept waiting
    return f'<style>{look.style()}</style>{early}<script defer src="./plotly/{library.name()}"></script>'.encode()
