"""Text to comparable characters: one width, no blanks, wrapped lines joined; every character keeps its offset."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hall.reading.markers import marker, starts_tail

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad\ufeff\u0000-\u0008\u000e-\u001f]")
_KEEP = "，。、“”‘’《》〈〉〔〕【】…—"
_FOLD = {"：": ":", "；": ";", "！": "!", "？": "?", "－": "-", "―": "—", "–": "—", "─": "—", "━": "—", "~": "~"}
_QUOTES = {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”"}
_DECORATION = re.compile(r"\*\*|__|`|(?<=\d)\\(?=[.、)])")
_PREFIX = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+•·]\s+)*")
_WIDE = frozenset("０１２３４５６７８９")
# a line that begins with the rest of a word
_FRAGMENT = re.compile(r"\s*(?:[，。、；）)”》]|[^\d\W]{1,2}\s*[，。、；,;])")
# what a line ends with, and what then goes on in the next: a numeral, a date, a number and its unit, words before one
_TORN = (
    (
        re.compile(r"[零〇一二三四五六七八九十百千万亿两点]\s*$"),
        re.compile(r"\s*[零〇一二三四五六七八九十百千万亿两点]"),
    ),
    (re.compile(r"\d\s*[年月]$"), re.compile(r"\s*\d{1,2}\s*[月日]")),
    (re.compile(r"\d\s*$"), re.compile(r"\s*[件个人次项宗家户笔名封面万千亿余多%％]")),
    (re.compile(r"[到至为由从达共约近超逾的]\s*$"), re.compile(r"\s*\d")),
)
_RULE = re.compile(r"^\s*(?:[-*_=—]\s*){3,}$|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_PAGE = re.compile(
    r"^\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
_TERMINAL = "。！？!?；;…〕】"
_OPEN, _CLOSE = "《“（(〔【", "》”）)〕】"


@dataclass(frozen=True, slots=True)
class Source:
    """``flat`` holds the characters that carry meaning, ``at`` their offsets in ``text``; a ``\\n`` in ``flat`` ends a
    paragraph, a blank stands between two numbers or Latin words, a tab between two numbers far apart.
    ``pages`` are the spans in ``text`` of printed page numbers, which ``flat`` leaves out."""

    text: str
    flat: str
    at: tuple[int, ...]
    pages: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``text`` of ``flat[start:end]``, which must not be empty."""
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The document's own characters for ``flat[start:end]``, without blanks and line ends."""
        return "".join(self.text[self.at[i]] for i in range(start, end) if not self.flat[i].isspace())


def fold(char: str) -> str:
    """One character in its comparable form (full width to half, compatibility forms to plain)."""
    if char in _KEEP:
        return char
    return _QUOTES.get(char) or _FOLD.get(char) or unicodedata.normalize("NFKC", char)


def fold_all(words: str) -> str:
    """A phrase in comparable form, blanks removed."""
    return "".join(fold(c) for c in words if not c.isspace())


def build(text: str) -> Source:
    """Index a text."""
    lines, pages = _lines(text)
    width = _width([line for _, line, _ in lines])
    flat: list[str] = []
    at: list[int] = []
    prose = False
    for position, (offset, line, _) in enumerate(lines):
        _append(flat, at, offset, line)
        following, fresh = lines[position + 1][1:] if position + 1 < len(lines) else ("", True)
        prose = prose or _is_prose(line)
        if fresh or not _joins(line, following, width, prose):
            flat.append("\n")
            at.append(min(offset + len(line), len(text) - 1))
            prose = False
    return Source(text, "".join(flat), tuple(at), tuple(pages))


def _lines(text: str) -> tuple[list[tuple[int, str, bool]], list[tuple[int, int]]]:
    """Lines with meaning: offset, words behind a Markdown mark, and whether there was one; and the page numbers."""
    kept: list[tuple[int, str, bool]] = []
    pages: list[tuple[int, int]] = []
    offset = 0
    for raw in text.split("\n"):
        if _PAGE.match(raw):
            pages.append((offset, offset + len(raw)))
        elif raw.strip() and not _RULE.match(raw):
            cut = _PREFIX.match(raw)
            skip = cut.end() if cut else 0
            line = raw[skip:].rstrip()
            heading = raw.lstrip().startswith("#")
            if line:
                kept.append((offset + skip, line + "\v" if heading else line, bool(raw[:skip].strip())))
        offset += len(raw) + 1
    return kept, pages


def _append(flat: list[str], at: list[int], offset: int, line: str) -> None:
    dropped = {i for m in _DECORATION.finditer(line) for i in range(m.start(), m.end())}
    gap = 0
    for i, char in enumerate(line):
        if char.isspace() or i in dropped or _INVISIBLE.match(char):
            gap += (2 if char == "\t" else 1) if char.isspace() else 0
            continue
        folded = fold(char)
        if char in "，．" and line[i - 1 : i] in _WIDE and line[i + 1 : i + 2] in _WIDE:  # １，０８８ is one number
            folded = "," if char == "，" else "."
        last = flat[-1] if flat else "\n"
        if gap and _apart(last, folded):
            flat.append("\t" if gap > 1 and last.isdigit() else " ")
            at.append(offset + i - 1)
        gap = 0
        for part in folded:
            if not part.isspace():
                flat.append(part)
                at.append(offset + i)


def _apart(left: str, right: str) -> bool:
    """Whether a blank between the two characters means something."""
    return left.isascii() and left.isalnum() and right[:1].isascii() and right[:1].isalnum()


def _width(lines: list[str]) -> int:
    """The length at which this document's lines are wrapped; capped, since unwrapped paragraphs have any length."""
    lengths = sorted(len(line) for line in lines)
    return min(lengths[len(lengths) * 19 // 20], 40) if lengths else 40


def _is_prose(line: str) -> bool:
    """Whether a line is part of a sentence, not a title or a heading."""
    own = marker(line)
    stops = any(c in line for c in "，；。,;") or (len(line) >= 14 and line.count("、") >= 2)
    return stops and not (own and own.level == 1)


def _joins(line: str, following: str, width: int, prose: bool) -> bool:
    """Whether a line goes on in the next one; ``prose`` tells that the paragraph so far is part of a sentence."""
    if line.endswith("\v") or "|" in line[:1] + following[:1] or marker(following) or starts_tail(following):
        return False
    if line[-1] in _TERMINAL:
        return False
    if any(line.count(o) > line.count(c) for o, c in zip(_OPEN, _CLOSE, strict=True)):
        return True
    torn = any(ends.search(line) and goes_on.match(following) for ends, goes_on in _TORN)
    if torn or line[-1] in "，、," or _FRAGMENT.match(following):
        return True
    return prose or (len(line) >= 14 and len(line) >= width * 0.75)
