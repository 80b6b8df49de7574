"""Text and Markdown."""

from __future__ import annotations

from hall.reading.text import decode
from hall.reading.text.extracted import Extracted


def extract(data: bytes, name: str) -> Extracted:
    """The text as it is; HallError empty_file or not_text."""
    return Extracted(decode.text(data, name))
