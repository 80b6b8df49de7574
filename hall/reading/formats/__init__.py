"""From a file's bytes to its words: one module for each kind of file, imported when such a file comes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from hall.reading.text.extracted import Extracted

_MODULES = {
    "plain": (".txt", ".text", ".md", ".markdown"),
    "web": (".html", ".htm"),
    "word": (".docx", ".doc"),
    "sheet": (".xlsx", ".xls", ".csv"),
    "pdf": (".pdf",),
    "scan": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"),
}
SUFFIXES: tuple[str, ...] = tuple(suffix for suffixes in _MODULES.values() for suffix in suffixes)


def extract(path: Path, data: bytes) -> Extracted:
    """The words of a file whose suffix is one of SUFFIXES. HallError with the file's name when they cannot be had."""
    module = next(name for name, suffixes in _MODULES.items() if path.suffix.lower() in suffixes)
    words: Extracted = import_module(f"hall.reading.formats.{module}").extract(data, path.name)
    return words
