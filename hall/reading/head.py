"""The head of a document: kind, title, issue, publisher, print date and the period that it reports on."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from hall import catalog
from hall.model import Document, DocumentKind, Period, Problem
from hall.reading import periods
from hall.reading.fold import fold_all
from hall.reading.outline import Block
from hall.reading.source import Source

_ISSUE = re.compile(r"(?<!总)第(?:20\d{2}-)?(\d{1,4})期")
_TOTAL = re.compile(r"总(?:第)?(\d{1,5})期")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|-\d{1,3}期)")
_FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|(?!\d))")
# 发布时间:2024-10-11
_STAMP = re.compile(r"(?:发布|印发|更新|时间|日期)[^\d，。]{0,6}((?:19|20)\d{2})[年/.-](\d{1,2})[月/.-](\d{1,2})")
_RANGE = re.compile(
    r"(?:((?:19|20)\d{2})年)?(\d{1,2})(?:月|\.)(\d{1,2})日?(?:—+|-|至|到|~)(?:((?:19|20)\d{2})年)?(?:(\d{1,2})(?:月|\.))?(\d{1,2})日?"
)
_MONTH = re.compile(r"(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:份)?(?!\d*[日号\d])")
_BOOK_TITLE = re.compile(r"《([^《》]+)》的?通知")
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff]{4,30}(?:中心|管理局|服务局|管理办公室|办公厅|办公室|委员会|管理委员会|人民政府)$"
)
_HAN_DATE = re.compile(r"[〇零○一二三四五六七八九十]{1,6}(?=[年月日期])")
# lines of a web page above the title
_NAVIGATION = re.compile(
    r">|当前位置|您?现?在的?位置|来源:|字号:|发布日期|发布时间|^首页|浏览次数|阅读:|^[^\u4e00-\u9fff]*$|^第\d{1,4}期|总第\d"
)
_WHOLE_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月份?(?!\d|底|末|初)")
_SPANS = frozenset({"days", "dotted_days", "months", "month", "quarter", "half"})
_HEAD_BLOCKS = 14


def read(source: Source, blocks: list[Block], sha256: str) -> tuple[Document, list[Problem]]:
    """The document's head and what a person should know about it (no_date, not_a_bulletin, no_publisher …)."""
    lines = _head_lines(source, blocks)
    kind, title = _kind(lines, source, blocks)
    document = Document(
        sha256=sha256,
        kind=kind,
        title=title,
        issue=_number(_ISSUE, lines),
        total_issue=_number(_TOTAL, lines),
        publisher=_publisher(lines, source, blocks),
        published_on=_published(lines, source, blocks),
    )
    period = _period(document, lines, source, blocks)
    if period:
        document = dataclasses.replace(document, period_start=period.start, period_end=period.end)
    return document, _problems(document)


def _head_lines(source: Source, blocks: list[Block]) -> list[str]:
    """The lines above the first section, dates and issues in Arabic digits."""
    lines = [source.flat[b.start : b.end] for b in blocks[:_HEAD_BLOCKS] if b.part == "head" or b is blocks[0]]
    return [_HAN_DATE.sub(lambda m: periods.arabic(m[0]), line) for line in lines]


def _kind(lines: list[str], source: Source, blocks: list[Block]) -> tuple[DocumentKind, str | None]:
    for line in lines:
        book = _BOOK_TITLE.search(line)
        words = book[1] if book else line
        for series in catalog.series():
            named = any(fold_all(word) in words for word in series.title)
            if named and len(words) <= 48 and not words.endswith(("。", ":", ",", "，")):
                return series.kind, _title(words, source, blocks)
    if any(_RANGE.fullmatch(line.strip("()")) for line in lines) and any(b.heading for b in blocks):
        return "weekly_bulletin", None
    first = next((line for line in lines if not _NAVIGATION.search(line)), "")
    return "other", first if 4 <= len(first) <= 60 else None


def _title(words: str, source: Source, blocks: list[Block]) -> str:
    for block in blocks[:_HEAD_BLOCKS]:
        at = source.flat.find(words, block.start, block.end)
        if at >= 0:
            return source.words(at, at + len(words))
    return words


def _number(pattern: re.Pattern[str], lines: list[str]) -> int | None:
    found = (pattern.search(line) for line in lines)
    return next((int(m[1]) for m in found if m), None)


def _publisher(lines: list[str], source: Source, blocks: list[Block]) -> str | None:
    tail = [source.flat[b.start : b.end] for b in blocks if b.part == "tail"] + [
        source.flat[b.start : b.end] for b in blocks[-2:]
    ]
    known = [(fold_all(name), body.zh) for body in catalog.publishers() for name in body.names]
    for line in (*lines, *tail):
        for name, zh in known:
            if line.startswith(name) and not re.match(r"[\u4e00-\u9fff]", line[len(name) : len(name) + 1]):
                return zh
    for line in lines:
        bare = _FULL_DATE.sub("", line).strip("()年月日 ")
        if _ORGAN.match(bare):
            return bare
    return None


