"""The pages of a document as pictures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from hall.model import HallError

_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
_WIDEST = 2400


def render(path: Path, page: int, width: int = 1200) -> bytes:
    """One page, counted from 1, as PNG of so many pixels' width; HallError no_page when the document has none such."""
    data, suffix = path.read_bytes(), path.suffix.lower()
    width = min(max(width, 200), _WIDEST)
    if suffix == ".pdf":
        picture = _of_pdf(data, path.name, page, width)
    elif suffix in _PICTURES:
        picture = _of_picture(data, path.name, page, width)
    else:
        raise HallError("no_page", file=path.name, page=page)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _of_pdf(data: bytes, name: str, page: int, width: int) -> Any:
    from hall.reading.formats import pdf

    book = pdf.opened(data, name)
    try:
        if not 1 <= page <= len(book):
            raise HallError("no_page", file=name, page=page)
        leaf = book[page - 1]
        across, down = leaf.get_size()
        return leaf.render(scale=min(width / across, 4 * width / down)).to_pil()
    finally:
        book.close()


def _of_picture(data: bytes, name: str, page: int, width: int) -> Any:
    from hall.reading.formats import scan

    with scan.opened(data, name) as book:
        if not 1 <= page <= getattr(book, "n_frames", 1):
            raise HallError("no_page", file=name, page=page)
        book.seek(page - 1)
        leaf = scan.upright(book, name)
        leaf.thumbnail((width, width * 4))
        return leaf
