"""The lines of a text, and what is no part of its words: page numbers, running heads, tags, forum debris."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hall.reading.text.fold import fold_all

# a line ends where the text ends one, or an HTML block does
_ENDS = re.compile(r"\n|<(?:br|/?(?:p|div|tr|li|ul|ol|h[1-6]|table|tbody|thead))\b[^<>\n]{0,200}>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>\n]{0,200}>|</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,200})?/?>|<!--[^\n]{0,400}?-->|&(?:[a-z]{2,8}|#\d{1,6});")
_PREFIX = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+•·]\s+)*")
_RULE = re.compile(r"^\s*(?:[-*_=—]\s*){3,}$|^\s*\|?(?:\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*$")
_PAGE = re.compile(
    r"^\s*[-—–―]*\s*(?:[-—–―·]+\s*\d{1,4}\s*[-—–―·]+|第\s*\d{1,4}\s*页(?:[\s,，/／]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|[^，。；:：、\d]{2,28}第\s*\d{1,4}\s*页(?:[\s,，/／]*共\s*\d{1,4}\s*页)?"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?)\s*[-—–―]*\s*$"
)
_INLINE_PAGE = re.compile(r"[—–]\s\d{1,3}\s[—–]")
# 業務(yè wù): tone marks stand in no word of a bulletin
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_PINYIN = re.compile(rf"[(（][a-zü '{_TONED}]*[{_TONED}][a-zü '{_TONED}]*[)）]|[a-zü]*[{_TONED}][a-zü{_TONED}]*")
# the marks that a forum strews between paragraphs: 3 q$ }! e6 l1 o ^" y2
_DEBRIS = re.compile(r"(?<![!-~])(?:[!-~]{1,4}(?:[ \t]+|$)){5,}")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<=\d)\\(?=[.、)])")
_LONGEST_HEAD, _LONGEST_PAGE = 44, 80
_TITLES, _SHORTEST_TITLE = 3, 4
_STOPS, _IN_PROSE = "。！？!?：:；;|", "，。"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line at ``offset``: its words behind a Markdown mark (``marked``), whether it is a Markdown ``heading`` and
    whether a blank line stands before it (``apart``). ``drop`` holds the indexes of characters that are no words of it,
    ``bars`` those where a cell of a table ends."""

    offset: int
    words: str
    marked: bool = False
    heading: bool = False
    apart: bool = False
    drop: frozenset[int] = frozenset()
    bars: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Noise:
    """A part of the text that is left out of its words, by which rule."""

    start: int
    end: int
    rule: str


def lines(text: str, known: Sequence[tuple[int, int]] = ()) -> tuple[list[TextLine], list[Noise]]:
    """The lines that carry words, in order, and the noise between and within them; ``known`` are spans of running heads
    and page numbers that the file's format told."""
    kept: list[TextLine] = []
    noise: list[Noise] = []
    raws = _raw(text, noise)
    running = _running(raws)
    apart = paged = False
    for index, (offset, raw) in enumerate(raws):
        if _is_page(raw) or index in running or _inside(known, offset, raw):
            noise.append(Noise(offset, offset + len(raw), "page"))
            paged = True
        elif not raw.strip(" |\t\r\u3000\xa0"):
            apart = True
        # the blank lines around a page number part nothing
        elif not _RULE.match(raw.strip()) and (line := _line(offset, raw, apart and not paged, noise)):
            kept.append(line)
            apart = paged = False
    return kept, sorted(noise, key=lambda n: n.start)


def _is_page(raw: str) -> bool:
    """Whether a line is a page number; long lines are not asked, since their blanks can be parted in many ways."""
    bare = raw.strip()
    return 0 < len(bare) <= _LONGEST_PAGE and _PAGE.match(bare) is not None


def _raw(text: str, noise: list[Noise]) -> list[tuple[int, str]]:
    found, begin = [], 0
    for end in _ENDS.finditer(text):
        found.append((begin, text[begin : end.start()]))
        if end[0] != "\n":
            noise.append(Noise(end.start(), end.end(), "markup"))
        begin = end.end()
    return [*found, (begin, text[begin:])]


