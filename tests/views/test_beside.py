"""Another hall beside ours: drawn and listed on its own, never summed, mixed, compared or counted as ours."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import issues
import pytest
from app_pages import open_page, said_on
from contexts import about
from figures import checked
from literal_store import DEMO, HALL, build, month

from hall import catalog, intake
from hall.charts import line
from hall.export.card import csv as card_csv
from hall.model import Reading, Selection
from hall.reading.extract import read_text
from hall.store import checks, schema, write
from hall.store.read import records
from hall.views.data import coverage, documents, observations
from hall.views.data import revisions as restated
from hall.views.data.coverage import Coverage
from hall.views.extracts import tables as extracts
from hall.views.overview import page as overview
from hall.views.parts import revisions
from hall.views.parts.cards import Amount
from hall.views.sources import page as sources
from hall.views.trends import page as trends
from hall.views.windows import page as windows

OURS, OTHER = (next(p.id for p in catalog.publishers() if name in p.names) for name in (HALL, DEMO))
LIAR = "某某市政务服务中心"


def stated(total: str, calls: str) -> list[tuple[str, str, int, int, str]]:
    return [("handled_total", total, 4, 2, "period"), ("phone_consultations", calls, 0, 0, "period")]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two halls that state the same metrics of the same months; the other one a month more."""
    ours = [month(2025, m, stated(t, c)) for m, t, c in ((8, "50000", "800"), (9, "51000", "810"))]
    theirs = [
        month(2025, m, stated(t, c), publisher=DEMO)
        for m, t, c in ((8, "70000", "100"), (9, "71000", "110"), (10, "72000", "120"))
    ]
    store = build(tmp_path / "store", [*ours, *theirs])
    monkeypatch.setenv("HALL_STORE", str(store))
    monkeypatch.setenv("HALL_TODAY", "2025-12-01")
    return store


def test_the_other_hall_is_a_line_of_its_own(two: Path) -> None:
    plain = trends.load(about(), metrics=("handled_total",))
    assert plain.halls == ((OTHER, "示例省"),)
    (alone,) = plain.panels
    assert alone.lines and [t.other for t in alone.lines.tracks] == [False]
    (panel,) = trends.load(about(), metrics=("handled_total",), other=OTHER).panels
    assert panel.lines and [(t.name, t.other) for t in panel.lines.tracks] == [("四川省本级", False), ("示例省", True)]
    assert [t.values[-3:] for t in panel.lines.tracks] == [(5.0, 5.1, None), (7.0, 7.1, 7.2)]
    assert panel.card.table and panel.card.table.columns[1:] == ("四川省本级", "示例省")
    assert panel.card.table.rows[0] == ("2025年10月", "", Amount("7.20"))
    assert "示例省" in panel.card.subtitle and "示例省：" in panel.card.source and panel.card.demo
    # what is known of ours is not counted with theirs
    assert "2/10" in panel.card.source


def test_its_table_and_csv_name_the_publisher(two: Path) -> None:
    for mode in trends.MODES:
        (panel,) = trends.load(about(), metrics=("handled_total",), mode=mode, other=OTHER).panels
        assert panel.card.table is not None
        told = list(csv.reader(io.StringIO(card_csv(panel.card.table, "zh").decode("utf-8-sig"))))
        assert told[0][1:] == ["四川省本级", "示例省"]
        assert [row[0] for row in told[1:]] == ["2025年10月", "2025年9月", "2025年8月"]
        # each hall under its name; what one of them does not state is empty
        assert [[bool(cell) for cell in row[1:]] for row in told[1:]] == [[False, True], [True, True], [True, True]]
        if mode == "value":
            assert [row[1:] for row in told[1:]] == [["", "7.20"], ["5.10", "7.10"], ["5.00", "7.00"]]


def test_nothing_else_on_the_page_changes(two: Path) -> None:
    a, b = (trends.load(about(), metrics=("handled_total",), other=o) for o in ("", OTHER))
    for name in ("channels", "stacks", "bars", "brackets", "revisions"):
        assert getattr(a, name) == getattr(b, name), name
    assert a.multiples == b.multiples and a.head == b.head
    assert a.whole and b.whole and a.whole.table and b.whole.table and len(a.whole.table.rows) == 4
    assert list(a.whole.table.rows) == list(b.whole.table.rows)
    assert (a.whole.source, a.whole.demo) == (b.whole.source, b.whole.demo) and not a.whole.demo


def test_an_unknown_hall_or_one_without_the_metric_is_not_offered(two: Path) -> None:
    (panel,) = trends.load(about(), metrics=("handled_total",), other="99").panels
    assert panel.lines and [t.name for t in panel.lines.tracks] == ["办理总量"]
    assert trends.load(about(), grain="Q", metrics=("handled_total",)).halls == ()
    assert trends.load(about(publisher=OTHER), metrics=("handled_total",)).halls == ((OURS, "四川省本级"),)


def test_equal_metric_and_period_never_merge(two: Path) -> None:
    rows = records("series/metric_values")
    assert len(rows) == 10 and len({(r["publisher"], r["metric"], r["time_period"]) for r in rows}) == 10
    for publisher, total, calls in ((OURS, 51000, "810"), (OTHER, 71000, "110")):
        selection = Selection(publisher=publisher, month_to="2025-09")
        known = observations.load(about(selection))
        assert {v.document.publisher for v in known.all} == {publisher}
        assert known.of("handled_total", "M")["2025-09"].quantity.value == total
        assert calls in [k.number for k in overview.load(about(selection)).kpis]
        assert {s.document.publisher for s in documents.load(about(selection))} == {publisher}
        found = extracts.extract("observations", about(selection))
        assert set(found["publisher"]) == {publisher} and set(found["vintages"]) == {1}
    for ctx in (about(), about(publisher=OTHER)):
        assert revisions.build(ctx, restated.load(ctx)) is None


