"""CSV: what a spreadsheet gets, in both languages, and the whole tables."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from contexts import about
from hypothesis import given
from hypothesis import strategies as st

from hall import paths
from hall.export import files
from hall.export.csv import csv_bytes, headers, named, safe
from hall.export.reading_json import plain
from hall.model import HallError, Lang, Selection
from hall.store import read
from hall.text import known
from hall.views.extracts import tables as extracts

LANGS: tuple[Lang, ...] = ("zh", "en")


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_bytes_are_utf8_with_bom_and_crlf() -> None:
    content = csv_bytes(pl.DataFrame({"metric": ["handled_total"], "obs_value": [Decimal("55700.000000")]}), "zh")
    assert content == "\ufeff指标代码,指标,数值\r\nhandled_total,办理政务服务事项,55700\r\n".encode()


def test_headers_and_names_are_in_the_language() -> None:
    frame = pl.DataFrame({"department": ["tax", None, "unknown"], "obs_status": ["A", "V", "U"]})
    (first, second, third) = table(csv_bytes(frame, "en"))
    assert (first["Department code"], first["Department"], first["Status code"]) == ("tax", "Sichuan Tax Service", "A")
    assert second["Department"] == second["Department code"] == ""
    assert (third["Department code"], third["Department"]) == ("unknown", "")
    assert table(csv_bytes(frame, "zh"))[0]["部门"] == "四川省税务局"


def test_names_that_the_frame_has_stay() -> None:
    frame = pl.DataFrame({"metric": ["mailed"], "metric_name": ["own words"]})
    assert csv_bytes(frame, "zh").decode("utf-8-sig").splitlines() == ["指标代码,指标", "mailed,own words"]


def test_headers_are_never_equal() -> None:
    assert headers(["value", "obs_value", "x"], "en") == ["Value", "Value (obs_value)", "x"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=", "-", "+86 28 1234"]
)
def test_text_that_would_run_is_disarmed(text: str) -> None:
    assert safe(text) == "'" + text
    (row,) = table(csv_bytes(pl.DataFrame({"title": [text]}), "en"))
    assert row["Title"] == "'" + text


@pytest.mark.parametrize("text", ["-5", "+3.2", "-1,234.5", "-5%", "-.5", "0.1 万件", "a=b", "12345热线", ""])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert safe(text) == text


def test_numbers_stay_numbers() -> None:
    frame = pl.DataFrame({"a": [-5], "b": [-0.5], "c": [Decimal("-65.5900")], "d": [date(2025, 10, 1)], "e": [True]})
    assert csv_bytes(frame, "en").decode("utf-8-sig").splitlines()[1] == "-5,-0.5,-65.59,2025-10-01,true"


@given(st.text(max_size=20))
def test_any_text_comes_back(text: str) -> None:
    frame = pl.DataFrame({"title": [text], "quote": ["end"]})
    ((_, back), (_, end)) = table(csv_bytes(frame, "en"))[0].items()
    assert back.removeprefix("'") == text.removeprefix("'")
    assert end == "end"
    assert back[:1] not in {"=", "+", "-", "@"} or back == safe(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_decimals_are_plain(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize("name", extracts.TABLES)
@pytest.mark.parametrize("lang", LANGS)
def test_whole_table_has_named_columns_and_its_sources(store: Path, name: str, lang: Lang) -> None:
    frame = extracts.extract(name, about(lang=lang))
    assert frame.height > 0
    for column in frame.columns:
        assert known(f"column.{column}"), column
    heads = headers(frame.columns, lang)
    assert len(set(heads)) == len(heads)
    rows = table(csv_bytes(frame, lang))
    assert len(rows) == frame.height
    if name != "documents":
        assert all(row[{"zh": "来源", "en": "Source"}[lang]] for row in rows)
        assert all(row[{"zh": "章节", "en": "Section"}[lang]] for row in rows)


def test_observations_hold_the_facts(store: Path) -> None:
    rows = table(csv_bytes(extracts.extract("observations", about(Selection("2025-10", "2025-10"))), "zh"))
    found = {row["指标代码"]: row for row in rows}
    assert len(rows) == len(found) == 8
    total = found["handled_total"]
    accepted = (paths.FACTS / "documents.csv").exists()
    assert (total["数值"], total["单位"], total["舍入误差"]) == ("55700", "件", "50")
    assert total["状态代码"] == ("A" if accepted else "V")
    assert total["来源"] == "政务窗口月报 2025年第10期"
    assert found["phone_consultations"]["舍入误差"] == "0"


def test_visits_are_directors_visits_by_department(store: Path) -> None:
    frame = extracts.extract("visits", about(Selection("2024-12", "2024-12", ("housing_construction",))))
    assert frame.height == 1
    assert frame["departments"].to_list() == ["housing_construction:lead"]


def test_department_filter_keeps_series_of_the_whole_hall(store: Path) -> None:
    every = extracts.extract("observations", about())
    chosen = extracts.extract("observations", about(departments=("finance",)))
    assert chosen.height == every.filter(pl.col("department").is_null()).height


def test_tasks_of_a_department_by_any_of_its_names(store: Path) -> None:
    by_id = extracts.extract("tasks", about(departments=("market_regulation",)))
    assert 0 < by_id.height < 21
    for name in ("省市场监管局", "市场监管局"):
        assert extracts.extract("tasks", about(departments=(name,))).equals(by_id)


def test_months_add_up(store: Path) -> None:
    months = extracts.extract_months("observations", ["2025-05", "2025-10"], about())
    assert sorted(set(months["time_period"])) == ["2025-05", "2025-10"]
    assert months.height == 16


@pytest.mark.parametrize(
    ("name", "selection", "code"),
    [
        ("cases", Selection(), "unknown_table"),
        ("figures", Selection("2025-13"), "bad_month"),
        ("figures", Selection(None, "2025"), "bad_month"),
        ("figures", Selection(departments=("nobody",)), "unknown_department"),
    ],
)
def test_wrong_selection_is_told(store: Path, name: str, selection: Selection, code: str) -> None:
    with pytest.raises(HallError, match=code):
        extracts.extract(name, about(selection))


def test_empty_store_gives_headers_alone(new_store: Path) -> None:
    assert read.version() == ""
    for name in extracts.TABLES:
        content = csv_bytes(extracts.extract(name, about()), "zh").decode("utf-8-sig")
        assert content.count("\r\n") == 1


def test_workbook_and_parquet_have_the_columns_and_rows_of_the_csv(store: Path) -> None:
    frame = extracts.extract("observations", about())
    rows = list(csv.reader(io.StringIO(files.content(frame, "csv", "zh").decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(files.content(frame, "xlsx", "zh"))).active
    cells = list(sheet.iter_rows(values_only=True))
    assert [list(cells[0]), len(cells)] == [rows[0], len(rows)]
    at = rows[0].index("数值")
    assert [Decimal(str(row[at])) for row in cells[1:]] == [Decimal(row[at]) for row in rows[1:]]
    kept = pl.read_parquet(files.content(frame, "parquet", "zh"))
    assert kept.columns == named(frame, "zh").columns
    assert kept["obs_value"].to_list() == frame["obs_value"].to_list()


def test_text_is_disarmed_in_a_workbook_too() -> None:
    frame = pl.DataFrame({"label": ["=1+1", "a\x00b", "长" * 40_000, None, "-5"]})
    sheet = openpyxl.load_workbook(io.BytesIO(files.content(frame, "xlsx", "en"))).active
    told = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert told == ["'=1+1", "ab", "长" * 32_767, None, "-5"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
