"""Numbers (ids) of cases as spreadsheets leave them: those that lost their digits are refused, guards are no part."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlwt
from deliveries import CONSULTATION, case, standing, write

from hall.cases.load import LoadedFile, load
from hall.records.staging import Staging
from hall.text import sentences

HEADINGS = ["办件编号", "事项编码", "部门", "受理渠道", "受理时间", "状态"]
TOLD = "编号已被 Excel 改成科学计数法，请按文本重新导出"


def refused(path: Path) -> str:
    (file,) = load([path]).files
    assert file.fault
    assert (file.outcome, file.fault.code) == ("refused", "ids_spoiled")
    assert standing().is_empty()
    return sentences.fault(file.fault, "zh")


@pytest.mark.parametrize("id_", ["5.1E+17", "5.10104E+17", "5E+17", "5.1e17", "5,1E+17", "510000000000000000.0"])
def test_text_that_excel_made(id_: str, new_store: Path, tmp_path: Path) -> None:
    told = refused(write(tmp_path / "a.csv", [case(at) for at in range(40)] + [case(1, case_id=id_)] * 40))
    assert TOLD in told
    assert "a.csv" in told
    assert id_ in told
    assert "40 行" in told


def test_items_and_consultations_too(new_store: Path, tmp_path: Path) -> None:
    assert "事项编码" in refused(write(tmp_path / "a.csv", [case(1, item_code="1.15E+30")]))
    assert "咨询编号" in refused(write(tmp_path / "b.csv", [CONSULTATION | {"id": "2.02510E+15"}]))


def test_cells_of_a_workbook(new_store: Path, tmp_path: Path) -> None:
    for name, id_ in (("a.xlsx", 5.1e17), ("b.xlsx", 1234567890123456.0)):
        book = openpyxl.Workbook()
        book.active.append(HEADINGS)
        for _ in range(3):
            book.active.append([id_, "000123", "公安厅", "热线", "2025-10-03", "在办"])
        book.save(tmp_path / name)
        assert TOLD in refused(tmp_path / name)
    old = xlwt.Workbook()
    sheet = old.add_sheet("1")
    for row, cells in enumerate([HEADINGS, [5.1e17, "000123", "公安厅", "热线", "2025-10-03", "在办"]]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    old.save(str(tmp_path / "c.xls"))
    assert TOLD in refused(tmp_path / "c.xls")


def frame(ids: list[float], **more: object) -> pl.DataFrame:
    rest = {
        "item_code": "1",
        "department": "公安厅",
        "channel": "online",
        "accepted_at": "2025-10-03",
        "status": "open",
    }
    return pl.DataFrame([{"case_id": id_} | rest | more for id_ in ids])


def test_floats_in_parquet(new_store: Path, tmp_path: Path) -> None:
    frame([5.1e17 + 100 * at for at in range(40)]).write_parquet(tmp_path / "a.parquet")
    assert TOLD in refused(tmp_path / "a.parquet")
    frame([1234567890123456.0]).write_parquet(tmp_path / "b.parquet")
    assert TOLD in refused(tmp_path / "b.parquet")
    # Fifteen digits are exact.
    frame([510000000001.0, 999999999999999.0], item_code=123.0, satisfaction=float("nan")).write_parquet(
        tmp_path / "c.parquet"
    )
    assert load([tmp_path / "c.parquet"]).files[0].kept == 2
    assert standing().select("case_id", "item_code", "satisfaction").rows() == [
        ("510000000001", "123", None), ("999999999999999", "123", None),
    ]  # fmt: skip


@pytest.mark.parametrize("id_", ["A5E10", "5E10", "1.2.3", "2025-10.5", "12E3", "5E-3", "510104202510091234"])
def test_what_only_looks_like_it_is_taken_as_it_is(id_: str, new_store: Path, tmp_path: Path) -> None:
    assert load([write(tmp_path / "a.csv", [case(1, case_id=id_)])]).files[0].kept == 1
    assert standing()["case_id"].to_list() == [id_]


GUARDED = [
    '="510104000000000001"', "'510104000000000001", "５１０１０４０００００００００００１", "510104000000000001\t",
    "\u200b510104000000000001", '"510104000000000001"', "‘510104000000000001’", "\ufeff510104000000000001",
    "　510104000000000001 ",
]  # fmt: skip


@pytest.mark.parametrize("id_", GUARDED)
def test_a_guard_is_no_part_of_a_number(id_: str, new_store: Path, tmp_path: Path) -> None:
    assert load([write(tmp_path / "a.csv", [case(1, case_id=id_)])]).files[0].kept == 1
    assert standing()["case_id"].to_list() == ["510104000000000001"]


def test_an_unquoted_formula_too(new_store: Path, tmp_path: Path) -> None:
    lines = write(tmp_path / "a.csv", [case(1), case(2)]).read_text(encoding="utf-8").splitlines()
    lines[1:] = ['="' + line.replace(",", '",', 1) for line in lines[1:]]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert load([tmp_path / "a.csv"]).files[0].kept == 2
    assert standing()["case_id"].to_list() == ["510000000001", "510000000002"]


def test_letters_and_marks_of_full_width(new_store: Path, tmp_path: Path) -> None:
    rows = [case(1, case_id="ＡＢ－１２（３）", item_code='="０００123"'), case(2, case_id="12.0")]
    load([write(tmp_path / "a.csv", rows)])
    assert standing().select("case_id", "item_code").rows() == [("12", "000123"), ("AB-12(3)", "000123")]


def test_one_number_in_several_texts_is_one_case_and_is_named(new_store: Path, tmp_path: Path) -> None:
    one = "510104000000000001"
    texts = [one, f'="{one}"', f"'{one}", "５１０１０４０００００００００００１"]
    rows = [case(1, case_id=text) for text in texts] + [case(5, case_id='="5"'), case(6)]
    done = load([write(tmp_path / "a.csv", rows)])
    file: LoadedFile = done.files[0]
    assert (file.kept, file.rejected) == (3, 3)
    (spelled,) = done.spelled
    assert (spelled.table, spelled.numbers) == ("cases", 1)
    assert set(spelled.texts[0]) == set(texts)
    # What stood without a guard is the same case when it comes with one.
    again = load([write(tmp_path / "b.csv", [case(1, case_id=f'="{one}"', accepted_at="2025-11-03")])])
    assert again.files[0].reasons[0].code == "elsewhere"


def test_the_text_of_a_float(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    try:
        for number, text in (
            ("5.0", "5"),
            ("0.5", "0.5"),
            ("'nan'", None),
            ("-3", "-3"),
            ("1e15", "1000000000000000.0"),
        ):
            assert staging.con.execute(f"select float_text({number}::double)").fetchall() == [(text,)]
    finally:
        staging.close()
