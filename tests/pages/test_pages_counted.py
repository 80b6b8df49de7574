"""What pages say of records without bulletins, and of both together."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from app_pages import numbers_on, open_page, said_on
from contexts import about
from figures import charts_on
from literal_store import build, month
from small_cube import case, publish

from hall.views.overview import page as overview

TODAY = "2026-01-10"
DAY = datetime(2025, 10, 9, 10)


def test_both_together_say_what_was_reviewed(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_on(open_page(monkeypatch, stores["both"], to="2025-11"))
    assert "月报数已核，其余由办件计数" in said
    assert "全部已核" not in said
    october = said_on(open_page(monkeypatch, stores["both"], to="2025-10"))
    assert "5.57" in october, "what the bulletin states stands"


def test_bars_of_two_sources_that_disagree_stand_apart(
    stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_STORE", str(stores["both"]))
    view = overview.load(about(month_to="2025-10"))
    assert view.channels is not None
    assert "万件" in view.channels.subtitle
    assert [stack.total for stack in view.stacks] == ["5.57"]


@pytest.mark.parametrize("kind", ["records", "both"])
@pytest.mark.parametrize("page", ["overview", "trends"])
def test_counted_numbers_are_those_of_the_departments(
    kind: str, page: str, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = said_on(open_page(monkeypatch, stores[kind], page, department="health"))
    assert "部门：省卫生健康委" in said
    narrowed = [line for line in said.splitlines() if "部门：省卫生健康委" in line]
    assert all("全厅数据" not in line or "其余指标" in line for line in narrowed)
    if kind == "records":
        assert "全厅数据" not in said


def test_a_setting_shows_the_records_first(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_DATA", "demo")
    at = open_page(monkeypatch, stores["both"])
    assert "演示数据" in said_on(at)
    names = [str(o) for o in next(s for s in at.selectbox if s.label == "数据集").options]
    assert names.index("四川省本级") < names.index("演示办件")
    assert "演示数据" not in said_on(open_page(monkeypatch, stores["both"], data="0"))
    monkeypatch.setenv("HALL_DATA", "nobody")
    assert "HALL_DATA" in said_on(open_page(monkeypatch, stores["both"]))


def test_nothing_in_the_months_offers_months_of_records(
    stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    publish([case(datetime(2025, m, 9, 9)) for m in (3, 4, 9, 10, 11)])
    for page in ("overview", "trends"):
        said = said_on(open_page(monkeypatch, tmp_path, page, from_="2025-06", to="2025-07"))
        assert "最近有明细的月份：**2025年9月**、**2025年4月**" in said


def test_months_without_records_ask_for_a_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    publish([case(datetime(2025, m, 9, 9)) for m in (9, 11)] + [case(datetime(2025, 12, 31, 9))])
    said = said_on(open_page(monkeypatch, tmp_path))
    assert ":orange-badge[缺期] 办件明细：10月未载入。" in said


def test_counts_beyond_the_rounding_ask_for_a_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build(tmp_path, [month(2025, 10, [("handled_total", "500", 4, 2, "period")])])
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    publish([*[case(DAY)] * 551, case(datetime(2025, 12, 31, 9))], owner="sichuan")
    said = said_on(open_page(monkeypatch, tmp_path)).replace("\u00a0", " ")
    assert ":orange-badge[不符] 2025年10月 办理总量：公布 0.05 万件 ±50 件，计数 551 件，计数多 51 件" in said
    page = said_on(open_page(monkeypatch, tmp_path, "sources"))
    assert "1 个公布值中 1 个与办件计数不符" in page


def test_charts_of_counted_demo_data_are_marked(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for page, given in (("overview", {}), ("trends", {"grain": "D"}), ("trends", {"grain": "M"})):
        at = open_page(monkeypatch, stores["records"], page, **given)
        assert all("演示数据" in m.label for m in numbers_on(at))
        charts = charts_on(at)
        assert charts
        assert all(c["layout"]["images"][0]["layer"] == "below" for c in charts)
