"""Tables in the look of the dashboard: hairlines, numbers at the right as they were printed."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from hall.text import t
from hall.text.numbers import MINUS
from hall.ui.access import guard
from hall.views.parts.cards import Cell, Table
from hall.views.parts.marks import glue

_NUMBER = re.compile(rf"[+\-{MINUS}]?\d[\d,]*(\.\d+)?[%KMB]?")


def show(what: Table, alt: str) -> None:
    """A table with hairlines; whole numbers align right with thousands marks."""
    if not what.rows:
        st.markdown(f":small[:gray[{t('card.no_table', guard().lang)}]]")
        return
    data: dict[str, pd.Series] = {}
    formats: dict[Hashable, Any] = {}
    for i, column in enumerate(what.columns):
        cells = [row[i] for row in what.rows]
        if _numeric(cells):
            # a number to align by, and the printed words to read: 5.30 stays 5.30
            keys = [_number(cell, at) for at, cell in enumerate(cells)]
            data[_short(column)] = pd.Series(keys, dtype="float64")
            formats[_short(column)] = {key: _words(cell) for key, cell in zip(keys, cells, strict=True)}.get
        else:
            data[_short(column)] = pd.Series([_words(cell) for cell in cells], dtype="object")
    styled = pd.DataFrame(data).style.format(formats, na_rep="")
    st.table(styled, border="horizontal", hide_index=True, alt=alt)


def _numeric(cells: list[Cell]) -> bool:
    told = [cell for cell in cells if cell is not None and cell != ""]
    return bool(told) and all(isinstance(cell, int) or _NUMBER.fullmatch(cell) for cell in told)


def _number(cell: Cell, at: int) -> float | None:
    if cell is None or cell == "":
        return None
    # equal numbers may be printed differently (5.3 and 5.30): a trifle keeps their rows apart
    return float(str(cell).replace(",", "").replace(MINUS, "-").rstrip("%KMB")) + at * 1e-6


def _words(cell: Cell) -> str:
    if isinstance(cell, int):
        return f"{cell:,}".replace("-", MINUS)
    return _short(cell or "")


def _short(words: str) -> str:
    """Up to six characters never break."""
    return glue(words) if len(words) <= 6 and "\\" not in words else words
