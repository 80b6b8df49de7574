"""The reader against documents that were labelled by hand before it was run on them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from golden_compare import GOLDEN, differences, documents, expected
from shared import examined

from hall.model import Observation, Reading
from hall.paths import ROOT
from scripts.golden_table import fresh

SAMPLE = GOLDEN / "sample"
SAMPLES = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))
STEPS = ("comprehensive_consultations", "comprehensive_accepted", "comprehensive_issued", "comprehensive_transferred")
STOCKS = ("manuals_completed", "manual_coverage", "comprehensive_main_items", "comprehensive_handling_items")


def test_there_are_enough() -> None:
    assert len(documents()) >= 54
    assert sum(expected(p)["frozen"] for p in documents()) * 3 >= len(documents())
    assert not [p.stem for p in documents() if not {"layout", "frozen"} <= expected(p).keys()]
    assert len(SAMPLES["month"]) == 14
    assert len(SAMPLES["week"]) == 6


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_golden(path: Path) -> None:
    """``open`` counts the differences that are known and told in docs/reader.md: fewer is as much news as more."""
    found = differences(examined(path), expected(path))
    known = expected(path).get("open", 0)
    assert len(found) == known, f"{len(found)} differences in {path.name}, {known} known\n" + "\n".join(found)


def test_table_in_docs_is_fresh() -> None:
    page = (ROOT / "docs/reader.md").read_text(encoding="utf-8")
    assert page == fresh(page, examined), "run python -m scripts.golden_table"


@pytest.mark.parametrize("path", [*documents(), *sorted(SAMPLE.glob("*.txt"))], ids=lambda p: p.stem)
def test_every_quote_is_in_its_place(path: Path) -> None:
    reading = examined(path)
    for record in (*reading.figures, *reading.activities):
        assert reading.text[record.start : record.end] == record.quote
    for span in (*reading.excluded, *reading.unclaimed):
        assert reading.text[span.start : span.end] == span.text


def _whole(reading: Reading) -> dict[tuple[str, str, str], Decimal]:
    def key(o: Observation) -> tuple[str, str, str]:
        return o.metric, o.time_period, o.scope

    found = {key(o): o.obs_value for o in reading.observations if o.department is None}
    assert len(found) == sum(o.department is None for o in reading.observations)
    return found


@pytest.mark.parametrize("month", SAMPLES["month"], ids=lambda m: m["time_period"])
def test_sample_month(month: dict[str, str]) -> None:
    period = month["time_period"]
    volumes = {(k, period, "period"): Decimal(v) for k, v in month.items() if k not in ("file", "time_period")}
    reading = examined(SAMPLE / month["file"])
    assert _whole(reading) == volumes
    assert not [c.id for c in reading.checks if c.result == "fail"]
    assert len(reading.activities) >= 6


@pytest.mark.parametrize("week", SAMPLES["week"], ids=lambda w: w["time_period"])
def test_sample_week(week: dict[str, str]) -> None:
    period = week["time_period"]
    groups = ((STEPS, "period", "period"), (STEPS, "to_date", "year_to_date"), (STOCKS, "manuals", "as_of"))
    volumes = {
        (metric, period, scope): Decimal(value)
        for metrics, key, scope in groups
        for metric, value in zip(metrics, week[key], strict=True)
    }
    reading = examined(SAMPLE / week["file"])
    assert _whole(reading) == volumes
    assert not [c.id for c in reading.checks if c.result == "fail"]
