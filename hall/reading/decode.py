"""Bytes to text: encodings, and the refusal of what is no text."""

from __future__ import annotations

import codecs

from hall.model import HallError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\v\x1a")


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
