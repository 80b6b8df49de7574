"""Blocks of HTML that we write ourselves: what words of documents can do in them, and what stays of our own marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hall.charts.figure import Plot
from hall.paths import ROOT
from hall.text.plain import plain
from hall.ui import library, look, markup, plot, tables
from hall.views.parts.cards import Table

HOSTILE = '<img src=x onerror=alert(1)> "\' onload="x" </table><script>1</script> ]{foreground="red"} **a :red[b'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def _read(html: str) -> _Tags:
    parser = _Tags()
    parser.feed(html)
    return parser


def test_our_own_marks_become_tags() -> None:
    words = ':small[:gray[a<b]] **粗** :orange-badge[不符]  \n:color[**■**]{foreground="#1D4F91"} [1]'
    assert markup.html(words) == (
        '<span class="hall-small"><span class="hall-gray">a&lt;b</span></span> <b>粗</b> '
        '<span class="hall-orange-badge">不符</span><br>'
        '<span class="hall-color" style="color:#1D4F91"><b>■</b></span> [1]'
    )
    assert markup.text(words).endswith("■ [1]") and "<" not in markup.text(words)


@given(some.text(alphabet=some.sampled_from("<>\"'&[]{}:*\\\n a=/gray-bdsml#1"), max_size=60))
def test_no_words_become_tags_of_their_own(words: str) -> None:
    for given_ in (words, plain(words)):
        read = _read(markup.html(given_))
        assert {tag for tag, _ in read.found} <= {"span", "b", "br"}
        assert all(set(attrs) <= {"class", "style"} for _, attrs in read.found)
        assert all(re.fullmatch(r"hall-[a-z-]+", attrs.get("class") or "hall-x") for _, attrs in read.found)


def test_words_of_documents_stay_words_in_a_table() -> None:
    html = tables.html(Table(columns=("名称", "件"), rows=((plain(HOSTILE), 12345), (HOSTILE, -3))), HOSTILE)
    read = _read(html)
    assert {tag for tag, _ in read.found} <= {"div", "table", "thead", "tbody", "tr", "th", "td", "b", "span"}
    assert not [name for _, attrs in read.found for name in attrs if name.startswith("on") or name == "src"]
    assert HOSTILE in read.words.replace("\u2060", "") and "12,345" in read.words and "−3" in read.words
    assert html.count("class=n") == 3, "a column of numbers and its heading stand at the right"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_sheet_names_no_colour_that_the_configuration_lacks(mode: plot.Mode) -> None:
    sheet = look.style() + look.colours(mode)
    used, made = set(re.findall(r"var\((--[\w-]+)\)", sheet)), set(re.findall(r"(--hall-\w+):", sheet))
    assert used == made and len(look.colours(mode)) < 500, "the colours are sent at each run"


def test_drawings_are_drawn_once_and_bounded() -> None:
    drawings, count = plot.Drawings(room=250), 0

    def draw() -> tuple[int, bytes]:
        nonlocal count
        count += 1
        return 10, b"x" * 100

    pieces = [(object(),) for _ in range(3)]
    for _ in range(2):
        assert drawings.get(pieces[0], ("light",), draw) == (10, b"x" * 100)
    assert count == 1
    for piece in pieces[1:]:
        drawings.get(piece, ("light",), draw)
    drawings.get(pieces[2], ("light",), draw)
    assert count == 3
    drawings.get(pieces[0], ("light",), draw)
    assert count == 4, "the least lately used one was dropped"


def test_a_figure_is_sent_small_and_without_the_template() -> None:
    figure = Plot("dark", 100)
    figure.column(1.0, ["甲", "", "乙"], ["a", "b", "c"])
    assert figure.data[0]["y"] == [0, 2] and figure.data[0]["textfont"]["color"] == ["a", "c"]
    assert b"template" not in figure.pressed({"alt": "x"})


def test_the_library_is_the_one_of_the_package_with_both_templates() -> None:
    import gzip

    whole = gzip.decompress(library.pressed())
    assert whole.startswith(b"/**\n* plotly.js v") and b"hallTemplates" in whole[-8000:]
    assert b'"dark"' in whole[-8000:] and library.name().endswith(".js")


def test_the_component_is_found_without_installing_it() -> None:
    import tomllib
    from importlib.metadata import distribution

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = distribution("hall")
    assert own.version == project["project"]["version"] and "streamlit" in (own.requires or [])
    entry = project["tool"]["streamlit"]["component"]["components"][0]
    assert (ROOT / "hall" / entry["asset_dir"] / "charts.js").exists()
