"""The catalogue: its ids are a promise, its references lead somewhere, and a slip in a file is told with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hall import catalog
from hall.catalog import load
from hall.model import HallError
from hall.paths import CATALOG

PUBLISHED = {
    "handled_total", "online_accepted", "online_completed", "comprehensive_accepted", "window_issued", "mailed",
    "phone_consultations", "onsite_consultations", "comprehensive_consultations", "comprehensive_issued",
    "comprehensive_transferred", "manuals_completed", "manual_coverage", "comprehensive_main_items",
    "comprehensive_handling_items",
}  # fmt: skip


def test_published_metrics_keep_their_ids() -> None:
    assert set(catalog.metrics()) >= PUBLISHED


def test_references_lead_somewhere() -> None:
    units, metrics = catalog.units(), catalog.metrics()
    for metric in metrics.values():
        assert {metric.unit, *metric.also, *metric.spelled} <= set(units), metric.id
    for identity in catalog.identities():
        assert {identity.whole, *identity.parts} <= set(metrics), identity.id
    for publisher in catalog.publishers():
        assert publisher.department in catalog.departments(), publisher.zh


def test_a_name_means_one_department() -> None:
    """省 before a name may be left out, but never so that two bodies share a name."""
    owners: dict[str, set[str]] = {}
    for body in catalog.departments().values():
        for name in body.names:
            owners.setdefault(name, set()).add(body.id)
    assert not {name: ids for name, ids in owners.items() if len(ids) > 1}


@pytest.mark.parametrize(
    ("written", "department"),
    [
        ("省住房城乡建设厅", "housing_construction"),
        ("住建厅", "housing_construction"),
        ("四川省市场监管局", "market_regulation"),
        ("市场监管局", "market_regulation"),
        ("省发改委", "development_reform"),
        ("省中心", "service_center"),
        ("省委金融办", "party_finance_office"),
        ("省地方金融监管局", "local_finance"),
    ],
)
def test_spellings(written: str, department: str) -> None:
    assert catalog.department_names()[written] == department


def test_every_rule_is_bounded() -> None:
    """No rule for numbers may backtrack without end: each repeat of digits or numerals has a bound."""
    for rule in load.file("exclusions")["rule"]:
        for pattern in rule["patterns"]:
            assert not re.search(r"\\d[+*](?!\?)", pattern), f"{rule['id']}: {pattern}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[metric]]\nid = 'x'\ncolor = 'red'\n", "color"),
        ("[[metric]]\nid = 'x'\n", "zh"),
        ("[[metric\n", "metrics.toml"),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "metrics.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(load, "CATALOG", tmp_path)
    load.file.cache_clear()
    try:
        with pytest.raises(HallError) as told:
            load.entries("metrics", "metric", catalog.Metric)
    finally:
        load.file.cache_clear()
    assert words in f"{told.value.params}"
    assert "metrics.toml" in f"{told.value.params}"


def test_the_catalogue_lies_where_it_should() -> None:
    assert {p.suffix for p in CATALOG.rglob("*") if p.is_file()} == {".toml"}
