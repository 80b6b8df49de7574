"""Every page in both languages on every kind of store."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import snapshots
import streamlit as st
from app_pages import NAMES, app, numbers_on, open_page, said_on
from contexts import about
from figures import charts_on
from literal_store import DEMO, HALL, build, month, reading, sparse
from page_stores import KINDS

from hall import catalog
from hall.model import Document, Lang, Reading
from hall.paths import PAGES, ROOT
from hall.text import t
from hall.views.data import observations
from hall.views.trends import brackets

# what is kept as text; the full store says the same of the same publisher
KEPT = ("empty", "sparse", "records", "both")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", NAMES)
def test_every_page_says_what_is_kept_and_shows_no_fault(
    page: str, lang: Lang, kind: str, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config,
) -> None:  # fmt: skip
    at = open_page(monkeypatch, stores[kind], page, lang=lang)
    assert not at.exception
    assert [e.value for e in at.title] == [t(f"page.{page}", lang)]
    said = said_on(at)
    assert ":red[" not in said, capsys.readouterr().err
    assert not re.search(r"\bNone\b|\bnan\b|\{\w+\}", said), said
    if lang == "en" and ((page in ("overview", "trends") and kind != "full") or (page, kind) == ("sources", "records")):
        assert not re.search(r"[\u4e00-\u9fff]", said), said
        labels = [w.label for widgets in ("selectbox", "multiselect") for w in getattr(at, widgets)]
        assert kind == "empty" or labels
        assert not any(re.search(r"[\u4e00-\u9fff]", label) for label in labels)
    if kind in KEPT:
        rewrite = bool(pytestconfig.getoption("--rewrite"))
        changed = snapshots.differences(f"{page}.{lang}", kind, snapshots.lines_on(at), rewrite=rewrite)
        assert rewrite or not changed, "\n".join([*changed, "as wanted? make snapshots"])


def test_a_held_value_is_marked_and_not_compared(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page(monkeypatch, stores["sparse"])
    held = next(m for m in numbers_on(at) if "现场邮寄" in m.label)
    assert "待复核" in held.label and held.value.startswith("0.1") and 'class="value hall-gray"' in held.html
    said = said_on(at)
    assert "复核前不作比较" in said and "个数字待复核" in said


def test_months_narrow_the_page(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_on(open_page(monkeypatch, stores["sparse"], to="2025-08"))
    assert "5月办理 4.13" in said.replace("\u00a0", " ")


def test_nothing_in_the_selection_offers_the_nearest(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("overview", "trends"):
        at = open_page(monkeypatch, stores["sparse"], page, from_="2025-06", to="2025-08")
        said = said_on(at)
        assert "2025年6月—2025年8月没有可用的数字" in said
        assert "政务窗口月报 2025年第10期" in said and "政务窗口月报 2025年第5期" in said
        assert not numbers_on(at)


def test_months_given_the_wrong_way_round_are_turned(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_on(open_page(monkeypatch, stores["sparse"], from_="2025-10", to="2025-05"))
    assert "10月办理" in said


def test_ids_and_labels_in_the_url_fill_the_filters(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for given in (["forestry_grassland", "finance"], ["省林草局", "财政厅"]):
        at = open_page(monkeypatch, stores["sparse"], department=given)
        assert at.multiselect[0].value == ["forestry_grassland", "finance"]
        assert "全厅数据，不分部门" in said_on(at)
    assert open_page(monkeypatch, stores["sparse"], department=["no_such"], to="1999-13").multiselect[0].value == []


@pytest.mark.parametrize("word", ["sample", "2", "示例省", "Sample Province", "示例省政务服务中心"])
def test_old_words_of_an_address_choose_the_data_set(
    word: str, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_page(monkeypatch, stores["full"], data=word)
    assert next(s for s in at.selectbox if s.label == "数据集").value == "sample"
    assert "演示数据，非真实业务" in said_on(at)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_ids_of_publishers_are_no_words_of_a_page(
    lang: str, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = re.compile(rf"\b({'|'.join(p.id for p in catalog.publishers() if p.id != 'demo')})\b")
    for page in NAMES:
        for params in ({}, {"data": "sample"}, {"beside": "sample", "metric": "handled_total"}):
            at = open_page(monkeypatch, stores["full"], page, lang=lang, **params)
            options = [str(o) for s in at.selectbox for o in s.options]
            tables = [str(frame.value) for frame in (*at.table, *at.dataframe)]
            assert not at.exception and not ids.findall("\n".join([said_on(at), *options, *tables])), (page, params)


def test_demo_data_are_marked_everywhere(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("overview", "trends"):
        at = open_page(monkeypatch, stores["full"], page, data="2")
        said = said_on(at)
        assert "演示数据，非真实业务" in said
        assert all("演示数据" in m.label for m in numbers_on(at))
        charts = charts_on(at)
        assert charts and all(c["layout"]["images"][0]["layer"] == "below" for c in charts)


def test_publishers_never_mix(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    ours = said_on(open_page(monkeypatch, stores["full"]))
    assert "5.57" in ours and "演示数据" not in ours


@pytest.mark.parametrize("grain", ["D", "W", "M", "Q", "A"])
@pytest.mark.parametrize("mode", ["value", "day", "index"])
@pytest.mark.parametrize(("kind", "data"), [("full", "2"), ("sparse", "0"), ("records", ""), ("both", "")])
def test_trends_in_every_grain_and_mode(
    grain: str, mode: str, kind: str, data: str, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    chosen = {"data": data} if data else {}
    at = open_page(monkeypatch, stores[kind], "trends", grain=grain, mode=mode, **chosen)
    assert ":red[" not in said_on(at), capsys.readouterr().err
    assert not at.exception
    # by day there are records only, and two months make no quarter and no year
    assert charts_on(at) or kind == "sparse" or (kind, grain) == ("full", "D")


def test_quarters_are_sums_of_complete_months_only(stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "还没有一个完整的季度" in said_on(open_page(monkeypatch, stores["sparse"], "trends", grain="Q"))
    assert "2025年第四季度" in said_on(open_page(monkeypatch, stores["full"], "trends", grain="Q", data="2"))


def test_a_page_run_alone_says_so_in_one_sentence() -> None:
    at = app(PAGES / "trends.py").run()
    assert not at.exception
    assert [str(e.value) for e in at.markdown] == ["请从首页打开本页。"]


def test_a_fault_on_a_page_is_a_sentence(
    stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hall.views.data import observations

    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(observations, "load", broken)
    at = open_page(monkeypatch, stores["sparse"])
    assert not at.exception
    assert "这一页暂时无法显示" in said_on(at) and "secret detail" not in said_on(at)
    assert "secret detail" in capsys.readouterr().err


def test_unreviewed_values_carry_their_mark_and_can_be_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = build(tmp_path, sparse(unreviewed=True))
    at = open_page(monkeypatch, store)
    assert any("未审核" in m.label and 'class="hall-gray-badge"' in m.html for m in numbers_on(at))
    assert "未审核" in said_on(at)
    monkeypatch.setenv("HALL_SHOW_UNREVIEWED", "false")
    st.cache_resource.clear()
    assert "5月办理 4.13" in said_on(open_page(monkeypatch, store)).replace("\u00a0", " ")


def test_both_comparisons_name_their_periods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def total(value: str) -> list[tuple[str, str, int, int, str]]:
        return [("handled_total", value, 4, 2, "period")]

    store = build(
        tmp_path, [month(2024, 10, total("40000")), month(2025, 9, total("50000")), month(2025, 10, total("55700"))]
    )
    said = said_on(open_page(monkeypatch, store)).replace("\u00a0", " ")
    assert "环比 2025年9月 5.00 万件" in said and "同比 2024年10月 4.00 万件" in said
    assert "暂缺" not in said


def test_late_issues_alarm_only_while_the_data_are_young(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = build(tmp_path, sparse())
    monkeypatch.setenv("HALL_TODAY", "2025-12-30")
    assert ":orange-badge[逾期]" in said_on(open_page(monkeypatch, store))
    monkeypatch.setenv("HALL_TODAY", "2026-06-30")
    said = said_on(open_page(monkeypatch, store))
    assert "orange-badge[逾期]" not in said and "orange-badge[缺期]" not in said and "为历史数据" in said


def test_two_figures_to_date_bracket_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def week(start: date, end: date, sofar: str) -> Reading:
        head = Document(
            f"week{start}".encode().hex(), "weekly_bulletin", title="周报", publisher=HALL, period_start=start,
            period_end=end,
        )  # fmt: skip
        volumes = [
            ("comprehensive_accepted", "600", 0, 0, "period"),
            ("comprehensive_accepted", sofar, 0, 0, "year_to_date"),
        ]
        return reading(head, volumes)

    store = build(
        tmp_path, [week(date(2024, 3, 4), date(2024, 3, 8), "5000"), week(date(2024, 4, 8), date(2024, 4, 12), "8000")]
    )
    said = said_on(open_page(monkeypatch, store, "trends"))
    assert "缺失各周的合计可由两次年初累计得出" in said
    (found,) = brackets.brackets(observations.load(about()), ["comprehensive_accepted"])
    # the later week is known: its own 600 and its days are no part of what is missing
    assert (found.start, found.end, found.quantity.value) == (date(2024, 3, 9), date(2024, 4, 7), 2400)


def test_the_demo_publisher_is_the_third() -> None:
    # the tests above choose data sets by rank
    from hall import catalog

    assert catalog.publishers()[2].names[0] == DEMO and catalog.publishers()[2].demo


def test_a_store_on_another_host_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_STORE", "s3://bucket/hall")
    at = app(ROOT / "hall" / "ui" / "main.py").run()
    assert not at.exception
    assert "HALL_STORE" in said_on(at) and "s3://bucket/hall" in said_on(at)
