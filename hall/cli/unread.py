"""The words of deliveries that no map knows and the values that cannot be read, with a map to paste."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from hall import catalog
from hall.cases.outcome import Unread
from hall.catalog.columns import SPELLED, values
from hall.catalog.records import Column
from hall.model import Lang
from hall.text import join, t

# Values that differ from row to row are shown by some of them.
_SHOWN = 20


def lines(found: Sequence[Unread], lang: Lang) -> Iterator[str]:
    """All words that mean nothing, column by column, as lines to paste into the map that the files were read by; then
    the values that cannot be read."""
    ordered = sorted(found, key=lambda one: (one.map, one.table, one.column, -one.rows, one.word))
    for name, own in groupby(ordered, key=lambda one: one.map):
        groups = [(key, list(words)) for key, words in groupby(own, key=lambda one: (one.table, one.column))]
        words = [group for group in groups if _worded(*group[0])]
        if words:
            yield t("cases.unread_words", lang, map=name, n=sum(len(group) for _, group in words))
        for (table, column), group in words:
            declared = _column(table, column)
            yield f"[{table}.codes.{column}]  # {declared.label(lang)}: {' | '.join(values(declared))}"
            yield from (f'{json.dumps(one.word, ensure_ascii=False)} = ""  # {_rows(one, lang)}' for one in group)
        for (table, column), group in groups:
            declared = _column(table, column)
            if not _worded(table, column):
                shown = join([f"“{one.word}” {_rows(one, lang)}" for one in group[:_SHOWN]], lang)
                words_ = {"column": declared.label(lang), "values": shown, "n": len(group)}
                yield t(f"cases.unread_{'more' if len(group) > _SHOWN else 'values'}", lang, **words_)


def _column(table: str, column: str) -> Column:
    return catalog.tables()[table].column(column)


def _worded(table: str, column: str) -> bool:
    """Whether a map can say what the words of a column mean: it has few values."""
    declared = _column(table, column)
    return declared.type in SPELLED and (declared.type != "whole" or len(values(declared)) <= _SHOWN)


def _rows(one: Unread, lang: Lang) -> str:
    return t("cases.unread_rows", lang, n=one.rows)
