"""Ruled tables of a page: their cells, put together to rows of Markdown."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hall.model import Box, Line
from hall.reading.formats import markdown, parted
from hall.reading.formats.order import Piece
from hall.reading.formats.paper import PaperFrame, PaperRow

_NEAR = 0.004
_THIN = 3  # points
# the printed lines of a cell, each with its places
Said = Sequence[PaperRow]


class Plumber:
    """The tables of a PDF, page after page; opened when the first page with rules comes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._book: Any = None

    def tables(self, index: int, frame: PaperFrame) -> list[list[Box]]:
        """The cells of each table of a page (counted from 0), held upright, in page widths."""
        import pdfplumber

        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        try:
            if self._book is None:
                self._book = pdfplumber.open(io.BytesIO(self._data))
            leaf = self._book.pages[index]
            x0, y0, across = self._origin(leaf)
            held = []
            for table in _tables(leaf):
                cells = [tuple((side - (y0 if i % 2 else x0)) / across for i, side in enumerate(c))
                         for c in table.cells]  # fmt: skip
                upright = [(*frame.held(*c[:2]), *frame.held(*c[2:])) for c in cells]
                held.append([(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in upright])
            leaf.close()
        except Exception:
            # the words are there without the table's lines: pdfminer stumbles over files that pdfium draws
            return []
        return [cells for cells in held if is_table(cells)]

    def _origin(self, leaf: Any) -> tuple[float, float, float]:
        """Where the part of the page that is shown begins, as the page is shown, and its width."""
        media, crop = leaf.page_obj.mediabox, leaf.page_obj.cropbox
        shown = [max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])]
        left, low, right, high = (abs(a - b) for a, b in zip(shown, media, strict=True))
        starts = {0: (left, high), 90: (low, left), 180: (right, low), 270: (high, right)}
        x, y = starts[leaf.rotation % 360]
        across = shown[3] - shown[1] if leaf.rotation % 180 else shown[2] - shown[0]
        return leaf.bbox[0] + x, leaf.bbox[1] + y, across

    def close(self) -> None:
        """Let the file go."""
        if self._book is not None:
            self._book.close()


def _tables(leaf: Any) -> list[Any]:
    """What pdfplumber takes for tables; coloured grounds are no rules where they make tables of single rows only, as
    every other row of a striped table or a head without rules below it."""
    found = leaf.find_tables()
    if any(len({round(cell[1]) for cell in table.cells}) == 1 < len(table.cells) for table in found):
        ruled = leaf.filter(_is_rule)
        if len(ruled.rects) < len(leaf.rects):
            return list(ruled.find_tables())
    return list(found)


def _is_rule(item: dict[str, Any]) -> bool:
    """Whatever is no ground: a rule may be drawn as a thin bar."""
    thin = min(item["width"], item["height"]) < _THIN
    return item["object_type"] != "rect" or bool(item["stroke"]) or thin


def is_table(cells: Sequence[Box]) -> bool:
    """Two rows and two columns, or a row of three cells that goes on from a page before; a frame is none."""
    columns, lines = len(_cuts([c[0] for c in cells])), len(_cuts([c[1] for c in cells]))
    return columns > 1 and columns + lines > 3


def bounds(cells: Sequence[Box], size: float) -> Piece:
    """The table as one piece of its page, for the order of reading."""
    left, top = min(c[0] for c in cells), min(c[1] for c in cells)
    return Piece(left, top, max(c[2] for c in cells), max(c[3] for c in cells), size, 1000, -1)


def rows(cells: Sequence[Box], said: Sequence[Said], page: int, frame: PaperFrame) -> list[PaperRow]:
    """The lines of a table as ``markdown.table`` writes them, each with the places of its words. ``said`` are the
    printed lines of each cell."""
    cells, said, doubtful = parted.parted(cells, said, frame)
    grid = _Grid(cells, said, frame, doubtful)
    found: list[PaperRow] = []
    at = 0
    for text in markdown.table(grid.words(), grid.spans()):
        parts = _parts(text)
        fits = [sum(grid.find(words, y, x) is not None for x, (_, words) in enumerate(parts)) for y in range(grid.deep)]
        y = max(range(at, grid.deep), key=lambda i: (fits[i], -i), default=grid.deep - 1)
        lines: list[Line] = []
        for x, (begin, words) in enumerate(parts):
            number = grid.find(words, y, x)
            number = grid.search(words) if number is None else number
            if number is not None:
                lines += _placed(grid.said[number], words, begin)
        if 2 * fits[y] >= sum(bool(words) for _, words in parts):
            at = min(y + 1, grid.deep - 1)
        top, bottom = grid.ends(y)
        found.append(
            PaperRow(page, top / frame.height, bottom / frame.height, text, lines, table=text.startswith("| "))
        )
    return found


