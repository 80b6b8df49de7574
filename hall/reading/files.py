"""Opens the file of a document within the limits of its size, and tells what it really is."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from hall import settings
from hall.model import HallError

_MEGABYTE = 1 << 20
# what a file begins with, and the suffixes that such a file may carry
_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF", "PDF", (".pdf",)),
    (b"\xd0\xcf\x11\xe0", "Office 97", (".doc", ".xls")),
    (b"PK\x03\x04", "zip", (".docx", ".xlsx")),
    (b"\x89PNG", "PNG", (".png",)),
    (b"\xff\xd8\xff", "JPEG", (".jpg", ".jpeg")),
    (b"II*\x00", "TIFF", (".tif", ".tiff")),
    (b"MM\x00*", "TIFF", (".tif", ".tiff")),
    (b"BM", "BMP", (".bmp",)),
)
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
_ZIPPED = {".docx": "word/", ".xlsx": "xl/"}
# one part of an office file, unpacked; all of them; and how often a part may swell
_PART, _WHOLE, _SWELL = 64 * _MEGABYTE, 256 * _MEGABYTE, 400


def look(path: Path, suffixes: tuple[str, ...]) -> None:
    """Whether a file can be opened at all. Raises HallError with the file's name: not_found, is_folder, unknown_type,
    no_permission, too_large, not_readable."""
    name, suffix = path.name, path.suffix.lower()
    limit = settings.read_megabytes()
    try:
        if path.is_dir():
            raise HallError("is_folder", file=name)
        size = path.stat().st_size
        if suffix not in suffixes:
            raise HallError("unknown_type", file=name, suffix=path.suffix or "-", known=" ".join(suffixes))
        if size > limit * _MEGABYTE:
            raise HallError("too_large", file=name, size=f"{size / _MEGABYTE:.0f}", limit=f"{limit}")
        with path.open("rb"):
            pass
    except FileNotFoundError as fault:
        raise HallError("not_found", file=str(path)) from fault
    except PermissionError as fault:
        raise HallError("no_permission", file=str(path)) from fault
    except OSError as fault:
        raise HallError("not_readable", file=str(path), detail=fault.strerror or str(fault)) from fault


def load(path: Path, suffixes: tuple[str, ...]) -> tuple[bytes, str]:
    """The bytes of a file and their sha256. Raises HallError as ``look`` does, and empty_file, wrong_type, encrypted,
    too_large_inside."""
    look(path, suffixes)
    name, data = path.name, path.read_bytes()
    if not data.strip(b"\x00 \t\r\n\f"):
        raise HallError("empty_file", file=name)
    _examine(data, name, path.suffix.lower())
    return data, hashlib.sha256(data).hexdigest()


def _examine(data: bytes, name: str, suffix: str) -> None:
    """Whether the content is what the suffix says."""
    for mark, really, allowed in _MAGIC:
        if data.startswith(mark):
            pictured = suffix in _PICTURES and allowed[0] in _PICTURES  # any picture opens under any picture's suffix
            if suffix not in allowed and not pictured:
                raise HallError("wrong_type", file=name, suffix=suffix, really=really)
            break
    else:
        if suffix in {".pdf", ".doc", ".docx", ".xlsx", ".xls"}:
            raise HallError("wrong_type", file=name, suffix=suffix, really="-")
    if suffix in _ZIPPED:
        _examine_zip(data, name, suffix)


def _examine_zip(data: bytes, name: str, suffix: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise HallError("not_readable", file=name, detail=str(fault)) from fault
    if not any(part.filename.startswith(_ZIPPED[suffix]) for part in parts):
        raise HallError("wrong_type", file=name, suffix=suffix, really="zip")
    if any(part.flag_bits & 1 for part in parts):
        raise HallError("encrypted", file=name)
    swollen = any(p.file_size > _PART or p.file_size > _SWELL * max(p.compress_size, 4096) for p in parts)
    if swollen or sum(part.file_size for part in parts) > _WHOLE:
        raise HallError("too_large_inside", file=name, limit=f"{_WHOLE // _MEGABYTE}")
