"""What a page sends, as parts that outlive a change of elements: words, links, controls, table rows, traces, twins.

Words are cut where the kind of letter changes and where markup stands, so that a card of eight elements and the same
card as one block of HTML give the same words. Two things are left out on purpose: ids and the order of elements. So a
word that moves from one card to another is not seen here; a cell of a table or a point of a trace that moves is.
"""

from __future__ import annotations

import base64
import contextlib
import json
import math
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np

# What a page is taken apart into.
PARTS = ("faults", "words", "links", "controls", "alts", "cells", "traces", "files", "twins")
_MARKUP = re.compile(r":material/\w+:|:[a-z]+(?:-[a-z]+)*\[")
_LINK = re.compile(r"\[([^\]\[]*)\]\(([^)\s]*)\)")
_HIDDEN = dict.fromkeys(map(ord, "\u2060\u200b\u200c\u200d\ufeff\u00ad"), None)
_SIGNS = dict.fromkeys(map(ord, "*_`[]\\#|~$"), " ")
_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|\d(?:[\d,.]*\d)?|[A-Za-z\u00c0-\u024f']+|\S")
_INLINE = frozenset({"a", "abbr", "b", "em", "i", "strong", "sub", "sup", "wbr"})
_TRACE = ("type", "mode", "name", "x", "y", "z", "base", "text", "hovertext", "hovertemplate", "texttemplate", "width",
          "customdata", "orientation", "labels", "values", "error_x", "error_y")  # fmt: skip
_AXIS = ("ticktext", "tickvals", "range", "ticksuffix", "tickprefix", "tickformat", "type", "categoryarray")
# A file of documents says to the second when each was loaded; the day is real or HALL_TODAY.
_DAYS = f"(?:{datetime.now(UTC):%Y-%m-%d}|{os.environ.get('HALL_TODAY') or '-'})"
_CLOCK = re.compile(rf"({_DAYS})[T ]\d\d:\d\d:\d\d(?:\.\d+)?")
# Numbers of figures agree to so many digits.
_DIGITS = 12


def timeless(text: str) -> str:
    """The text without the time of loading, which differs from one dump to the next."""
    return _CLOCK.sub(r"\1", text)


def words(text: str) -> list[str]:
    """The words of markdown, its directives, escapes and emphasis taken away."""
    bare = _MARKUP.sub(" ", _LINK.sub(r"\1", timeless(text).replace("\\", "").replace("**", "")))
    return _TOKEN.findall(unescape(bare).translate(_HIDDEN).translate(_SIGNS))


def line(text: object) -> str:
    """The same words as one line: a cell, a label."""
    return " ".join(words(str(text)))


def place(target: str, query: str = "") -> str:
    """Where a link leads: the page and its parameters in one order."""
    split = urlsplit(target)
    pairs = sorted(parse_qsl(query or split.query, keep_blank_values=True))
    return f"{split.path.strip('./')}?" + "&".join(f"{key}={value}" for key, value in pairs)


class Html(HTMLParser):
    """The words, rows, links and spoken names of a block of HTML."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.text = ""
        self.names: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._mute = 0
        self._open: list[tuple[str, int]] = []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row, a cell or a link; a name that is only spoken is kept."""
        given = dict(attrs)
        self.names += [line(said) for key in ("alt", "aria-label", "title") if (said := given.get(key))]
        if tag in ("style", "script"):
            self._mute += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._cell = []
        elif tag == "a":
            self._open.append((given.get("href") or "", len(self.text)))
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in ("style", "script"):
            self._mute -= 1
        elif tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(line("".join(self._cell)))
            self._cell = None
        elif tag == "a" and self._open:
            href, start = self._open.pop()
            self.links.append((line(self.text[start:]), href))
        self._gap(tag)

    def handle_data(self, data: str) -> None:
        """Text goes to its cell, or to the words."""
        if self._mute:
            return
        if self._cell is not None:
            self._cell.append(data)
        else:
            self.text += data

    def _gap(self, tag: str) -> None:
        if tag not in _INLINE:
            self.handle_data(" ")


def markdown_links(text: str) -> list[tuple[str, str]]:
    """The links that stand in markdown: their words and where they lead."""
    return [(line(found[1]), found[2]) for found in _LINK.finditer(_MARKUP.sub("", text))]


def table(columns: Iterable[object], rows: Iterable[Iterable[object]]) -> list[str]:
    """A table as lines, headings first; whole numbers with their marks of thousands, as on the screen."""
    return [" | ".join(map(_cell, row)) for row in ([*columns], *rows)]


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    value = int(value) if isinstance(value, float) and value.is_integer() else value
    whole = f"{value:,}".replace("-", "\u2212") if isinstance(value, int) and not isinstance(value, bool) else value
    return line(whole)


def unpacked(found: bytes) -> str:
    """Words of a component's bytes: as they are, or deflated as hall.charts.figure does."""
    if found[:1] not in b"{[":
        with contextlib.suppress(zlib.error):
            found = zlib.decompress(found, wbits=-zlib.MAX_WBITS)
    return found.decode("utf-8", "replace")


def figures(found: Any) -> Iterator[dict[str, Any]]:
    """Every plotly figure inside a message: bytes or text of JSON, however deep."""
    if isinstance(found, bytes):
        found = unpacked(found)
    if isinstance(found, str):
        try:
            found = json.loads(found) if found[:1] in "{[" and found else None
        except ValueError:
            return
    if isinstance(found, dict) and isinstance(found.get("data"), list) and isinstance(found.get("layout"), dict):
        yield found
    elif isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from figures(inner)


def names_of(found: Any) -> Iterator[str]:
    """The accessible names that a component carries with its figures."""
    if isinstance(found, dict):
        if isinstance(found.get("alt"), str):
            yield line(found["alt"])
        found = [inner for key, inner in found.items() if key not in ("data", "layout")]
    for inner in found if isinstance(found, list) else ():
        yield from names_of(inner)


def traces(figure: dict[str, Any]) -> Iterator[str]:
    """The traces, axes, notes and shapes of a figure, each as one line of JSON."""
    layout = figure.get("layout", {})
    for trace in figure["data"]:
        kept = {key: trace[key] for key in _TRACE if trace.get(key) is not None}
        # our template shows no legend, wherever it is kept
        if layout.get("showlegend") and trace.get("showlegend") is not False:
            kept["legend"] = True
        yield "trace " + said({"type": "scatter"} | kept)
    for name in (key for key in layout if re.fullmatch(r"[xy]axis\d*", key)):
        axis = {key: layout[name][key] for key in _AXIS if layout[name].get(key) is not None}
        hidden = layout[name].get("showticklabels") is False
        for key in ("ticktext", "tickvals") if hidden else ():
            axis.pop(key, None)  # the same marks as those of the axis that it follows
        if layout[name].get("matches"):
            axis.pop("range", None)
        title = layout[name].get("title") or {}
        axis["title"] = title.get("text", "") if isinstance(title, dict) else title
        if any(axis.values()):
            yield f"axis {name} " + said(axis)
    for note in layout.get("annotations") or ():
        yield "note " + said({key: note[key] for key in ("text", "x", "y") if note.get(key) is not None})
    for shape in layout.get("shapes") or ():
        yield "shape " + said({key: shape[key] for key in ("type", "x0", "x1", "y0", "y1") if key in shape})
    if layout.get("images"):
        yield f"images {len(layout['images'])}"


def said(value: Any) -> str:
    """A value as one line of JSON, typed arrays opened, numbers rounded."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    """Typed arrays opened, numbers of one kind, nothing for what is no number."""
    if isinstance(value, dict):
        if "bdata" in value:
            flat = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
            shape = str(value.get("shape", "")).replace(" ", "")
            return _plain((flat.reshape([int(n) for n in shape.split(",")]) if shape else flat).tolist())
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        short = float(f"{value:.{_DIGITS}g}")
        return int(short) if short.is_integer() else short
    return value.translate(_HIDDEN) if isinstance(value, str) else value
