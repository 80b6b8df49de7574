"""Pages 部门 and 综合窗口 on records: a data set with cases only, and one with bulletins as well, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from app_pages import numbers_on, open_page, said_on
from case_cube import cases, consultations, publish
from figures import charts_on, checked
from literal_store import build, dense, sparse

from hall import catalog
from hall.charts.rows import reaches, stacked
from hall.charts.theme import Mode
from hall.store import read
from hall.views.parts.plots import Reach, Reaches, Stack

TODAY = "2026-01-05"
RECORDS, ASKED = cases(1500), consultations(400)
DEMO = str(next(p.rank for p in catalog.publishers() if p.id == "demo"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    made = build(folder, [*sparse(), *dense()])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(made))
        for publisher in ("demo", "sichuan"):
            publish(folder / "files", publisher, RECORDS, ASKED)
    read.close()
    return made


CHOSEN: list[dict[str, str]] = [{}, {"department": "health"}, {"from_": "2025-03", "to": "2025-08"}]


# every two of question, language and data set meet on each page; all three need not
@pytest.mark.parametrize(
    ("lang", "data", "asked"),
    [(lang, (DEMO, "0")[(i + j) % 2], CHOSEN[j]) for i, lang in enumerate(("zh", "en")) for j in range(3)],
)
@pytest.mark.parametrize("page", ["departments", "windows"])
def test_the_page_shows_the_records_and_no_fault(
    page: str, lang: str, data: str, asked: dict[str, str], store: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    at = open_page(monkeypatch, store, page, lang=lang, data=data, **asked)
    said = said_on(at)
    assert not at.exception
    assert ":red[" not in said, capsys.readouterr().err
    assert not re.search(r"\bNone\b|\bnan\b|\{\w+\}", said), said
    if page == "departments":
        assert len(numbers_on(at)) == 5
        # acts stand above under the page's own head; with cases alone there is no heading of their own
        assert bool(at.header) == (data != DEMO)
        assert bool(at.pills) == (data != DEMO)
    if lang == "en" and data == DEMO:
        assert not re.search(r"[\u4e00-\u9fff]", said), said
    marked = ["演示数据" in m.label or "Demo data" in m.label for m in numbers_on(at)]
    assert all(m == (data == DEMO) for m in marked)


def test_cards_of_demo_cases_are_marked_on_the_plot_too(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page, least in (("departments", 6), ("windows", 7)):
        charts = charts_on(open_page(monkeypatch, store, page, data=DEMO, from_="2025-01", to="2025-12"))
        assert len(charts) >= least
        assert all(c["layout"]["images"][0]["layer"] == "below" for c in charts)


def test_months_without_cases_or_acts_offer_the_whole(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, store, "departments", data=DEMO, from_="2023-05", to="2023-05")
    assert not numbers_on(at) and not at.exception


def _words(fig: Any) -> list[str]:
    texts = [trace for trace in fig.data if trace.type == "scatter" and trace.mode == "text"]
    written = [w.strip("\xa0") for trace in texts for w in trace.text]
    return [a.text for a in fig.layout.annotations] + written


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_stacked_bars_lie_end_to_end_with_their_words(mode: Mode) -> None:
    rows = (
        Stack(name="甲", parts=(("网", "blue", 3.0, "3"), ("窗", "teal", 2.0, "2")), total="5", end="▲1"),
        Stack(name="乙", parts=(("窗", "teal", 4.0, "4"),), total="4"),
    )
    fig = checked(stacked(rows, mode))
    bars = {t.name: t for t in fig.data if t.type == "bar"}
    assert list(bars) == ["网", "窗"]
    assert list(bars["窗"].base) == [3.0, 0.0] and list(bars["窗"].x) == [2.0, 4.0]
    assert list(fig.data[-2].text) == [" 5", " 4"] and list(fig.data[-1].y) == [0]
    assert _words(fig) == [" 5", " 4", "▲1"] and fig.data[-1].x[0] == fig.layout.xaxis.range[1]
    assert fig.layout.xaxis.range[1] > 5, "the words beside the longest bar have room"
    assert stacked((), mode).height > 0


def test_many_rows_stand_closer() -> None:
    one = Stack(name="甲", parts=(("网", "ramp3", 3.0, "3"),), total="3")
    few, many = checked(stacked((one,) * 10, "light")), checked(stacked((one,) * 46, "light"))
    assert many.layout.height / 46 < few.layout.height / 10
    assert many.layout.height < 1000


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_dots_lie_on_their_lines_and_a_row_without_says_why(mode: Mode) -> None:
    rows = (
        Reach(name="甲", at=97.0, low=95.0, high=98.0, label="<b>97.0%</b> 300 件", hover="甲"),
        Reach(name="丙", note="件数太少"),
    )
    mark = (96.0, "全部 96.0%")
    fig = checked(reaches(Reaches(rows=rows, start=90.0, end=100.0, ends="按时率 件数", mark=mark, suffix="%"), mode))
    line, dots, _, notes = fig.data
    assert list(line.x) == [95.0, 98.0, None] and list(dots.x) == [97.0] and list(dots.y) == [0]
    assert list(notes.y) == [1] and notes.x[0] == fig.layout.xaxis.range[0]
    assert {"件数太少", "全部 96.0%", "按时率 件数"} <= set(_words(fig))
    assert fig.layout.margin.r < 130
