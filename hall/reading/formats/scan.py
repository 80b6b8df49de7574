"""Pictures of documents, one page or several."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from hall import settings
from hall.model import HallError
from hall.reading.formats import ocr, paper
from hall.reading.process import progress
from hall.reading.text.extracted import Extracted

_MEGAPIXELS = 60
# what is wider or higher is drawn smaller: OCR gains nothing from more
_SIDE = 3600


def extract(data: bytes, name: str) -> Extracted:
    """The words of a picture by OCR; HallError too_large_image, too_many_pages, not_readable, no_words."""
    pages = []
    with opened(data, name) as book:
        count = getattr(book, "n_frames", 1)
        if count > settings.read_pages():
            raise HallError("too_many_pages", file=name, pages=f"{count}", limit=f"{settings.read_pages()}")
        try:
            for index, frame in enumerate(ImageSequence.Iterator(book)):
                pages.append(ocr.rows(upright(frame, name), index + 1))
                progress.report(index + 1, count)
        except (OSError, SyntaxError, ValueError) as fault:
            raise HallError("not_readable", file=name, detail=str(fault)) from fault
    found = paper.joined(pages)
    if not found.text.strip():
        raise HallError("no_words", file=name)
    return found


def opened(data: bytes, name: str) -> Any:
    """The picture, not yet decoded; HallError too_large_image or not_readable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            book = Image.open(io.BytesIO(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        size = f"{sum(map(int, re.findall(r'[0-9]+', str(fault))[:1])) // 1_000_000} MP"
        raise HallError("too_large_image", file=name, size=size, limit=f"{_MEGAPIXELS}") from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise HallError("not_readable", file=name, detail=type(fault).__name__) from fault
    _measure(book, name)
    return book


def upright(frame: Any, name: str) -> Any:
    """A page as it is to be read: turned by its own note, on white, of bearable size."""
    _measure(frame, name)
    page = ImageOps.exif_transpose(frame)
    if page.mode in {"RGBA", "LA", "PA"} or "transparency" in page.info:
        page = page.convert("RGBA")
        ground = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(ground, page)
    page = page.convert("RGB")
    page.thumbnail((_SIDE, _SIDE))
    return page


def _measure(page: Any, name: str) -> None:
    width, height = page.size
    if width * height > _MEGAPIXELS * 1_000_000:
        raise HallError("too_large_image", file=name, size=f"{width} × {height}", limit=f"{_MEGAPIXELS}")
