"""Web pages: their visible words, block by block, and their tables."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from typing import Any

from lxml import etree, html

from hall.model import HallError, Problem
from hall.reading.formats import markdown
from hall.reading.formats.markdown import CellSpan
from hall.reading.formats.raised import raised
from hall.reading.text import decode
from hall.reading.text.extracted import Extracted

_META = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "button", "rt", "rp",
           "map", "audio", "video", "textarea", "datalist", "del", "s", "strike"}  # fmt: skip
_STRUCK, _TOLD = ("del", "s", "strike"), 60
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
    "blockquote", "pre", "center", "dd", "dt", "dl", "form", "fieldset", "main", "nav", "aside", "hr", "body", "td",
    "th", "caption", "address", "figure", "figcaption", "details", "summary", "legend", "table",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# encodings whose name a page gives in earnest; latin-1 is what programs write that know nothing of it
_TRUSTED = {"utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
            "big5hkscs": "big5hkscs"}  # fmt: skip
_BREAK = "\n"  # between blocks; a line of a block ends without it
_DEEPEST, _WIDEST, _BROKEN = 240, 60, 500


def extract(data: bytes, name: str) -> Extracted:
    """The words of a page, one line a block, tables as Markdown; HallError empty_file, not_text, not_readable."""
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    page = _DECLARED.sub("", _decoded(data, name).replace("\x00", "").removeprefix("\ufeff"))
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError, etree.LxmlError) as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault
    if cut := next((entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"), None):
        raise HallError("not_readable", file=name, detail=cut.message.partition(",")[0])
    lines: list[str] = [""]
    gone = "".join(" ".join(node.itertext()) for node in root.iter(*_STRUCK)).strip()
    _walk(root, lines, 0, False)
    kept = [_tidy(line) for line in lines if line == _BREAK or line.strip()]
    if not any(kept):
        raise HallError("empty_file", file=name)
    told = (Problem("struck_words", {"text": _tidy(gone)[:_TOLD]}),) if gone else ()
    return Extracted(markdown.joined(kept), problems=told)


def _tidy(line: str) -> str:
    return " ".join(line.split())


def _decoded(data: bytes, name: str) -> str:
    """By the page's own word, unless it is wrong or the bytes themselves tell; a page may have a few broken characters,
    beside which the reader takes no number for whole."""
    encoding = "gb18030"
    said = None if data.startswith((BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE)) else _META.search(data[:8192])
    if said:
        try:
            named = lookup(said[1].decode("ascii")).name
            if named in _TRUSTED:
                encoding = _TRUSTED[named]
                return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode.text(data, name)
    except HallError:
        page = data.decode(encoding, "replace")
        if page.count("\ufffd") * _BROKEN > len(page):
            raise
        return page


def _walk(node: Any, lines: list[str], depth: int, kept: bool) -> None:
    """Add the words of an element and what follows it; ``kept`` within text whose line ends are the author's."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if depth > _DEEPEST:
        lines[-1] += "".join(node.itertext())
    elif not _is_hidden(node, tag):
        if tag == "table":
            lines += [_BREAK, *_table(node, depth), _BREAK, ""]
        elif tag in {"sup", "sub"}:
            lines[-1] += raised(lines[-1], "".join(node.itertext())) if tag == "sup" else "".join(node.itertext())
        else:
            _block(node, tag, lines, depth, kept or tag == "pre")
    _say(node.tail, lines, kept)


def _block(node: Any, tag: str, lines: list[str], depth: int, kept: bool) -> None:
    block = tag in _BLOCKS
    if block or tag == "br":
        lines += [_BREAK, ""] if block else [""]
    _say(node.text, lines, kept)
    for child in node:
        _walk(child, lines, depth + 1, kept)
    if block:
        lines += [_BREAK, ""]


def _is_hidden(node: Any, tag: str) -> bool:
    style = node.get("style")
    if node.get("class") == "jammer":  # what a forum strews between paragraphs
        return True
    return tag in _UNSEEN or node.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _say(words: str | None, lines: list[str], kept: bool) -> None:
    if not words:
        return
    first, *others = words.split("\n") if kept else [words]
    lines[-1] += first
    lines += others


def _table(table: Any, depth: int) -> list[str]:
    """The rows of a table; what spans several rows or columns stands once, with its span."""
    rows: list[list[str]] = []
    spans: list[CellSpan] = []
    taken: dict[int, set[int]] = {}  # row: columns that a cell from above covers
    lines: list[str] = []
    for row in _own_rows(table):
        if row.tag == "caption":
            _walk(row, lines, depth + 1, False)
            continue
        if _is_hidden(row, row.tag):
            continue
        cells: list[str] = []
        here = taken.pop(len(rows), set())
        for one in row:
            if one.tag not in {"td", "th"} or _is_hidden(one, one.tag):
                continue
            while len(cells) in here:
                cells.append("")
            at, width, height = len(cells), _span(one, "colspan"), _span(one, "rowspan")
            inner = [""]
            _block(one, "td", inner, depth + 1, False)
            cells += ["\n".join(line for line in map(_tidy, inner) if line), *[""] * (width - 1)]
            if width > 1 or height > 1:
                spans.append(CellSpan(len(rows), at, len(rows) + height - 1, at + width - 1))
            for below in range(len(rows) + 1, len(rows) + height):
                taken.setdefault(below, set()).update(range(at, at + width))
        rows.append(cells)
    last = len(rows) - 1
    spans = [CellSpan(s.top, s.left, min(s.bottom, last), s.right) for s in spans]
    return [*lines, *markdown.table(rows, spans)]


def _own_rows(table: Any) -> list[Any]:
    """The rows and captions of a table without those of the tables inside it."""
    return [row for row in table.iter("tr", "caption") if next(row.iterancestors("table"), None) is table]


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) < 4 else 1
