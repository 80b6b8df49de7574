"""What a page says, kept as text: one file for each page and language, one section for each kind of store.

``make snapshots`` writes what the pages say now, and git shows what has changed.
"""

from __future__ import annotations

import difflib
import re
from html import unescape
from pathlib import Path

from app_pages import numbers_on
from streamlit.testing.v1 import AppTest

_FOLDER = Path(__file__).resolve().parents[1] / "pages/snapshots"
_MARK = "=== "


def lines_on(at: AppTest) -> list[str]:
    """What stands on the page, without blank lines: its words, then a line for each KPI card."""
    words = [str(element.value) for kind in ("title", "markdown") for element in getattr(at, kind)]
    cards = [unescape(re.sub(r"(<[^>]*>)+", " ", number.html)) for number in numbers_on(at)]
    lines = [line for text in words for line in text.splitlines()] + cards
    return [" ".join(line.split()) for line in lines if line.strip()]


def differences(name: str, section: str, now: list[str], *, rewrite: bool = False) -> list[str]:
    """The lines that are said and not kept (+), and that are kept and not said (-); written down when ``rewrite``."""
    path = _FOLDER / f"{name}.txt"
    kept = _sections(path)
    if rewrite:
        _FOLDER.mkdir(exist_ok=True)
        kept[section] = now
        text = "\n".join(f"{_MARK}{key}\n" + "".join(f"{line}\n" for line in kept[key]) for key in sorted(kept))
        path.write_text(text, encoding="utf-8")
    return [line for line in difflib.ndiff(kept.get(section, []), now) if line[0] in "+-"]


def _sections(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith(_MARK):
            found[line.removeprefix(_MARK)] = []
        elif line:
            found[next(reversed(found))].append(line)
    return found
