"""What a page says, kept as text: one file for each page and language, one section for each kind of store.

``pytest tests/pages --rewrite`` (or ``make snapshots``) writes what the pages say now; git shows what became another.
"""

from __future__ import annotations

import difflib
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "pages/snapshots"
_MARK = "=== "


def lines_of(said: str) -> list[str]:
    """The lines that are not blank, with plain blanks within."""
    return [" ".join(line.split()) for line in said.splitlines() if line.strip()]


def differences(name: str, section: str, said: str, *, rewrite: bool = False) -> list[str]:
    """The lines that are said and not kept (+), and that are kept and not said (-); written down when ``rewrite``."""
    path, now = _FOLDER / f"{name}.txt", lines_of(said)
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
