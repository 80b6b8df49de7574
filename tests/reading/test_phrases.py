"""Every wording earns its place: without it observations go, and no figure does."""

from __future__ import annotations

from functools import cache

import pytest
from golden_compare import GOLDEN, documents

from hall import catalog
from hall.model import Reading
from hall.reading.extract import read_file

PATHS = [*documents(), *sorted((GOLDEN / "sample").glob("*.txt"))[::6]]


@cache
def _whole() -> tuple[Reading, ...]:
    return tuple(read_file(path) for path in PATHS)


@pytest.mark.parametrize("phrase", catalog.phrases(), ids=lambda p: p.metric)
def test_without_a_wording(phrase: catalog.Phrase, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _whole()
    others = tuple(p for p in catalog.phrases() if p != phrase)
    monkeypatch.setattr(catalog, "phrases", lambda: others)
    pairs = list(zip(whole, (read_file(path) for path in PATHS), strict=True))
    assert {o.metric for old, new in pairs for o in {*old.observations} - {*new.observations}} == {phrase.metric}
    for old, new in pairs:
        assert [(f.start, f.end, f.value, f.label) for f in old.figures] == [
            (f.start, f.end, f.value, f.label) for f in new.figures
        ]


def test_each_metric_has_a_wording() -> None:
    assert {p.metric for p in catalog.phrases()} == set(catalog.metrics())
