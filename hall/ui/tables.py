"""Tables in the look of the dashboard: hairlines, numbers at the right as printed. One element of plain HTML."""

from __future__ import annotations

import re

import streamlit as st

from hall.model import Lang
from hall.text import t
from hall.text.numbers import MINUS
from hall.ui import markup
from hall.views.parts.cards import Amount, Cell, Table

_NUMBER = re.compile(rf"[+\-{MINUS}]?\d[\d,]*(\.\d+)?[%KMB]?")
# short words are not parted at a line's end
_SHORT = 6


def show(what: Table, alt: str, lang: Lang) -> None:
    """A table with hairlines; columns of numbers align right, whole ones with thousands marks."""
    if what.rows:
        st.html(html(what, alt))
    else:
        st.markdown(f":small[:gray[{t('card.no_table', lang)}]]")


def html(what: Table, alt: str) -> str:
    """The table with its name for screen readers; every cell is escaped."""
    right = [_numeric([row[i] for row in what.rows]) for i in range(len(what.columns))]
    head = "".join(_cell("th", name, n) for name, n in zip(what.columns, right, strict=True))
    body = "".join(
        f"<tr>{''.join(_cell('td', cell, n) for cell, n in zip(row, right, strict=True))}</tr>" for row in what.rows
    )
    return (
        f'<div class="hall-table" tabindex="0"><table aria-label="{markup.text(alt)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _numeric(cells: list[Cell]) -> bool:
    said = [words for cell in cells if (words := _words(cell))]
    return bool(said) and all(_NUMBER.fullmatch(words) for words in said)


def _cell(tag: str, cell: Cell, right: bool) -> str:
    words = _words(cell)
    kind = "n" if right else "k" if len(words) <= _SHORT else ""
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}{f' class={kind}' if kind else ''}>{markup.html(words)}</{tag}>"


def _words(cell: Cell) -> str:
    if isinstance(cell, int):
        return f"{cell:,}".replace("-", MINUS)
    return cell.words if isinstance(cell, Amount) else cell or ""
