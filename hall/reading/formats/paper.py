"""Characters with their places on a page, put together to lines as a person reads them."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hall.model import Box, Line, Problem
from hall.reading.formats import order
from hall.reading.formats.order import Piece
from hall.reading.text.extracted import Extracted

_NUMBERED = re.compile(
    r"\s*(?:[-—–―·一]+\s*\d{1,4}\s*[-—–―·一]+|第\s*\d{1,4}\s*页?(?:\s*[/共,，]+\s*\d{1,4}\s*页?)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|\d{1,4}\s*页(?:\s*[/共,，]+\s*\d{1,4}\s*页?)?)\s*"
)
_BARE = re.compile(r"\s*\d{1,4}\s*")
_MARGIN = 0.1
# in heights of a character: the gap that ends a piece, and how far two baselines of one line may differ
_APART, _SHIFT = 1.2, 0.3
# a cell of a table in the text is held off by so many blanks
BLANKS = "   "


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its sides, baseline and height in page widths from the top left corner, as the page is read."""

    char: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """A page: its height by its width, and by how many quarters of a circle to the right its writing is turned."""

    ratio: float
    quarter: int = 0

    @property
    def height(self) -> float:
        """Its height, in widths of the page as shown, when it is held so that its writing is upright."""
        return 1.0 if self.quarter % 2 else self.ratio

    def held(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown, on the page held upright."""
        turned = ((x, y), (y, 1 - x), (1 - x, self.ratio - y), (self.ratio - y, x))
        return turned[self.quarter]

    def shown(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box of the page held upright, in parts of the page as shown."""
        boxes = (
            (left, top, right, bottom),
            (1 - bottom, left, 1 - top, right),
            (1 - right, self.ratio - bottom, 1 - left, self.ratio - top),
            (top, self.ratio - right, bottom, self.ratio - left),
        )
        x0, y0, x1, y1 = boxes[self.quarter]
        sides = (x0, y0 / self.ratio, x1, y1 / self.ratio)
        clipped = [round(min(max(side, 0.0), 1.0), 4) for side in sides]
        return clipped[0], clipped[1], clipped[2], clipped[3]


@dataclass(slots=True)
class PaperRow:
    """A line of a page: its pieces, each with the places of its characters, and where it stands (parts of the page's
    height). ``noise`` is no part of the page's words."""

    page: int
    top: float
    bottom: float
    text: str
    lines: list[Line] = field(default_factory=list)
    table: bool = False
    noise: bool = False


def words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters of one baseline without a wide gap, each such piece from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        last = lines[-1][0] if lines else None
        if last and glyph.base - last.base < _SHIFT * min(glyph.size, last.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    found = []
    for line in lines:
        line.sort(key=lambda g: g.left)
        piece = [line[0]]
        for before, glyph in itertools.pairwise(line):
            if glyph.left - before.right > _APART * max(glyph.size, before.size):
                found.append(piece)
                piece = []
            piece.append(glyph)
        found.append(piece)
    return found


def piece(glyphs: Sequence[Glyph], key: int) -> Piece:
    """What stands together, as a piece of the page."""
    size = max(g.size for g in glyphs)
    top, bottom = min(g.base for g in glyphs) - 0.88 * size, max(g.base for g in glyphs) + 0.12 * size
    return Piece(glyphs[0].left, top, max(g.right for g in glyphs), bottom, size, len(glyphs), key)


def rows(
    glyphs: Sequence[Glyph], page: int, frame: PaperFrame, blocks: Sequence[tuple[Piece, list[PaperRow]]] = ()
) -> list[PaperRow]:
    """The lines of a page in the order of reading. ``blocks`` are parts of it that are rows already."""
    held = words(glyphs)
    pieces = [piece(w, i) for i, w in enumerate(held)]
    return order.laid(pieces, blocks, lambda keys: _row([held[key] for key in keys], page, frame))


def stamp(glyphs: Sequence[Glyph], page: int, frame: PaperFrame) -> list[PaperRow]:
    """What is set askew over the words, as a watermark: kept as a line that is no part of them."""
    if not glyphs:
        return []
    text = "".join(g.char for g in glyphs).strip()
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    top, bottom = min(g.base - g.size for g in glyphs), max(g.base for g in glyphs)
    line = Line(0, len(text), page, frame.shown(min(left, right), top, max(left, right), bottom))
    return [PaperRow(page, top / frame.height, bottom / frame.height, text, [line], noise=True)] if text else []


def _row(pieces: Sequence[Sequence[Glyph]], page: int, frame: PaperFrame) -> PaperRow:
    text, lines = "", []
    for own in pieces:
        text += BLANKS if text else ""
        said, edges = _said(own)
        spot = piece(own, 0)
        box = frame.shown(spot.left, spot.top, spot.right, spot.bottom)
        if frame.quarter:  # edges go from left to right: what stands otherwise is a line for each character
            ends = itertools.pairwise(edges)
            lines += [Line(len(text) + i, len(text) + i + 1, page, frame.shown(a, spot.top, b, spot.bottom))
                      for i, (a, b) in enumerate(ends)]  # fmt: skip
        else:
            lines.append(Line(len(text), len(text) + len(said), page, box, tuple(round(e, 4) for e in edges)))
        text += said
    spots = [piece(own, 0) for own in pieces]
    top, bottom = min(s.top for s in spots), max(s.bottom for s in spots)
    return PaperRow(page, top / frame.height, bottom / frame.height, text, lines)


def _said(glyphs: Sequence[Glyph]) -> tuple[str, list[float]]:
    """The characters of a piece with the blanks between them, their left edges and the last one's right edge."""
    text, right = "", glyphs[0].left
    edges: list[float] = []
    # letters set apart are no words: the blank between two of them is wider than the others
    pitches = sorted(b.left - a.left for a, b in itertools.pairwise(glyphs) if _is_narrow(a.char + b.char))
    pitch = pitches[0] if len(pitches) > 1 else 0.0
    before: Glyph | None = None
    for glyph in glyphs:
        if text and glyph.char == " ":
            text, edges = text + " ", [*edges, right]
            continue
        if before and text[-1] != " " and _is_apart(before, glyph, right, pitch):
            text, edges = text + " ", [*edges, right]
        text += glyph.char
        edges += [glyph.left] * len(glyph.char)
        right, before = max(right, glyph.right), glyph
    kept = text.rstrip()
    return kept, [*edges[: len(kept)], right]


def _is_narrow(chars: str) -> bool:
    return chars.isascii() and " " not in chars


def _is_apart(before: Glyph, after: Glyph, right: float, pitch: float) -> bool:
    """Whether the gap between two characters is a blank: two numbers are easily taken for one. ``pitch`` is the least
    distance of two narrow characters on the line."""
    narrow = _is_narrow(before.char + after.char)
    blank = 0.2 if before.char.isdigit() and after.char.isdigit() else 0.3 if narrow else 0.8
    return after.left - right > blank * after.size and (not narrow or after.left - before.left > 1.3 * pitch)


def joined(pages: Sequence[Sequence[PaperRow]], problems: Sequence[Problem] = ()) -> Extracted:
    """The rows of all pages as one text, with running heads and page numbers told apart; a table that goes on behind
    them stays one table."""
    running = _running(pages)
    parts: list[str] = []
    lines: list[Line] = []
    noise: list[tuple[int, int]] = []
    at, was_table = 0, False
    for row in itertools.chain.from_iterable(pages):
        silent = row.noise or id(row) in running
        if not silent and row.table != was_table:
            parts.append("\n")
            at += 1
            was_table = row.table
        if silent:
            noise.append((at, at + len(row.text)))
        lines += [Line(at + x.start, at + x.end, x.page, x.box, x.edges, x.score) for x in row.lines]
        parts.append(row.text + "\n")
        at += len(row.text) + 1
    return Extracted("".join(parts), tuple(lines), tuple(noise), tuple(problems))


def _running(pages: Sequence[Sequence[PaperRow]]) -> set[int]:
    """Rows at the edge of the page that repeat on others, or are page numbers."""
    edge = [row for page in pages for row in page if not row.table and (row.bottom < _MARGIN or row.top > 1 - _MARGIN)]
    often = Counter(_pattern(row) for row in edge)
    found = {id(row) for row in edge if _NUMBERED.fullmatch(row.text)}
    for row in edge:
        repeats = len(pages) > 1 and often[_pattern(row)] > max(1, len(pages) // 3)
        if repeats and not _BARE.fullmatch(row.text) and (row.page > 1 or row.top > 0.5):
            found.add(id(row))
    return found | _bare_numbers(pages)


def _bare_numbers(pages: Sequence[Sequence[PaperRow]]) -> set[int]:
    """Numbers that stand alone as the first or last line of their pages and count these up."""
    ends = [row for page in pages if page for row in {id(r): r for r in (page[0], page[-1])}.values()]
    alone = [row for row in ends if _BARE.fullmatch(row.text) and not row.table]
    steps = Counter(int(row.text) - row.page for row in alone)
    return {id(row) for row in alone if int(row.text) == row.page or steps[int(row.text) - row.page] > 1}


def _pattern(row: PaperRow) -> str:
    return re.sub(r"\d+", "0", unicodedata.normalize("NFKC", "".join(row.text.split())))
