"""How often one cold load of a page asks DuckDB: ``python -m bench.calls [PAGE]``, with each question and how often."""

from __future__ import annotations

import re
import sys
import warnings
from collections import Counter
from typing import Any
from unittest.mock import patch

import duckdb
import streamlit as st
from streamlit.testing.v1 import AppTest

from hall.paths import PAGES, ROOT

_ASKED: Counter[str] = Counter()
# What asks for rows; settings and the making of tables are none.
_QUESTION = re.compile(r"\s*(--[^\n]*\n\s*)*(select|with|from|pivot|unpivot)\b", re.IGNORECASE)
_HEADER = re.compile(r"-- question: ([^\n]+)")


class Counted:
    """A connection that passes everything on and counts the questions; its cursors do the same."""

    def __init__(self, con: Any) -> None:
        self._con = con

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def cursor(self) -> Counted:
        """A cursor that counts as well."""
        return Counted(self._con.cursor())

    def _count(self, text: object) -> None:
        if isinstance(text, str) and _QUESTION.match(text):
            found = _HEADER.search(text)
            _ASKED[found[1] if found else " ".join(text.split())[:90]] += 1

    def sql(self, text: Any, *given: Any, **named: Any) -> Any:
        """Count and pass on."""
        self._count(text)
        return self._con.sql(text, *given, **named)

    def execute(self, text: Any, *given: Any, **named: Any) -> Any:
        """Count and pass on."""
        self._count(text)
        return self._con.execute(text, *given, **named)

    def query(self, text: Any, *given: Any, **named: Any) -> Any:
        """Count and pass on."""
        self._count(text)
        return self._con.query(text, *given, **named)


def main() -> None:
    """Print the number, then the questions, most frequent first."""
    warnings.simplefilter("ignore")
    page = sys.argv[1] if len(sys.argv) > 1 else "overview"
    connect = duckdb.connect
    with patch.object(duckdb, "connect", lambda *given, **named: Counted(connect(*given, **named))):
        app = AppTest.from_file(str(ROOT / "hall/ui/main.py"), default_timeout=120).run()
        if page != "overview":
            st.cache_resource.clear()
            st.cache_data.clear()
            _ASKED.clear()
            app.switch_page(str(PAGES / f"{page}.py")).run()
    print(sum(_ASKED.values()))
    for question, times in _ASKED.most_common():
        print(f"{times} × {question}", file=sys.stderr)


if __name__ == "__main__":
    main()
