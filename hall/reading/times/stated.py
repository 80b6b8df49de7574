"""The period that a document reports on: a week, a month, a year, or the days that its title or its text names."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from hall.model import Document, Period
from hall.reading.text.outline import Block
from hall.reading.text.source import SourceText
from hall.reading.times import periods

ISSUE = re.compile(r"(?<!总)第(?:20\d{2}-)?(\d{1,4})期")
YEAR = re.compile(r"((?:19|20)\d{2})(?:年|-\d{1,3}期)")
FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|(?!\d))")
RANGE = re.compile(
    r"(?:((?:19|20)\d{2})年)?(\d{1,2})(?:月|\.)(\d{1,2})日?(?:—+|-|至|到|~)(?:((?:19|20)\d{2})年)?(?:(\d{1,2})(?:月|\.))?(\d{1,2})日?"
)
WEEK = 13  # days at most, holidays included
_MONTH = re.compile(r"(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:份)?(?!\d*[日号\d])")
_PLAIN_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
# 统计期限为2024年1月1日至2024年12月31日
_TOLD = re.compile(r"(?:统计|报告)(?:的)?(?:期限|时段|周期|时间|期间)(?:为|是|:|自|从|均为)+([^。；;\n]{4,40})")
_IN_YEAR = re.compile(r"20\d{2}年(?=度|全年|[,，]|共|累计)")
_OFTEN = 2
_WHOLE_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月份?(?!\d|底|末|初)")
_SPANS = frozenset({"days", "dotted_days", "months", "month", "quarter", "half"})
_DAYS = frozenset({"days", "dotted_days"})


def period(document: Document, lines: list[str], source: SourceText, blocks: list[Block]) -> Period | None:
    """The period of a document of that kind, its head ``lines`` in Arabic digits; None where nothing tells it."""
    year = next((int(m[1]) for line in lines if (m := YEAR.search(line)) and not FULL_DATE.search(line)), None)
    headings = [source.flat[b.start : b.end] for b in blocks if b.heading]
    if document.kind == "weekly_bulletin":
        openings = [source.flat[b.body : b.body + 24] for b in blocks if b.part == "body" and not b.heading]
        week = _week(document, [*lines, *headings, *openings[:2]], year)
        if week is None and document.publisher is None:
            week = _stated(document, lines, openings, source, blocks)
        return week
    if document.kind == "work_plan":
        found = YEAR.search(document.title or "")
        plan = int(found[1]) if found else (document.published_on.year if document.published_on else None)
        return Period.parse(f"{plan}") if plan else None
    if document.kind == "monthly_bulletin":
        bodies = [source.flat[b.body : b.body + 40] for b in blocks if b.part == "body" and not b.heading]
        return _month(document, [*lines, *headings[:3]], bodies[:2], year)
    openings = [source.flat[b.body : b.body + 40] for b in blocks if not b.heading][:4]
    return _stated(document, [*lines, *headings[:1]], openings, source, blocks)


def _only_year(source: SourceText) -> list[int]:
    """The year of a text that speaks of one only."""
    years = {int(year) for year in _PLAIN_YEAR.findall(source.flat)}
    return list(years) if len(years) == 1 else []


def _stated(
    document: Document, lines: list[str], bodies: list[str], source: SourceText, blocks: list[Block]
) -> Period | None:
    """The month, quarter, week or range that the title of any other document names, else its first sentence, else the
    first paragraph that opens with one."""
    years = [int(m[1]) for line in (*lines, *bodies) if (m := YEAR.search(line))] or _only_year(source)
    if periods.anchor(document) is None and years:  # the year stands beside the days: 2024年第28周(7月8日—14日)
        document = dataclasses.replace(document, published_on=date(years[0], 12, 31))
    openings = [source.flat[b.body : b.body + 40] for b in blocks if not b.heading]
    told = _TOLD.search(source.flat)
    weekly = openings if any("周" in line for line in lines) else []
    sources = (
        ([told[1]] if told else [], _SPANS), ([*lines, *weekly], _DAYS), (lines, _SPANS), (bodies, _SPANS),
        (lines, frozenset({"year"})), (openings, _SPANS),
    )  # fmt: skip
    for words, forms in sources:
        for line in words:
            for when in periods.find(line, document) if len(line) <= 60 and not ISSUE.search(line) else ():
                if when.form in forms and when.scope != "as_of" and when.first and when.last and not when.deadline:
                    return Period(when.first, when.last, "D")
    for line in (*lines, *bodies):  # a title that is run together with other lines
        if found := _WHOLE_MONTH.search(line[:240]):
            return Period.month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None
    whole = _only_year(source)
    if whole and len(_IN_YEAR.findall(source.flat)) >= _OFTEN:
        return Period.parse(f"{whole[0]}")
    return None


def _week(document: Document, lines: list[str], year: int | None) -> Period | None:
    for line in lines:
        found = RANGE.search(line)
        if not found:
            continue
        ends_year = found[4] or (found[1] if found[1] and int(found[5] or found[2]) >= int(found[2]) else None)
        month = found[5] or found[2]
        for candidate in _end_years(document, int(ends_year) if ends_year else None, found, year):
            last = periods.day(candidate, month, found[6])
            first = periods.day(candidate - (int(month) < int(found[2])), found[2], found[3])
            if first and last and 0 <= (last - first).days <= WEEK:
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
    candidates = [m for line in lines if not RANGE.search(line) for m in _MONTH.finditer(FULL_DATE.sub("", line))]
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
