"""The one writer of every CSV: UTF-8 with BOM, headers by language, codes with their names, formulas disarmed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl

from hall import catalog
from hall.export.reading_json import plain
from hall.model import Lang
from hall.text import known, t

# queries/records/cells says the same of the cases
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d+)?|\.\d+)[%‰]?")

_Name = Callable[[str, Lang], str]


def _of(entries: Mapping[str, Any]) -> _Name:
    return lambda code, lang: entries[code].label(lang) if code in entries else ""


def _said(*keys: str, lang: Lang) -> str:
    return next((t(key, lang) for key in keys if known(key)), "")


# Columns of codes, and how each code is said; the name stands in a column ``<code>_name`` beside it.
_NAMES: dict[str, _Name] = {
    "metric": lambda code, lang: _of(catalog.metrics())(code, lang),
    "department": lambda code, lang: _of(catalog.departments())(code, lang),
    "channel": lambda code, lang: _of(catalog.channels())(code, lang),
    "city": lambda code, lang: _of(catalog.cities())(code, lang),
    "age": lambda code, lang: _said(f"casework.age_{code}", lang=lang),
    "category": lambda code, lang: _of(catalog.categories())(code, lang),
    "unit_measure": lambda code, lang: _of(catalog.units())(code, lang),
    "status": lambda code, lang: _said(f"status.{code}", lang=lang),
    "obs_status": lambda code, lang: _said(f"status.{code}", lang=lang),
    "scope": lambda code, lang: _said(f"scope.{code}", lang=lang),
    "freq": lambda code, lang: _said(f"freq.{code}", lang=lang),
    "role": lambda code, lang: _said(f"role.{code}", lang=lang),
    "origin": lambda code, lang: _said(f"origin.{code}", lang=lang),
    "result": lambda code, lang: _said(f"verdict.{code}", lang=lang),
    "kind": lambda code, lang: _said(f"document_kind.{code}", f"figure_kind.{code}", lang=lang),
    "document_kind": lambda code, lang: _said(f"document_kind.{code}", lang=lang),
    "reason": lambda code, lang: _said(f"cases.reason_{code}", lang=lang),
    "figure_kind": lambda code, lang: _said(f"figure_kind.{code}", lang=lang),
}


def csv_bytes(frame: pl.DataFrame, lang: Lang, notes: Mapping[str, str] | None = None) -> bytes:
    """The frame as CSV. Columns are named by text key ``column.<name>``; a column of codes gets its names beside it
    unless the frame has them; numbers stay numbers, text that a spreadsheet would run gets a leading apostrophe.
    ``notes`` are words after the header of a column."""
    full = named(frame, lang)
    return lines(headers(full.columns, lang, notes), full.iter_rows())


def lines(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A heading and rows of cells as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def named(frame: pl.DataFrame, lang: Lang) -> pl.DataFrame:
    """The frame with a column ``<code>_name`` after each column of codes that has none yet; publishers go by the names
    that they print."""
    columns: list[pl.Series] = []
    printed = {p.id: p.zh for p in catalog.publishers()}
    for name in frame.columns:
        columns.append(frame[name].replace(printed) if name == "publisher" and frame.height else frame[name])
        if name in _NAMES and f"{name}_name" not in frame.columns:
            say = _NAMES[name]
            words = [None if code is None else say(str(code), lang) for code in frame[name]]
            if name == "obs_status" and "document_kind" in frame.columns:
                # a count is no person's work: nobody has accepted it
                kinds = frame["document_kind"]
                words = [t("counted.status", lang) if k == "records" else w for k, w in zip(kinds, words, strict=True)]
            columns.append(pl.Series(f"{name}_name", words, pl.String))
    return pl.DataFrame(columns)


def headers(columns: list[str], lang: Lang, notes: Mapping[str, str] | None = None) -> list[str]:
    """The header of each column, every one different from the others, with its note if it has one."""
    found: list[str] = []
    for name in columns:
        base = name.removesuffix("_name")
        if base != name and base in _NAMES:
            header = _header(base, lang)
        elif f"{name}_name" in columns and name in _NAMES:
            header = t("column.code", lang, name=_header(name, lang))
        else:
            header = _header(name, lang)
        header += (notes or {}).get(name, "")
        found.append(f"{header} ({name})" if header in found else header)
    return found


def safe(text: str) -> str:
    """Text that a spreadsheet shows and does not run; a number is left as it is."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text.strip()) else text


def _header(name: str, lang: Lang) -> str:
    return next((t(key, lang) for key in (f"column.{name}", f"measure.{name}") if known(key)), name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return str(value.replace(microsecond=0))
    if isinstance(value, list | tuple):
        return safe("; ".join(_cell(part) for part in value))
    return safe(value) if isinstance(value, str) else str(value)
