"""The shape of the tree: sizes, one home for words and queries, nothing left behind."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from source_tree import ROOT, Module, parsed, texts, tracked

MODULES = list(parsed().values())
QUERIES = sorted((ROOT / "queries").rglob("*.sql"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert into\b|\bcreate (or replace )?(table|view|temp)\b|\bdelete from\b",
    re.IGNORECASE | re.DOTALL,
)
LAZY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "lib", "base_utils"}


def _spoken(module: Module) -> list[str]:
    return [node.value for node in texts(module.tree) if isinstance(node.value, str)]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
def test_module(module: Module) -> None:
    size = len(module.lines)
    if module.layer == "pages":
        assert 25 <= size <= 80
    else:
        assert size <= 250
    assert not set(module.name.split(".")) & LAZY_NAMES
    assert ast.get_docstring(module.tree) or module.layer == "pages", "a module says what it does"
    spoken = _spoken(module)
    # The reader's grammar of numerals, dates and list marks is code; every other word is data.
    if module.layer != "reading":
        assert not [s for s in spoken if CHINESE.search(s)], "words live in hall/text and data/catalog"
    assert not [s for s in spoken if SQL.search(s)], "queries live in queries/"
    source = "\n".join(module.lines)
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", source)
    for line in module.lines:
        assert "type: ignore" not in line or re.search(r"type: ignore\[[a-z-]+\]", line), line


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_query(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = re.match(
        r"-- question: (.+(?:\n--   .+)*)\n-- grain: (.+(?:\n--   .+)*)\n-- parameters: (.+(?:\n--   .+)*)\n", text
    )
    assert header, "a header of question, grain, parameters"
    # The schema of a database is one question, however many tables it has.
    assert len(text.splitlines()) <= (250 if path.parent.name == "schema" else 60)
    body = re.sub(r"--[^\n]*", "", text)
    # The rest of the style is sqlfluff's (`make check`); of DuckDB's indents it knows too little.
    assert not [line for line in body.splitlines() if "\t" in line or (len(line) - len(line.lstrip())) % 4], "indents"
    named = set(re.findall(r"\$([a-z_]+)", body))
    told = set(re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)", "", header[3]))) - {"none"}
    assert named <= told, f"parameters that the header lacks: {sorted(named - told)}"


def test_no_public_class_name_stands_twice() -> None:
    """Each page's own frozen value is its ``View``; every other name means one thing in the whole of hall."""
    homes: dict[str, list[str]] = {}
    for module in parsed().values():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "View":
                homes.setdefault(node.name, []).append(module.name)
    assert not {name: where for name, where in homes.items() if len(where) > 1}


def test_every_query_is_used() -> None:
    whole: set[str] = set()
    prefixes: set[str] = set()
    for module in MODULES:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    folders = {prefix for prefix in prefixes if re.fullmatch(r"[a-z]+/[a-z_]*", prefix)}
    for path in QUERIES:
        name = f"{path.parent.name}/{path.stem}"
        by_folder = path.parent.name in whole and path.parent.name in {"checks", "contract"}
        assert name in whole or by_folder or any(name.startswith(f) for f in folders), f"{name} is used nowhere"


