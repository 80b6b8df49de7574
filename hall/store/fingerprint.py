"""What a version is built from besides the loaded files, as one hash: the code that reads, checks and stores them,
without its comments, docstrings and layout; queries, catalogue and facts; and the libraries that read documents."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import cache_from_source
from pathlib import Path

import msgspec

from hall import settings, sql
from hall.paths import CATALOG, QUERIES, ROOT
from hall.store import schema

# Held against what the reader imports by a test; the last three are what others of them stand on.
LIBRARIES = (
    "ahocorasick-rs", "msgspec", "numpy", "opencc", "opencv-python-headless", "openpyxl", "pdfplumber",
    "pillow", "pypdfium2", "python-docx", "rapidocr", "xlrd", "lxml", "onnxruntime", "pdfminer.six",
)  # fmt: skip
_KEPT = Path(cache_from_source(__file__)).with_suffix(".digests")


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was last looked at: its stamp, the hash of what counts in it and, of code, the names that may be
    modules."""

    stamp: tuple[int, int, int]
    digest: str
    names: tuple[str, ...] = ()


_seen: dict[str, Seen] = {}


def ledger() -> str:
    """The hash of all that a version of the ledger is built from."""
    queries = [QUERIES / f"{name}.sql" for name in (*schema.LEDGER, *sql.names("ledger"), *sql.names("checks"))]
    return _hash("hall.intake", [*queries, *CATALOG.glob("*.toml"), *settings.facts().glob("*.csv")])


def reader() -> str:
    """The hash of all that a reading depends on besides its file."""
    return _hash("hall.reading.process.worker", CATALOG.glob("*.toml"))


def closure(start: str, root: Path = ROOT) -> dict[str, Path]:
    """The modules below hall/ that a module imports, inside functions too, starts by name or finds in a package that it
    names with a dot at the end, and those that these import."""
    found: dict[str, Path] = {}
    todo = [start]
    while todo:
        name = todo.pop()
        if name.endswith("."):
            todo += [name + path.stem for path in root.joinpath(*name.split(".")).glob("[!_]*.py")]
        path = _place(root, name)
        if path and name not in found:
            found[name] = path
            todo += [*look(path).names, name.rpartition(".")[0]]
    return found


def look(path: Path) -> Seen:
    """What counts in a file; looked at anew only when the file has changed."""
    stamp, known = _stamp(path), _seen.get(str(path))
    if known is None or known.stamp != stamp:
        content, names = _content(path.suffix, path.read_bytes())
        known = _seen[str(path)] = Seen(stamp, hashlib.sha256(content).hexdigest(), tuple(sorted(names)))
    return known


def _stamp(path: Path) -> tuple[int, int, int]:
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


def _hash(start: str, data: Iterable[Path]) -> str:
    _recall()
    before = dict(_seen)
    parts = [f"{name} {look(path).digest}" for name, path in sorted(closure(start).items())]
    parts += sorted(f"{path.parent.name}/{path.name} {look(path).digest}" for path in data)
    if before != _seen:
        _remember()
    return hashlib.sha256("\n".join([*parts, *_libraries()]).encode()).hexdigest()


def _place(root: Path, name: str) -> Path | None:
    if name.partition(".")[0] != "hall" or name.endswith("."):
        return None
    path = root.joinpath(*name.split("."))
    return next((p for p in (path / "__init__.py", path.with_suffix(".py")) if p.is_file()), None)


def _content(suffix: str, data: bytes) -> tuple[bytes, set[str]]:
    with suppress(SyntaxError, ValueError):  # what does not parse counts as it is
        if suffix == ".py":
            tree = ast.parse(data)
            names = {name for name in _names(tree) if name.partition(".")[0] == "hall"}
            for node in ast.walk(tree):
                if isinstance(body := getattr(node, "body", None), list):
                    body[:] = [line for line in body if not _is_words(line)]
            return ast.dump(tree).encode(), names
        if suffix == ".sql":
            return sql.bare(data.decode()).encode(), set()
        if suffix == ".toml":
            return repr(tomllib.loads(data.decode())).encode(), set()
    return data, set()


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                yield from (module, *(f"{module}.{alias.name}" for alias in node.names))
            case ast.Constant(value=str(word)) if re.fullmatch(r"hall(\.\w+)+\.?", word):
                yield word


@cache
def _libraries() -> tuple[str, ...]:
    return tuple(f"{name} {_version(name)}" for name in LIBRARIES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _recall() -> None:
    """What an earlier process looked at in the same way."""
    if not _seen:
        with suppress(OSError, msgspec.MsgspecError):
            kept = msgspec.json.decode(_KEPT.read_bytes(), type=dict[str, Seen])
            if __file__ in kept and kept[__file__].stamp == _stamp(Path(__file__)):
                _seen.update(kept)


def _remember() -> None:
    with suppress(OSError):  # without it the files are looked at again
        _KEPT.parent.mkdir(parents=True, exist_ok=True)
        beside = _KEPT.with_suffix(f".{os.getpid()}")
        beside.write_bytes(msgspec.json.encode({name: seen for name, seen in _seen.items() if Path(name).exists()}))
        beside.replace(_KEPT)
