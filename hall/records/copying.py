"""A clean copy of delimited text that cannot be read as it is: in another encoding, with uneven or blank lines, values
that run over lines, or quotes that are never closed."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hall.records.delimited import Layout
from hall.records.survey import UTF8, decodes, is_utf8

_BLOCK = 1 << 22
# A quoted value that runs over more lines than this was never closed.
_LONGEST = 20
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no row: its number from 1, why, and how it begins."""

    line: int
    reason: str
    value: str


def copy(path: Path, layout: Layout, out: Path) -> list[Broken]:
    """Write the rows of a file as UTF-8, each on one line with its line number before it. Returns what is no row; a
    quote that is never closed costs its own line only."""
    broken: list[Broken] = []
    delimiter, width = layout.delimiter, len(layout.head.headings)
    lines = _Lines(_decoded(path, layout, broken))
    with out.open("w", encoding="utf-8", newline="") as made:
        writer = csv.writer(made, delimiter=delimiter, lineterminator="\n")
        while (one := lines.take()) is not None:
            number, line = one
            if '"' not in line and line.count(delimiter) == width - 1:
                made.write(f"{number}{delimiter}{line}\n")
                continue
            row = _quoted(line, lines, delimiter) if '"' in line else line.split(delimiter)
            # A delimiter at the end of a row is no value.
            if row and len(row) == width + 1 and not row[-1]:
                row.pop()
            if row and len(row) == width:
                writer.writerow([number, *(" ".join(cell.splitlines()) for cell in row)])
            else:
                broken.append(Broken(number, "fields" if row else "quote", line[:_SHOWN]))
    return broken


class _Lines:
    """Lines with their numbers; some may be looked at before they are taken."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self._ahead: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def ahead(self) -> Iterator[str]:
        """The lines that come next, without taking them."""
        for at in range(_LONGEST):
            if at == len(self._ahead):
                one = next(self._lines, None)
                if one is None:
                    return
                self._ahead.append(one)
            yield self._ahead[at][1]


def _quoted(line: str, lines: _Lines, delimiter: str) -> list[str] | None:
    """The cells of a row that has quotes, with as many further lines as it takes; None when that is no row."""
    reader = csv.reader((f"{one}\n" for one in _chained(line, lines)), delimiter=delimiter, strict=True)
    try:
        row = next(reader)
    except (csv.Error, StopIteration):
        return None
    for _ in range(reader.line_num - 1):
        lines.take()
    return row


def _chained(line: str, lines: _Lines) -> Iterator[str]:
    yield line
    yield from lines.ahead()


def _decoded(path: Path, layout: Layout, broken: list[Broken]) -> Iterator[tuple[int, str]]:
    """The lines below the headings, blank ones left out; those in another encoding are broken."""
    number = 0
    for raw, words in _split(path, layout):
        number += 1
        if number <= layout.skip:
            continue
        if words is None:
            shown = raw.decode("utf-8", "replace")
            broken.append(Broken(number, "encoding", shown[:_SHOWN]))
        elif words.strip():
            yield number, words.rstrip("\r").replace("\r", " ")


def _split(path: Path, layout: Layout) -> Iterator[tuple[bytes, str | None]]:
    if layout.encoding == "utf-16":
        with path.open(encoding="utf-16", errors="replace", newline=layout.end) as text:
            for line in text:
                yield b"", line.rstrip(layout.end)
        return
    for block in _blocks(path, layout.end.encode()):
        lines = block.split(layout.end.encode())
        try:
            if layout.encoding == "gb18030" and UTF8.search(block):
                raise ValueError
            yield from zip(lines, block.decode(layout.encoding).split(layout.end), strict=True)
        except ValueError:
            yield from ((line, _words(line, layout.encoding)) for line in lines)


def _blocks(path: Path, end: bytes) -> Iterator[bytes]:
    """A file in pieces of whole lines, without the end of the last line of each."""
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_BLOCK):
            whole, found, rest = (rest + piece).rpartition(end)
            if found:
                yield whole
    if rest:
        yield rest


def _words(line: bytes, encoding: str) -> str | None:
    if encoding != "utf-8" and is_utf8(line):
        return None
    return line.decode(encoding) if decodes(line, encoding) else None
