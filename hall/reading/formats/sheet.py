"""Workbooks and CSV: each sheet a heading and its tables, with titles and notes as lines of their own."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

from hall.model import HallError, Problem
from hall.reading.formats import markdown
from hall.reading.formats.markdown import CellSpan, is_number
from hall.reading.formats.workbook import CELLS, Sheet, sheets
from hall.reading.text import decode
from hall.reading.text.extracted import Extracted

_ROWS, _COLUMNS = 20_000, 200
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# names that a program gives its sheets
_UNNAMED = re.compile(r"(?:sheet|工作表|表|table)\s*\d*", re.IGNORECASE)
# what heads a column of days or months
_WHEN = re.compile(r"(?:统计|办理|填报|报告)?(?:月份|年月|日期|时间|时段|月度)")
_MONTHS = re.compile(r"(?:统计|报告)?(?:月份|年月|月度)")
_SERIAL = re.compile(r"(?:3[6-9]|4\d|5[0-4])\d{3}(?:\.0+)?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: 0?0:00(?::00)?)?")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TURNED = re.compile(rf"({'|'.join(_NAMES)})-(\d{{2}})", re.IGNORECASE)  # 2025-10 becomes Oct-25 in a CSV
_CAPTION = re.compile(r"[^：:]{1,12}[：:].*|.*\d{4}年\d{1,2}月.*")


def extract(data: bytes, name: str) -> Extracted:
    """The words of a .xlsx, .xls or .csv; HallError empty_file, not_text, broken_inside, encrypted, too_many_rows."""
    problems: list[Problem] = []
    found = sheets(data, name, problems) if data.startswith(_OFFICE) else [Sheet("", _separated(data, name))]
    found = [sheet for sheet in found if any(map(any, sheet.rows))]
    lines: list[str] = []
    for sheet in found:
        named = sheet.title and not _UNNAMED.fullmatch(sheet.title.strip())
        if named and (len(found) > 1 or re.search(r"\d", sheet.title)):
            lines += [sheet.title, ""]
        lines += [*_laid_out(sheet.rows, sheet.spans), ""]
    if not any(lines):
        raise HallError("empty_file", file=name)
    return Extracted(markdown.joined(lines), problems=tuple(problems))


def _laid_out(rows: list[list[str]], spans: list[CellSpan]) -> list[str]:
    """The sheet's tables, which empty rows part, and the lines above and below them."""
    lines: list[str] = []
    begin = 0
    covered = {row for span in spans for row in range(span.top + 1, span.bottom + 1)}
    for end in range(len(rows) + 1):
        if end == len(rows) or (not any(rows[end]) and end not in covered):
            if end > begin:
                own = [
                    CellSpan(s.top - begin, s.left, s.bottom - begin, s.right) for s in spans if begin <= s.top < end
                ]
                lines += [*_block(rows[begin:end], own), ""]
            begin = end + 1
    return lines


def _block(rows: list[list[str]], spans: list[CellSpan]) -> list[str]:
    """A table between empty rows: without its empty columns, its captions before it."""
    captions: list[str] = []
    top = 0
    ends = {span.top: span.bottom for span in spans}
    while top < len(rows) - 1 and _is_caption(rows, top, min(ends.get(top, top), len(rows) - 1)):
        captions += filter(None, rows[top])
        top = ends.get(top, top) + 1
    body = rows[top:]
    used = [c for c in range(max(map(len, body), default=0)) if any(row[c : c + 1] not in ([], [""]) for row in body)]
    at = {c: i for i, c in enumerate(used)}
    body = [[row[c] if c < len(row) else "" for c in used] for row in body]
    kept = [
        CellSpan(s.top - top, columns[0], s.bottom - top, columns[-1])
        for s in spans
        if s.top >= top and (columns := [at[c] for c in range(s.left, s.right + 1) if c in at])
    ]
    _spread_heads(body, kept)
    _dated(body)
    return [*captions, *([""] if captions else []), *markdown.table(body, kept)]


def _is_caption(rows: list[list[str]], top: int, bottom: int) -> bool:
    """Whether a row names the table or says whose it is, and heads no column."""
    filled = [words for words in rows[top] if words]
    if any(any(row) for row in rows[top + 1 : bottom + 1]):
        return False
    return len(filled) == 1 or (not any(map(is_number, filled)) and all(map(_CAPTION.fullmatch, filled)))


def _spread_heads(body: list[list[str]], spans: list[CellSpan]) -> None:
    """A head that stands over several columns without being merged with them heads them all (a CSV keeps no merges)."""
    first = next((i for i, row in enumerate(body) if any(map(is_number, row))), 0)
    if first != 2 or any(span.top < first for span in spans):
        return
    above, below = body[0], body[1]
    if not all(a or b for a, b in zip(above, below, strict=True)) or all(above) or not above[0]:
        return
    for i in range(1, len(above)):
        if not above[i]:
            above[i] = above[i - 1]
    below[:] = [b or a for a, b in zip(above, below, strict=True)]


def _dated(body: list[list[str]]) -> None:
    """Numbers that Excel made of months and days, in a column that is headed as one, as months and days again."""
    heads = next((row for row in body if sum(map(bool, row)) > 1), [])
    for i, head in enumerate(heads):
        for row in body:
            if turned := _TURNED.fullmatch(row[i]):
                row[i] = f"20{turned[2]}年{_NAMES.index(turned[1].lower()) + 1}月"
        if not _WHEN.fullmatch(head.strip()):
            continue
        below = [row for row in body if row is not heads and row[i]]
        days = {row[i]: day for row in below if (day := _day(row[i]))}
        first = days and all(day.day == 1 for day in days.values())
        for row in below:
            if day := days.get(row[i]):
                monthly = first and (_MONTHS.fullmatch(head.strip()) or len(days) > 1)
                row[i] = f"{day.year}年{day.month}月" if monthly else day.isoformat()


def _day(words: str) -> date | None:
    if _SERIAL.fullmatch(words):
        return date(1899, 12, 30) + timedelta(days=int(float(words)))
    found = _ISO.fullmatch(words)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _separated(data: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV, parted by the mark that parts most of its lines alike."""
    text = decode.text(data, name)
    said = re.match(r"sep=(.)\n", text)
    sample = text[:16384].rpartition("\n")[0] or text
    best = max(",\t;，|", key=lambda mark: _alike(sample, mark))
    try:
        rows = list(csv.reader(io.StringIO(text[said.end() :] if said else text), delimiter=said[1] if said else best))
    except csv.Error as fault:
        raise HallError("broken_inside", file=name) from fault
    if len(rows) > _ROWS or max(map(len, rows), default=0) > _COLUMNS or sum(map(len, rows)) > CELLS:
        raise HallError("too_many_rows", file=name, limit=f"{_ROWS}")
    return [[cell.strip().removeprefix("\ufeff") for cell in row] for row in rows]


def _alike(sample: str, mark: str) -> tuple[int, int]:
    """How many lines have the commonest number of cells, and how many cells that is."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if len(row) > 1]
    except csv.Error:
        return (0, 0)
    most = max(set(widths), key=widths.count, default=0)
    return (widths.count(most), most)
