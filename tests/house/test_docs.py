"""The documentation names what there is, links to what exists, and holds no sentence of the real documents."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.main
from source_tree import ROOT, tracked

from hall import settings
from hall.__main__ import app
from hall.catalog import departments, identities, publishers, series
from hall.text import LANGUAGES, t
from scripts import tree_page
from scripts.metrics_page import page as metrics_page

DOCUMENTS = sorted(p for folder in (".", "docs", "docs/decisions") for p in (ROOT / folder).glob("*.md"))
BULLETINS = sorted(settings.bulletins().glob("*.txt")) if settings.bulletins().is_dir() else []


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(group: object, before: str = "") -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        if getattr(command, "commands", None):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name


@pytest.mark.parametrize("command", sorted(_commands(typer.main.get_command(app))))
def test_command_is_described(command: str) -> None:
    assert f"python -m hall {command}" in _read("docs/using.md")


@pytest.mark.parametrize("setting", settings.ALL, ids=lambda s: s.name)
def test_setting_is_described(setting: settings.Setting) -> None:
    assert f"`{setting.name}`" in _read("docs/install.md")


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*## ", _read("Makefile"), re.MULTILINE))
def test_make_target_is_described(target: str) -> None:
    assert f"`make {target}" in _read("docs/install.md") + _read("CONTRIBUTING.md")


@pytest.mark.parametrize("page", sorted(p.stem for p in (ROOT / "pages").glob("*.py")))
def test_page_is_described(page: str) -> None:
    for lang, name in zip(LANGUAGES, ("README.md", "README.en.md"), strict=True):
        assert t(f"page.{page}", lang) in _read(name)
    assert f"/{page}" in _read("docs/using.md")


def test_every_check_is_described() -> None:
    ids = {path.stem for path in (ROOT / "queries/checks").glob("*.sql")} | {i.id for i in identities()}
    assert not [name for name in sorted(ids) if f"`{name}`" not in _read("docs/data.md")]


def test_every_fact_file_and_column_is_described() -> None:
    text = _read("docs/data.md")
    for path in sorted((ROOT / "data/facts").glob("*.csv")):
        assert f"`{path.name}`" in text
        columns = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert not [c for c in columns if f"`{c}`" not in text], path.name


def test_metrics_page_is_fresh() -> None:
    assert _read("docs/metrics.md") == metrics_page(), "run make docs"


def test_the_tree_is_fresh() -> None:
    text = tree_page.PAGE.read_text(encoding="utf-8")
    assert tree_page.with_tree(text) == text, "run make docs"


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_first_screen_says_the_two_commands(name: str) -> None:
    screen = "\n".join(_read(name).splitlines()[:24])
    assert "make run" in screen
    assert "make test" in screen


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", link):
            assert (path.parent / link.partition("#")[0]).exists(), link


def test_the_guide_to_clusters_names_what_there_is() -> None:
    guide = _read("docs/scale.md")
    assert f"（{_spark()}）" in guide
    for way in ("local[4]", "spark://", "sc://", "yarn", "k8s://"):
        assert f"| `{way}" in guide
    for path in re.findall(r"`((?:hall|tests|queries)/[\w/.]+)`", guide):
        assert (ROOT / path).exists(), path


def _spark() -> str:
    """The version of Spark up to its second number."""
    found = re.search(r"^pyspark==(\d+\.\d+)", _read("requirements-spark.txt"), re.MULTILINE)
    assert found
    return found[1]


def test_versions_agree() -> None:
    version = tomllib.loads(_read("pyproject.toml"))["project"]["version"]
    assert f"## {version}" in _read("CHANGELOG.md")


def _plain(text: str) -> str:
    """Letters, digits and Chinese characters only: punctuation, marks and line ends differ between copies."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if char.isalnum())


def _sentences(text: str) -> Iterator[str]:
    """Sentences and longer clauses; titles in 《》 and headings are names and may be repeated."""
    text = re.sub(r"《[^》]*》", "。", unicodedata.normalize("NFKC", text))
    lines = [line for line in text.splitlines() if not re.match(r"\s*#|\s*[一二三四五六七八九十]+、", line)]
    joined = "".join("".join(lines).split())
    # "(一)words without comma or number。" is the heading of what follows it in its paragraph.
    joined = re.sub(r"\([一二三四五六七八九十]+\)[^,。;:\d]{2,30}。", "。", joined)
    for sentence in re.split(r"[。;!?\[\]〔〕]", joined):
        yield sentence
        yield from (clause for clause in re.split(r"[,:]", sentence) if len(clause) >= 16)


def _names() -> list[str]:
    bodies = {name for body in departments().values() for name in body.names}
    heads = {name for publisher in publishers() for name in (publisher.zh, *publisher.names)}
    titles = {word for run in series() for word in (run.zh, *run.title)}
    return sorted(bodies | heads | titles, key=len, reverse=True)


def _wanted(document: Path) -> set[str]:
    """Its sentences as plain text: what remains without names of bodies and digits is a sentence's worth of words."""
    names = [_plain(name) for name in _names()]
    wanted = set()
    for sentence in _sentences(document.read_text(encoding="utf-8")):
        rest = plain = _plain(sentence)
        for name in names:
            rest = rest.replace(name, "")
        if len(re.sub(r"[\d年月日第期]", "", rest)) >= 12:
            wanted.add(plain)
    assert wanted
    return wanted


def test_no_sentence_of_a_real_document() -> None:
    wanted = {sentence for document in BULLETINS for sentence in _wanted(document)}
    for path in tracked():
        if path.suffix not in (".png", ".docx", ".pdf", ".parquet"):
            content = _plain(path.read_bytes().decode("utf-8", errors="replace"))
            found = [sentence for sentence in wanted if sentence in content]
            assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def _cells(page: str, column: int) -> Iterator[str]:
    """What stands in backticks in a column of the tables of a page."""
    for line in _read(page).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) > column:
            yield from re.findall(r"`([^`]+)`", cells[column])


def test_the_glossary_names_what_the_code_has() -> None:
    """Each identifier stands in the code or the catalogue, and each value that all layers speak in has its entry."""
    sources = (*(ROOT / "hall").rglob("*.py"), *(ROOT / "data/catalog").glob("*.toml"))
    texts = [path.read_text(encoding="utf-8") for path in sources]
    known = set(re.findall(r"\w+", " ".join(texts)))
    named = list(_cells("docs/glossary.md", 2))
    for name in named:
        words = name.rstrip("*").split(".")
        whole = not name.endswith("*")
        assert all(w in known if whole else any(k.startswith(w) for k in known) for w in words), name
    model = ast.parse(_read("hall/model.py"))
    spoken = {n.name for n in model.body if isinstance(n, ast.ClassDef)} - {"HallError", "Problem", "Line", "Span"}
    assert spoken <= set(named), sorted(spoken - set(named))


def test_the_way_of_a_figure_passes_no_file_twice() -> None:
    passed = re.findall(r"\]\(\.\./([^)]+)\)", _read("docs/figure.md"))
    assert len(passed) == len(set(passed)) > 40
    assert all((ROOT / path).is_file() for path in passed)
