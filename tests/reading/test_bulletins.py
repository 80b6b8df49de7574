"""The real documents, where they lie beside the checkout: the reader gets the facts that the repository holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_pages import NAMES, OF_CASES, open_page, said_on
from readings import bare

from hall import intake, paths, settings
from hall.reading.extract import read_file
from hall.store import facts, read

BULLETINS = settings.bulletins()
# Real documents never enter the repository: who has them beside the checkout runs these, a fresh clone cannot.
pytestmark = pytest.mark.skipif(not BULLETINS.is_dir(), reason="the real documents are not beside the checkout")


def test_reader_gets_the_facts_from_the_real_documents() -> None:
    known = {entry.reading.document.sha256: entry.reading for entry in facts.read(paths.FACTS)}
    real = [read_file(file) for file in sorted(BULLETINS.glob("*.txt"))]
    assert not known or {reading.document.sha256 for reading in real} == set(known)
    for reading in real:
        assert bare(reading) == bare(known.get(reading.document.sha256, reading))


def test_store_of_the_real_documents_alone_holds_the_same(
    store: Path, new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_STORE", str(store))
    known = read.records("series/observations")
    monkeypatch.setenv("HALL_STORE", str(new_store))
    monkeypatch.setenv("HALL_INBOX", str(BULLETINS))
    intake.load()
    alone = read.records("series/observations")
    own = ("obs_status", "origin", "name", "quote")
    assert [{k: v for k, v in r.items() if k not in own} for r in alone] == [
        {k: v for k, v in r.items() if k not in own} for r in known
    ]
    assert {r["obs_status"] for r in alone} == {"V"}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the real documents without any facts."""
    folder = tmp_path_factory.mktemp("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder / "store"))
        patch.setenv("HALL_FACTS", str(folder / "no-facts"))
        patch.setenv("HALL_INBOX", str(BULLETINS))
        intake.load()
    read.close()
    return folder / "store"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", [page for page in NAMES if page not in OF_CASES])
def test_pages_of_the_real_documents_alone(page: str, lang: str, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader, not the CSV, is the source: each page shows its numbers with data/facts empty."""
    monkeypatch.setenv("HALL_TODAY", "2025-12-01")
    at = open_page(monkeypatch, alone, page, lang=lang)
    said = said_on(at).replace("\u00a0", " ")
    assert not at.exception and ":red[" not in said
    shown = {
        "overview": "5.57",
        "trends": "5.57",
        "departments": "16",
        "windows": "43.1",
        "plan": "21",
        "sources": "20",
    }
    english = shown | {"overview": "55.7K", "trends": "55.7K"}
    assert (shown if lang == "zh" else english)[page] in said