def _words(lang: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(table: dict[str, object], before: str) -> None:
        for name, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{before}{name}.")
            else:
                found[before + name] = str(value)

    walk(tomllib.loads((ROOT / f"hall/text/{lang}.toml").read_text(encoding="utf-8")), "")
    return found


def test_both_languages_have_the_same_keys_and_parameters() -> None:
    zh, en = _words("zh"), _words("en")
    assert zh.keys() == en.keys()
    for key in zh:
        names = [set(re.findall(r"\{(\w+)", words[key])) for words in (zh, en)]
        # A date may say its month by number or by name.
        assert names[0] == names[1] or key.startswith("period."), f"{key}: {names}"


def test_english_words_are_english() -> None:
    allowed = {"language.name", "filter.language", "language.zh"}
    assert not {key for key, words in _words("en").items() if CHINESE.search(words)} - allowed


def _asked() -> tuple[set[str], set[str]]:
    """Keys that the code names whole, and the beginnings of those that it makes up."""
    whole: set[str] = set()
    begun: set[str] = set()
    key = re.compile(r"[a-z_]+(\.[a-z_A-Z0-9]+)+")
    for module in MODULES:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begin = str(node.values[0].value)
                if re.fullmatch(r"[a-z_]+\.[a-z_.]*", begin):
                    begun.add(begin)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and key.fullmatch(node.value):
                whole.add(node.value)
    return whole, begun


def _says(node: ast.AST) -> ast.expr | None:
    """The key that is asked: of ``t(key, lang)``, ``say(key)``, ``words(lang)(key)`` and ``partial`` of them."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    asked, first = node.func, node.args[0]
    if isinstance(asked, ast.Name) and asked.id == "partial" and len(node.args) > 1:
        asked, first = node.args[0], node.args[1]
    if isinstance(asked, ast.Name) and asked.id in ("t", "say"):
        return first
    bound = isinstance(asked, ast.Call) and isinstance(asked.func, ast.Name) and asked.func.id == "words"
    return first if bound else None


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ('t("a.b", lang)', "a.b"),
        ('say("a.b", n=1)', "a.b"),
        ('words(lang)("a.b")', "a.b"),
        ('partial(say, "a.b")', "a.b"),
        ('partial(words(view.lang), "a.b")', "a.b"),
        ("words(lang)", None),
        ('other("a.b")', None),
    ],
)
def test_what_is_asked_is_found_in_the_code(code: str, key: str | None) -> None:
    found = _says(ast.parse(code, mode="eval").body)
    assert (found.value if isinstance(found, ast.Constant) else None) == key


def test_every_key_that_is_asked_for_exists() -> None:
    known = _words("zh")
    for module in MODULES:
        for node in ast.walk(module.tree):
            if (first := _says(node)) is not None:
                if isinstance(first, ast.Constant):
                    assert first.value in known, f"{module.name}:{node.lineno}: {first.value}"
                elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                    begin = str(first.values[0].value)
                    assert any(k.startswith(begin) for k in known), f"{module.name}:{node.lineno}: {begin}…"


def test_every_key_is_used() -> None:
    whole, begun = _asked()
    unused = [k for k in _words("zh") if k not in whole and not any(k.startswith(b) for b in begun)]
    assert not unused


def test_every_code_has_a_sentence() -> None:
    known = _words("zh")
    for module in MODULES:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                kind = {"HallError": "error", "Problem": "problem"}.get(node.func.id)
                code = node.args[0]
                if kind and isinstance(code, ast.Constant):
                    assert f"{kind}.{code.value}" in known, f"{module.name}:{node.lineno}: {kind}.{code.value}"
    for path in (ROOT / "queries/checks").glob("*.sql"):
        assert any(k.startswith(f"check.{path.stem}") for k in known), f"check.{path.stem}"
    for identity in tomllib.loads((ROOT / "data/catalog/metrics.toml").read_text(encoding="utf-8"))["identity"]:
        assert any(k.startswith(f"check.{identity['id']}") for k in known), f"check.{identity['id']}"


def test_no_test_is_skipped_or_left_for_later() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        # The one that may be left out needs the real documents, which are not in the repository.
        marks = re.findall(r"\bpytest\.(?:mark\.)?(skip|skipif|xfail|importorskip)\b", source)
        if path.name == "test_shape.py":
            continue
        assert not marks or (path.name, set(marks)) in (("test_bulletins.py", {"skipif"}),), path
        assert not re.search(r"#\s*(TODO|FIXME)", source), path


def test_nothing_names_a_machine() -> None:
    # The words are put together here so that this file does not hold them.
    parts = [
        ("/wo", "rk/"), (".lib", "rary"), ("farm", "-bench"), ("farm", "-studio"), ("/ro", "ot/"), ("/ho", "me/"),
        ("/opt/", "pypi"), ("pip", ".conf"), ("/tmp", "/w/"), ("extra-index", "-url"), ("tuna", ".tsinghua"),
    ]  # fmt: skip
    names = re.compile("|".join(re.escape(a + b) for a, b in parts))
    for path in tracked():
        if path.suffix in (".png", ".ico", ".docx", ".pdf"):
            continue
        found = names.search(path.read_bytes().decode("utf-8", errors="replace"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_no_large_or_generated_file_is_committed() -> None:
    for path in tracked():
        relative = path.relative_to(ROOT)
        assert path.stat().st_size < 1_500_000, relative
        assert path.suffix not in (".duckdb", ".pyc", ".wal"), relative


def test_screenshots_are_small() -> None:
    pictures = list((ROOT / "docs/screenshots").glob("*.png"))
    assert sum(p.stat().st_size for p in pictures) < 6_000_000


def test_colours_have_one_home() -> None:
    for module in MODULES:
        found = [s for s in _spoken(module) if re.search(r"#[0-9A-Fa-f]{6}\b", s)]
        assert not found or module.name == "hall.charts.theme", f"{module.name}: {found}"


def test_nothing_is_fetched_from_outside() -> None:
    for module in MODULES:
        found = [s for s in _spoken(module) if re.search(r"https?://(?!127\.0\.0\.1|www\.w3\.org/2000/svg)", s)]
        assert not found, f"{module.name}: {found}"
