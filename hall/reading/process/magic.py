"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
_BINARY = PICTURES | {".pdf", ".doc", ".xls", ".docx", ".xlsx"}
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"GIF8", ".gif"),
    (b"{\\rtf", ".rtf"),
    (b"Rar!\x1a", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\x00", ".exe"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"PAR1", ".parquet"),
)
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"), ("OFD.xml", ".ofd"), ("content.xml", ".odt"))
_OLE = b"\xd0\xcf\x11\xe0"
_STREAMS = tuple((name.encode("utf-16-le"), suffix) for name, suffix in
                 (("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint", ".ppt")))  # fmt: skip


def really(data: bytes) -> str:
    """The suffix that the content calls for; an empty one for text and for what nothing tells."""
    if data.startswith(_OLE):
        return next((suffix for stream, suffix in _STREAMS if stream in data), "Office 97")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ".webp"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return ".bmp"
    if found := next((suffix for mark, suffix in _MARKS if data.startswith(mark)), ""):
        return found
    return ".html" if _PAGE.match(data[:4096]) else ""


def fits(data: bytes, suffix: str) -> tuple[bool, str]:
    """Whether content and suffix go together, and what the content really is."""
    found = really(data)
    if suffix in PICTURES:
        return found in PICTURES, found
    if found == "Office 97":
        return suffix in {".doc", ".xls"}, found
    if suffix in _BINARY:
        return found == suffix, found
    return not found or found == suffix or (found == ".html" and suffix != ".csv"), found


def _zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ".zip"
    return next((suffix for part, suffix in _PARTS if any(name.startswith(part) for name in names)), ".zip")
