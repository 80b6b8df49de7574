"""Column maps: how the headings, codes and dates of a hall's own export fit the tables of records."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hall.catalog.bodies import department_names, departments
from hall.catalog.load import file
from hall.catalog.records import Column, RecordTable, city_names, tables
from hall.model import HallError, Lang
from hall.paths import CATALOG

_FOLDER = "columns"
_SOURCES = ("records", "departments", "cities")
CODED = frozenset({"code", "department", "city"})
# A number may be given in words too (满意).
SPELLED = CODED | {"whole"}
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one export fits one table: the column of each heading (folded), in order of preference where several name one
    column, ids and labels last; the value of each spelling by column, beyond those of the catalogue; the formats of its
    dates beyond 2025-10-03, 2025/10/3 and the day numbers of Excel."""

    id: str
    zh: str
    en: str
    table: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    dates: tuple[str, ...]

    def label(self, lang: Lang) -> str:
        """The name of the map."""
        return self.zh if lang == "zh" else self.en

    def spellings(self, column: Column) -> dict[str, str]:
        """Every spelling of every value of a column, Latin letters in either case."""
        words = spellings(column) | dict(self.codes.get(column.id, {}))
        return {form: value for word, value in words.items() for form in (word.lower(), word.upper())} | words


def spellings(column: Column) -> dict[str, str]:
    """The spellings that every map knows: ids and labels of codes, all names of departments and cities."""
    if column.type == "code":
        return {word: code.id for code in column.codes for word in (code.id, code.zh, code.en)}
    if column.type == "city":
        return city_names()
    if column.type != "department":
        return {}
    names = {name: body.id for body in departments().values() for name in (body.id, body.en)} | department_names()
    return names | {name.translate(_BRACKETS): body for name, body in names.items()}


def folded(heading: str) -> str:
    """A heading as it is compared: width, blanks, case and a byte order mark do not count."""
    return "".join(unicodedata.normalize("NFKC", heading).replace("\ufeff", "").split()).casefold()


@cache
def column_maps() -> tuple[ColumnMap, ...]:
    """All maps, the standard one first; HallError catalog_broken names the entry that is not as it should be."""
    names = sorted(
        (path.stem for path in (CATALOG / _FOLDER).glob("*.toml")), key=lambda name: (name != "standard", name)
    )
    return tuple(one for name in names for one in _maps(name, file(f"{_FOLDER}/{name}")))


@cache
def rules() -> str:
    """A hash of all that decides how a delivery is read: a file that was loaded by other rules is read again."""
    sources = [*(CATALOG / _FOLDER).glob("*.toml"), *(CATALOG / f"{name}.toml" for name in _SOURCES)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(sources))).hexdigest()[:12]


def _maps(name: str, raw: dict[str, Any]) -> list[ColumnMap]:
    known = tables()
    if unknown := raw.keys() - known.keys() - {"zh", "en", "dates"}:
        raise _broken(name, "", ", ".join(sorted(unknown)))
    try:
        dates = tuple(raw["dates"])
        return [
            ColumnMap(
                name, raw["zh"], raw["en"], table.id, _columns(name, table, part), _codes(name, table, part), dates
            )
            for table in known.values()
            if (part := raw.get(table.id)) is not None
        ]
    except (KeyError, TypeError, AttributeError) as fault:
        raise _broken(name, "", str(fault)) from fault


def _columns(name: str, table: RecordTable, part: dict[str, Any]) -> dict[str, str]:
    where, known = f"{table.id}.columns", {column.id for column in table.columns}
    if unknown := part.keys() - {"columns", "codes"}:
        raise _broken(name, table.id, ", ".join(sorted(unknown)))
    for heading, column in part["columns"].items():
        if column not in known:
            raise _broken(name, where, f"{heading} = {column}")
    own = {folded(heading): column for heading, column in part["columns"].items()}
    plain = {folded(word): column.id for column in table.columns for word in (column.id, column.zh)}
    return own | {heading: column for heading, column in plain.items() if heading not in own}


def _codes(name: str, table: RecordTable, part: dict[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = part.get("codes", {})
    for column, own in found.items():
        declared = next((one for one in table.columns if one.id == column and one.type in SPELLED), None)
        if declared is None:
            raise _broken(name, f"{table.id}.codes", column)
        known = values(declared)
        for spelling, value in own.items():
            if value not in known:
                raise _broken(name, f"{table.id}.codes.{column}", f"{spelling} = {value}")
    return found


def values(column: Column) -> tuple[str, ...]:
    """What a spelling of a column may stand for: ids of its codes, departments or cities, else its numbers."""
    low, high = column.range or (0, 0)
    return tuple(dict.fromkeys(spellings(column).values())) or tuple(map(str, range(int(low), int(high) + 1)))


def _broken(name: str, where: str, detail: str) -> HallError:
    return HallError("catalog_broken", file=f"{_FOLDER}/{name}.toml" + (f" [{where}]" if where else ""), detail=detail)
