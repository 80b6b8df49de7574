"""A figure in a table: the head of its row names it, the head of its column may tell the period or the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hall import catalog
from hall.model import Document, Figure
from hall.reading import kinds, owners
from hall.reading.periods import When, anchor
from hall.reading.source import Source
from hall.reading.spans import within
from hall.reading.tables import Cell

_BRACKET = re.compile(r"[(（][^()（）]{1,8}[)）]$")
_RUNNING = re.compile(r"累计|总计")


def headed(figure: Figure, cell: Cell, source: Source, document: Document, whens: Sequence[When]) -> Figure:
    """The figure with what the heads of its row and column say."""
    row = _BRACKET.sub("", source.words(*cell.row)) if cell.row else ""
    heads = [_BRACKET.sub("", source.words(*span)) for span in cell.columns]
    column = "".join(head for head, after in zip(heads, heads[1:] + [""] * bool(heads), strict=True) if head != after)
    times = [when for span in cell.columns for when in within(whens, *span)]
    department, area = owners.named(row, document)
    own = document.period
    if not cell.sure:
        figure = replace(figure, status="U")
    if times and times[0].first and times[0].last:
        when = times[0]
        figure = replace(figure, scope=when.scope, period_start=when.first, period_end=when.last)
    elif _RUNNING.search(column) and (base := anchor(document)):
        start = date(base.year, 1, 1)
        figure = replace(figure, scope="year_to_date", period_start=start, period_end=base)
    elif own:
        figure = replace(figure, scope="period", period_start=own.start, period_end=own.end)
    against = kinds.against(column)
    if against and figure.kind in {"rate", "change"}:
        figure = replace(figure, kind="change", compares_with=against)
    plain = not column or times or _RUNNING.search(column) or catalog.label_pattern("value_columns").fullmatch(column)
    if department or area:
        return replace(figure, label=column or figure.label, department=department, area=area)
    label = row if plain and not against else f"{row}{column}"
    return replace(figure, label=label or figure.label)
