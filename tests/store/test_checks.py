"""Checks find what is wrong, allow what rounding allows, and say so in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import issues
import pytest

from hall import intake, sql
from hall.model import Check, Document, Figure, Reading
from hall.reading.extract import read_text
from hall.store import checks, read, schema, write
from hall.text import sentences


def examined(text: str) -> Reading:
    return intake.examine(read_text(text))


def result(reading: Reading, code: str) -> str:
    found = {check.result for check in reading.checks if check.id == code}
    return "fail" if "fail" in found else found.pop()


def failed(reading: Reading) -> list[str]:
    return [check.id for check in reading.checks if check.result == "fail"]


def one(reading: Reading, code: str) -> Check:
    return next(check for check in reading.checks if check.id == code)


def ledger(*readings: Reading) -> list[tuple[str, str, str, dict[str, str]]]:
    """Several documents in one ledger; what failed: document, id, severity, params."""
    con = schema.connect()
    try:
        schema.create(con)
        for at, reading in enumerate(readings):
            write.add(con, reading, write.Provenance(f"{at}.txt", "file", datetime(2024, 12, 1, at)))
        found = checks.run(con)
    finally:
        con.close()
    return [(c["document"], c["id"], c["severity"], c["params"]) for c in found if c["result"] == "fail"]


def test_every_check_is_told_for_each_document() -> None:
    reading = examined(issues.monthly())
    ids = {check.id for check in reading.checks}
    assert {"handled_total_is_sum", "manual_coverage_is_share", "main_items_move_together"} <= ids
    assert failed(reading) == []
    assert one(reading, "manual_coverage_is_share").result == "not_applicable"
    for check in reading.checks:
        for lang in ("zh", "en"):
            assert sentences.check(check.id, check.result, check.params, lang) != check.id


def test_sum_is_told_with_the_printed_numbers() -> None:
    check = one(examined(issues.monthly()), "handled_total_is_sum")
    assert "5.34 + 0.23 = 5.57" in sentences.check(check.id, check.result, check.params, "en")


@pytest.mark.parametrize(
    ("total", "online", "window", "expected"),
    [
        ("5.57万件", "5.34万件", "0.23万件", "pass"),
        ("5.58万件", "5.34万件", "0.23万件", "pass"),  # three half units of 0.01: 0.015
        ("5.59万件", "5.34万件", "0.23万件", "fail"),  # off by 0.02
        ("5.55万件", "5.34万件", "0.23万件", "fail"),
        ("5.6万件", "5.34万件", "0.23万件", "pass"),  # the whole itself is coarse
        ("5.7万件", "5.34万件", "0.23万件", "fail"),
        ("55700件", "53400件", "2300件", "pass"),
        ("55701件", "53400件", "2300件", "fail"),  # whole numbers are exact
        ("5.57万件", "53400件", "2300件", "pass"),
        ("5.57万件", "5.34万件", "2290件", "pass"),
    ],
)
def test_sum_allows_half_a_unit_of_each_last_place(total: str, online: str, window: str, expected: str) -> None:
    assert (
        result(examined(issues.monthly(total=total, online=online, window=window)), "handled_total_is_sum") == expected
    )


def test_failed_hold_keeps_its_figures_back_and_no_others() -> None:
    reading = examined(issues.monthly(total="5.97万件"))
    held = {o.metric for o in reading.observations if o.obs_status == "U"}
    assert held == {"handled_total", "online_accepted", "comprehensive_accepted"}
    assert {f.metric for f in reading.figures if f.status == "U"} == held
    check = one(reading, "handled_total_is_sum")
    assert "5.34 + 0.23 ≠ 5.97" in sentences.check(check.id, check.result, check.params, "zh")
    assert {reading.figures[at].metric for at in check.figures} == held


def test_accepted_figures_stay_accepted() -> None:
    plain = read_text(issues.monthly(total="5.97万件"))
    reading = intake.examine(
        replace(
            plain,
            figures=tuple(replace(f, status="A") for f in plain.figures),
            observations=tuple(replace(o, obs_status="A") for o in plain.observations),
        )
    )
    assert failed(reading) == ["handled_total_is_sum"]
    assert {o.obs_status for o in reading.observations} == {"A"}


@pytest.mark.parametrize(
    ("share", "expected"), [("65.59", "pass"), ("65.6", "pass"), ("66", "pass"), ("65.60", "fail"), ("67", "fail")]
)
def test_share_of_two_counts(share: str, expected: str) -> None:
    document = Document(
        "f" * 64,
        "weekly_bulletin",
        publisher=issues.HALL,
        published_on=date(2024, 9, 11),
        period_start=date(2024, 9, 2),
        period_end=date(2024, 9, 6),
    )
    decimals = len(share.partition(".")[2])
    stated = (
        ("manuals_completed", "1079", "piece", 0),
        ("comprehensive_handling_items", "1645", "item", 0),
        ("manual_coverage", share, "percent", decimals),
    )
    reading = intake.examine(made(document, stated))
    assert result(reading, "manual_coverage_is_share") == expected
    told = sentences.check("manual_coverage_is_share", expected, one(reading, "manual_coverage_is_share").params, "zh")
    assert ("1079 / 1645 = 65.59" if expected == "fail" else f"1079 / 1645 = {share} %") in told


def made(document: Document, stated: tuple[tuple[str, str, str, int], ...]) -> Reading:
    """A reading of figures as of a date: metric, value, unit, decimals."""
    plain = read_text(issues.weekly())
    figures, observations = [], []
    for at, (metric, value, unit, decimals) in enumerate(stated):
        figure = replace(
            plain.figures[0],
            metric=metric,
            value=Decimal(value),
            unit=unit,
            decimals=decimals,
            scope="as_of",
            start=at,
            end=at + 1,
            as_printed=value,
        )
        figures.append(figure)
        observations.append(
            replace(
                plain.observations[0],
                metric=metric,
                obs_value=Decimal(value),
                unit_measure=unit,
                decimals=decimals,
                scope="as_of",
                period_start=document.period_end,
                period_end=document.period_end,
                figure=at,
            )
        )
    return Reading(document, "", tuple(figures), tuple(observations))


def moved(*changes: tuple[str | None, int, int]) -> Reading:
    """From–to figures of the main items: department (None for the whole hall), before, after."""
    plain = read_text(issues.weekly())
    figures: list[Figure] = []
    for department, before, after in changes:
        for kind, value in (("before", before), ("volume", after)):
            at = len(figures)
            figures.append(
                replace(
                    plain.figures[0],
                    metric="comprehensive_main_items",
                    kind=kind,
                    value=Decimal(value),
                    scope="as_of",
                    department=department,
                    start=at,
                    end=at + 1,
                )
            )
    return intake.examine(replace(plain, figures=tuple(figures), observations=()))


def test_items_move_together() -> None:
    code = "main_items_move_together"
    assert result(moved((None, 750, 747), ("水利厅", 23, 20)), code) == "pass"
    assert result(moved((None, 750, 746), ("水利厅", 23, 20)), code) == "fail"
    assert result(moved((None, 750, 747), ("水利厅", 23, 21), ("审计厅", 9, 8)), code) == "pass"
    assert result(moved(("水利厅", 23, 20)), code) == "not_applicable"
    check = one(moved((None, 750, 747), ("水利厅", 23, 20)), code)
    assert "750 → 747" in sentences.check(code, "pass", check.params, "zh")
    assert "23 → 20" in sentences.check(code, "pass", check.params, "zh")


def test_week_is_no_larger_than_the_year_to_date() -> None:
    assert result(examined(issues.weekly()), "period_within_to_date") == "pass"
    reading = examined(issues.weekly(week=(1300, 600, 900, 2500), to_date=(61000, 599, 150000, 280000)))
    assert failed(reading) == ["period_within_to_date"]
    held = [(o.metric, o.scope) for o in reading.observations if o.obs_status == "U"]
    assert held == [("comprehensive_accepted", "period"), ("comprehensive_accepted", "year_to_date")]


def test_year_to_date_never_falls_within_a_year() -> None:
    first = read_text(issues.weekly())
    falls = read_text(issues.weekly(9, issue=37, to_date=(62000, 20999, 151000, 281000)))
    assert ledger(first, read_text(issues.weekly(9, issue=37, to_date=(62000, 21600, 151000, 283000)))) == []
    ((document, code, severity, params),) = ledger(first, falls)
    assert (document, code, severity) == (falls.document.sha256, "to_date_never_falls", "hold")
    assert (params["before"], params["now"]) == ("21000件", "20999件")
    # In whichever order they come.
    assert ledger(falls, first)[0][:2] == (falls.document.sha256, "to_date_never_falls")


def test_to_date_may_fall_with_the_new_year() -> None:
    early = issues.weekly(to_date=(9000, 2000, 9900, 9000), issue=1).replace("2024年", "2025年")
    assert ledger(read_text(issues.weekly()), read_text(early)) == []


def test_value_out_of_range_is_held() -> None:
    reading = examined(issues.monthly(phone="9050000人次"))
    assert failed(reading) == ["value_in_range"]
    assert [o.metric for o in reading.observations if o.obs_status == "U"] == ["phone_consultations"]


def test_changed_unit_is_a_note() -> None:
    found = ledger(
        read_text(issues.weekly()),
        read_text(issues.weekly(9, issue=37, unit="件次", to_date=(62000, 21600, 151000, 283000))),
    )
    assert {(code, severity) for _, code, severity, _ in found} == {("unit_changed", "note")}
    assert {(params["before"], params["now"]) for *_, params in found} == {("件", "件次")}


def test_unit_that_no_metric_knows_is_told_by_the_name() -> None:
    """The figure measures nothing only because its unit is new: its value would be missing in silence."""
    later = issues.monthly(10).replace("0.28万件", "2800件次")
    found = ledger(read_text(issues.monthly(9)), read_text(later))
    assert [(code, severity, params["now"]) for _, code, severity, params in found] == [
        ("unit_changed", "note", "件次")
    ]


def test_two_values_of_one_measure_are_held() -> None:
    plain = read_text(issues.monthly())
    other = replace(plain.observations[0], obs_value=Decimal(55800), figure=1)
    reading = intake.examine(replace(plain, observations=(*plain.observations, other)))
    assert "one_value_per_measure" in failed(reading)
    same = replace(plain.observations[0], figure=1)
    assert failed(intake.examine(replace(plain, observations=(*plain.observations, same)))) == []


@pytest.mark.parametrize("printed", ["2024年9月18日", "2026年10月18日"])
def test_print_date_that_does_not_fit_the_period(printed: str) -> None:
    plain = read_text(issues.monthly())
    year, month = (2024, 9) if printed.startswith("2024") else (2026, 10)
    document = replace(plain.document, published_on=date(year, month, 18))
    assert failed(intake.examine(replace(plain, document=document))) == ["print_after_period"]


def test_number_of_another_period_is_held() -> None:
    plain = read_text(issues.monthly())
    other = replace(
        plain.observations[6], time_period="2024-08", period_start=date(2024, 8, 1), period_end=date(2024, 8, 31)
    )
    reading = intake.examine(replace(plain, observations=(*plain.observations[:6], other)))
    assert failed(reading) == ["period_matches_document"]


def test_issue_loaded_twice_for_other_periods() -> None:
    first = read_text(issues.monthly(9, issue=9))
    assert ledger(first, read_text(issues.monthly(8, issue=8))) == []
    assert [code for _, code, *_ in ledger(first, read_text(issues.monthly(8, issue=9)))] == ["duplicate_issue"]
    assert [code for _, code, *_ in ledger(first, read_text(issues.monthly(9, issue=10, phone="7人次")))] == [
        "duplicate_issue",
        "restates_earlier",
    ]
    assert ledger(first, read_text(issues.monthly(9, year=2023, issue=9))) == []


def test_two_values_name_both_places() -> None:
    reading = examined(issues.monthly() + "\n综合窗口受理0.23万件；现场咨询服务4388人次；电话咨询950人次。\n")
    check = next(c for c in reading.checks if c.id == "one_value_per_measure" and c.result == "fail")
    assert [reading.figures[at].value for at in check.figures] == [905, 950]
    assert "905人次 / 950人次" in sentences.check(check.id, check.result, check.params, "zh")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("由750项调整为747项，同比减少0.4%", "not_applicable"),
        ("由750项调整为747项，下降0.4%", "pass"),
        ("由750项调整为747项，下降0.40%", "pass"),
        ("由750项调整为747项，下降4%", "fail"),
        ("由750项调整为747项，减少3项", "pass"),
        ("由750项调整为747项，减少4项", "fail"),
        ("由750项调整为747项，其中增加2项、减少5项", "not_applicable"),
        ("由20个工作日压缩至10个工作日，压缩9个工作日", "fail"),
        ("由5.57万件增加到5.67万件，增加0.11万件", "pass"),
        ("占比由60.1%提高到65.3%，提高5.2个百分点", "pass"),
        ("占比由60.1%提高到65.3%，提高5.8个百分点", "fail"),
    ],
)
def test_change_from_one_printed_value_to_the_next(words: str, expected: str) -> None:
    reading = examined(issues.monthly() + f"\n通办事项{words}。\n")
    assert result(reading, "change_of_stated") == expected
    if expected == "fail":
        told = one(reading, "change_of_stated")
        assert told.params["exact"] in sentences.check(told.id, "fail", told.params, "zh")
        assert len(told.figures) == 3


def test_growth_is_what_the_two_printed_values_give() -> None:
    grown = "10月，省本级办理政务服务事项6.02万件，同比增长{}%。上年同期办理政务服务事项4.13万件。"
    for growth, expected in (("45.8", "pass"), ("46", "pass"), ("54.8", "fail")):
        text = issues.monthly(10).split("10月，省本级")[0] + grown.format(growth) + "\n"
        assert result(examined(text), "growth_of_stated") == expected, growth


def test_growth_against_another_document_is_a_note() -> None:
    first = read_text(issues.monthly(9))
    grown = issues.monthly(10).replace("电话咨询905人次", "电话咨询905人次，环比增长12.5%")
    assert ledger(first, read_text(grown.replace("12.5", "0.0"))) == []
    ((_, code, severity, _),) = ledger(first, read_text(grown))
    assert (code, severity) == ("growth_of_stated", "note")


def months(values: tuple[int, ...], last: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """What fails for months from January on with so many calls, and a last one."""
    texts = [issues.monthly(at, phone=f"{n}人次") for at, n in enumerate(values, start=1)]
    return ledger(*(read_text(text) for text in (*texts, issues.monthly(len(values) + 1, phone=last))))


def test_a_slip_of_the_unit_is_held_and_an_outlier_is_a_note() -> None:
    past = (905, 930, 880, 910, 899, 925)
    assert months(past, "940人次") == months(past, "1100人次") == []
    assert [c[1:3] for c in months(past, "1500人次")] == [("against_history", "note")]
    ((_, code, severity, params),) = months(past, "9050人次")
    assert (code, severity, params["n"], params["middle"]) == ("against_history", "hold", "6", "907.5")
    assert [c[2] for c in months(past, "91人次")] == ["hold"]


def test_small_counts_and_short_histories_alarm_nobody() -> None:
    assert months((3, 1, 2, 4, 2, 3), "29人次") == []
    assert months((905, 930, 880, 910, 899), "9050人次") == []


def test_a_value_that_waits_for_a_person_is_no_evidence() -> None:
    first = read_text(issues.weekly(to_date=(61000, 210000, 150000, 280000)))
    held = replace(
        first,
        figures=tuple(replace(f, status="U") for f in first.figures),
        observations=tuple(replace(o, obs_status="U") for o in first.observations),
    )
    later = read_text(issues.weekly(9, issue=37, to_date=(62000, 21600, 151000, 283000)))
    assert [code for _, code, *_ in ledger(first, later)] == ["to_date_never_falls"]
    assert ledger(held, later) == []


def test_to_date_is_compared_with_the_newest_vintage() -> None:
    first = read_text(issues.weekly())
    again = read_text(issues.weekly(to_date=(61000, 20000, 150000, 280000)).replace("2024年9月11日", "2024年9月12日"))
    later = read_text(issues.weekly(9, issue=37, to_date=(62000, 20600, 151000, 283000)))
    assert "to_date_never_falls" in [code for _, code, *_ in ledger(first, later)]
    assert [code for _, code, *_ in ledger(first, again, later)] == ["restates_earlier"]


def test_numbers_of_issues_run_on() -> None:
    def found(*numbers: tuple[int, int]) -> list[tuple[str, str]]:
        return [c[1:3] for c in ledger(*(read_text(issues.monthly(m, issue=n)) for m, n in numbers))]

    assert found((5, 5), (9, 9), (10, 10)) == []
    assert found((9, 9), (10, 11)) == [("skipped_issue", "note")]
    assert found((9, 9), (10, 10), (11, 10)) == [("duplicate_issue", "hold")]
    assert found((9, 9), (10, 3)) == [("skipped_issue", "note")]  # a number that falls runs on from nothing


def test_title_of_another_month_is_held() -> None:
    plain = issues.monthly(9)
    right = plain.replace("政务窗口月报", "政务窗口月报（2024年9月）")
    assert result(examined(right), "title_month") == "pass"
    body = plain.replace("9月，省本级", "省本级")
    wrong = examined(body.replace("政务窗口月报", "政务窗口月报（2024年8月）"))
    assert set(failed(wrong)) == {"title_month"}
    assert {o.obs_status for o in wrong.observations} == {"U"}
    told = examined(plain.replace("一、2024年9月总体", "一、2024年8月总体").replace("9月，省本级", "8月，省本级"))
    assert result(told, "title_month") == "pass"


def test_body_of_another_month_is_held() -> None:
    wrong = examined(issues.monthly(9).replace("9月，省本级", "8月，省本级"))
    assert {"period_matches_document"} <= set(failed(wrong))
    assert "V" not in {o.obs_status for o in wrong.observations}


def test_an_earlier_month_beside_the_own_is_a_vintage_and_no_fault() -> None:
    text = issues.monthly(10) + "\n9月办理政务服务事项5.60万件。\n"
    reading = examined(text)
    assert failed(reading) == []
    assert {o.time_period for o in reading.observations} == {"2024-09", "2024-10"}
    first = read_text(issues.monthly(9))
    assert [c[1:3] for c in ledger(first, read_text(text))] == [("restates_earlier", "note")]
    far = text.replace("5.60万件", "56.0万件")
    assert [c[1:3] for c in ledger(first, read_text(far))] == [("restates_earlier", "hold")]


ROWS = (("公安厅", 120, 110), ("水利厅", 80, 70), ("审计厅", 30, 20))


def table(accepted: int, completed: int) -> str:
    """A table of departments with its totals."""
    lines = ["| 部门 | 受理量（件） | 办结量（件） |", "| --- | --- | --- |"]
    lines += [f"| {name} | {a} | {b} |" for name, a, b in (*ROWS, ("合计", accepted, completed))]
    return issues.monthly() + "\n三、部门办件情况\n\n" + "\n".join(lines) + "\n"


def test_total_of_a_table() -> None:
    assert result(examined(table(230, 200)), "total_of_column") == "pass"
    reading = examined(table(230, 201))
    (check,) = (c for c in reading.checks if c.id == "total_of_column" and c.result == "fail")
    # the other column adds up, so the rows are its parts and this total is wrong
    assert check.severity == "hold"
    assert [reading.figures[at].value for at in check.figures] == [201, 110, 70, 20]
    assert {c.severity for c in examined(table(231, 201)).checks if c.id == "total_of_column"} == {"note"}


def test_two_values_of_a_name_that_is_no_metric_are_a_note() -> None:
    more = "\n三、其他\n\n发放服务指南300份。窗口发放服务指南320份；发放服务指南300份。\n"
    reading = examined(issues.monthly() + more)
    assert result(reading, "one_value_per_label") == "pass"
    reading = examined(issues.monthly() + "\n三、其他\n\n发放服务指南300份。另外，发放服务指南320份。\n")
    (check,) = (c for c in reading.checks if c.id == "one_value_per_label" and c.result == "fail")
    assert check.severity == "note" and len(check.figures) == 2
    assert {f.status for f in reading.figures} == {"V"}


def test_document_without_numbers_is_not_applicable() -> None:
    reading = examined("关于食堂开放时间的通知\n\n食堂十二点开放，请大家合理安排。\n")
    assert {check.result for check in reading.checks} == {"not_applicable"}


def test_checks_run_again_when_the_ledger_grows(new_store: Path, tmp_path: Path) -> None:
    later = issues.weekly(9, issue=37, to_date=(62000, 20999, 151000, 281000))
    intake.load([issues.put(tmp_path, "later.txt", later)])
    assert {r["obs_status"] for r in read.records("series/observations")} == {"V"}
    intake.load([issues.put(tmp_path, "first.txt", issues.weekly())])
    held = [r for r in read.records("series/observations") if r["obs_status"] == "U"]
    assert [(r["metric"], r["time_period"]) for r in held] == [("comprehensive_accepted", "2024-W37")]
    intake.withdraw("first.txt")
    assert {r["obs_status"] for r in read.records("series/observations")} == {"V"}


def test_each_file_gives_the_columns_of_the_table() -> None:
    con = schema.connect()
    schema.create(con)
    for name in sql.names("checks"):
        con.execute(sql.text(name), checks.terms(name))
        assert [c[0] for c in con.description or ()] == ["document", "id", "result", "severity", "figures", "params"], (
            name
        )
    con.close()
