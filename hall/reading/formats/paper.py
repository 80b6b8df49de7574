"""Characters with their places on a page, put together to lines as a person reads them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hall.model import Line
from hall.reading.extracted import Extracted

# characters that some fonts give for others: the radicals that compatibility folding leaves alone
_RADICALS = dict(zip(
    "⺁⺌⺍⺎⺗⺙⺝⺟⺠⺢⺩⺪⺫⺬⺮⺯⺱⺳⺸⺹⺻⺼⺽⻁⻄⻅⻆⻉⻋⻌⻎⻏⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂小小兀心攴月母民水王疋目示竹糸网网羊老聿肉臼虎西见角贝车辶辶邑长长门阜雨青韦页风飞食食马骨鬼鱼鸟麦黄齐齿龙龟",
    strict=True,
))  # fmt: skip
_NUMBERED = re.compile(r"\s*(?:[-—–·]+\s*\d{1,4}\s*[-—–·]+|第?\s*\d{1,4}\s*页?(?:\s*[/共,，]\s*\d{1,4}\s*页?)?)\s*")
_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in parts of the page, from the top left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Row:
    """A line of a page: its pieces, each with the places of its characters, and where it stands."""

    page: int
    top: float
    bottom: float
    text: str
    lines: list[Line] = field(default_factory=list)
    table: bool = False


def plain(char: str) -> str:
    """The character that is meant."""
    return _RADICALS.get(char, char)


def rows(glyphs: Sequence[Glyph], page: int, ratio: float) -> list[Row]:
    """The lines of a page. ``ratio`` is its height by its width, since boxes are in parts of each."""
    if not glyphs:
        return []
    gutter = _gutter(glyphs)
    if gutter is None:
        return [_row(line, page, ratio) for line in _lines(glyphs)]
    found: list[Row] = []
    across = [line for line in _lines(glyphs) if any(g.left < gutter - 0.005 and g.right > gutter + 0.005 for g in line)
              or _bridges(line, gutter)]  # fmt: skip
    wide = {id(g) for line in across for g in line}
    edges = [0.0, *(min(g.top for g in line) for line in across), 1.1]
    for index, (begin, end) in enumerate(itertools.pairwise(edges)):
        if index:
            found.append(_row(across[index - 1], page, ratio))
        between = [g for g in glyphs if id(g) not in wide and begin <= g.top < end]
        for side in ([g for g in between if g.left < gutter], [g for g in between if g.left >= gutter]):
            found += [_row(line, page, ratio) for line in _lines(side)]
    return found


def _bridges(line: list[Glyph], gutter: float) -> bool:
    """A title is set across both columns: it begins right of the left margin and crosses the gutter without a gap."""
    left, right = [g for g in line if g.right <= gutter], [g for g in line if g.left >= gutter]
    if not left or not right:
        return False
    size = max(g.right - g.left for g in line)
    return min(g.left for g in right) - max(g.right for g in left) < size


def _gutter(glyphs: Sequence[Glyph]) -> float | None:
    """Where two columns of prose part: a strip that nearly no line crosses, with long lines on both sides."""
    lines = _lines(glyphs)
    if len(lines) < 8:
        return None
    for place in (x / 100 for x in range(42, 59)):
        sides = [([g for g in line if g.right <= place], [g for g in line if g.left >= place]) for line in lines]
        both = [(a, b) for a, b in sides if len(a) >= 10 and len(b) >= 10
                and min(g.left for g in b) - max(g.right for g in a) > 0.02]  # fmt: skip
        crossing = sum(len(a) + len(b) < len(line) for (a, b), line in zip(sides, lines, strict=True))
        if len(both) >= 0.5 * len(lines) and crossing <= 0.2 * len(lines):
            return place
    return None


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that stand beside each other, from the top down, each line from the left."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        middle = (glyph.top + glyph.bottom) / 2
        last = found[-1] if found else None
        if last and middle < _low(last) and glyph.top < glyph.bottom:
            last.append(glyph)
        else:
            found.append([glyph])
    return [sorted(line, key=lambda g: g.left) for line in found]


def _low(line: list[Glyph]) -> float:
    """Down to where a character's middle may lie to stand in the line."""
    tallest = max(line[:12], key=lambda g: g.bottom - g.top)
    return tallest.bottom - 0.15 * (tallest.bottom - tallest.top)


def _row(line: list[Glyph], page: int, ratio: float) -> Row:
    size = max(g.bottom - g.top for g in line) * ratio
    text, edges, right = "", [], line[0].left
    for glyph in line:
        gap = glyph.left - right
        if text and gap > 0.3 * size:
            blanks = 3 if gap > 1.6 * size else 1 if text[-1].isascii() and glyph.char.isascii() else 0
            text += " " * blanks
            edges += [right] * blanks
        text += glyph.char
        edges += [glyph.left] * len(glyph.char)
        right = max(right, glyph.right)
    top, bottom = min(g.top for g in line), max(g.bottom for g in line)
    box = (round(line[0].left, 4), round(top, 4), round(right, 4), round(bottom, 4))
    return Row(page, top, bottom, text, [Line(0, len(text), page, box, tuple(round(e, 4) for e in [*edges, right]))])


def joined(pages: Sequence[Sequence[Row]]) -> Extracted:
    """The rows of all pages as one text, with running heads and page numbers told apart."""
    running = _running(pages)
    parts: list[str] = []
    lines: list[Line] = []
    noise: list[tuple[int, int]] = []
    at, was_table = 0, False
    for page in pages:
        for row in page:
            if row.table != was_table:
                parts.append("\n")
                at += 1
            was_table = row.table
            if id(row) in running:
                noise.append((at, at + len(row.text)))
            lines += [Line(at + x.start, at + x.end, x.page, x.box, x.edges, x.score) for x in row.lines]
            parts.append(row.text + "\n")
            at += len(row.text) + 1
    return Extracted("".join(parts), tuple(lines), tuple(noise))


def _running(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Rows at the edge of the page that repeat on others, or are page numbers."""
    edge = [row for page in pages for row in page if not row.table and (row.bottom < _MARGIN or row.top > 1 - _MARGIN)]
    often = Counter(re.sub(r"\d+", "0", "".join(row.text.split())) for row in edge)
    found = set()
    for row in edge:
        repeats = len(pages) > 1 and often[re.sub(r"\d+", "0", "".join(row.text.split()))] > max(1, len(pages) // 3)
        if _NUMBERED.fullmatch(row.text) or (repeats and (row.page > 1 or row.top > 0.5)):
            found.add(id(row))
    return found