def week(first: int, issue: int, to_date: tuple[int, int, int, int], hall: str = HALL) -> Reading:
    reading = read_text(issues.weekly(first, issue=issue, to_date=to_date))
    return replace(
        reading,
        document=replace(reading.document, sha256=f"{hall}{first}".encode().hex()[-64:], publisher=hall),
        observations=tuple(replace(o, publisher=hall) for o in reading.observations),
    )


def test_no_check_compares_two_halls() -> None:
    con = schema.connect()
    schema.create(con)
    ours = week(2, 36, (61000, 21000, 150000, 280000))
    for at, reading in enumerate((ours, week(9, 50, (600, 200, 100, 300), DEMO), week(2, 70, (9, 8, 7, 6), DEMO))):
        write.add(con, reading, write.Provenance(f"{at}.txt", "file", at_time(at)))
    found = [c for c in checks.run(con) if c["document"] == ours.document.sha256]
    con.close()
    assert [c["id"] for c in found if c["result"] == "fail"] == []
    alone = {"to_date_never_falls", "unit_changed", "restates_earlier", "skipped_issue", "against_history"}
    assert {c["result"] for c in found if c["id"] in alone} == {"not_applicable"}


def at_time(hour: int) -> datetime:
    return datetime(2024, 12, 1, hour)


def test_brackets_stand_between_documents_of_one_hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = [
        week(2, 36, (61000, 21000, 150000, 280000)), week(16, 38, (63000, 22600, 152000, 284000)),
        week(9, 37, (100, 90, 80, 70), DEMO),
    ]  # fmt: skip
    monkeypatch.setenv("HALL_STORE", str(build(tmp_path / "store", readings)))
    view = windows.load(about())
    assert view.between and view.between.table
    at = next(i for i, row in enumerate(view.between.table.rows) if "9月7" in str(row[0]))
    assert ("受理", 22600 - 21000 - 600) in [row[1:] for row in view.between.table.rows[at : at + 4]]


@pytest.mark.parametrize("written", [OTHER, "2", "示例省", DEMO])
def test_the_choice_lives_in_the_url(written: str, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By id; an address of an earlier release carries a rank."""
    at = open_page(monkeypatch, two, "trends", metric="handled_total", beside=written)
    assert not at.exception
    assert "虚线、空心点为示例省" in said_on(at)
    assert at.selectbox(key="_choice_beside").value == OTHER and at.query_params["beside"] in (OTHER, [OTHER])


def test_another_hall_is_offered_and_not_drawn_unasked(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, two, "trends", metric="handled_total")
    assert "空心点为" not in said_on(at)
    assert "示例省" in at.selectbox(key="_choice_beside").options


def test_the_other_line_is_told_apart_without_colour(two: Path) -> None:
    (panel,) = trends.load(about(), metrics=("handled_total",), other=OTHER).panels
    assert panel.lines
    for sparse in (True, False):
        drawn = checked(line.lines(replace(panel.lines, sparse=sparse), "light")).data
        ours, theirs = drawn
        assert ours.marker.color != theirs.marker.color
        assert sparse or (ours.line.dash is None and theirs.line.dash)
        assert not any(trace.connectgaps for trace in drawn)


def test_several_metrics_stand_in_charts_of_their_own(two: Path) -> None:
    view = trends.load(about(), metrics=("handled_total", "phone_consultations"), other=OTHER)
    assert [len(p.lines.tracks) for p in view.panels if p.lines] == [2, 2]
    assert all(p.card.table and len(p.card.table.columns) == 3 for p in view.panels)


def test_an_undeclared_hall_gives_figures_and_no_observations(new_store: Path, tmp_path: Path) -> None:
    issues.put(tmp_path / "inbox", "x.txt", issues.monthly().replace(issues.HALL, LIAR))
    intake.load()
    assert records("series/observations") == [] and len(records("series/figures")) == 8
    assert about().choices.measured == ()
    view = sources.load(about())
    assert view.opened
    said = " ".join(item.text for item in view.opened.checks).replace("\\", "")
    assert all(word in said for word in (LIAR, "data/catalog/series.toml", "[[publisher]]"))


def test_a_document_of_nobody_opens(new_store: Path, tmp_path: Path) -> None:
    issues.put(tmp_path / "inbox", "x.txt", issues.monthly().replace(f"{issues.HALL}\n\n", ""))
    intake.load()
    (row,) = records("series/documents")
    assert row["publisher"] is None
    view = sources.load(about(), document=row["document"])
    assert view.opened and view.vintages is None


def test_a_name_that_only_a_document_knows_is_no_folder() -> None:
    assert coverage.load("某" * 200) == coverage.load("../../x") == Coverage()


@pytest.mark.parametrize(
    "name",
    [
        "江苏省应急管理厅", "浙江省市场监管局", "成都市人力资源社会保障局", "重庆市公安局", "广西壮族自治区交通运输厅",
        "内蒙古自治区教育厅", "甘孜州生态环境局", "凉山彝族自治州水利局", "深圳市市场监管局", "新疆生产建设兵团公安局",
    ],
)  # fmt: skip
def test_names_after_another_place_are_not_ours(name: str) -> None:
    ours = {d.zh for d in catalog.departments().values()}
    act = f"{name}赴四川省政务服务中心调研窗口建设。"
    text = issues.monthly().replace("省市场监管局举办企业开办业务培训，省税务局参加。", act)
    reading = read_text(f"{text}\n三、部门\n\n{name}受理量120件。\n")
    assert not [p for a in reading.activities for p in a.departments if p.printed and p.printed in name]
    assert not [f for f in reading.figures if f.value == 120 and f.department in ours]
