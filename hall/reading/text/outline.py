"""The shape of a document: head, numbered sections with their headings, items, and the closing lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from hall.reading.text.markers import Marker, marker, starts_tail
from hall.reading.text.source import SourceText

_INLINE_TITLE = re.compile(r"[^。！？；;，,]{2,24}。")
_LONGEST_HEADING = 44
_BARE_MARK = re.compile(r"\d{1,2}(?=[\u4e00-\u9fff“](?![\u4e00-\u9fff]?[\d，,。]))(?![年月日万亿千百])")
_LEAST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph at ``start:end`` of the flat text; its words begin at ``body``, behind numbering and inline title.
    ``path`` holds the headings above it, outermost first."""

    start: int
    end: int
    body: int
    part: Literal["head", "body", "tail"]
    path: tuple[str, ...]
    mark: Marker | None = None
    heading: bool = False
    title: str | None = None

    @property
    def section(self) -> str | None:
        """The headings as one line."""
        return " / ".join(self.path) or None


@dataclass(slots=True)
class _Walk:
    part: Literal["head", "body", "tail"] = "head"
    open: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, heading: str) -> None:
        self.open = [(lv, words) for lv, words in self.open if lv < level] + [(level, heading)]

    def above(self, level: int | None) -> tuple[str, ...]:
        return tuple(words for lv, words in self.open if level is None or lv < level)


def outline(source: SourceText) -> list[Block]:
    """The paragraphs in order. A text without numbered sections is all body behind its head lines."""
    spans = _paragraphs(source.flat)
    bare = _bare_marks(source.flat, spans)
    numbered = any(_starts_section(source.flat[a:b]) for a, b in spans)
    walk = _Walk()
    blocks = []
    for index, (start, end) in enumerate(spans):
        line = source.flat[start:end]
        mark, opens = marker(line) or bare.get(start), _starts_section(line) or start in bare
        if starts_tail(line):
            walk.part, walk.open = "tail", []
        elif opens or (walk.part == "head" and not numbered and index and _is_prose(line)):
            walk.part = "body"
        following = spans[index + 1] if index + 1 < len(spans) else None
        blocks.append(_block(source, walk, start, end, mark, following))
    return blocks


def _paragraphs(flat: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", flat)]


def _bare_marks(flat: str, spans: list[tuple[int, int]]) -> dict[int, Marker]:
    """Numbering without a stop (1县大厅…, 2税务分中心…), where at least three paragraphs count on from 1."""
    found: dict[int, Marker] = {}
    for start, end in spans:
        number = _BARE_MARK.match(flat, start, end)
        if number and int(number[0]) == len(found) + 1:
            found[start] = Marker(3, number[0], len(number[0]))
    return found if len(found) >= _LEAST_MARKS else {}


def _starts_section(line: str) -> bool:
    mark = marker(line)
    return mark is not None and mark.level == 1


def _is_prose(line: str) -> bool:
    return len(line) > 30 or line.endswith(("。", "；", ";"))


def _block(
    source: SourceText, walk: _Walk, start: int, end: int, mark: Marker | None, following: tuple[int, int] | None
) -> Block:
    line = source.flat[start:end]
    body = start + (mark.length if mark else 0)
    if walk.part != "body" or not mark:
        return Block(start, end, body if mark else start, walk.part, walk.above(None), mark)
    words = source.words(start, end)
    level = mark.level
    has_more = following is not None and not starts_tail(source.flat[following[0] : following[1]])
    if (
        has_more
        and len(line) <= _LONGEST_HEADING
        and not re.search(r"[。；;！？]", line[:-1])
        and _opens(source, mark, following)
    ):
        title = source.words(body, end).rstrip("。:：")
        walk.enter(level, words.rstrip("。"))
        return Block(start, end, end, "body", walk.above(level), mark, heading=True, title=title)
    inline = _INLINE_TITLE.match(source.flat, body, end)
    if inline and inline.end() < end and not re.search(r"\d", inline[0]):
        title = source.words(body, inline.end()).rstrip("。")
        path = (*walk.above(level), source.words(start, inline.end()).rstrip("。"))
        walk.open = [(lv, text) for lv, text in walk.open if lv < level]
        return Block(start, end, inline.end(), "body", path, mark, title=title)
    walk.open = [(lv, text) for lv, text in walk.open if lv < level]
    return Block(start, end, body, "body", walk.above(level), mark)


def _opens(source: SourceText, mark: Marker, following: tuple[int, int] | None) -> bool:
    """Whether a short numbered line is the heading of what follows, not a short item beside others."""
    assert following is not None
    after = marker(source.flat[following[0] : following[1]])
    return mark.level == 1 or after is None or after.level > mark.level
