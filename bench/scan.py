"""A scanned page, warm: read as a bulletin, against bare OCR of the same picture."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.timing import median, show
from hall.paths import ROOT


def main() -> None:
    """Print the time for a page."""
    import numpy as np
    from PIL import Image

    from hall.reading.extract import read_file
    from hall.reading.formats import ocr
    from tests.support.paper import scan

    with tempfile.TemporaryDirectory() as work:
        text = (ROOT / "tests/golden/sample/month-2025-03.txt").read_text(encoding="utf-8")
        path = scan(text, Path(work) / "page.jpg")
        read_file(path)
        ours = median(lambda: read_file(path), 5)
        picture = np.asarray(Image.open(path).convert("RGB"))
        bare = median(lambda: ocr.engine()(picture), 5)
        show("a scanned page", ours, "bare OCR", bare)


if __name__ == "__main__":
    main()
