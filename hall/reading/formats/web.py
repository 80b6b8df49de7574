"""Web pages: their visible words, block by block, and their tables."""

from __future__ import annotations

import re
from codecs import lookup
from typing import Any

from lxml import etree, html

from hall.model import HallError
from hall.reading import decode
from hall.reading.extracted import Extracted
from hall.reading.formats import markdown

_META = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "button"}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
    "blockquote", "pre", "center", "dd", "dt", "dl", "form", "fieldset", "main", "nav", "aside", "hr", "body", "td",
    "th",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST, _WIDEST = 400, 60


def extract(data: bytes, name: str) -> Extracted:
    """The words of a page, one line a block, tables as Markdown; HallError empty_file, not_text, not_readable."""
    parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_decoded(data, name), parser=parser)
    except (etree.ParserError, ValueError, etree.LxmlError) as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault
    lines: list[str] = [""]
    _walk(root, lines, 0)
    text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
    if not text:
        raise HallError("empty_file", file=name)
    return Extracted(text + "\n")


def _decoded(data: bytes, name: str) -> str:
    """By the page's own word, unless it is wrong."""
    said = _META.search(data[:4096])
    if said:
        try:
            encoding = lookup(said[1].decode("ascii")).name
            return data.decode("gb18030" if encoding in {"gb2312", "gbk"} else encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode.text(data, name)


def _walk(node: Any, lines: list[str], depth: int) -> None:
    tag = node.tag if isinstance(node.tag, str) else ""
    hidden = tag in _UNSEEN or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "")
    if not hidden and depth < _DEEPEST:
        if tag == "table" and not _holds_layout(node):
            lines += [*markdown.table(_rows(node)), ""]
        else:
            block = tag in _BLOCKS
            if block or tag == "br":
                lines.append("")
            lines[-1] += node.text or ""
            for child in node:
                _walk(child, lines, depth + 1)
            if block:
                lines.append("")
    lines[-1] += node.tail or ""


def _holds_layout(table: Any) -> bool:
    """Whether a table only arranges the page: a cell of it holds another table, or paragraphs."""
    return any(len(cell.xpath(".//table|.//p")) > 2 or cell.xpath(".//table") for cell in table.iter("td"))


def _rows(table: Any) -> list[list[str]]:
    """The cells with what spans several repeated, so that each row has its heads."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column: how many rows more, and the words
    for row in table.iter("tr"):
        cells: list[str] = []
        waiting = [cell for cell in row if cell.tag in {"td", "th"}]
        while waiting or len(cells) in below:
            if (kept := below.pop(len(cells), None)) is not None:
                if kept[0] > 1:
                    below[len(cells)] = (kept[0] - 1, kept[1])
                cells.append(kept[1])
                continue
            one = waiting.pop(0)
            words = "".join(one.itertext())
            for _ in range(_span(one, "colspan")):
                if (down := _span(one, "rowspan")) > 1:
                    below[len(cells)] = (down - 1, words)
                cells.append(words)
        rows.append(cells)
    return rows


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) < 4 else 1
