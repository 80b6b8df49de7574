"""Text to comparable characters: one width, no blanks, wrapped lines joined; every character keeps its offset."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hall.reading.tables import grid
from hall.reading.text.fold import UNSEEN, fold, fold_run
from hall.reading.text.lines import Noise, TextLine, lines
from hall.reading.text.markers import marker, starts_tail

_RUN = re.compile(r"\S+")
_COMMA = re.compile(r"[\u4e00-\u9fff%)）”\d],\s*[\u4e00-\u9fff“（(]|[\u4e00-\u9fff],")
_WIDE_COMMA = re.compile(r"[０-９][，．]")
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
# a line behind a colon that opens a list without stops: 1县大厅投票情况。
_LISTED = re.compile(r"1[\u4e00-\u9fff]{2}")
_TERMINAL = "。！？!?；;…〕】"
_OPEN, _CLOSE = "《“（(〔【", "》”）)〕】"


@dataclass(frozen=True, slots=True)
class SourceText:
    """``flat`` holds the characters that carry meaning, ``at`` their offsets in ``text``; a ``\\n`` in ``flat`` ends a
    paragraph, a ``|`` a cell of a table; a blank stands between two numbers or Latin words, a tab between two numbers
    far apart. ``noise`` are the parts of ``text`` that ``flat`` leaves out."""

    text: str
    flat: str
    at: tuple[int, ...]
    noise: tuple[Noise, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``text`` of ``flat[start:end]``, which must not be empty."""
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The document's own characters for ``flat[start:end]``, without blanks and line ends."""
        at = self.at
        if end > start and at[end - 1] - at[start] == end - start - 1:  # nothing left out in between
            return "".join(self.text[at[start] : at[end - 1] + 1].split())
        return "".join(self.text[at[i]] for i in range(start, end) if not self.flat[i].isspace())


def build(text: str, running: Sequence[tuple[int, int]] = ()) -> SourceText:
    """Index a text; ``running`` are spans of running heads and page numbers."""
    plain, noise = lines(text, running)
    table = grid.find(plain)
    width = _width(plain)
    flat: list[str] = []
    at: list[int] = []
    prose = False
    for position, line in enumerate(table.lines):
        for mark in table.before.get(position, ""):
            flat.append(mark)
            at.append(line.offset)
        _append(flat, at, line)
        last = position + 1 == len(table.lines)
        prose = prose or _is_prose(line.words)
        after = table.after.get(position)
        if after is None:
            ends = last or position + 1 in table.before or not _joins(line, table.lines[position + 1], width, prose)
            after = "\n" if ends else ""
        for mark in after:
            flat.append(mark)
            at.append(min(line.offset + len(line.words), len(text) - 1))
        prose = prose and after == ""
    return SourceText(text, "".join(flat), tuple(at), tuple(noise))


def _append(flat: list[str], at: list[int], line: TextLine) -> None:
    words, drop, bars, offset = line.words, line.drop, line.bars, line.offset
    if not (drop or bars or _WIDE_COMMA.search(words)) and UNSEEN.isdisjoint(words):  # most lines: run by run
        _append_runs(flat, at, words, offset)
        return
    gap = 0
    for i, char in enumerate(words):
        if i in bars:
            flat.append("|")
            at.append(offset + i)
            gap = 0
        if char.isspace():
            gap += 2 if char == "\t" else 1
            continue
        if i in drop or char in UNSEEN:
            continue
        folded = fold(char)
        if char in "，．" and words[i - 1 : i] in _WIDE and words[i + 1 : i + 2] in _WIDE:  # １，０８８ is one number
            folded = "," if char == "，" else "."
        if gap:
            last = flat[-1] if flat else "\n"
            if _apart(last, folded):
                flat.append("\t" if gap > 1 and last.isdigit() else " ")
                at.append(offset + i - 1)
            gap = 0
        for part in folded:
            if not part.isspace():
                flat.append(part)
                at.append(offset + i)


def _append_runs(flat: list[str], at: list[int], words: str, offset: int) -> None:
    end = 0
    for run in _RUN.finditer(words):
        folded = fold_run(run[0])
        start = run.start()
        if start > end and _apart(flat[-1] if flat else "\n", folded):
            wide = start - end > 1 or words[end] == "\t"
            flat.append("\t" if wide and flat[-1].isdigit() else " ")
            at.append(offset + start - 1)
        end = run.end()
        if len(folded) == end - start:
            flat.extend(folded)
            at.extend(range(offset + start, offset + end))
            continue
        for place, char in enumerate(run[0], offset + start):
            for part in fold_run(char):
                if not part.isspace():
                    flat.append(part)
                    at.append(place)


def _apart(left: str, right: str) -> bool:
    """Whether a blank between the two characters means something."""
    return left.isascii() and left.isalnum() and right[:1].isascii() and right[:1].isalnum()


def _width(plain: list[TextLine]) -> int:
    """The length at which this document's lines are wrapped; capped, since unwrapped paragraphs have any length."""
    lengths = sorted(len(line.words) for line in plain)
    return min(lengths[len(lengths) * 19 // 20], 40) if lengths else 40


def _is_prose(line: str) -> bool:
    """Whether a line is part of a sentence, not a title or a heading."""
    own = marker(line)
    stops = any(c in line for c in "，；。;") or _COMMA.search(line) or (len(line) >= 14 and line.count("、") >= 2)
    return bool(stops) and not (own and own.level == 1)


def _joins(line: TextLine, following: TextLine, width: int, prose: bool) -> bool:
    """Whether a line goes on in the next one; ``prose`` tells that the paragraph so far is part of a sentence."""
    words, more = line.words, following.words
    barred = "|" in words[:1] + words[-1:] + more[:1] + more[-1:] or line.bars or following.bars
    if line.heading or following.marked or barred or marker(more) or starts_tail(more):
        return False
    if words[-1] in _TERMINAL or (words[-1] in ":：" and _LISTED.match(more)):
        return False
    if any(words.count(o) > words.count(c) for o, c in zip(_OPEN, _CLOSE, strict=True)):
        return True
    torn = any(ends.search(words) and goes_on.match(more) for ends, goes_on in _TORN)
    if torn or words[-1] in "，、," or _FRAGMENT.match(more):
        return True
    return prose or (not following.apart and len(words) >= 14 and len(words) >= width * 0.75)
