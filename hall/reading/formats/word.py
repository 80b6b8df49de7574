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
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from hall.model import HallError
from hall.reading.extracted import Extracted
from hall.reading.formats import markdown
from hall.reading.formats.numbering import Numbering

_SECONDS = 60
_DEEPEST = 6


def extract(data: bytes, name: str) -> Extracted:
    """The words of a .docx, or of a .doc where LibreOffice turns it into one; HallError old_word, not_readable."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        data = _converted(data, name)
    try:
        document = Document(io.BytesIO(data))
        lines = list(_lines(document, Numbering(document), 0))
    except Exception as fault:
        # python-docx lets KeyError, lxml's and its own errors out for a broken part
        raise HallError("not_readable", file=name, detail=type(fault).__name__) from fault
    text = "\n".join(lines)
    if not text.strip():
        raise HallError("empty_file", file=name)
    return Extracted(text + "\n")


def _lines(holder: Any, numbering: Numbering, depth: int) -> Iterator[str]:
    for part in holder.iter_inner_content():
        if isinstance(part, Paragraph):
            yield from _paragraph(part, numbering)
        elif isinstance(part, Table) and depth < _DEEPEST:
            yield from ("", *_table(part, numbering, depth), "")


def _paragraph(paragraph: Paragraph, numbering: Numbering) -> Iterator[str]:
    words = _words(paragraph._p)
    mark = numbering.mark(paragraph)
    for index, line in enumerate(words.split("\n")):
        if line.strip():
            yield (mark if index == 0 else "") + line.rstrip()
    for box in paragraph._p.iter(qn("w:txbxContent")):
        # a text box is drawn twice, for new programs and for old ones
        if not any(p.tag.endswith("}Fallback") for p in box.iterancestors()):
            for inner in box.iter(qn("w:p")):
                if line := _words(inner).strip():
                    yield line


def _words(element: Any) -> str:
    """What is printed: insertions, links and fields with it, deletions, hidden words and text boxes not."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == qn("w:t") and _is_printed(node, element):
            parts.append(node.text or "")
        elif node.tag in {qn("w:tab"), qn("w:ptab")} and node.getparent().tag == qn("w:r"):
            parts.append("\t")
        elif node.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
    return "".join(parts)


def _is_printed(node: Any, element: Any) -> bool:
    for above in node.iterancestors():
        if above is element:
            return True
        if above.tag in {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}:
            return False
        if above.tag == qn("w:r") and above.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
            return False
    return True


def _table(table: Table, numbering: Numbering, depth: int) -> list[str]:
    """Merged cells are repeated, so that each row has its heads; a table that only arranges the page gives lines."""
    rows = table.rows
    cells = [_unique(row.cells) for row in rows]
    if any(len(list(cell.iter_inner_content())) > 4 for row in cells for cell in row):
        seen: set[int] = set()
        return [
            line
            for row in cells
            for cell in row
            if not _again(cell, seen)
            for line in _lines(cell, numbering, depth + 1)
        ]
    return markdown.table([["\n".join(_lines(cell, numbering, depth + 1)) for cell in row.cells] for row in rows])


def _unique(cells: tuple[_Cell, ...]) -> list[_Cell]:
    return list({id(cell._tc): cell for cell in cells}.values())


def _again(cell: _Cell, seen: set[int]) -> bool:
    known = id(cell._tc) in seen
    seen.add(id(cell._tc))
    return known


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
