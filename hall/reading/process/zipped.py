"""Office documents are zips of XML: what one may hold, looked at before any library unfolds it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from hall.model import HallError

_MEGABYTE = 1 << 20
_HOMES = {".docx": "word/", ".xlsx": "xl/"}
# one part, unpacked; all of them; how often a part may swell; and how many there may be
_PART, _WHOLE, _SWELL, _PARTS = 64 * _MEGABYTE, 256 * _MEGABYTE, 400, 20_000
# a declared entity may stand for a file, or for gigabytes; no office program writes one
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
# one cell that claims to span so many columns, or cells in all, is unfolded to as many
_SPAN = re.compile(rb"gridSpan\b[^<>]{0,200}?val\s*=\s*[\"'](\d+)")
_MERGED = re.compile(rb"mergeCell\b[^<>]{0,200}?ref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_COLUMNS, _CELLS = 1000, 4_000_000
# a paragraph, an empty one too, takes a hundred times its bytes; ten thousand fill three hundred pages
_PARAGRAPH, _PARAGRAPHS = re.compile(rb"<w:p[\s/>]"), 60_000
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def examine(data: bytes, name: str, suffix: str) -> None:
    """Refuse what is no such document, or would be too much when it is unfolded. HallError not_readable, wrong_type,
    encrypted, too_large_inside, too_long, unsafe_inside."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        parts = book.infolist()
        _measure(parts, name, suffix)
        paragraphs = 0
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                content = book.read(part)
                _look(content, name)
                paragraphs += len(_PARAGRAPH.findall(content)) if suffix == ".docx" else 0
                if paragraphs > _PARAGRAPHS:
                    raise HallError("too_long", file=name, limit=f"{_PARAGRAPHS:,}")
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault


def _measure(parts: list[zipfile.ZipInfo], name: str, suffix: str) -> None:
    if not any(part.filename.startswith(_HOMES[suffix]) for part in parts):
        told = (other for other, home in _HOMES.items() if any(part.filename.startswith(home) for part in parts))
        raise HallError("wrong_type", file=name, suffix=suffix, really=next(told, ".zip"))
    if any(part.flag_bits & 1 for part in parts):
        raise HallError("encrypted", file=name)
    swollen = any(p.file_size > _PART or p.file_size > _SWELL * max(p.compress_size, 4096) for p in parts)
    if swollen or len(parts) > _PARTS or sum(part.file_size for part in parts) > _WHOLE:
        raise HallError("too_large_inside", file=name, limit=f"{_WHOLE // _MEGABYTE}")


def _look(part: bytes, name: str) -> None:
    if part[:2] in _BOMS:
        part = part.decode(_BOMS[part[:2]], "replace").encode()
    for what in _unsafe(part):
        raise HallError("unsafe_inside", file=name, what=what)


def _unsafe(part: bytes) -> Iterator[str]:
    """What in a part of the document would be unfolded beyond measure."""
    if _DECLARED.search(part):
        yield "DOCTYPE"
    yield from (f"gridSpan {m[1][:12].decode()}" for m in _SPAN.finditer(part) if int(m[1][:12]) > _COLUMNS)
    cells = sum((_column(m[3]) - _column(m[1]) + 1) * (int(m[4]) - int(m[2]) + 1) for m in _MERGED.finditer(part))
    if cells > _CELLS:
        yield f"mergeCell {cells}"


def _column(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