def _inside(known: Sequence[tuple[int, int]], offset: int, raw: str) -> bool:
    at = bisect_right(known, (offset + len(raw) - len(raw.lstrip()), 1 << 60)) - 1
    return bool(raw.strip()) and at >= 0 and known[at][0] <= offset and offset + len(raw.rstrip()) <= known[at][1]


def _running(raws: list[tuple[int, str]]) -> set[int]:
    """Lines beside a page number that repeat another line of the text, or its head, are running heads; so is the title
    where it parts a sentence."""
    full = [i for i, (_, raw) in enumerate(raws) if raw.strip()]
    pages = [place for place, i in enumerate(full) if _is_page(raws[i][1])]
    titles = {words for i in full[:_TITLES] if len(words := fold_all(raws[i][1])) >= _SHORTEST_TITLE}
    found = {
        i
        for before, i, after in zip(full[2:], full[3:], full[4:], strict=False)
        if len(raws[i][1]) <= _LONGEST_HEAD
        and _goes_on(raws[before][1])
        and any(c in raws[after][1] for c in _IN_PROSE)
        and fold_all(raws[i][1]) in titles
    }
    if not pages:
        return found
    bare = [fold_all(raws[i][1]) for i in full]
    often = Counter(re.sub(r"\d", "0", words) for words in bare)
    for page in pages:
        for place in (page - 1, page + 1):
            if 2 < place < len(full) and 1 < len(bare[place]) <= _LONGEST_HEAD:
                again = often[re.sub(r"\d", "0", bare[place])] > 1
                if again or (bare[place] in "".join(bare[: min(5, place)]) and bare[place][-1] not in "。；"):
                    found.add(full[place])
    return found


def _goes_on(raw: str) -> bool:
    """Whether a line is part of a sentence that has not ended."""
    return any(c in raw for c in _IN_PROSE) and raw.rstrip()[-1] not in _STOPS


def _line(offset: int, raw: str, apart: bool, noise: list[Noise]) -> TextLine | None:
    cut = _PREFIX.match(raw)
    skip = cut.end() if cut else 0
    words = raw[skip:].rstrip()
    drop = {i for m in _EMPHASIS.finditer(words) for i in range(*m.span())} if _has(words, "*_`\\") else set()
    bars = set()
    if "<" in words or "&" in words:
        for m in _CELL.finditer(words):
            bars.add(m.start())
        for m in _TAG.finditer(words):
            drop.update(range(*m.span()))
            noise.append(Noise(offset + skip + m.start(), offset + skip + m.end(), "markup"))
    if not words.isascii():
        for m in _PINYIN.finditer(words):
            drop.update(range(*m.span()))
        for m in _INLINE_PAGE.finditer(words):
            drop.update(range(*m.span()))
            noise.append(Noise(offset + skip + m.start(), offset + skip + m.end(), "page"))
    for m in _DEBRIS.finditer(words):
        if _is_debris(m[0].split()):
            drop.update(range(*m.span()))
            noise.append(Noise(offset + skip + m.start(), offset + skip + len(m[0].rstrip()) + m.start(), "debris"))
    if not words or len(drop) == len(words):
        return None
    heading = raw.lstrip().startswith("#")
    return TextLine(offset + skip, words, bool(raw[:skip].strip()), heading, apart, frozenset(drop), frozenset(bars))


def _has(words: str, marks: str) -> bool:
    return any(mark in words for mark in marks)


def _is_debris(tokens: list[str]) -> bool:
    """Letters, digits and marks in a jumble; the cells of a row of numbers are none."""
    odd = sum(not token.replace(".", "").replace(",", "").isalnum() and token != "|" for token in tokens)
    letters = sum(any(c.isalpha() for c in token) for token in tokens)
    return odd >= 2 and letters >= 2 and letters + odd > len(tokens) / 2
