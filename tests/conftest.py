"""Stores that tests read: built once a session from data/facts, empty, or new in the test's own folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import case_records
import hypothesis
import pytest
import servers
import shared

from hall import intake, paths, settings
from hall.store import cube, read

# What a developer set must not change what the tests see.
for name in [name for name in os.environ if name.startswith("HALL_") and name != "HALL_BULLETINS"]:
    del os.environ[name]
os.environ["HALL_LANG"] = "zh"
os.environ["HALL_USER"] = "tester"

# What must pass draws the same examples each time and everywhere, however busy the machine is; new ones belong to
# `make fuzz`.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None)
hypothesis.settings.register_profile("fuzz", derandomize=False, deadline=None, print_blob=True)
hypothesis.settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", default="duckdb,sail", help="engines of the rollups: duckdb, sail, spark, connect")
    parser.addoption("--rewrite", action="store_true", help="keep what the pages say now in tests/pages/snapshots")


def _engines(config: pytest.Config) -> list[str]:
    return str(config.getoption("--engine")).split(",")


# The files that take longest begin first, so that neither process waits for the other at the end: xdist hands files out
# in this order (--no-loadscope-reorder). By measured time; the order of the others does not matter.
LONGEST = (
    "browser/test_screen.py", "browser/test_clerk.py", "browser/test_rows_of_numbers.py", "reading/test_fuzz.py",
    "reading/test_paper.py", "store/test_store.py", "pages/test_pages.py", "test_review.py", "store/test_checks.py",
    "reading/test_golden.py", "reading/test_hostile.py", "records/test_records_hostile.py", "records/test_records.py",
    "reading/test_pdf.py", "browser/test_download.py", "reading/test_reading_properties.py",
)  # fmt: skip
_RANKS = {Path(__file__).parent / name: rank for rank, name in enumerate(LONGEST)}
assert all(path.exists() for path in _RANKS), "LONGEST names a file that is gone"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file keeps the order of its tests."""
    items.sort(key=lambda item: _RANKS.get(item.path, len(_RANKS)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of ``engine`` runs on each that was asked for."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", _engines(metafunc.config), indirect=True, scope="module")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs a Spark cluster belongs to `make test-spark`."""
    return True if collection_path.name == "test_cluster.py" and "spark" not in _engines(config) else None


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a standalone Spark cluster: a master and two workers on loopback."""
    with servers.cluster(tmp_path_factory.mktemp("cluster")) as master:
        yield master


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No connection outlives its test."""
    yield
    read.close()


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each of several processes has a folder below that of the run."""
    own = tmp_path_factory.getbasetemp()
    shared.root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"


@pytest.fixture(scope="session")
def facts_store() -> Path:
    """The folder of a store that holds the facts and nothing else; read only. Where data/facts is empty the real
    documents take their place, if they lie beside the checkout: the reader is the source, not the CSV."""
    return shared.once("facts-store", _facts)


def _facts(folder: Path) -> None:
    inbox = folder / "none" if (paths.FACTS / "documents.csv").exists() else settings.bulletins()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        patch.setenv("HALL_FACTS", str(paths.FACTS))
        patch.setenv("HALL_INBOX", str(inbox))
        intake.load()
    read.close()


@pytest.fixture
def store(facts_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings point to a store of the facts; the date is fixed to 1 December 2025."""
    monkeypatch.setenv("HALL_STORE", str(facts_store))
    monkeypatch.setenv("HALL_TODAY", "2025-12-01")
    return facts_store


@pytest.fixture(scope="module")
def kept() -> Iterator[Path]:
    """The settings point to a store with the cases of ``case_records.KEPT``; the date is fixed to 5 December 2025."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_TODAY", "2025-12-05")
        patch.setenv("HALL_STORE", str(shared.once("kept-cases", _cases)))
        yield Path(os.environ["HALL_STORE"])
    cube.close()


def _cases(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        case_records.keep("sichuan", case_records.KEPT)


@pytest.fixture
def new_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings point to an empty folder of the test, without facts and with an empty inbox."""
    for name in ("STORE", "FACTS", "INBOX"):
        monkeypatch.setenv(f"HALL_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("HALL_TODAY", "2025-12-01")
    return tmp_path / "store"
