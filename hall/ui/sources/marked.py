"""The words of a document with its figures marked in place, as markdown in which the words themselves stay plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from hall.text import t
from hall.text.plain import plain
from hall.views.sources.document import MarkedFigure

_ENDS = re.compile(r"[。；：！？.;:!?)）”》〕\]]\s*$")
_CLAUSES = re.compile(r"[，。；,;]")
_LONG, _WIDER = 18, 1.2


@cache
def _head() -> re.Pattern[str]:
    """What begins a line of its own: a mark of a list or heading, a number with its point or bracket."""
    digits = t("document.numerals", "zh")
    return re.compile(rf"\s*([#*>|-]|[（(]?[\d{digits}]{{1,3}}[)）、.．])")


def marked(text: str, marks: Sequence[MarkedFigure], chosen: int | None = None) -> str:
    """The whole text as markdown. Overlapping figures share one mark; lines cut by the page are joined."""
    groups = _groups(marks)
    parts, at = [], 0
    for group in groups:
        start, end = min(m.start for m in group), max(m.end for m in group)
        parts += [_flow(text, at, start), _mark(text[start:end], group, chosen)]
        at = end
    parts.append(_flow(text, at, len(text)))
    return "".join(parts).strip()


def _groups(marks: Sequence[MarkedFigure]) -> list[list[MarkedFigure]]:
    found: list[list[MarkedFigure]] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        if found and mark.start < max(m.end for m in found[-1]):
            found[-1].append(mark)
        else:
            found.append([mark])
    return found


def _mark(words: str, group: list[MarkedFigure], chosen: int | None) -> str:
    shown = plain("".join(words.split("\n")))
    numbers = "·".join(str(m.number) for m in group)
    if any(m.number == chosen for m in group):
        return f":violet-background[**{shown}**]:small[:violet[**{numbers}**]]"
    if all(m.rejected for m in group):
        return f":gray-background[~~{shown}~~]:small[:gray[{numbers}]]"
    if any(m.in_review for m in group):
        return f":orange-background[**{shown}**]:small[:orange[{numbers}]]"
    return f":blue-background[{shown}]:small[:blue[{numbers}]]"


def _flow(text: str, start: int, end: int) -> str:
    """Plain words with their line ends: a paragraph after a blank line, a break after a single one, nothing where the
    page only cut the line."""
    parts = []
    at = start
    for gap in re.finditer(r"[ \t\u3000]*\n[\s]*", text[start:end]):
        parts.append(_piece(text[at : start + gap.start()]))
        parts.append(_gap(text, start + gap.start(), start + gap.end()))
        at = start + gap.end()
    parts.append(_piece(text[at:end]))
    return "".join(parts)


def _piece(words: str) -> str:
    """Blanks at either end are kept as one, since the figure beside them is a piece of its own."""
    body = plain(words)
    if not body:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + body + (" " if words[-1].isspace() else "")


def _gap(text: str, start: int, end: int) -> str:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    following = text[end:].partition("\n")[0]
    heading = _head().match(line) and not _CLAUSES.search(line)
    if (
        len(line.strip()) >= _LONG
        and len(following) <= len(line) * _WIDER  # the page cuts all lines alike
        and text[start:end].count("\n") == 1
        and not heading
        and not _ENDS.search(line)
        and not _head().match(text[end:])
        and end < len(text)
    ):
        return ""
    return "\n\n" if text[start:end].count("\n") > 1 else "  \n"
