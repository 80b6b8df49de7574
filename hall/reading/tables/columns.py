"""A figure in a table: the head of its row names it, the head of its column may tell the period or the change."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hall import catalog
from hall.model import Document, Figure
from hall.reading.figures import kinds, owners
from hall.reading.tables.heads import Cell
from hall.reading.text.fold import fold_all
from hall.reading.text.source import SourceText
from hall.reading.text.spans import within
from hall.reading.times.periods import When, anchor
from hall.reading.times.to_date import own_scope

_BRACKET = re.compile(r"[(（][^()（）]{1,8}[)）]?$")
_SPANS = frozenset({"days", "dotted_days", "months", "month", "quarter", "half"})
# a line over a table that compares, or goes on in it, says nothing of its time
_SAYS_NOT = re.compile(r"[。；:：]|比|较|上月|同期|.{61}")
_ONLY_TIME = re.compile(r"[()（）\[\]]*(?:今年|本年|全年)?(?:累计|总计|份|止|以来)?[()（）\[\]]*(?:\([^()]{1,8}\))?")
_MOVES = re.compile(r"增/?减|[增降减涨跌升]幅|增长率")
_RUNNING = re.compile(r"累计")


def headed(figure: Figure, cell: Cell, source: SourceText, document: Document, whens: Sequence[When]) -> Figure:
    """The figure with what the heads of its row and column say."""
    row = _BRACKET.sub("", source.words(*cell.row)) if cell.row else ""
    heads = [_BRACKET.sub("", source.words(*span)) for span in cell.columns]
    column = "".join(head for head, after in zip(heads, heads[1:] + [""] * bool(heads), strict=True) if head != after)
    times = [when for span in cell.columns for when in within(whens, *span)]
    dated = _of_row(cell, source, whens)
    if dated and column:
        row = ""
    time = times[0] if times else dated or _over(cell, source, whens)
    if dated and times and times[0].form == "year" and times[0].first:
        time = _in_year(dated, times[0].first.year)
    department, area = owners.named(row, document)
    own = document.period
    if not cell.sure:
        figure = replace(figure, status="U")
    if time and time.first and time.last:
        figure = replace(figure, scope=time.scope, period_start=time.first, period_end=time.last)
        if dated and _RUNNING.search(column):
            start = date(time.last.year, 1, 1)
            figure = replace(figure, scope="year_to_date", period_start=start, period_end=time.last)
    elif _RUNNING.search(column) and (base := anchor(document)):
        start = date(base.year, 1, 1)
        figure = replace(figure, scope="year_to_date", period_start=start, period_end=base)
    elif own:
        figure = replace(figure, scope=own_scope(document, whens), period_start=own.start, period_end=own.end)
    against = kinds.against(fold_all(column + row), document)
    if (against and figure.kind in {"rate", "change"}) or _MOVES.search(fold_all(column)):
        figure = replace(figure, kind="change", compares_with=against)
    plain = not column or _says_when(cell, source, times) or catalog.label_pattern("value_columns").fullmatch(column)
    if department or area:
        return replace(figure, label=column or figure.label, department=department, area=area)
    label = row if plain and not against else f"{row}{column}"
    return replace(figure, label=label or figure.label)


def _says_when(cell: Cell, source: SourceText, times: Sequence[When]) -> bool:
    """Whether the heads of a column say nothing but a time: 1—9月累计; 本年新公开数量 says more."""
    words = "".join(source.flat[slice(*span)] for span in cell.columns)
    for when in times:
        words = words.replace(source.flat[when.start : when.end], "")
    return _ONLY_TIME.fullmatch(words) is not None


def _of_row(cell: Cell, source: SourceText, whens: Sequence[When]) -> When | None:
    """The time that is all that heads a row: | 2025年9月 | 5.57 |."""
    found = within(whens, *cell.row) if cell.row else ()
    whole = cell.row and found and source.flat[slice(*cell.row)].strip() == source.flat[found[0].start : found[0].end]
    return found[0] if whole and found[0].form in _SPANS and found[0].first and found[0].last else None


def _over(cell: Cell, source: SourceText, whens: Sequence[When]) -> When | None:
    """The time that the nearest line over a table names: 2025年9月各部门办件情况."""
    for span in reversed(cell.above):
        if not _SAYS_NOT.search(source.flat[slice(*span)]):
            for when in within(whens, *span):
                if when.form in _SPANS and when.scope != "as_of" and when.first and when.last and not when.deadline:
                    return when
    return None


def _in_year(when: When, year: int) -> When:
    """The same months of another year: 1月 in the column 2024年."""
    first, last = when.first, when.last
    if first is None or last is None or first.year != last.year:
        return when
    end = monthrange(year, last.month)[1]
    days = end if last.day == monthrange(last.year, last.month)[1] else min(last.day, end)
    return replace(when, first=date(year, first.month, min(first.day, 28)), last=date(year, last.month, days))
