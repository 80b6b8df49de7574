"""What the bytes of a delivered file tell before it is read: its hash, its lines and the encodings that it may have."""

from __future__ import annotations

import codecs
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_PIECE = 1 << 24
_SAMPLE = 1 << 16
_SAMPLES = 64
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Two or more Chinese characters in UTF-8: by chance only, and seldom, in a line of GB18030.
UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}")


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


def encodings(path: Path) -> tuple[str, ...]:
    """The encodings that a text file may be written in: that of most lines first. One of them is taken for the file, by
    its headings: lines in another one cannot be decoded."""
    with path.open("rb") as file:
        begin = file.read(3)
        if begin[:2] in _UTF16:
            return ("utf-16",)
        if begin == codecs.BOM_UTF8:
            return ("utf-8",)
        size = path.stat().st_size
        votes = 0
        for at in range(0, size, max(_SAMPLE, size // _SAMPLES)):
            file.seek(at)
            lines = file.read(_SAMPLE).split(b"\n")
            # What a sample cuts off at its edges is no line.
            votes += sum(_vote(line) for line in lines[at > 0 : len(lines) - (at + _SAMPLE < size)])
    return ("gb18030", "utf-8") if votes < 0 else ("utf-8", "gb18030")


def first_words(path: Path) -> str:
    """The encoding, UTF-8 or GB18030, of the first line that is not plain ASCII."""
    with path.open("rb") as file:
        line = next((line for line in file if not line.isascii()), b"")
    return "utf-8" if _vote(line) >= 0 else "gb18030"


def is_utf8(line: bytes) -> bool:
    """Whether a line that is not plain ASCII was written in UTF-8, even where it is damaged since: GB18030 makes some
    other words of nearly any bytes, so that most of them must tell."""
    others = sum(byte > 127 for byte in line)
    return 2 * sum(len(run[0]) for run in UTF8.finditer(line)) > others


def decodes(line: bytes, encoding: str) -> bool:
    """Whether all of a line can be decoded."""
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _vote(line: bytes) -> int:
    if line.isascii():
        return 0
    return 1 if decodes(line, "utf-8") or is_utf8(line) else -1
