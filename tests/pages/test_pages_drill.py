"""Pages 渠道, 市州 and 办件 on records, in both languages; the number on top, its rows and its file; empty stores."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import case_records
import polars as pl
import pytest
from app_pages import OF_CASES, open_page, said_on
from contexts import about
from figures import charts_on
from hypothesis import given, settings
from hypothesis import strategies as strategy
from literal_store import build, sparse

from hall import catalog
from hall.model import Period, Selection
from hall.store import read
from hall.store.rows import MEASURES
from hall.ui import export
from hall.views.cases import page as cases
from hall.views.data import case_drill

TODAY = "2025-12-05"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13) if (year, month) < (2025, 12))
ALL = case_records.cases(MONTHS, 90)
SICHUAN = next(p for p in catalog.publishers() if p.id == "sichuan")
DEMO = next(p for p in catalog.publishers() if p.id == "demo")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build(tmp_path_factory.mktemp("drill"), sparse())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder))
        patch.setenv("HALL_TODAY", TODAY)
        for publisher in ("sichuan", "demo"):
            case_records.keep(publisher, ALL)
    read.close()
    return folder


@pytest.fixture(autouse=True)
def _served(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", str(store))


def rows_of(address: str) -> list[dict[str, str]]:
    content = b"".join(export.rows_of(parse_qs(address)).pieces)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


ASKED: list[dict[str, str]] = [
    {}, {"department": "health"}, {"from_": "2025-03", "to": "2025-08"}, {"from_": "2024-01", "to": "2024-01"},
]  # fmt: skip


# every two of question, language and publisher meet on each page; all three need not
@pytest.mark.parametrize(
    ("lang", "publisher", "asked"),
    [(lang, (SICHUAN, DEMO)[(i + j) % 2], ASKED[j]) for i, lang in enumerate(("zh", "en")) for j in range(4)],
    ids=lambda given: getattr(given, "id", str(given)),
)
@pytest.mark.parametrize("page", OF_CASES)
def test_the_page_shows_the_records_and_no_fault(
    page: str, lang: str, publisher: catalog.Publisher, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch,
    store: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    at = open_page(monkeypatch, store, page, lang=lang, data=str(publisher.rank), **asked)
    said = said_on(at)
    assert not at.exception
    assert ":red[" not in said, capsys.readouterr().err
    assert not re.search(r"\bNone\b|\bnan\b|\{\w+\}", said), said
    if lang == "en":
        assert not re.search(r"[\u4e00-\u9fff]", said), said
    charts = charts_on(at)
    # of the first month alone there is nothing to be drawn over time
    assert page == "cases" or charts or asked.get("to") == MONTHS[0]
    if publisher.demo:
        assert ("演示数据" if lang == "zh" else "Demo data") in said
        assert all(chart["layout"]["images"][0]["layer"] == "below" for chart in charts)
    else:
        assert "演示" not in said and not any("images" in chart["layout"] for chart in charts)


@pytest.mark.parametrize("query", [
    {"show": "count"}, {"show": "nonsense"}, {"item": "A1"}, {"item": "x'; --", "city": "nowhere"}, {"city": "none"},
])  # fmt: skip
def test_controls_and_nonsense_do_no_harm(query: dict[str, str], store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("channels", "cities"):
        at = open_page(monkeypatch, store, page, **query)
        assert not at.exception and ":red[" not in said_on(at)


def test_the_drill_says_what_it_counts(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ALL.filter(
        pl.col("accepted_at").dt.strftime("%Y-%m") == "2025-10", department="market_regulation",
        channel="comprehensive_window",
    )  # fmt: skip
    at = open_page(monkeypatch, store, "cases", department="market_regulation", channel="comprehensive_window",
                   from_="2025-10", to="2025-10", data=str(SICHUAN.rank))  # fmt: skip
    assert f"**2025年10月 省市场监管局 综合窗口 受理 {wanted.height} 件**" in said_on(at)
    (table,) = at.dataframe
    assert len(table.value) == wanted.height
    assert list(table.value.columns)[:2] == ["办件编号", "事项名称"]
    assert table.value["办件编号"].str.contains("•").all()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"measure": "open"}, "截至2025年11月30日 在办"), ({"day": "2025-10-09"}, "2025年10月9日 受理"),
        ({"week": "2025-W41", "measure": "completed"}, "2025年第41周（10月6—12日） 办结"),
        ({"item": "A1", "city": "chengdu", "measure": "overdue"}, "2025年11月 成都市 item A1 超期办结"),
        ({"city": "none"}, "2025年11月 未注明市州 受理"), ({"measure": "nonsense"}, "2025年11月 受理"),
        ({"channel": ["online", "mail"], "measure": "transferred"}, "2025年11月 全程网办、邮寄 流转"),
    ],
)  # fmt: skip
def test_the_scope_in_words(
    query: dict[str, str], said: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    at = open_page(monkeypatch, store, "cases", **query)
    assert said in said_on(at)
    assert not at.exception


def test_words_of_an_address_are_no_markdown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("item", "city", "channel"):
        said = said_on(open_page(monkeypatch, store, "cases", **{key: "[x](http://a.b) **c**"}))
        assert "[x](" not in said and "**c**" not in said and "受理 0 件" in said


def test_pages_of_rows(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    total = ALL.filter(pl.col("accepted_at").dt.strftime("%Y-%m") == "2025-11").height
    at = open_page(monkeypatch, store, "cases", page_="2")
    assert f"第 51—{total} 件，共 {total} 件；编号已遮盖" in said_on(at)
    assert len(at.dataframe[0].value) == total - 50
    beyond = open_page(monkeypatch, store, "cases", page_="999")
    assert f"第 51—{total} 件" in said_on(beyond)
    monkeypatch.setenv("HALL_CASE_IDS", "shown")
    whole = open_page(monkeypatch, store, "cases")
    assert "编号已遮盖" not in said_on(whole)
    assert not whole.dataframe[0].value["办件编号"].str.contains("•").any()


@settings(max_examples=15)
@given(
    measure=strategy.sampled_from(MEASURES),
    months=strategy.sampled_from([("2025-10", "2025-10"), ("2025-03", "2025-11")]),
    departments=strategy.sampled_from([(), ("health",), ("health", "transport")]),
    channels=strategy.sampled_from([(), ("online",), ("mail", "hotline")]),
    city=strategy.sampled_from(["", "chengdu", "none"]), item=strategy.sampled_from(["", "A1", "C2"]),
    day=strategy.sampled_from(["", "2025-10-09"]),
)  # fmt: skip
def test_number_rows_and_file_agree(
    store: Path, measure: str, months: tuple[str, str], departments: tuple[str, ...], channels: tuple[str, ...],
    city: str, item: str, day: str,
) -> None:  # fmt: skip
    chosen = about(Selection(*months, departments, SICHUAN.id))
    some = {"city": (city,) if city else (), "item": (item,) if item else ()}
    view = cases.load(chosen, measure=measure, channel=channels, period=(day, ""), **some)
    assert re.search(r"(\S+) 件$", view.head.finding)
    number = int(view.head.finding.split()[-2].replace(",", ""))
    assert number == view.total
    pages = [cases.load(chosen, measure=measure, channel=channels, period=(day, ""), page=page, **some)
             for page in range(1, view.pages + 1)]  # fmt: skip
    assert sum(len(page.table.rows) for page in pages) == number
    found = rows_of(view.address)
    assert len(found) == number
    assert [row["办件编号"] for row in found] == [row[0] for page in pages for row in page.table.rows]
    if departments:
        assert {row["部门代码"] for row in found} <= set(departments)


def test_an_address_comes_back_as_the_same_question(store: Path) -> None:
    given = {"measure": ["mailed"], "channel": ["online", "mail"], "city": ["none"], "item": ["A1"],
             "week": ["2025-W41"]}  # fmt: skip
    chosen = about(Selection("2025-10", "2025-11", ("health",), SICHUAN.id, "en"))
    first = cases.question(given, chosen)
    assert first
    back = parse_qs(first.address())
    again = cases.question(back, about(export.selection(back)))
    assert again and (again.wanted, again.asked, again.lang) == (first.wanted, first.asked, "en")
    assert case_drill.asked(back).period == Period.parse("2025-W41")


def test_records_elsewhere_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    case_records.keep("sichuan", ALL)
    (tmp_path / "records").rename(tmp_path / "elsewhere")
    at = open_page(monkeypatch, tmp_path, "cases", from_="2025-10", to="2025-10")
    said = said_on(at)
    assert "2025年10月 受理 90 件" in said and "明细不在本机" in said
    assert not at.dataframe and not at.exception


def test_newer_records_are_counted_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", str(tmp_path))
    case_records.keep("sichuan", ALL)
    october = ALL.filter(pl.col("accepted_at").is_between(date(2025, 10, 1), date(2025, 11, 1), closed="left"))
    case_records.deliver("sichuan", october.head(7))
    said = said_on(open_page(monkeypatch, tmp_path, "cases", from_="2025-10", to="2025-10"))
    assert "2025年10月 受理 7 件" in said and "明细比汇总新：汇总为 90 件" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", OF_CASES)
def test_without_a_cube_the_page_says_what_to_do(
    page: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_page(monkeypatch, build(tmp_path, sparse()), page, lang=lang)
    said = said_on(at)
    assert not at.exception and ":red[" not in said
    assert "python -m hall cases load" in said and "python -m hall cases rollup" in said


def test_a_data_set_without_cases_names_those_that_have_some(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, store, "cases", known="2020-01-01")
    assert "这一页要有办件明细" in said_on(at)
    assert not at.exception
