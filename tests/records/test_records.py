"""Deliveries of records: what each row says, what is wrong with it, and that rows in = kept + rejected."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from deliveries import CONSULTATION, Row, case, rejected, standing, text, write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hall import catalog
from hall.cases.load import LoadedRecords, Wish, load
from hall.catalog import columns
from hall.model import HallError
from hall.records.staging import Staging
from hall.store import holdings


def loaded(path: Path, *more: Path, asked: str = "") -> LoadedRecords:
    done = load([path, *more], wish=Wish(asked))
    for file in done.files:
        assert file.rows == file.kept + file.rejected
    return done


def test_a_case_is_read(new_store: Path, tmp_path: Path) -> None:
    rows = [
        case(1, completed_at="2025/10/10 8:05", status="办结", promised_workdays="5", satisfaction="4",
             issued_at="2025-10-10", issued_at_place="出件窗口", delivery="邮寄", applicant_type="法人"),
        case(2, department="market_regulation", channel="online", city="510700", accepted_at="2025-11-03"),
    ]  # fmt: skip
    done = loaded(write(tmp_path / "a.csv", rows))
    assert [(m.month, m.rows, m.before) for m in done.months] == [("2025-10", 1, None), ("2025-11", 1, None)]
    frame = standing()
    assert frame.columns == [column.id for column in catalog.tables()["cases"].columns]
    first, second = frame.rows(named=True)
    assert first == {
        "case_id": "510000000001", "item_code": "000123", "item_name": "食品经营许可",
        "department": "market_regulation", "channel": "comprehensive_window", "city": "chengdu",
        "applicant_type": "company", "accepted_at": datetime(2025, 10, 9, 9, 30),
        "completed_at": datetime(2025, 10, 10, 8, 5), "issued_at": datetime(2025, 10, 10), "transferred_at": None,
        "status": "completed", "issued_at_place": "counter", "delivery": "mail", "promised_workdays": 5,
        "satisfaction": 4,
    }  # fmt: skip
    assert (second["department"], second["channel"], second["city"]) == ("market_regulation", "online", "mianyang")


def test_types_in_parquet(new_store: Path, tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [case(1)])
    write(tmp_path / "b.csv", [CONSULTATION])
    loaded(tmp_path)
    kinds = {"moment": pl.Datetime("us"), "whole": pl.Int16, "amount": pl.Decimal(9, 2)}
    for table in catalog.tables().values():
        assert standing(table.id).schema == {c.id: kinds.get(c.type, pl.String) for c in table.columns}
    assert standing("consultations")["minutes"].to_list() == [Decimal("3.50")]


GOOD = case(0)
BAD: list[tuple[Row, str, str, str | None]] = [
    (case(1, case_id=""), "missing", "case_id", None),
    (case(1, item_code=" "), "missing", "item_code", " "),
    (case(1, department=""), "missing", "department", None),
    (case(1, department="江苏省应急管理厅"), "department", "department", "江苏省应急管理厅"),
    (case(1, channel="飞鸽"), "code", "channel", "飞鸽"),
    (case(1, city="火星市"), "city", "city", "火星市"),
    (case(1, accepted_at=""), "missing", "accepted_at", None),
    (case(1, accepted_at="2025-02-30"), "moment", "accepted_at", "2025-02-30"),
    (case(1, accepted_at="10月3日"), "moment", "accepted_at", "10月3日"),
    (case(1, accepted_at="2025103"), "moment", "accepted_at", "2025103"),
    (case(1, accepted_at="1970-01-01"), "range", "accepted_at", "1970-01-01"),
    (case(1, accepted_at="2025-12-03 00:00:00"), "future", "accepted_at", "2025-12-03 00:00:00"),
    (case(1, completed_at="x"), "moment", "completed_at", "x"),
    (case(1, completed_at="2025-10-09 09:29:59", status="办结"), "before", "completed_at", "2025-10-09 09:29:59"),
    (case(1, completed_at="2025-10-08", status="办结"), "before", "completed_at", "2025-10-08"),
    (case(1, issued_at="2025-10-08"), "before", "issued_at", "2025-10-08"),
    (case(1, transferred_at="2025-10-08"), "before", "transferred_at", "2025-10-08"),
    (case(1, completed_at="2099-01-01", status="办结"), "future", "completed_at", "2099-01-01"),
    (case(1, status="办结"), "contradicts", "completed_at", None),
    (case(1, completed_at="2025-10-10"), "contradicts", "completed_at", "2025-10-10"),
    (case(1, status=""), "missing", "status", None),
    (case(1, status="不详"), "code", "status", "不详"),
    (case(1, delivery="飞鸽"), "code", "delivery", "飞鸽"),
    (case(1, issued_at_place="x"), "code", "issued_at_place", "x"),
    (case(1, applicant_type="x"), "code", "applicant_type", "x"),
    (case(1, promised_workdays="五"), "number", "promised_workdays", "五"),
    (case(1, promised_workdays="3.5"), "number", "promised_workdays", "3.5"),
    (case(1, promised_workdays="-1"), "range", "promised_workdays", "-1"),
    (case(1, promised_workdays="99999"), "range", "promised_workdays", "99999"),
    (case(1, satisfaction="6"), "range", "satisfaction", "6"),
    (case(1, satisfaction="0"), "range", "satisfaction", "0"),
    (case(1, item_code="", department="x"), "missing", "item_code", None),
    (case(1, city="长" * 300), "city", "city", "长" * 200),
]  # fmt: skip


@pytest.mark.parametrize(("row", "reason", "column", "value"), BAD, ids=range(len(BAD)))
def test_a_bad_row_is_told_by_its_first_reason(
    row: Row, reason: str, column: str, value: str | None, new_store: Path, tmp_path: Path
) -> None:
    loaded(write(tmp_path / "a.csv", [GOOD, row, case(2)]))
    assert rejected() == [(3, reason, column, value)]
    assert standing()["case_id"].to_list() == ["510000000000", "510000000002"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"kind": "x"}, "code"), ({"place": ""}, "missing"), ({"at": "?"}, "moment"), ({"minutes": "很久"}, "number"),
     ({"minutes": "1441"}, "range"), ({"department": "x"}, "department"), ({"at": "2026-01-01"}, "future")],
)  # fmt: skip
def test_a_bad_consultation(changes: Row, reason: str, new_store: Path, tmp_path: Path) -> None:
    loaded(write(tmp_path / "a.csv", [CONSULTATION, CONSULTATION | {"id": "2"} | changes]))
    assert [(row, why) for row, why, _, _ in rejected()] == [(3, reason)]


def test_a_day_without_a_time_comes_before_nothing_on_that_day(new_store: Path, tmp_path: Path) -> None:
    day = "2025-10-09"
    rows = [case(1, completed_at=day, status="办结"), case(2, accepted_at=day, issued_at=day)]
    assert loaded(write(tmp_path / "a.csv", rows)).files[0].kept == 2


MOMENTS = [
    ("2025-10-03", datetime(2025, 10, 3)), ("2025/10/3 8:05", datetime(2025, 10, 3, 8, 5)),
    ("2025-10-03T08:05:09", datetime(2025, 10, 3, 8, 5, 9)), ("20251003", datetime(2025, 10, 3)),
    ("20251003080509", datetime(2025, 10, 3, 8, 5, 9)), ("2025年10月3日", datetime(2025, 10, 3)),
    ("2025年10月3日 8:05", datetime(2025, 10, 3, 8, 5)), ("45933", datetime(2025, 10, 3)),
    ("45933.3375", datetime(2025, 10, 3, 8, 6)), ("2025-10-03T00:05:00Z", datetime(2025, 10, 3, 8, 5)),
    ("2025-10-03 08:05:00+08:00", datetime(2025, 10, 3, 8, 5)), ("2025-10-02 20:05:00-04", datetime(2025, 10, 3, 8, 5)),
    ("\u3000 2025-10-03 08:05:00\t", datetime(2025, 10, 3, 8, 5)),
    ("2025-10-03 08:05:00.250", datetime(2025, 10, 3, 8, 5, 0, 250_000)),
]  # fmt: skip


def test_spellings_of_moments(new_store: Path, tmp_path: Path) -> None:
    rows = [case(at, accepted_at=words) for at, (words, _) in enumerate(MOMENTS)]
    loaded(write(tmp_path / "a.csv", rows))
    assert dict(standing().select("case_id", "accepted_at").iter_rows()) == {
        f"{510000000000 + at}": moment for at, (_, moment) in enumerate(MOMENTS)
    }
    assert rejected() == []


def test_equal_rows_and_later_states_of_a_number(new_store: Path, tmp_path: Path) -> None:
    done = case(2, completed_at="2025-10-10", status="办结")
    other = write(tmp_path / "b.csv", [case(3), case(1), case(4)])
    rows = [case(1), done, case(2), case(1), done, case(3, accepted_at="2025-11-03")]
    result = loaded(write(tmp_path / "a.csv", rows), other)
    assert [(f.rows, f.kept) for f in result.files] == [(6, 3), (3, 1)]
    assert [row[:2] for row in rejected()] == [
        (4, "superseded"), (5, "duplicate"), (6, "duplicate"), (2, "superseded"), (3, "duplicate"),
    ]  # fmt: skip
    assert standing().select("case_id", "status").rows() == [
        ("510000000001", "open"), ("510000000002", "completed"), ("510000000004", "open"), ("510000000003", "open"),
    ]  # fmt: skip


def test_a_number_that_stands_in_another_month_is_not_taken(new_store: Path, tmp_path: Path) -> None:
    loaded(write(tmp_path / "9.csv", [case(1, accepted_at="2025-09-09"), case(2, accepted_at="2025-09-10")]))
    loaded(write(tmp_path / "10.csv", [case(1), case(3)]))
    assert [(row, why, value) for row, why, _, value in rejected()] == [(2, "elsewhere", "510000000001")]
    # Both months again: the number is October's now, for it stands nowhere else.
    done = loaded(write(tmp_path / "both.csv", [case(1), case(2, accepted_at="2025-09-10")]))
    assert done.files[0].kept == 2
    assert standing()["case_id"].to_list() == ["510000000002", "510000000001"]


def test_a_month_of_which_no_row_is_left_is_not_replaced(new_store: Path, tmp_path: Path) -> None:
    loaded(write(tmp_path / "a.csv", [case(1), case(2, accepted_at="2025-09-10"), case(5, accepted_at="2025-09-11")]))
    # Its one row of September stands in October, which this delivery leaves alone; so September's numbers stay, too.
    rows = [case(1, accepted_at="2025-09-12"), case(2, accepted_at="2025-08-12"), case(6, accepted_at="2025-08-13")]
    done = loaded(write(tmp_path / "b.csv", rows))
    assert [(row, why) for row, why, _, _ in rejected()] == [(2, "elsewhere"), (3, "elsewhere")]
    assert [month.month for month in done.months] == ["2025-08"]
    assert standing()["case_id"].is_unique().all()
    assert standing().height == 4


def test_a_month_again_replaces_it_and_keeps_its_totals(new_store: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", [case(1), case(2), case(3, accepted_at="2025-09-09")])
    loaded(first)
    done = loaded(write(tmp_path / "b.csv", [case(2, completed_at="2025-10-10", status="办结")]))
    assert [(m.month, m.rows, m.before) for m in done.months] == [("2025-10", 1, 2)]
    held = holdings.held("sichuan")
    assert [(v.month, v.rows, v.totals["completed"]) for v in held.vintages] == [("2025-10", 2, 0)]
    assert [(p.month, p.totals["accepted"], p.totals["completed"]) for p in held.parts] == [
        ("2025-09", 1, 0), ("2025-10", 1, 1),
    ]  # fmt: skip
    # The first file stands no more as it was, so it is loaded when it comes again; the second then gives way.
    assert loaded(first).files[0].outcome == "loaded"
    assert [d.name for d in holdings.held("sichuan").deliveries] == ["a.csv"]


def test_the_same_file_again_changes_nothing(new_store: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [case(1)])
    version = loaded(path).version
    again = loaded(path, write(tmp_path / "b.csv", [case(1)]))
    assert [file.outcome for file in again.files] == ["unchanged", "unchanged"]
    assert again.version == version


def test_a_file_is_read_again_once_the_catalogue_knows_more(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.csv", [case(1), case(2, department="新局")])
    assert loaded(path).files[0].kept == 1
    known = columns.spellings
    monkeypatch.setattr("hall.cases.delivery.rules", lambda: "newer")
    monkeypatch.setattr(columns, "spellings", lambda column: known(column) | {"新局": "market_regulation"}
                        if column.id == "department" else known(column))  # fmt: skip
    assert loaded(path).files[0].kept == 2


def test_an_earlier_load_can_stand_again(new_store: Path, tmp_path: Path) -> None:
    first = loaded(write(tmp_path / "a.csv", [case(1), case(2)])).version
    loaded(write(tmp_path / "b.csv", [case(3)]))
    assert holdings.back("sichuan") == first
    assert standing()["case_id"].to_list() == ["510000000001", "510000000002"]
    assert holdings.back("sichuan") == ""


def test_unknown_headings_are_told(new_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text([case(1, 备注="x", 收件人="y")]), encoding="utf-8")
    assert loaded(path).files[0].unknown == ("备注", "收件人")
    assert holdings.held("sichuan").deliveries[0].unknown_columns == ("备注", "收件人")


def test_a_file_without_a_required_column_is_refused_in_one_sentence(new_store: Path, tmp_path: Path) -> None:
    row = {name: value for name, value in case(1).items() if name not in ("status", "channel")}
    done = loaded(write(tmp_path / "a.csv", [row]), write(tmp_path / "b.csv", [case(1)]))
    fault = done.files[0].fault
    assert fault and (fault.code, fault.params["missing"]) == ("missing_columns", "受理渠道 状态")
    assert "办件编号" in str(fault.params["found"])
    assert [file.outcome for file in done.files] == ["refused", "loaded"]


def test_files_that_are_none(new_store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("", encoding="utf-8")
    (tmp_path / "c.csv").write_text(text([case(1)]).splitlines()[0], encoding="utf-8")
    (tmp_path / "d.docx").write_text("x", encoding="utf-8")
    (tmp_path / "e.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "f.parquet").write_text("x", encoding="utf-8")
    write(tmp_path / "g.csv", [case(1, status="?"), case(2, city="?")])
    names = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "d.docx", "e.xlsx", "f.parquet", "g.csv", "h.csv")]
    done = loaded(*names)
    assert [file.fault and file.fault.code for file in done.files] == [
        "no_headings", "empty_file", "no_rows", "unknown_type", "not_readable", "not_readable", "all_rejected",
        "not_found",
    ]  # fmt: skip
    assert done.refused
    assert done.version == ""
    assert [(reason.code, reason.rows, reason.row) for reason in done.files[6].reasons] == [
        ("city", 1, 3), ("code", 1, 2),
    ]  # fmt: skip


def test_a_map_is_chosen_by_the_headings_or_by_name(new_store: Path, tmp_path: Path) -> None:
    head = "登记号,事项代码,单位,窗口类型,收件时间,办结日期,办理情况,评价结果,备注"
    rows = "A1,001,公安厅,综窗,2025.10.3,2025.10.9,已办,非常满意,\nA2,002,省公安厅,网办,45933.5,,正在办理,,x"
    (tmp_path / "a.csv").write_text(f"{head}\n{rows}\n", encoding="utf-8")
    done = loaded(tmp_path / "a.csv")
    assert (done.files[0].map, done.files[0].kept, done.files[0].unknown) == ("ledger", 2, ("备注",))
    assert standing().select("case_id", "channel", "status", "satisfaction", "accepted_at").rows() == [
        ("A1", "comprehensive_window", "completed", 5, datetime(2025, 10, 3)),
        ("A2", "online", "open", None, datetime(2025, 10, 3, 12)),
    ]
    refused = loaded(tmp_path / "a.csv", write(tmp_path / "b.csv", [case(1)]), asked="standard").files[0]
    assert refused.outcome == "unchanged"
    with pytest.raises(HallError, match="unknown_records"):
        load([tmp_path], publisher="nobody")
    fault = loaded(write(tmp_path / "c.csv", [case(7)]), asked="nomap").files[0].fault
    assert fault and fault.code == "unknown_map"


def test_headings_below_a_title(new_store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("十月办件明细,,\n\n" + text([case(1), case(2, city="?")]), encoding="utf-8")
    assert loaded(tmp_path / "a.csv").files[0].kept == 1
    assert [row for row, *_ in rejected()] == [5]


def test_of_two_headings_for_a_column_the_first_of_the_map_counts(new_store: Path, tmp_path: Path) -> None:
    row = case(1)
    own = {"受理日期": "2025-10-01"} | row
    path = tmp_path / "a.csv"
    path.write_text(text([own]), encoding="utf-8")
    done = loaded(path, asked="platform")
    assert done.files[0].unknown == ("受理日期",) or standing()["accepted_at"][0] == datetime(2025, 10, 1)
    assert len(done.files[0].unknown) == 1


@pytest.mark.parametrize("one", catalog.column_maps(), ids=lambda m: f"{m.id}-{m.table}")
def test_a_map_fits_the_tables(one: columns.ColumnMap, new_store: Path, tmp_path: Path) -> None:
    table = catalog.tables()[one.table]
    assert set(one.columns.values()) <= {column.id for column in table.columns}
    assert {column.id for column in table.columns if column.required} <= set(one.columns.values())
    staging = Staging(tmp_path)
    try:
        for written in one.dates:
            words = datetime(2025, 10, 3, 8, 5).strftime(written)
            (found,) = staging.con.execute("select moment($w, $f)", {"w": words, "f": list(one.dates)}).fetchall()[0]
            assert found in (datetime(2025, 10, 3), datetime(2025, 10, 3, 8, 5), datetime(2025, 10, 3, 8)), written
    finally:
        staging.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [('zh = "x"\nen = "x"\ndates = []\n[cases.columns]\n"甲" = "case_number"\n', "甲 = case_number"),
     ('zh = "x"\nen = "x"\ndates = []\n[cases.columns]\n[cases.codes.channel]\n"甲" = "pigeon"\n', "甲 = pigeon"),
     ('zh = "x"\nen = "x"\ndates = []\n[cases.columns]\n[cases.codes.item_name]\n"甲" = "x"\n', "item_name"),
     ('zh = "x"\nen = "x"\ndates = []\n[cases.columns]\n[cases.codes.satisfaction]\n"好" = "9"\n', "好 = 9"),
     ('zh = "x"\nen = "x"\ndates = []\n[cases.colums]\n', "colums"),
     ('zh = "x"\nen = "x"\ndates = []\n[case.columns]\n', "case"),
     ('zh = "x"\ndates = []\n[cases.columns]\n', "en")],
)  # fmt: skip
def test_a_slip_in_a_map_is_told_with_its_place(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "columns").mkdir()
    (tmp_path / "columns/own.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(columns, "CATALOG", tmp_path)
    monkeypatch.setattr("hall.catalog.load.CATALOG", tmp_path)
    known = catalog.tables()
    monkeypatch.setattr(columns, "tables", lambda: known)
    columns.file.cache_clear()
    with pytest.raises(HallError, match="catalog_broken") as fault:
        columns.column_maps.__wrapped__()
    columns.file.cache_clear()
    assert "columns/own.toml" in str(fault.value.params["file"])
    assert told in str(fault.value.params["detail"])


damage = st.sampled_from(["good", "short", "long", "empty", "heading", "undecodable", "bad"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(kinds=["undecodable", "undecodable", "undecodable"], end="\n", last=False)
@given(kinds=st.lists(damage, min_size=1, max_size=30), end=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_any_mixture_adds_up_and_the_clean_rows_are_kept(
    kinds: list[str], end: str, last: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mixture")
    head, *_ = text([case(0)]).splitlines()
    lines, clean, wrong = [head.encode()], [], []
    for at, kind in enumerate(["good", *kinds], 1):
        row = text([case(at)]).splitlines()[1]
        lines.append({
            "good": row.encode(), "short": row.rpartition(",")[0].encode(), "long": f"{row},x".encode(),
            "empty": b"", "heading": head.encode(), "undecodable": row.encode().replace("成都".encode(), b"\xb3\xc9"),
            "bad": row.replace("在办", "?").encode(),
        }[kind])  # fmt: skip
        if kind == "good":
            clean.append(f"{510000000000 + at}")
        elif kind != "empty":
            wrong.append(at + 1)
    (folder / "a.csv").write_bytes(end.encode().join(lines) + end.encode() * last)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALL_STORE", str(folder / "store"))
        patch.setenv("HALL_TODAY", "2025-12-01")
        done = loaded(folder / "a.csv").files[0]
        assert (done.rows, done.kept) == (len(clean) + len(wrong), len(clean))
        assert standing()["case_id"].to_list() == clean
        assert [row for row, *_ in rejected()] == wrong
