"""What the bytes of a delivered file tell before it is read: its hash, its lines and its encoding."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_PIECE = 1 << 24
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
    """Read a file from end to end; its hash and its lines are counted side by side."""
    size = feeds = returns = pairs = 0
    last = b""
    with path.open("rb") as file, ThreadPoolExecutor(1) as pool:
        digest = pool.submit(_sha256, path)
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            feeds += chunk.count(b"\n")
            if b"\r" in chunk:
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n")
            pairs += last == b"\r" and chunk.startswith(b"\n")
            last = chunk[-1:]
    open_end = bool(size) and last != b"\n"
    return Survey(digest.result(), size, feeds + open_end, returns in (0, pairs) and pairs in (0, feeds))


def _sha256(path: Path) -> str:
    # pieces so large that the other thread is seldom waited for
    digest, piece = hashlib.sha256(), memoryview(bytearray(_PIECE))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(piece):
            digest.update(piece[:size])
    return digest.hexdigest()


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
