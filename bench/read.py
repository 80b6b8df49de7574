"""Reading, warm: all golden and sample texts, against a bare pass over them (NFKC, then one regular expression)."""

from __future__ import annotations

import re
import unicodedata

from bench.timing import median, show
from hall.paths import ROOT
from hall.reading.extract import read_text

NUMBER = re.compile(r"\d[\d.,]*\s*\w{0,3}")


def main() -> None:
    """Print the time for a document and for a thousand characters."""
    paths = sorted((ROOT / "tests/golden").rglob("*.txt"))
    texts = [path.read_bytes().decode("gb18030" if "gb18030" in path.name else "utf-8") for path in paths]
    length = sum(map(len, texts)) / 1000
    ours = median(lambda: [read_text(text) for text in texts], 3)
    bare = median(lambda: [NUMBER.findall(unicodedata.normalize("NFKC", text)) for text in texts], 9)
    show(f"read {len(texts)} documents, each", ours / len(texts), "a bare pass", bare / len(texts))
    show("a thousand characters", ours / length, "a bare pass", bare / length)


if __name__ == "__main__":
    main()
