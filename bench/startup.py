"""Start-up: reading one bulletin as a whole process, and importing what the app imports."""

from __future__ import annotations

from bench.timing import median, python, show
from hall.paths import ROOT

BULLETIN = ROOT / "tests/golden/monthly-wrapped.txt"
APP = "import hall.ui.server, hall.ui.cards, hall.ui.filters, hall.ui.cache"


def main() -> None:
    """Print both against the least that could do it."""
    bare = median(python("-c", "pass"))
    show("python -m hall read (start-up included)", median(python("-m", "hall", "read", str(BULLETIN))), "python", bare)
    streamlit = median(python("-c", "import streamlit, polars, duckdb, plotly.graph_objects"))
    show("import of the app", median(python("-c", APP)), "its libraries", streamlit)


if __name__ == "__main__":
    main()
