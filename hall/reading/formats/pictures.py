"""Pictures on a PDF page that hold words: a table pasted as an image must not be passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pypdfium2.raw as raw

from hall.model import Box, Line
from hall.reading.formats import glyphs, ocr
from hall.reading.formats.order import Piece
from hall.reading.formats.paper import Glyph, PaperFrame, PaperRow

# parts of the page that a picture takes: less is a seal or a logo, more is the page itself
_LEAST, _COVERS = 0.03, 0.8
# what is printed on paper is light: a photograph is not; some printed characters over it make it a ground
_LIGHT, _OVER = 165, 5
_DPI, _PIXELS = 200, 12_000_000


def boxes(page: Any) -> list[Box]:
    """The pictures of a page as shown, in page widths."""
    place = glyphs.placing(page)
    found: list[Box] = []
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        (a, b), (c, d) = place(x0, y0), place(x1, y1)
        found.append((min(a, c), min(b, d), max(a, c), max(b, d)))
    return found


def covers(page: Any) -> bool:
    """Whether one picture is the page."""
    ratio = page.get_height() / page.get_width()
    return any(_area(box, ratio) > _COVERS for box in boxes(page))


def drawn(page: Any) -> Any:
    """The page as a picture fit for OCR."""
    width, height = page.get_size()
    return page.render(scale=min(_DPI / 72, (_PIXELS / (width * height)) ** 0.5)).to_pil()


def blocks(page: Any, number: int, frame: PaperFrame, written: Sequence[Glyph]) -> list[tuple[Piece, list[PaperRow]]]:
    """The lines of each picture that looks like print, with its place among the words of the page."""
    ratio = page.get_height() / page.get_width()
    whole, found = None, []
    for box in boxes(page):
        held = _held(box, frame)
        if not _LEAST <= _area(box, ratio) <= _COVERS or sum(_lies(g, held) for g in written) > _OVER:
            continue
        whole = drawn(page) if whole is None else whole
        part = whole.crop(tuple(round(side * whole.width) for side in box))
        if min(part.size) < 20 or part.convert("L").resize((1, 1)).getpixel((0, 0)) < _LIGHT:
            continue
        rows = [_moved(row, box, frame, ratio) for row in ocr.rows(part, number)]
        if rows:
            found.append((Piece(*held, 0.02, 1000, -1), rows))
    return found


def _area(box: Box, ratio: float) -> float:
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0) / ratio


def _held(box: Box, frame: PaperFrame) -> Box:
    (a, b), (c, d) = frame.held(box[0], box[1]), frame.held(box[2], box[3])
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _lies(glyph: Glyph, box: Box) -> bool:
    return box[0] < glyph.left < box[2] and box[1] < glyph.base < box[3]


def _moved(row: PaperRow, box: Box, frame: PaperFrame, ratio: float) -> PaperRow:
    """A line of a picture, on the page that the picture stands on."""
    top, bottom = box[1] / ratio, box[3] / ratio

    def on_page(line: Line) -> Line:
        left, high, right, low = line.box
        across, down = box[2] - box[0], bottom - top
        sides = (box[0] + left * across, top + high * down, box[0] + right * across, top + low * down)
        return replace(line, box=(round(sides[0], 4), round(sides[1], 4), round(sides[2], 4), round(sides[3], 4)))

    held = _held(box, frame)
    return replace(row, top=held[1] / frame.height, bottom=held[3] / frame.height, lines=[*map(on_page, row.lines)])
