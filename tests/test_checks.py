"""Checks find what is wrong, allow what rounding allows, and say so in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import issues
import pytest

from hall import intake
from hall.model import Check, Document, Figure, Reading
from hall.reading.extract import read_text
from hall.store import checks, read, schema, sql, write
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
            write.add(con, reading, write.Source(f"{at}.txt", "file", datetime(2024, 12, 1, at)))
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
                )  # type: ignore[arg-type]
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
        "duplicate_issue"
    ]
    assert ledger(first, read_text(issues.monthly(9, year=2023, issue=9))) == []


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
        con.execute(sql.text(name))
        assert [c[0] for c in con.description or ()] == ["document", "id", "result", "severity", "figures", "params"], (
            name
        )
    con.close()
