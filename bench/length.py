"""Cost against length: a bulletin's text once, ten times and a hundred times over."""

from __future__ import annotations

from functools import partial

from bench.timing import median, show
from hall.paths import ROOT
from hall.reading.extract import read_text


def main() -> None:
    """Print the time for each length, and by how much more it is than its length says."""
    text = (ROOT / "tests/golden/sample/month-2025-03.txt").read_text(encoding="utf-8") * 2
    read_text(text)
    once = median(lambda: read_text(text), 7)
    for times in (10, 100):
        longer = median(partial(read_text, text * times), 3)
        show(f"{len(text) * times:,} characters", longer, f"{times} × {len(text):,} characters", once * times)


if __name__ == "__main__":
    main()
