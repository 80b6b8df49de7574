"""Nothing small leaves by any download of any page, however its table came about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import case_records
import polars as pl
import pytest
from case_cube import consultations
from contexts import about
from literal_store import build, sparse

from hall.export.released import released
from hall.store import cube, holdings, read
from hall.views.channels import page as channels
from hall.views.cities import page as cities
from hall.views.departments import cases
from hall.views.overview import page as overview
from hall.views.parts.cards import Card
from hall.views.trends import page as trends
from hall.views.windows import page as windows

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13) if (year, month) < (2025, 12))
BELOW = 10
# Whole numbers that count no cases.
_OTHER = {"rank", "hour", "weekday", "median_workdays", "nine_in_ten_workdays", "unit_mult", "decimals", "issue"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall of two or three cases a day, beside its bulletins, and a data set of cases alone."""
    folder = build(tmp_path_factory.mktemp("released"), sparse())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        patch.setenv("HALL_TODAY", "2025-12-05")
        for publisher in ("sichuan", "demo"):
            asked = consultations(300)
            with holdings.changing(publisher) as draft:
                for (month,), rows in asked.group_by(pl.col("at").dt.strftime("%Y-%m"), maintain_order=True):
                    staged = draft.stage / f"c-{month}.parquet"
                    rows.write_parquet(staged)
                    draft.put("consultations", str(month), staged, rows.height, {})
            case_records.keep(publisher, case_records.cases(MONTHS, 60))
    read.close()
    return folder


@pytest.fixture(autouse=True)
def _chosen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HALL_STORE", str(store))
    monkeypatch.setenv("HALL_TODAY", "2025-12-05")
    monkeypatch.setenv("HALL_SUPPRESS_BELOW", str(BELOW))
    yield
    read.close()
    cube.close()


def cards(found: Any) -> Iterator[Card]:
    """Every card within a view."""
    if isinstance(found, Card):
        yield found
    elif dataclasses.is_dataclass(found):
        for one in dataclasses.fields(found):
            yield from cards(getattr(found, one.name))
    elif isinstance(found, tuple):
        for part in found:
            yield from cards(part)


def small(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """The counts below the bound that a frame holds, by column."""
    found: dict[str, list[Any]] = {}
    for name, kind in frame.schema.items():
        whole = kind.is_integer() and name not in _OTHER
        counted = name == "obs_value" and "document_kind" in frame.columns
        rows = frame.filter(pl.col("document_kind") == "records") if counted else frame
        if whole or counted:
            values = [n for n in rows[name].to_list() if n is not None and 1 <= n < BELOW]
            if values:
                found[name] = values
    return found


VIEWS = {
    "departments": cases.load, "windows": windows.load, "channels": channels.load, "cities": cities.load,
    "overview": overview.load, "trends": trends.load,
    "trends by day": lambda ctx: trends.load(ctx, grain="D"),
    "trends by week": lambda ctx: trends.load(ctx, grain="W"),
}  # fmt: skip


@pytest.mark.parametrize("departments", [(), ("health",)])
@pytest.mark.parametrize("publisher", ["sichuan", "demo"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_small_count_leaves_by_a_card(view: str, publisher: str, departments: tuple[str, ...]) -> None:
    chosen = about(departments=departments, publisher=publisher)
    found = [card for card in cards(VIEWS[view](chosen)) if card.frame is not None]
    assert found
    for card in found:
        assert card.frame is not None
        left, notes = released(card.frame, card.counts, "zh")
        assert not small(left), f"{card.key}: {small(left)}"
        assert left.height == card.frame.height
        assert not small(card.frame) or notes, card.key


def test_the_tables_held_small_counts_before() -> None:
    chosen = about(publisher="demo")
    frames = [card.frame for load in VIEWS.values() for card in cards(load(chosen)) if card.frame is not None]
    assert sum(bool(small(frame)) for frame in frames) >= 6, "the test above would show nothing"


def test_printed_values_stay_and_counted_ones_go() -> None:
    frame = pl.DataFrame({
        "metric": ["mailed"] * 3, "obs_value": [Decimal(3), Decimal(3), Decimal(30)],
        "document_kind": ["monthly_bulletin", "records", "records"], "mean_7d": [1.0, 2.0, 3.0],
    })  # fmt: skip
    left, notes = released(frame, None, "en")
    assert left["obs_value"].to_list() == [Decimal(3), None, Decimal(30)]
    assert left["mean_7d"].null_count() == 3, "steps of a mean tell the days"
    assert notes == {"obs_value": " (counts below 10 not shown)"}


def test_a_total_among_the_metrics_does_not_tell_its_part() -> None:
    frame = pl.DataFrame({
        "metric": ["handled_total", "online_accepted", "comprehensive_accepted", "mailed"],
        "time_period": ["2025-10"] * 4, "document_kind": ["records"] * 4,
        "obs_value": [Decimal(53), Decimal(50), Decimal(3), Decimal(40)],
    })  # fmt: skip
    assert released(frame, None, "zh")[0]["obs_value"].to_list() == [Decimal(53), None, None, Decimal(40)]


def test_a_rate_goes_with_the_cases_it_is_made_of() -> None:
    frame = pl.DataFrame({"on_time": [19, 190], "promised_cases": [20, 200], "rate": [0.95, 0.95]})
    # one late case is a count too, though no column holds it
    left, _ = released(frame, None, "zh")
    assert left.rows() == [(None, 20, None), (190, 200, 0.95)]