class _Grid:
    """The cells of a table by the rows and columns that they take."""

    def __init__(self, cells: Sequence[Box], said: Sequence[Said], frame: PaperFrame, doubtful: set[int]) -> None:
        tops, lefts = _cuts([c[1] for c in cells]), _cuts([c[0] for c in cells])
        self.said, self.deep, self.wide, self.cells = said, len(tops), len(lefts), cells
        self._words = [parted.joined(own, cells[i], frame, i in doubtful) for i, own in enumerate(said)]
        self._plain = [markdown.cell(words) for words in self._words]
        self._taken = [
            ([y for y, at in enumerate(tops) if top - _NEAR < at < bottom - _NEAR],
             [x for x, at in enumerate(lefts) if left - _NEAR < at < right - _NEAR])
            for left, top, right, bottom in cells
        ]  # fmt: skip

        self._places = {(y, x): n for n, (ys, xs) in enumerate(self._taken) for y in ys for x in xs}

    def words(self) -> list[list[str]]:
        """Rows of words; those of a merged cell stand in its first place."""
        grid = [[""] * self.wide for _ in range(self.deep)]
        for (ys, xs), words in zip(self._taken, self._words, strict=True):
            if ys and xs:
                grid[ys[0]][xs[0]] = words
        return grid

    def spans(self) -> list[markdown.CellSpan]:
        """The merged cells."""
        return [markdown.CellSpan(ys[0], xs[0], ys[-1], xs[-1]) for ys, xs in self._taken if len(ys) * len(xs) > 1]

    def find(self, words: str, y: int, x: int) -> int | None:
        """The cell at a place, if these are its words or end in them."""
        number = self._places.get((y, x))
        return number if number is not None and self._fits(number, words) else None

    def search(self, words: str) -> int | None:
        """Any cell of these words."""
        return next((n for n in range(len(self.cells)) if self._fits(n, words)), None)

    def ends(self, y: int) -> tuple[float, float]:
        """The top and the bottom of a row."""
        own = [c for c, (ys, _) in zip(self.cells, self._taken, strict=True) if y in ys]
        return min(c[1] for c in own), max(c[3] for c in own)

    def _fits(self, number: int, words: str) -> bool:
        own = self._plain[number]
        return bool(own) and words.endswith(own)


def _cuts(ends: Sequence[float]) -> list[float]:
    """Places that differ."""
    cuts: list[float] = []
    for end in sorted(ends):
        if not cuts or end - cuts[-1] > _NEAR:
            cuts.append(end)
    return cuts


def _parts(text: str) -> list[tuple[int, str]]:
    """The cells of a row with the places where they begin; a plain line is one."""
    if not text.startswith("| "):
        return [(0, text)]
    parts, at = [], 2
    for words in text[2:-2].split(" | "):
        parts.append((at, words))
        at += len(words) + 3
    return parts


def _placed(said: Said, words: str, begin: int) -> list[Line]:
    """The places of a cell's printed lines where they stand in the row."""
    lines, at = [], 0
    for row in said:
        plain = markdown.cell(row.text)
        found = words.find(plain, at)
        if not plain or found < 0:
            continue
        at = found + len(plain)
        for line in row.lines:  # blanks between its pieces have become one
            first = begin + found + len(markdown.cell(row.text[: line.start] + ".")) - 1
            length = len(markdown.cell(row.text[line.start : line.end]))
            edges = line.edges if length == line.end - line.start else ()
            lines.append(replace(line, start=first, end=first + length, edges=edges))
    return lines
