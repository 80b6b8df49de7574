"""PDF: the characters of its text layer with their places, its ruled tables, and OCR where there is no text."""

from __future__ import annotations

import itertools
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hall import settings
from hall.model import Box, HallError, Problem
from hall.reading.formats import glyphs, ocr, paper, pictures, ruled
from hall.reading.formats.paper import Glyph, PaperRow
from hall.reading.process import progress
from hall.reading.text.extracted import Extracted

# a picture as large as the page is the page, unless so many characters are printed over it
_PRINTED = 150
# fewer lines than this rule no table, so many are a drawing or a map
_RULES, _DRAWING = 3, 5000
# of what nobody sees, so much is told
_TOLD = 60
_FAULTS = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def extract(data: bytes, name: str) -> Extracted:
    """The words of a PDF in reading order; HallError encrypted, too_many_pages, not_readable, empty_file."""
    book, plumber = opened(data, name), ruled.Plumber(data)
    problems: list[Problem] = []
    try:
        limit = settings.read_pages()
        if len(book) > limit:
            raise HallError("too_many_pages", file=name, pages=f"{len(book)}", limit=f"{limit}")
        pages = []
        for index in range(len(book)):
            pages.append(_page(book[index], index, plumber, problems))
            progress.report(index + 1, len(book))
    except pdfium.PdfiumError as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault
    finally:
        plumber.close()
        book.close()
    found = paper.joined(pages, problems)
    if not found.text.strip():
        raise HallError("empty_file", file=name)
    return found


def opened(data: bytes, name: str) -> Any:
    """The document; HallError encrypted or not_readable."""
    try:
        book = pdfium.PdfDocument(data)
        len(book)
        return book
    except pdfium.PdfiumError as fault:
        code = _FAULTS.get(getattr(fault, "err_code", None) or 0, "not_readable")
        raise HallError(code, file=name, detail=str(fault)) from fault


def _page(page: Any, index: int, plumber: ruled.Plumber, problems: list[Problem]) -> list[PaperRow]:
    written = glyphs.read(page)
    if not written.glyphs and not any(True for _ in page.get_objects(max_depth=2)):
        return []
    printed = sum(1 for g in written.glyphs if g.char != " ")
    layered = written.unpainted > printed or (pictures.covers(page) and printed < _PRINTED)
    if not printed or not written.legible or layered:
        # words under a picture come from another program's OCR, which tells no score
        return ocr.rows(pictures.drawn(page), index + 1)
    if written.hidden:
        problems.append(Problem("hidden_words", {"page": f"{index + 1}", "text": written.hidden[:_TOLD]}))
    frame, free = written.frame, written.glyphs
    blocks = pictures.blocks(page, index + 1, frame, free)
    for cells in plumber.tables(index, frame) if _has_rules(page) else []:
        inside: list[list[Glyph]] = [[] for _ in cells]
        outside: list[Glyph] = []
        for glyph in free:
            at = next((i for i, cell in enumerate(cells) if _within(glyph, cell)), None)
            (outside if at is None else inside[at]).append(glyph)
        if len(outside) < len(free):
            said = [paper.rows(own, index + 1, frame) for own in inside]
            size = max(g.size for own in inside for g in own)
            blocks.append((ruled.bounds(cells, size), ruled.rows(cells, said, index + 1, frame)))
            free = outside
    found = paper.rows(free, index + 1, frame, blocks)
    return found + paper.stamp(written.askew, index + 1, frame)


def _has_rules(page: Any) -> bool:
    drawn = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3)
    return _RULES <= sum(1 for _ in itertools.islice(drawn, _DRAWING)) < _DRAWING


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
