"""Write the tree in docs/architecture.md: every folder and module of hall/ with what its docstring says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from hall.paths import PAGES, ROOT

PAGE = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- tree: written by make docs -->\n", "<!-- end of the tree -->\n"
_MOST = 116


def tree() -> str:
    """The tree as a block of text: folders before modules, each by name."""
    lines = [_line(ROOT / "app.py", 0), *_below(PAGES, 0), *_below(ROOT / "hall", 0)]
    return "```\n" + "".join(lines) + "```\n"


def with_tree(text: str) -> str:
    """The page with its tree written anew."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + tree() + END + rest.split(END)[1]


def _below(folder: Path, depth: int) -> list[str]:
    found = [_line(folder, depth)]
    inside = [p for p in folder.iterdir() if p.name != "__pycache__"]
    for path in sorted(p for p in inside if p.is_dir() and any(p.glob("*.py"))):
        found += _below(path, depth + 1)
    return found + [_line(p, depth + 1) for p in sorted(inside) if p.suffix == ".py" and p.name != "__init__.py"]


def _line(path: Path, depth: int) -> str:
    name = "  " * depth + (f"{path.name}/" if path.is_dir() else path.name)
    words = _said(path / "__init__.py" if path.is_dir() else path)
    line = f"{name:<34} {words}".rstrip()
    return (line if len(line) <= _MOST else line[: _MOST - 2].rsplit(" ", 1)[0] + " …") + "\n"


def _said(path: Path) -> str:
    """The first sentence of the docstring."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else None
    return re.split(r"(?<=[.。])\s|\n\n", " ".join((words or "").split()))[0].rstrip(".")


if __name__ == "__main__":
    PAGE.write_text(with_tree(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
