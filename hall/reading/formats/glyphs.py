"""The characters of a PDF page that a person sees, each with its place."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from hall.reading.formats.paper import Glyph, PaperFrame
from hall.reading.text.decode import is_common

# characters that some fonts give for others: the radicals that compatibility folding leaves alone
_RADICALS = dict(zip(
    "⺁⺇⺊⺌⺍⺎⺒⺓⺗⺙⺝⺞⺟⺠⺢⺥⺧⺩⺪⺫⺬⺮⺯⺱⺳⺶⺷⺸⺹⺻⺼⺽⻁⻄⻅⻆⻉⻊⻋⻌⻎⻏⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂几卜小小兀巳幺心攴月歺母民水爪牛王疋目示竹糸网网羊羊羊老聿肉臼虎西见角贝足车辶辶邑长长门阜雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄齐齿龙龟",
    strict=True,
))  # fmt: skip
# radicals that folding makes the traditional character of, where mainland fonts draw the plain one
_SHAPES = {"⼾": "户", "⾭": "青"}
# lighter than this against its ground, or lower than this in points, nothing is seen
_CONTRAST, _LOWEST, _DPI, _PIXELS = 20, 2.5, 96, 4_000_000
_UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_HYPHEN = 2
# the blocks that bulletins are written in, and the greatest share of characters of other ones
_SCRIPTS = ((0x20, 0x7E), (0xA0, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x370, 0x3FF), (0x2000, 0x27BF), (0x2B00, 0x2BFF),
            (0x2E80, 0x33FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))  # fmt: skip
_STRANGE, _RARE = 0.2, 0.4


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a page: the glyphs that follow its writing, those set askew (a watermark), the words that nobody
    sees, and whether the font tells what its characters are. ``unpainted`` counts those of a layer behind a picture."""

    frame: PaperFrame
    glyphs: list[Glyph]
    askew: list[Glyph]
    hidden: str
    legible: bool
    unpainted: int


def read(page: Any) -> Written:
    """The characters of a page, held so that most of its writing is upright."""
    text = page.get_textpage()
    try:
        marks, unpainted, unknown = _marks(page, text)
    finally:
        text.close()
    width, height = page.get_size()
    quarters = Counter(mark[6] for mark in marks)
    quarter = quarters.most_common(1)[0][0] if marks else 0
    frame = PaperFrame(height / width, max(quarter, 0))
    glyphs: list[Glyph] = []
    askew: list[Glyph] = []
    hidden = _veiled(marks)
    for number, (char, x, y, far_x, far_y, size, own, _) in enumerate(marks):
        if number in hidden:
            continue
        (left, base), (right, _) = frame.held(x, y), frame.held(far_x, far_y)
        (glyphs if own == quarter else askew).append(Glyph(char, left, right, base, size))
    glyphs = _once(glyphs)
    veiled = "".join(unpainted) + "".join(marks[i][0] for i in sorted(hidden))
    return Written(frame, glyphs, askew, veiled.strip(), _is_legible([g.char for g in glyphs], unknown), len(unpainted))


def plain(char: str) -> str:
    """The character that is meant: fonts name some by a radical or a form kept for compatibility."""
    if char in _SHAPES:
        return _SHAPES[char]
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _RADICALS.get(char, char)


def _veiled(marks: list[Any]) -> set[int]:
    """What nobody sees: runs of at least two letters or digits that do not stand out from their ground. One alone is
    a mark too small for the picture on which this was looked up."""
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(marks) + 1):
        if number < len(marks) and (not marks[number][-1] or (run and marks[number][0] == " ")):
            run.append(number)
            continue
        if sum(marks[i][0].isalnum() for i in run) >= 2:
            found.update(run)
            ends = [marks[i] for i in (run[0] - 1, run[-1] + 1) if 0 <= i < len(marks)]
            first = marks[run[0]]
            if any(end[0].isdigit() and abs(end[2] - first[2]) < first[5] / 2 for end in ends):
                found.difference_update(run)  # a number of which a part is covered must not pass for a whole one
                for i in run:
                    marks[i] = ("\ufffd", *marks[i][1:])
        run = []
    return found


