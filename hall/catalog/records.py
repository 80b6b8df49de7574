"""The records of a hall's systems: their tables and columns, the cities, and how each metric is counted from them."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from hall.catalog.load import Entry, entries
from hall.model import Lang

ColumnType = Literal["text", "code", "department", "city", "moment", "whole", "amount"]


class Code(Entry, frozen=True):
    """One value of a code with its label; ``colour`` is a token of the palette."""

    id: str
    zh: str
    en: str
    colour: str = "ink"

    def label(self, lang: Lang) -> str:
        """How the value is shown."""
        return self.zh if lang == "zh" else self.en


class Column(Entry, frozen=True):
    """One column of a table of records; ``codes`` are the values of a code, ``range`` what is believed of a number."""

    id: str
    zh: str
    en: str
    type: ColumnType
    required: bool = False
    codes: tuple[Code, ...] = ()
    range: tuple[int | float, int | float] | None = None

    def label(self, lang: Lang) -> str:
        """How the column is headed."""
        return self.zh if lang == "zh" else self.en

    def code(self, value: str) -> Code | None:
        """The code of that id."""
        return next((code for code in self.codes if code.id == value), None)


class RecordTable(Entry, frozen=True):
    """A table of records: ``key`` names a row, ``month`` is the moment that places it, ``order`` are pairs of moments
    of which the second never comes first."""

    id: str
    zh: str
    en: str
    key: str
    month: str
    order: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...] = msgspec.field(name="column")

    def label(self, lang: Lang) -> str:
        """What its rows are called."""
        return self.zh if lang == "zh" else self.en

    def label_of(self, column: str | None, lang: Lang) -> str:
        """How a column is headed, "" for none."""
        return self.column(column).label(lang) if column else ""

    def column(self, name: str) -> Column:
        """The column of that id; StopIteration when there is none."""
        return next(column for column in self.columns if column.id == name)


class City(Entry, frozen=True):
    """A city or prefecture, or the province's own hall."""

    id: str
    zh: str
    en: str
    rank: int
    aliases: tuple[str, ...] = ()

    def label(self, lang: Lang) -> str:
        """Its name."""
        return self.zh if lang == "zh" else self.en


class Count(Entry, frozen=True):
    """The rule by which a metric is counted: which table, by which moment, which column of the cube, of which
    channels, kinds and places (all when empty). What it leaves out is counted in the same way by ``beyond()``."""

    metric: str
    table: Literal["cases", "consultations"]
    event: Literal["accepted", "completed", "issued", "transferred", "at"]
    measure: str
    channel: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    outside_zh: str = ""
    outside_en: str = ""
    outside_measure: str = ""
    outside_less: str = ""
    outside_channel: tuple[str, ...] = ()
    outside_kind: tuple[str, ...] = ()
    outside_place: tuple[str, ...] = ()

    @property
    def later(self) -> bool:
        """Whether it counts what becomes of cases after their acceptance."""
        return self.event in ("completed", "issued", "transferred")

    def beyond(self) -> tuple[Count, Count | None] | None:
        """The rules by which what it leaves out is counted: the one, less the other where there is one; None where
        that cannot be counted."""
        if not self.outside_measure:
            return None
        only = (self.outside_channel, self.outside_kind, self.outside_place)
        one = Count(self.metric, self.table, self.event, self.outside_measure, *only)
        return one, Count(self.metric, self.table, self.event, self.outside_less, *only) if self.outside_less else None

    def outside(self, lang: Lang) -> str:
        """What the published number leaves out and the records hold, "" for nothing."""
        return self.outside_zh if lang == "zh" else self.outside_en


@cache
def tables() -> dict[str, RecordTable]:
    """All tables of records by id."""
    return {table.id: table for table in entries("records", "table", RecordTable)}


@cache
def cities() -> dict[str, City]:
    """All cities by id, in catalogue order."""
    return {city.id: city for city in entries("cities", "city", City)}


@cache
def city_names() -> dict[str, str]:
    """Every spelling of every city, its id and its code, and the city's id."""
    return {name: city.id for city in cities().values() for name in (city.id, city.zh, city.en, *city.aliases)}


@cache
def counts() -> dict[str, Count]:
    """The rule of every metric that is counted, by metric."""
    return {count.metric: count for count in entries("counts", "count", Count)}


@cache
def channels() -> dict[str, Code]:
    """The channels of acceptance by id, in catalogue order."""
    return {code.id: code for code in tables()["cases"].column("channel").codes}