def _published(lines: list[str], source: Source, blocks: list[Block]) -> date | None:
    """The last full date of the head that is no part of a range, else one that closes the document."""
    tail = [source.flat[b.start : b.end] for b in blocks[-4:] if b.part == "tail" or b.end - b.start <= 44]
    for line in (*reversed(lines), *reversed(tail)):
        if len(line) > 60:
            continue
        for found in reversed(list(_FULL_DATE.finditer(_RANGE.sub("", line)))):
            if day := periods.day(found[1], found[2], found[3]):
                return day
    for block in blocks[:6]:
        if stamp := _STAMP.search(source.flat, block.start, block.end):
            return periods.day(stamp[1], stamp[2], stamp[3])
    return None


def _period(document: Document, lines: list[str], source: Source, blocks: list[Block]) -> Period | None:
    year = next((int(m[1]) for line in lines if (m := _YEAR.search(line)) and not _FULL_DATE.search(line)), None)
    headings = [source.flat[b.start : b.end] for b in blocks if b.heading]
    if document.kind == "weekly_bulletin":
        openings = [source.flat[b.body : b.body + 24] for b in blocks if b.part == "body" and not b.heading]
        return _week(document, [*lines, *headings, *openings[:2]], year)
    if document.kind == "work_plan":
        found = _YEAR.search(document.title or "")
        plan = int(found[1]) if found else (document.published_on.year if document.published_on else None)
        return Period.parse(f"{plan}") if plan else None
    if document.kind == "monthly_bulletin":
        bodies = [source.flat[b.body : b.body + 40] for b in blocks if b.part == "body" and not b.heading]
        return _month(document, [*lines, *headings[:3]], bodies[:2], year)
    openings = [source.flat[b.body : b.body + 40] for b in blocks if not b.heading][:4]
    return _stated(document, [*lines, *headings[:1]], openings)


def _stated(document: Document, lines: list[str], bodies: list[str]) -> Period | None:
    """The month, quarter, week or range that the title of any other document names, else its first sentence."""
    years = [int(m[1]) for line in (*lines, *bodies) if (m := _YEAR.search(line))]
    if periods.anchor(document) is None and years:  # the year stands beside the days: 2024年第28周(7月8日—14日)
        document = dataclasses.replace(document, published_on=date(years[0], 12, 31))
    for words, forms in ((lines, _SPANS), (bodies, _SPANS), (lines, frozenset({"year"}))):
        for line in words:
            for when in periods.find(line, document) if len(line) <= 60 and not _ISSUE.search(line) else ():
                if when.form in forms and when.scope != "as_of" and when.first and when.last and not when.deadline:
                    return Period(when.first, when.last, "D")
    for line in (*lines, *bodies):  # a title that is run together with other lines
        if found := _WHOLE_MONTH.search(line[:240]):
            return Period.month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None
    return None


def _week(document: Document, lines: list[str], year: int | None) -> Period | None:
    for line in lines:
        found = _RANGE.search(line)
        if not found:
            continue
        ends_year = found[4] or (found[1] if found[1] and int(found[5] or found[2]) >= int(found[2]) else None)
        month = found[5] or found[2]
        for candidate in _end_years(document, int(ends_year) if ends_year else None, found, year):
            last = periods.day(candidate, month, found[6])
            first = periods.day(candidate - (int(month) < int(found[2])), found[2], found[3])
            if first and last and 0 <= (last - first).days <= 13:
                return Period(first, last, "W")
    return None


def _end_years(document: Document, stated: int | None, found: re.Match[str], year: int | None) -> list[int]:
    """The years in which the week may end, likeliest first."""
    if stated:
        return [stated]
    turns = int(found[5] or found[2]) < int(found[2])
    if found[1]:
        return [int(found[1]) + turns]
    printed = document.published_on
    if year is not None:
        if not turns:
            return [year]
        if printed:
            return [printed.year] if printed.year in (year, year + 1) else [year + 1]
        return [year] if (document.issue or 99) <= 2 else [year + 1]
    if printed is None:
        return []
    month = int(found[5] or found[2])
    return [printed.year if month <= printed.month else printed.year - 1]


def _month(document: Document, lines: list[str], bodies: list[str], year: int | None) -> Period | None:
    candidates = [m for line in lines if not _RANGE.search(line) for m in _MONTH.finditer(_FULL_DATE.sub("", line))]
    for found in sorted(candidates, key=lambda m: not m[1]):
        if period := _of_month(found, document, year):
            return period
    for body in bodies:
        found_in_body = _MONTH.match(body) or _MONTH.search(body)
        if found_in_body and (period := _of_month(found_in_body, document, year)):
            return period
    return None


def _of_month(found: re.Match[str], document: Document, year: int | None) -> Period | None:
    month = int(found[2])
    if not 1 <= month <= 12:
        return None
    printed = document.published_on
    if found[1]:
        return Period.month(int(found[1]), month)
    if year is not None:
        return Period.month(year, month)
    if printed:
        return Period.month(printed.year if month <= printed.month else printed.year - 1, month)
    return None


def _problems(document: Document) -> list[Problem]:
    problems = []
    if document.kind in ("other", "work_plan"):
        problems.append(Problem("not_a_bulletin"))
    elif document.period is None:
        problems.append(Problem("no_date"))
    elif document.publisher is None:
        problems.append(Problem("no_publisher"))
    if document.kind == "other" and document.published_on is None and document.period is None:
        problems.append(Problem("no_date"))
    return problems