def _marks(page: Any, text: Any) -> tuple[list[Any], list[str], int]:
    """Character, its origin and end, size and turn on the page as shown, and whether it is seen; those of a layer
    behind a picture; how many the font does not name."""
    place, (across, _), shades = placing(page), page.get_size(), None
    x, y, box = ctypes.c_double(), ctypes.c_double(), [ctypes.c_double() for _ in range(4)]
    matrix, modes = raw.FS_MATRIX(), dict[int, int]()
    marks: list[Any] = []
    unpainted: list[str] = []
    unknown = 0
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, i)
        if raw.FPDFText_IsGenerated(text.raw, i) == 1 or 0xD800 <= code < 0xE000 or code in (10, 13):
            continue
        raw.FPDFText_GetCharOrigin(text.raw, i, x, y)
        raw.FPDFText_GetMatrix(text.raw, i, matrix)
        raw.FPDFText_GetCharBox(text.raw, i, box[0], box[1], box[2], box[3])  # left, right, bottom, top
        points = raw.FPDFText_GetFontSize(text.raw, i) * math.hypot(matrix.c, matrix.d)
        u, v = place(x.value, y.value)
        corners = [place(box[0].value, box[2].value), place(box[1].value, box[3].value)]
        low, high = tuple(map(min, *corners)), tuple(map(max, *corners))
        if not (0 <= (low[0] + high[0]) / 2 <= 1 and 0 <= (low[1] + high[1]) / 2 * across <= page.get_height()):
            continue
        char = "-" if code == _HYPHEN else " " if chr(code).isspace() else plain(chr(code))
        inked = high[0] - low[0] > 0 and high[1] - low[1] > 0
        if code == 0 or not char.isprintable() or code == 0xFFFD or (0xE000 <= code <= 0xF8FF):
            unknown += inked
            char = char if code >= 0xE000 else "\ufffd"
            if not inked:
                continue
        owner = raw.FPDFText_GetTextObject(text.raw, i)
        key = ctypes.addressof(owner.contents) if owner else 0
        if key not in modes:
            modes[key] = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        if char != " " and modes[key] in _UNPAINTED:
            unpainted.append(char)
            continue
        shades = _shades(page) if shades is None else shades
        seen = points >= _LOWEST and (not inked or char == " " or _is_seen(shades, (*low, *high)))
        size = points / across
        ahead = place(x.value + matrix.a, y.value + matrix.b)
        angle = math.degrees(math.atan2(ahead[1] - v, ahead[0] - u)) % 360
        quarter = round(angle / 90) % 4
        turn = quarter if abs((angle - 90 * quarter + 180) % 360 - 180) < 12 else -1
        far = _far(char, (u, v), size, max(quarter, 0), low, high)
        marks.append((char, u, v, *far, size, turn, seen))
    return marks, unpainted, unknown


def placing(page: Any) -> Any:
    """From a point of the file's page to one of the page as shown, in its widths from the top left corner."""
    fine = 1_000_000
    across, down = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    spots = []
    for point in ((0.0, 0.0), (across, 0.0), (0.0, across)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, fine, round(fine * down / across), 0, *point, x, y)
        spots.append((x.value / fine, y.value / fine))
    (ox, oy), (ax, ay), (bx, by) = spots
    ax, ay, bx, by = ((ax - ox) / across, (ay - oy) / across, (bx - ox) / across, (by - oy) / across)
    return lambda px, py: (ox + px * ax + py * bx, oy + px * ay + py * by)


def _far(char: str, at: tuple[float, float], size: float, quarter: int, low: Any, high: Any) -> tuple[float, float]:
    """Where the character ends: a wide one fills a square, a narrow one ends with its ink."""
    ahead = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter]
    if unicodedata.east_asian_width(char) in "WF":
        return at[0] + ahead[0] * size, at[1] + ahead[1] * size
    if char == " ":
        return at
    ink = (high[0], high[1], low[0], low[1])[quarter]
    return (ink, at[1]) if quarter % 2 == 0 else (at[0], ink)


def _shades(page: Any) -> Any:
    """The page as it is seen, in greys, with its width."""
    across, down = page.get_size()
    scale = min(_DPI / 72, (_PIXELS / (across * down)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_numpy()


def _is_seen(shades: Any, box: tuple[float, ...]) -> bool:
    """Whether anything differs from anything else where the character stands."""
    width = shades.shape[1]
    left, top, right, bottom = (side * width for side in box)
    part = shades[max(int(top) - 1, 0) : int(bottom) + 2, max(int(left) - 1, 0) : int(right) + 2]
    return bool(part.size) and int(part.max()) - int(part.min()) >= _CONTRAST


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """A character that is printed twice on nearly the same place to look bold is one."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = seen.setdefault((glyph.char, round(glyph.base / glyph.size)), [])
        slack = 0.2 * glyph.size
        if any(abs(o.left - glyph.left) < slack and abs(o.base - glyph.base) < slack for o in near):
            continue
        near.append(glyph)
        kept.append(glyph)
    return kept


def _is_legible(chars: list[str], unknown: int) -> bool:
    """Whether the font's own names of its characters make words; a bullet drawn from a font of symbols is no fault."""
    drawn = [c for c in chars if c != " "]
    if not drawn:
        return not unknown
    symbols = sum(1 for c in drawn if "\uf020" <= c <= "\uf0ff")
    other = sum(1 for c in drawn if not any(low <= ord(c) <= high for low, high in _SCRIPTS)) - symbols
    han = [c for c in drawn if "\u4e00" <= c <= "\u9fff"]
    rare = sum(1 for c in han if not is_common(c))
    lost = unknown - symbols > max(1, 0.01 * len(drawn)) or symbols > _STRANGE * len(drawn)
    return not (lost or other > _STRANGE * len(drawn) or rare > _RARE * max(len(han), 5))
