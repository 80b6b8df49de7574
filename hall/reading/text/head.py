"""The head of a document: kind, title, issue, publisher, print date and the period that it reports on."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from hall import catalog
from hall.model import Document, DocumentKind, Problem
from hall.reading.text.fold import fold_all
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.times import periods, stated
from hall.reading.times.stated import FULL_DATE, ISSUE, RANGE, WEEK

_TOTAL = re.compile(r"总(?:第)?(\d{1,5})期")
# 发布时间:2024-10-11
_STAMP = re.compile(r"(?:发布|印发|更新|时间|日期|来源)[^\d，。]{0,10}((?:19|20)\d{2})[年/.-](\d{1,2})[月/.-](\d{1,2})")
_BOOK_TITLE = re.compile(r"《([^《》]+)》的?通知")
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff]{4,30}(?:中心|管理局|服务局|管理办公室|办公厅|办公室|委员会|管理委员会|人民政府)$"
)
_HAN_DATE = re.compile(r"[〇零○一二三四五六七八九十]{1,6}(?=[年月日期])")
# lines of a web page above the title
_NAVIGATION = re.compile(
    r">|当前位置|您?现?在的?位置|来源:|字号:|发布日期|发布时间|^首页|浏览次数|阅读:|^[^\u4e00-\u9fff]*$|^第\d{1,4}期|总第\d"
)
_HEAD_BLOCKS = 14


def read(source: SourceText, blocks: list[Block], sha256: str) -> tuple[Document, list[Problem]]:
    """The document's head and what a person should know about it (no_date, not_a_bulletin, no_publisher …)."""
    lines = _head_lines(source, blocks)
    kind, title = _kind(lines, source, blocks)
    document = Document(
        sha256=sha256,
        kind=kind,
        title=title,
        issue=_number(ISSUE, lines),
        total_issue=_number(_TOTAL, lines),
        publisher=_publisher(lines, source, blocks),
        published_on=_published(lines, source, blocks),
    )
    period = stated.period(document, lines, source, blocks)
    if period:
        document = dataclasses.replace(document, period_start=period.start, period_end=period.end)
    return document, _problems(document)


def _head_lines(source: SourceText, blocks: list[Block]) -> list[str]:
    """The lines above the first section, dates and issues in Arabic digits."""
    lines = [source.flat[b.start : b.end] for b in blocks[:_HEAD_BLOCKS] if b.part == "head" or b is blocks[0]]
    return [_HAN_DATE.sub(lambda m: periods.arabic(m[0]), line) for line in lines]


def _kind(lines: list[str], source: SourceText, blocks: list[Block]) -> tuple[DocumentKind, str | None]:
    for line in lines:
        book = _BOOK_TITLE.search(line)
        words = book[1] if book else line
        for series in catalog.series():
            named = any(fold_all(word) in words for word in series.title)
            if named and len(words) <= 48 and not words.endswith(("。", ":", ",", "，")):
                return series.kind, _title(words, source, blocks)
    if any(_is_week(line.strip("()")) for line in lines) and any(b.heading for b in blocks):
        return "weekly_bulletin", None
    first = next((line for line in lines if not _NAVIGATION.search(line)), "")
    return "other", first if 4 <= len(first) <= 60 else None


def _is_week(line: str) -> bool:
    """Whether a line is nothing but the days of about a week: 12月9日—12月13日."""
    found = RANGE.fullmatch(line)
    if not found:
        return False
    first = periods.day(2023, found[2], found[3])
    last = periods.day(2023 + (int(found[5] or found[2]) < int(found[2])), found[5] or found[2], found[6])
    return bool(first and last and 0 <= (last - first).days <= WEEK)


def _title(words: str, source: SourceText, blocks: list[Block]) -> str:
    for block in blocks[:_HEAD_BLOCKS]:
        at = source.flat.find(words, block.start, block.end)
        if at >= 0:
            return source.words(at, at + len(words))
    return words


def _number(pattern: re.Pattern[str], lines: list[str]) -> int | None:
    found = (pattern.search(line) for line in lines)
    return next((int(m[1]) for m in found if m), None)


def _publisher(lines: list[str], source: SourceText, blocks: list[Block]) -> str | None:
    tail = [source.flat[b.start : b.end] for b in blocks if b.part == "tail"] + [
        source.flat[b.start : b.end] for b in blocks[-2:]
    ]
    known = [(fold_all(name), body.zh) for body in catalog.publishers() for name in body.names]
    for line in (*lines, *tail):
        for name, zh in known:
            if line.startswith(name) and not re.match(r"[\u4e00-\u9fff]", line[len(name) : len(name) + 1]):
                return zh
    for line in lines:
        bare = FULL_DATE.sub("", line).strip("()年月日 ")
        if _ORGAN.match(bare):
            return bare
    return None


def _published(lines: list[str], source: SourceText, blocks: list[Block]) -> date | None:
    """The last full date of the head that is no part of a range, else one that closes the document."""
    tail = [source.flat[b.start : b.end] for b in blocks[-4:] if b.part == "tail" or b.end - b.start <= 44]
    for line in (*reversed(lines), *reversed(tail)):
        if len(line) > 60:
            continue
        for found in reversed(list(FULL_DATE.finditer(RANGE.sub("", line)))):
            if day := periods.day(found[1], found[2], found[3]):
                return day
    for block in blocks[:10]:
        if stamp := _STAMP.search(source.flat, block.start, block.end):
            return periods.day(stamp[1], stamp[2], stamp[3])
    for block in reversed(blocks):  # a date by itself, before what is annexed
        if alone := FULL_DATE.fullmatch(source.flat[block.start : block.end].strip("()|")):
            return periods.day(alone[1], alone[2], alone[3])
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
