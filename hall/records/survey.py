"""What the bytes of a delivered file tell before it is read: its hash, its lines and its encoding."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SAMPLES = 64
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Survey:
    """``lines`` counts a last line without an end too; ``even`` when all lines end in the same way, LF or CR LF."""

    sha256: str
    size: int
    lines: int
    even: bool


def survey(path: Path) -> Survey:
    """Read a file once from end to end."""
    digest = hashlib.sha256()
    size = feeds = returns = pairs = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            feeds += chunk.count(b"\n")
            if found := chunk.count(b"\r"):
                returns += found
                pairs += chunk.count(b"\r\n")
            pairs += last == b"\r" and chunk.startswith(b"\n")
            last = chunk[-1:]
    open_end = bool(size) and last != b"\n"
    return Survey(digest.hexdigest(), size, feeds + open_end, returns in (0, pairs) and pairs in (0, feeds))


def encoding(path: Path) -> str:
    """The encoding that most lines of a text file are written in: utf-8, gb18030 or utf-16. One decision for the file:
    lines in another one cannot be decoded."""
    with path.open("rb") as file:
        if file.read(2) in _UTF16:
            return "utf-16"
        size = path.stat().st_size
        votes = 0
        for at in range(0, size, max(_SAMPLE, size // _SAMPLES)):
            file.seek(at)
            lines = file.read(_SAMPLE).split(b"\n")
            # What a sample cuts off at its edges is no line.
            votes += sum(_vote(line) for line in lines[at > 0 : len(lines) - (at + _SAMPLE < size)])
    return "gb18030" if votes < 0 else "utf-8"


def _vote(line: bytes) -> int:
    if line.isascii():
        return 0
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return -1
    return 1
