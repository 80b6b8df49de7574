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
# of the Chinese characters, so many are common ones in a text, and so few where it was written in another encoding
_PLAIN, _GARBLED = 0.9, 0.7
_CONTROLS = {chr(c) for c in range(32)} - set("\t\n\r\f\v\x1a")


def text(data: bytes, name: str) -> str:
    """Decode by byte order mark, else UTF-8, GB18030 or Big5 by which makes words; HallError empty_file, not_text."""
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


def is_common(char: str) -> bool:
    """Of the characters that most words are written with, plain or traditional."""
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        try:
            return 0xA4 <= char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False


def _decode(data: bytes, name: str) -> str:
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (bom,) if bom else ("utf-8", "gb18030", "big5hkscs"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _traditional(data, found) if encoding == "gb18030" else found
    raise HallError("not_text", file=name)


def _traditional(data: bytes, text: str) -> str:
    """Big5, where GB18030 makes no words of the bytes: nearly any bytes are characters to both."""
    if _common(text) >= _GARBLED:
        return text
    try:
        other = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return text
    return other if _common(other) >= _PLAIN else text


def _common(text: str) -> float:
    """The share of common characters among the Chinese ones, a private one counted with these."""
    chinese = [char for char in text[:20_000] if "\u3400" <= char <= "\u9fff" or "\ue000" <= char <= "\uf8ff"]
    return sum(map(is_common, chinese)) / max(len(chinese), 1)
