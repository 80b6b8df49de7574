"""The words of a file before anything is read in them."""

from __future__ import annotations

from dataclasses import dataclass

from hall.model import Line, Problem


@dataclass(frozen=True, slots=True)
class Extracted:
    """``text`` as ``read --text`` prints it. ``lines`` place it on pages (none for a file without pages; a line with a
    score came from OCR). ``noise`` are the spans of running headers, footers and page numbers: they stay in the text,
    and the words before and after them belong together."""

    text: str
    lines: tuple[Line, ...] = ()
    noise: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
