"""What a version is built from: an edit that can change a number rebuilds it, words about the code do not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import issues
import pytest
from source_tree import ROOT, parsed

from hall import sql
from hall.store import fingerprint

# Names of a distribution that differ from what is imported of it.
_TOLD = {"ahocorasick_rs": "ahocorasick-rs", "docx": "python-docx", "PIL": "pillow", "cv2": "opencv-python-headless"}
_CARRIED = {"lxml", "onnxruntime", "pdfminer.six"}


def tree(folder: Path, *parts: str) -> Path:
    for part in parts:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def digests(root: Path) -> list[str]:
    found = fingerprint.closure("hall.intake", root)
    return [f"{name} {fingerprint.look(path).digest}" for name, path in sorted(found.items())]


def test_an_edit_rebuilds_and_a_comment_does_not(tmp_path: Path) -> None:
    root = tree(tmp_path / "checkout", "hall", "queries", "data/catalog")
    own = {"HALL_STORE": str(tmp_path / "store"), "HALL_FACTS": str(tmp_path / "none"), "HALL_LANG": "en"}
    file = issues.put(tmp_path, "m.txt", issues.monthly())

    def run(*words: str) -> str:
        done = subprocess.run([sys.executable, "-m", "hall", *words], cwd=root, env=os.environ | own,
                              capture_output=True, text=True, check=True)  # fmt: skip
        return done.stdout

    def served() -> tuple[str, bool]:
        numbers = run("extract", "observations", "--format", "csv")
        return (tmp_path / "store" / "CURRENT").read_text(), "55700" in numbers

    run("load", str(file))
    first = served()
    assert first[1]
    for path in (root / "hall/reading").rglob("spans.py"):
        path.write_text(path.read_text("utf-8").replace("\n\n", "\n# a remark\n\n"), "utf-8")
    check = root / "queries/checks/sum_of_parts.sql"
    check.write_text(check.read_text("utf-8") + "-- a remark\n", "utf-8")
    run("load")
    assert served() == first
    code = root / "hall/observation.py"
    changed = code.read_text("utf-8").replace("obs_value=figure.value,", "obs_value=figure.value + 1,")
    assert changed != code.read_text("utf-8")
    code.write_text(changed, "utf-8")
    run("load")
    assert served()[0] != first[0]
    assert not served()[1]


def test_every_module_that_takes_part_counts(tmp_path: Path) -> None:
    root = tree(tmp_path, "hall")
    before = digests(root)
    for path in fingerprint.closure("hall.intake", root).values():
        path.write_text(path.read_text("utf-8") + "\n\nadded = 1\n", "utf-8")
        after = digests(root)
        assert after != before, path
        before = after


def test_words_about_the_code_do_not_count(tmp_path: Path) -> None:
    root = tree(tmp_path, "hall")
    before = digests(root)
    for path in fingerprint.closure("hall.intake", root).values():
        remarked = path.read_text("utf-8").replace("\n\n\n", "\n\n\n# a remark\n\n")
        path.write_text(remarked + '\n"""Other words."""\n', "utf-8")
    assert digests(root) == before


def test_all_that_reads_and_stores_is_found() -> None:
    """What is loaded when documents are read and stored, in the process of its own too."""
    wanted = [name for name in parsed() if name.startswith("hall.reading.")]
    code = f"import sys, importlib\nfor name in {['hall.intake', *wanted]!r}: importlib.import_module(name)"
    code += "\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.partition(".")[0] == "hall"}
    assert loaded <= set(fingerprint.closure("hall.intake"))
    assert set(wanted) <= set(fingerprint.closure("hall.reading.process.worker")) | {"hall.reading.process.sandbox"}


def test_the_libraries_that_read_documents_are_named() -> None:
    reading = [module for name, module in parsed().items() if name.startswith("hall.reading")]
    roots = {name.partition(".")[0] for module in reading for name in module.imports()}
    third = {_TOLD.get(name, name) for name in roots - set(sys.stdlib_module_names) - {"hall", "_typeshed"}}
    assert set(fingerprint.LIBRARIES) == third | _CARRIED
    assert not [name for name in fingerprint._libraries() if name.endswith(" -")]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("select 1 -- a\n", "select\n    1", True),
        ("select '--a'", "select '--b'", False),
        ("select 'a  b'", "select 'a b'", False),
        ("select 1", "select 2", False),
    ],
)
def test_a_query_without_comments_and_layout(one: str, other: str, alike: bool) -> None:
    assert (sql.bare(one) == sql.bare(other)) is alike
