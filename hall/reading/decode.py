"""Bytes to text: size limit, encodings, refusal of what is no text."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from hall.model import HallError

SUFFIXES = (".txt", ".text", ".md", ".markdown")
MAX_BYTES = 16 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\v\x1a")


def load(path: Path) -> tuple[str, str]:
    """The text of a document and the sha256 of its file.

    Line ends become ``\\n``. Raises HallError with the file's name: not_found, is_folder, unknown_type, no_permission,
    too_large, empty_file, not_text.
    """
    name = path.name
    try:
        if path.is_dir():
            raise HallError("is_folder", file=name)
        size = path.stat().st_size
        if path.suffix.lower() not in SUFFIXES:
            raise HallError("unknown_type", file=name, suffix=path.suffix or "-", known=" ".join(SUFFIXES))
        if size > MAX_BYTES:
            raise HallError("too_large", file=name, size=f"{size / 1048576:.0f}", limit=f"{MAX_BYTES // 1048576}")
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise HallError("not_found", file=str(path)) from fault
    except PermissionError as fault:
        raise HallError("no_permission", file=str(path)) from fault
    except OSError as fault:
        raise HallError("not_readable", file=str(path), detail=fault.strerror or str(fault)) from fault
    return text(data, name), hashlib.sha256(data).hexdigest()


def text(data: bytes, name: str) -> str:
    """Decode by byte order mark, else UTF-8, else GB18030; HallError empty_file or not_text."""
    if not data.strip(b"\x00 \t\r\n\f"):
        raise HallError("empty_file", file=name)
    decoded = _decode(data, name)
    bad = sum(decoded.count(c) for c in _CONTROLS) + decoded.count("\ufffd")
    if bad > len(decoded) // 200:
        raise HallError("not_text", file=name)
    plain = decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if not plain.strip("\ufeff\u200b \t\n\u3000\xa0"):
        raise HallError("empty_file", file=name)
    return plain


def _decode(data: bytes, name: str) -> str:
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (bom,) if bom else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise HallError("not_text", file=name)
