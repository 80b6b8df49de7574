"""Reading: all golden and sample documents, against one regular expression that only finds numbers with a word."""

from __future__ import annotations

import re

from bench.timing import median, show
from hall.paths import ROOT
from hall.reading.extract import read_file

NUMBER = re.compile(r"\d[\d.,]*\s*\w{0,3}")


def main() -> None:
    """Print the time for a document and for a thousand characters."""
    paths = sorted((ROOT / "tests/golden").rglob("*.txt"))
    texts = [read_file(path).text for path in paths]
    length = sum(map(len, texts)) / 1000
    ours = median(lambda: [read_file(path) for path in paths], 3)
    bare = median(lambda: [NUMBER.findall(text) for text in texts], 3)
    show(f"read {len(paths)} documents, each", ours / len(paths), "a bare pass", bare / len(paths))
    show("a thousand characters", ours / length, "a bare pass", bare / length)


if __name__ == "__main__":
    main()
