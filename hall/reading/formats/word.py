"""Word documents: paragraphs and tables in the order in which they are read, numbering as Word prints it."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from hall.model import HallError, Problem
from hall.reading.formats import markdown, runs
from hall.reading.formats.markdown import CellSpan
from hall.reading.formats.numbering import Numbering
from hall.reading.text.extracted import Extracted

_SECONDS = 60
_DEEPEST = 6
# what only wraps paragraphs, rows and cells: content controls, marks, insertions
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}
_BLOCKS = {qn("w:p"), qn("w:tbl")}
_TOLD = 60  # of what is not read, so much is told
_LARGE = 2_500_000 * 1_000_000  # square of 914,400ths of an inch: a picture of 7 × 3 cm, larger than a seal or a logo


def extract(data: bytes, name: str) -> Extracted:
    """The words of a .docx, or of a .doc where LibreOffice turns it into one; HallError old_word, broken_inside,
    empty_file, no_words."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        data = _converted(data, name)
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        numbering = Numbering(document)
        notes = list(_notes(document))
        veils = runs.veiling(document.styles.element)
        gone = "".join(runs.unveiled(part, veils) for part in (body, *notes)).strip()
        lines = [*_lines(body, numbering, 0), *(line for note in notes for line in _lines(note, numbering, _DEEPEST))]
        pictures = _pictures(body)
    except Exception as fault:
        # python-docx lets KeyError, lxml's and its own errors out for a broken part
        raise HallError("broken_inside", file=name) from fault
    if not any(map(str.strip, lines)):
        raise HallError("no_words" if pictures else "empty_file", file=name)
    told = [Problem("unread_pictures", {"count": f"{pictures}"})] if pictures else []
    told += [Problem("struck_words", {"text": gone[:_TOLD]})] if gone else []
    return Extracted(markdown.joined(lines), problems=tuple(told))


def _inside(holder: Any, tags: set[str]) -> Iterator[Any]:
    """The children with one of the tags, also those in content controls and insertions."""
    for child in holder:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tags)


def _lines(holder: Any, numbering: Numbering, depth: int) -> Iterator[str]:
    begun = ""
    for part in _inside(holder, _BLOCKS):
        if part.tag == qn("w:p"):
            words = runs.words(part)
            if not begun and words.strip():
                words = _numbered(numbering.mark(part), words)
            words = begun + words
            begun = words if runs.is_joined_to_next(part) else ""
            if not begun:
                yield from (line.rstrip() for line in words.split("\n") if line.strip())
                yield ""
            for box in runs.boxes(part):
                yield from _lines(box, numbering, depth + 1) if depth < _DEEPEST else _plain(box)
        else:
            yield from ("", *(_table(part, numbering, depth) if depth < _DEEPEST else _plain(part)), "")
    if begun.strip():
        yield begun


def _plain(holder: Any) -> Iterator[str]:
    """The paragraphs of what lies too deep to be laid out."""
    yield from filter(str.strip, map(runs.words, holder.iter(qn("w:p"))))


def _numbered(mark: str, words: str) -> str:
    """A list's number stays apart from a number that begins its words."""
    return f"{mark} {words}" if mark and mark[-1] in "0123456789.．" and words[:1].isdigit() else mark + words


def _table(table: Any, numbering: Numbering, depth: int) -> list[str]:
    rows: list[list[str]] = []
    spans: list[CellSpan] = []
    open_above: dict[int, int] = {}  # column: the span that may go on in the next row
    for row in _inside(table, {qn("w:tr")}):
        about = row.find(qn("w:trPr"))
        if about is not None and about.find(qn("w:del")) is not None:
            continue
        words = [""] * _whole(about, "gridBefore")
        going_on: dict[int, int] = {}
        for cell in _inside(row, {qn("w:tc")}):
            at, kind = len(words), cell.find(qn("w:tcPr"))
            width = max(_whole(kind, "gridSpan"), 1)
            merge = kind.find(qn("w:vMerge")) if kind is not None else None
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart" and at in open_above
            if goes_on:
                index = open_above[at]
                spans[index] = CellSpan(spans[index].top, at, len(rows), spans[index].right)
                words += [""] * width
            else:
                index = len(spans)
                spans.append(CellSpan(len(rows), at, len(rows), at + width - 1))
                words += ["\n".join(filter(None, _lines(cell, numbering, depth + 1))), *[""] * (width - 1)]
            if merge is not None:
                going_on[at] = index
        open_above = going_on
        rows.append(words)
    return markdown.table(rows, [span for span in spans if span.bottom > span.top or span.right > span.left])


def _notes(document: Any) -> Iterator[Any]:
    """Footnotes and endnotes, after everything else."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(qn("w:type")) is None:
                    yield note


def _pictures(body: Any) -> int:
    """Charts, and pictures so large that they may hold text."""
    count = 0
    for drawing in body.iter(qn("w:drawing")):
        size = drawing.find(f".//{qn('wp:extent')}")
        kinds = {node.get("uri", "").rpartition("/")[2] for node in drawing.iter(qn("a:graphicData"))}
        area = int(size.get("cx", "0")) * int(size.get("cy", "0")) if size is not None else 0
        count += bool(kinds & {"chart", "diagram"}) or ("picture" in kinds and area >= _LARGE)
    return count


def _whole(holder: Any, name: str) -> int:
    found = holder.find(qn(f"w:{name}")) if holder is not None else None
    words = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(words), 200) if words.isdecimal() else 0


def _converted(data: bytes, name: str) -> bytes:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise HallError("old_word", file=name)
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old.doc"
        old.write_bytes(data)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx"]
        try:
            subprocess.run([*command, "--outdir", folder, str(old)], timeout=_SECONDS, check=True, capture_output=True)
            return (Path(folder) / "old.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as fault:
            raise HallError("old_word", file=name) from fault
