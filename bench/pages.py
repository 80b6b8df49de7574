"""Pages: one run of each, first and again, from the store that `make run` builds, against an empty script."""

from __future__ import annotations

import warnings

from streamlit.testing.v1 import AppTest

from bench.timing import median, show
from hall.paths import PAGES, ROOT


def main() -> None:
    """Print the time of a first run and of one from the cache."""
    warnings.simplefilter("ignore")
    empty = AppTest.from_string("import streamlit as st\nst.write('')", default_timeout=60)
    bare = median(empty.run)
    for path in sorted(PAGES.glob("*.py")):
        app = AppTest.from_file(str(ROOT / "hall/ui/main.py"), default_timeout=60)
        app.run()
        first = median(app.switch_page(str(path)).run, 1)
        again = median(app.run, 5)
        show(f"{path.stem}, first run", first, "an empty script", bare)
        show(f"{path.stem}, again", again, "an empty script", bare)


if __name__ == "__main__":
    main()
