"""A page as parts: what its messages, by their place, say to a reader."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element

from scripts.sent import parts

Found = dict[str, Counter[str]]
_WORDS = ("label", "body", "text", "caption", "placeholder", "help", "message", "delta", "title", "value")
_CONTROLS = frozenset((
    "selectbox", "multiselect", "button_group", "radio", "date_input", "checkbox", "slider", "text_input", "text_area",
    "number_input", "pagination", "file_uploader", "feedback",
))  # fmt: skip


class Page:
    """The parts of a page, filled from its blocks and elements; ``pages`` are the paths of its links by their hash."""

    def __init__(self, placed: Iterable[Element | Block], pages: Mapping[str, str], titles: Iterable[str]) -> None:
        self.found: Found = {name: Counter() for name in parts.PARTS}
        self._pages = pages
        for title in titles:
            self._words(title)
        for one in placed:
            kind = one.WhichOneof("type") or ""
            if isinstance(one, Element):
                self._element(kind, getattr(one, kind, None))
            elif kind:
                self._words(getattr(getattr(one, kind), "label", ""))

    def _words(self, text: str) -> None:
        self.found["words"].update(parts.words(text))
        self._links(parts.markdown_links(text))

    def _element(self, kind: str, e: Any) -> None:
        given: dict[str, Any] = {field.name: value for field, value in e.ListFields()}
        if given.get("alt"):
            self.found["alts"][parts.line(given["alt"])] += 1
        if kind in _CONTROLS:
            self.found["controls"][_control(given)] += 1
        elif kind == "html" or given.get("allow_html"):
            self._html(given["body"])
        elif kind == "plotly_chart":
            self.found["traces"].update(line for figure in parts.figures(e.spec) for line in parts.traces(figure))
        elif kind == "bidi_component":
            held = parts.unpacked(e.bytes) if e.bytes else e.json or e.mixed.json
            self.found["traces"].update(line for figure in parts.figures(held) for line in parts.traces(figure))
            with contextlib.suppress(ValueError):
                self.found["alts"].update(parts.names_of(json.loads(held)))
        elif kind in ("table", "dataframe"):
            self.found["cells"].update(_arrow(e.arrow_data))
        elif kind == "exception":
            self.found["faults"][f"{e.type}: {e.message}"] += 1
        else:
            for name in _WORDS:
                if isinstance(given.get(name), str):
                    self._words(given[name])
            if kind == "page_link":
                page = self._pages.get(e.page_script_hash, e.page)
                self.found["links"][f"{parts.line(e.label)} -> {parts.place(page, e.query_string)}"] += 1
            elif kind == "link_button":
                self._links([(parts.line(e.label), e.url)])

    def _html(self, body: str) -> None:
        block = parts.Html(body)
        self._words(block.text)
        self.found["alts"].update(block.names)
        self._links(block.links)
        for rows in block.tables:
            self.found["cells"].update(" | ".join(row) for row in rows)

    def _links(self, links: list[tuple[str, str]]) -> None:
        self.found["links"].update(f"{label} -> {parts.place(href)}" for label, href in links)


def _control(given: dict[str, Any]) -> str:
    options = [getattr(o, "content", o) for o in given.get("options", ())]
    chosen = given.get("default", given.get("value", ""))
    chosen = list(chosen) if not isinstance(chosen, str | int | float) else [chosen]
    return f"{parts.line(given.get('label', ''))}: {' / '.join(parts.line(o) for o in options)} = {chosen}"


def _arrow(data: Any) -> list[str]:
    """The rows of a table as they are shown."""
    plain = pa.ipc.open_stream(data.data).read_pandas()
    shown = data.styler.display_values
    frame = pa.ipc.open_stream(shown).read_pandas() if shown else plain
    return parts.table(plain.columns, frame.itertuples(index=False, name=None))
