"""PDF: the characters of its text layer with their places, its ruled tables, and OCR where there is no text."""

from __future__ import annotations

import ctypes
import io
import logging
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from hall import settings
from hall.model import Box, HallError, Line
from hall.reading import progress
from hall.reading.extracted import Extracted
from hall.reading.formats import markdown, ocr, paper
from hall.reading.formats.paper import Glyph, Row

_DPI, _PIXELS = 200, 12_000_000
# a page with fewer characters than this holds no text, and one with so many unknown ones none that can be read
_FEW, _UNKNOWN = 8, 0.2
_COVERS = 0.8
_FAULTS = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def extract(data: bytes, name: str) -> Extracted:
    """The words of a PDF in reading order; HallError encrypted, too_many_pages, not_readable, empty_file."""
    book = opened(data, name)
    try:
        limit = settings.read_pages()
        if len(book) > limit:
            raise HallError("too_many_pages", file=name, pages=f"{len(book)}", limit=f"{limit}")
        pages = []
        for index in range(len(book)):
            pages.append(_page(book, index, data))
            progress.report(index + 1, len(book))
    except pdfium.PdfiumError as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault
    finally:
        book.close()
    found = paper.joined(pages)
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


def _page(book: Any, index: int, data: bytes) -> list[Row]:
    page = book[index]
    width, height = page.get_size()
    glyphs = _glyphs(page, width, height)
    strange = sum(1 for g in glyphs if "\ue000" <= g.char <= "\uf8ff" or g.char == "\ufffd")
    if len(glyphs) < _FEW or strange > _UNKNOWN * len(glyphs) or _is_picture(page, width * height):
        if not glyphs and not list(page.get_objects(max_depth=2)):
            return []
        scale = min(_DPI / 72, (_PIXELS / (width * height)) ** 0.5)
        return ocr.rows(page.render(scale=scale).to_pil(), index + 1)
    tables = _tables(data, index, page) if _has_rules(page) else []
    inside = [g for g in glyphs if any(_within(g, box) for box, _ in tables)]
    taken = {id(g) for g in inside}
    found = paper.rows([g for g in glyphs if id(g) not in taken], index + 1, height / width)
    for box, cells in tables:
        at = next((i for i, row in enumerate(found) if row.top > box[1]), len(found))
        found[at:at] = _table_rows(cells, inside, index + 1, height / width)
    return found


def _glyphs(page: Any, width: float, height: float) -> list[Glyph]:
    """Every character that is drawn; a page turned by its own note is read as it is shown."""
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    turn = page.get_rotation()
    found = []
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, i)
        char = paper.plain(chr(code)) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not char or char.isspace() or not char.isprintable():
            continue
        if not raw.FPDFText_GetCharBox(text.raw, i, left, right, bottom, top):
            continue
        x0, y0, x1, y1 = _turned((left.value, bottom.value, right.value, top.value), turn, width, height)
        if raw.FPDFText_GetFontSize(text.raw, i) < 1 and y1 - y0 < 1:
            continue  # too small to be seen
        found.append(Glyph(char, x0 / width, 1 - y1 / height, x1 / width, 1 - y0 / height))
    text.close()
    return _levelled(found)


def _levelled(glyphs: list[Glyph]) -> list[Glyph]:
    """Boxes are tight: a comma or a dash is given the height of the characters around it."""
    if not glyphs:
        return glyphs
    heights = sorted(g.bottom - g.top for g in glyphs)
    usual = heights[len(heights) * 3 // 4]
    level = []
    for g in glyphs:
        if g.bottom - g.top < 0.6 * usual:
            low = g.bottom + (0.1 * usual if g.char in "，,.。、；;" else 0.35 * usual)
            g = Glyph(g.char, g.left, low - usual, g.right, low)
        level.append(g)
    return level


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, height - x1, y1, height - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 270:
        return width - y1, x0, width - y0, x1
    return box


def _is_picture(page: Any, area: float) -> bool:
    """A page that is one picture: words under it come from another program's OCR, which tells no score."""
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        x0, y0, x1, y1 = item.get_bounds()
        if (x1 - x0) * (y1 - y0) > _COVERS * area:
            return True
    return False


def _has_rules(page: Any) -> bool:
    return sum(1 for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3)) >= 3


def _tables(data: bytes, index: int, page: Any) -> list[tuple[Box, list[list[Box | None]]]]:
    """Box and cells of each ruled table, in parts of the page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as book:
            leaf = book.pages[0]
            width, height = float(leaf.width), float(leaf.height)
            found = []
            for table in leaf.find_tables():
                rows = [[_parts(c, width, height) if c else None for c in row.cells] for row in table.rows]
                if len(rows) > 1 and max(map(len, rows)) > 1:
                    found.append((_parts(table.bbox, width, height), rows))
            return found
    except Exception:
        # the words are there without the table's lines: pdfminer stumbles over files that pdfium draws
        return []


def _parts(box: Any, width: float, height: float) -> Box:
    x0, top, x1, bottom = box
    return x0 / width, top / height, x1 / width, bottom / height


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table_rows(cells: list[list[Box | None]], glyphs: list[Glyph], page: int, ratio: float) -> list[Row]:
    """A Markdown row for each row of cells; a cell that spans several rows or columns is repeated in each."""
    boxes = [box for row in cells for box in row if box]
    found = []
    for row in cells:
        whole = [box for box in row if box]
        top, bottom = min(b[1] for b in whole), min(b[3] for b in whole)
        text, lines = "|", []
        for index, box in enumerate(row):
            box = box or _covering(boxes, row, index, (top + bottom) / 2)
            inside = [g for g in glyphs if box and _within(g, box)]
            text += " "
            for line in paper.rows(inside, page, ratio):
                words = markdown.cell(line.text)
                if words:
                    piece = line.lines[0]
                    edges = piece.edges if len(words) == len(line.text) else ()
                    lines.append(Line(len(text), len(text) + len(words), page, piece.box, edges))
                    text += words
            text += " |"
        if lines:
            found.append(Row(page, top, bottom, text, lines, table=True))
    return found


def _covering(boxes: list[Box], row: list[Box | None], index: int, y: float) -> Box | None:
    """The merged cell that covers the place of a missing one: it spans rows from above, or columns from the left."""
    before = next((b for b in reversed(row[:index]) if b), None)
    after = next((b for b in row[index + 1 :] if b), None)
    left = before[2] if before else 0.0
    right = after[0] if after else 1.0
    above = [b for b in boxes if b[1] < y < b[3] and b[0] < (left + right) / 2 < b[2]]
    return above[0] if above else before
