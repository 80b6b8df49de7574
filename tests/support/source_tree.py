"""The project's Python as parsed source: modules, what they import and the words they hold."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """``name`` is dotted: hall.ui.main, pages.trends, app."""

    name: str
    path: Path
    tree: ast.Module
    lines: tuple[str, ...]

    @property
    def layer(self) -> str:
        """The part of the map that the module belongs to: app, pages, or the name below hall."""
        parts = self.name.split(".")
        return parts[0] if parts[0] != "hall" else (parts[1] if len(parts) > 1 else "hall")

    def imports(self, everywhere: bool = True) -> set[str]:
        """Dotted names imported; without ``everywhere`` only those that importing the module itself imports."""
        return {name for node in self._imports(everywhere) for name in self._names(node)}

    def _imports(self, everywhere: bool) -> list[ast.Import | ast.ImportFrom]:
        found: list[ast.Import | ast.ImportFrom] = []
        todo: list[ast.AST] = [self.tree]
        while todo:
            node = todo.pop()
            if isinstance(node, ast.Import | ast.ImportFrom):
                found.append(node)
            elif not everywhere and (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types(node)):
                continue
            todo += ast.iter_child_nodes(node)
        return found

    def _names(self, node: ast.Import | ast.ImportFrom) -> list[str]:
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names]
        assert node.level == 0, f"{self.name}: relative import"
        assert node.module is not None
        known = modules()
        return [whole if (whole := f"{node.module}.{alias.name}") in known else node.module for alias in node.names]


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted([ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "hall").rglob("*.py")]))


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {_dotted(path): path for path in _files()}


@cache
def parsed() -> dict[str, Module]:
    found = {}
    for name, path in modules().items():
        source = path.read_text(encoding="utf-8")
        found[name] = Module(name, path, ast.parse(source), tuple(source.splitlines()))
    return found


def loaded_by(start: set[str]) -> set[str]:
    """All names, ours and third-party, that importing these modules imports."""
    seen: set[str] = set()
    todo = set(start)
    while todo:
        name = todo.pop()
        seen.add(name)
        parents = {name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1)}
        reached = parsed()[name].imports(everywhere=False) if name in parsed() else set()
        todo |= (reached | (parents & parsed().keys())) - seen
    return seen


def texts(tree: ast.AST) -> list[ast.Constant]:
    """String constants, docstrings left out."""
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docs.add(id(node.value))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def tracked() -> list[Path]:
    """Files that are committed or would be: those that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
