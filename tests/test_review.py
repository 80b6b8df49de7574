"""Decisions of people: they hold through restart, rebuild, a reload of the same file, withdrawal and rollback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import issues
import pytest
from contexts import about

from hall import catalog, intake, review, settings
from hall.catalog import wordings
from hall.decision import Decision
from hall.model import Document, HallError, Period
from hall.paths import ROOT
from hall.reading.extract import read_text
from hall.store import decisions, journal, proposals, publish, read, versions
from hall.text.plain import unmarked
from hall.text.typed import measured
from hall.views.sources import page as sources
from hall.views.sources.review import desk

GOOD = (ROOT / "tests/golden/monthly-reordered.txt").read_text(encoding="utf-8")
BY = "王审核"


@pytest.fixture
def inbox(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("HALL_INBOX", str(folder))
    yield folder


@pytest.fixture
def document(inbox: Path) -> str:
    """The hash of a bulletin that waits in the inbox."""
    review.receive("月报.txt", GOOD.encode())
    return review.inbox()[0].sha256


def rows(document: str) -> list[dict[str, Any]]:
    return read.records("series/figures", document=document)


def seen(document: str) -> list[dict[str, Any]]:
    with read.serving(
        review.preview("" if journal.state(settings.store(), read.version()).has(document) else "月报.txt")
    ):
        return rows(document)


def figure(document: str, metric: str = "handled_total") -> dict[str, Any]:
    return next(r for r in seen(document) if r["metric"] == metric)


def on(row: dict[str, Any], act: Any, reason: str = "与原件核对", **more: Any) -> Decision:
    place = (row["start_at"], row["end_at"], row["as_printed"])
    return Decision("", row["document"], act, "", datetime.now(), reason, *place, label=row["label"], **more)


def value(metric: str = "handled_total") -> list[tuple[Decimal, str]]:
    found = read.records("series/observations")
    return [(o["obs_value"].normalize(), o["obs_status"]) for o in found if o["metric"] == metric]


def corrected(document: str) -> None:
    review.decide([on(figure(document), "correct", value=Decimal(43000))], BY)
    review.publish_document(document, BY)


def test_nobody_sees_a_document_before_it_is_published(document: str) -> None:
    before = read.version()
    assert figure(document)["status"] == "V"
    assert read.version() == before
    assert rows(document) == []
    review.publish_document(document, BY)
    assert len(rows(document)) > 5
    assert [w.state for w in review.inbox()] == ["loaded"]


def test_a_correction_keeps_the_printed_value_beside_it(document: str) -> None:
    read_as = figure(document)["value"]
    corrected(document)
    row = next(r for r in rows(document) if r["metric"] == "handled_total")
    assert (row["value"], row["read_value"]) == (Decimal(43000), read_as)
    assert (row["status"], row["decision"], row["decided_by"], row["reason"]) == ("A", "correct", BY, "与原件核对")
    assert value() == [(Decimal(43000).normalize(), "A")]
    assert review.pending() == []


def restart(document: str, inbox: Path) -> None:
    read.close()


def rebuild(document: str, inbox: Path) -> None:
    for file in settings.store().glob("hall-*.duckdb"):
        file.unlink()
    (settings.store() / "CURRENT").unlink()
    intake.load()


def rebuild_twice(document: str, inbox: Path) -> None:
    rebuild(document, inbox)
    rebuild(document, inbox)


def reload_file(document: str, inbox: Path) -> None:
    assert intake.load([inbox / "月报.txt"]).count("unchanged") == 1


def withdraw_and_load(document: str, inbox: Path) -> None:
    intake.withdraw(document, BY)
    assert value() == []
    intake.load([inbox / "月报.txt"])


def roll_forth_and_back(document: str, inbox: Path) -> None:
    version = read.version()
    review.decide([on(figure(document), "correct", value=Decimal(1))], BY)
    review.publish_document(document, BY)
    assert value() == [(Decimal(1), "A")]
    publish.rollback(version, BY)
    intake.load()


EVENTS = (restart, rebuild, rebuild_twice, reload_file, withdraw_and_load, roll_forth_and_back)


@pytest.mark.parametrize("event", EVENTS)
def test_decisions_survive(event: Callable[[str, Path], None], document: str, inbox: Path) -> None:
    corrected(document)
    event(document, inbox)
    assert value() == [(Decimal(43000).normalize(), "A")]


def test_a_document_reviewed_after_its_load_stays(document: str, inbox: Path) -> None:
    """The publication of a review is a version like any other: what it holds is known afterwards."""
    other = inbox / "别的.txt"
    other.write_text(issues.monthly(3), encoding="utf-8")
    version = intake.load().version
    row = figure(document)
    review.decide([on(row, "correct", value=Decimal(43000))], BY)
    assert [v.act for v in versions.versions()] == ["load"]
    assert versions.versions()[0].name == version
    review.publish_document(document, BY)
    assert intake.load().names == {"unchanged": ["别的.txt", "月报.txt"]}
    for file in (*inbox.iterdir(), *settings.store().glob("hall-*"), settings.store() / "CURRENT"):
        file.unlink()
    intake.load()
    assert len(read.records("series/documents")) == 2
    assert (Decimal(43000).normalize(), "A") in value()


def test_decisions_wait_for_publication_through_a_restart(document: str) -> None:
    review.decide([on(figure(document), "reject", "不是办理量")], BY)
    read.close()
    shown = subprocess.run(
        [sys.executable, "-c", "from hall import review; print(len(review.pending()))"],
        cwd=ROOT, capture_output=True, text=True, env=os.environ, check=True,
    )  # fmt: skip
    assert shown.stdout == "1\n"
    intake.load([settings.inbox() / "月报.txt"])
    assert len(value()) == 1  # loaded by another hand, still undecided
    review.publish_document(document, BY)
    assert value() == []
    assert next(r for r in rows(document) if r["decision"])["decision"] == "reject"


def test_the_last_decision_wins_and_can_be_taken_back(document: str) -> None:
    row = figure(document)
    review.decide([on(row, "correct", value=Decimal(1))], BY)
    review.decide([on(row, "correct", value=Decimal(2))], BY)
    assert figure(document)["value"] == 2
    review.undo(document, row["start_at"], row["end_at"], BY)
    assert figure(document)["value"] == 1
    review.publish_document(document, BY)
    review.undo(document, row["start_at"], row["end_at"], BY)
    assert value() == [(Decimal(1), "A")]
    review.publish_document(document, BY)
    assert value() == [(row["value"].normalize(), "V")]
    with pytest.raises(HallError):
        review.undo(document, row["start_at"], row["end_at"], BY)


def test_a_figure_is_added_with_its_words_or_by_hand(document: str) -> None:
    day = review.reading_of(document).document
    base = Decision("", document, "add", "", datetime.now(), "补", value=Decimal(77), unit="人次", label="手工补录",
                    metric="phone_consultations", scope="period", period_start=day.period_start,
                    period_end=day.period_end)  # fmt: skip
    review.decide([replace(base, start=0, end=2), base], BY)
    review.publish_document(document, BY)
    added = [r for r in rows(document) if r["decision"] == "add"]
    assert [r["quote"] for r in added] == [GOOD[0:2], None]
    assert {r["status"] for r in added} == {"A"}
    assert (Decimal(77), "A") in value("phone_consultations")


def test_a_label_is_bound_and_proposed(document: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    row = next(r for r in seen(document) if r["metric"] is None and r["kind"] == "volume")
    review.decide([on(row, "map", metric="mailed")], BY)
    assert next(r for r in seen(document) if r["figure"] == row["figure"])["metric"] == "mailed"
    entry = tomllib.loads(review.label_proposals())["phrase"]
    assert entry == [{"metric": "mailed", "kinds": ["monthly_bulletin", "weekly_bulletin"], "words": [[row["label"]]]}]
    known = wordings.Phrase("mailed", ("monthly_bulletin",), ((row["label"],),))
    monkeypatch.setattr("hall.catalog.phrases", lambda: (known,))
    assert proposals.toml(journal.decisions(settings.store())) == ""


def test_a_mapped_figure_is_still_to_be_accepted(document: str) -> None:
    row = next(r for r in seen(document) if r["metric"] is None and r["kind"] == "volume")
    review.decide([on(row, "map", metric="mailed")], BY)
    with read.serving(review.preview("月报.txt")):
        opened = sources.load(about(), document=document).opened
        assert opened is not None
        mark = next(m for m in opened.marks if m.start == row["start_at"])
        plain = desk(opened).plain
    assert mark.status in {"U", "V"} and mark.undecided
    free = sum(r["status"] == "V" for r in seen(document))
    assert plain == free
    assert review.accept_all(document, BY) == free


def test_accept_all_leaves_what_a_check_found_wrong(inbox: Path) -> None:
    review.receive("错.txt", (ROOT / "tests/golden/monthly-broken-sum.txt").read_bytes())
    document = review.inbox()[0].sha256
    with read.serving(review.preview("错.txt")):
        held = {r["figure"] for r in rows(document) if r["status"] == "U"}
    assert held
    assert review.accept_all(document, BY) > 0
    with read.serving(review.preview("错.txt")):
        assert {r["figure"] for r in rows(document) if r["status"] == "U"} == held


@pytest.mark.parametrize(("change", "code"), [
    ({"reason": " "}, "reason_needed"), ({"value": None}, "bad_value"), ({"value": Decimal("nan")}, "bad_value"),
    ({"unit": "光年"}, "unknown_unit"), ({"metric": "nothing"}, "unknown_metric"),
    ({"as_printed": "没有"}, "unknown_figure"),
])  # fmt: skip
def test_what_cannot_hold_is_refused(change: dict[str, Any], code: str, document: str) -> None:
    given = on(figure(document), "correct", value=Decimal(5))
    with pytest.raises(HallError) as fault:
        review.decide([replace(given, **change)], BY)
    assert fault.value.code == code
    assert review.pending() == []
    with pytest.raises(HallError) as nobody:
        review.decide([given], "  ")
    assert nobody.value.code == "name_needed"


def test_a_decision_finds_its_figure_where_it_moved_or_says_that_it_is_lost() -> None:
    plain = read_text(GOOD)
    row = next(f for f in plain.figures if f.metric == "handled_total")
    given = Decision("1", plain.document.sha256, "correct", BY, datetime.now(), "误", row.start, row.end,
                     row.as_printed, Decimal(9), label=row.label)  # fmt: skip
    moved = decisions.apply(read_text("\n\n" + GOOD), [given])
    assert [f.value for f in moved.reading.figures if f.metric == "handled_total"] == [Decimal(9)]
    gone = decisions.apply(read_text(GOOD.replace(row.as_printed, "若干")), [given])
    assert gone.lost == (given,)
    assert "decision_lost" in {p.code for p in gone.reading.problems}


BLANK = b"%PDF-1.4\n" + bytes(range(128, 256)) * 9


@pytest.fixture
def unreadable(inbox: Path) -> str:
    """The hash of a damaged file that waits in the inbox."""
    review.receive("坏.pdf", BLANK)
    document = review.inbox()[0].sha256
    with pytest.raises(HallError) as fault:
        review.preview("坏.pdf")
    assert fault.value.code in review.UNREADABLE
    return document


def typed(document: str, words: str, of: str = "handled_total", month: str = "2025-08", **more: Any) -> None:
    whole = Period.parse(month)
    head = Document(document, "monthly_bulletin", publisher=catalog.publishers()[0].zh, period_start=whole.start,
                    period_end=whole.end)  # fmt: skip
    number, decimals, power, unit = measured(words)
    given = Decision("", document, "add", "", datetime.now(), "照原件", None, None, words, number, unit, None, of,
                     "period", decimals=decimals, unit_mult=power)  # fmt: skip
    review.enter(head, replace(given, **more), BY)


def stood(metric: str = "handled_total") -> list[tuple[str, Decimal, str, int, str]]:
    found = [o for o in read.records("series/observations") if o["metric"] == metric]
    return [(o["time_period"], o["obs_value"].normalize(), o["obs_status"], o["decimals"], o["scope"]) for o in found]


def rebuilt(document: str, inbox: Path) -> None:
    rebuild(document, inbox)
    intake._failed.clear()
    rebuild(document, inbox)


def reloaded(document: str, inbox: Path) -> None:
    assert intake.load([inbox / "坏.pdf"]).count("unchanged") == 1


def withdrawn_and_loaded(document: str, inbox: Path) -> None:
    intake.withdraw(document, BY)
    assert stood() == []
    intake.load([inbox / "坏.pdf"])


@pytest.mark.parametrize("event", [restart, rebuilt, reloaded, withdrawn_and_loaded])
def test_what_was_typed_survives(event: Callable[[str, Path], None], unreadable: str, inbox: Path) -> None:
    typed(unreadable, "5.57万件")
    typed(unreadable, "40.1万件", scope="year_to_date")
    assert stood() == []
    assert review.inbox()[0].state == "new"
    with read.serving(review.preview("坏.pdf")):
        assert len(stood()) == 2
    review.publish_document(unreadable, BY)
    kept = [("2025-08", Decimal(55700).normalize(), "A", 2, "period"),
            ("2025-08", Decimal(401000).normalize(), "A", 1, "year_to_date")]  # fmt: skip
    assert stood() == kept
    assert {(r["as_printed"], r["decision"], r["decided_by"], r["quote"]) for r in rows(unreadable)} == {
        ("5.57万件", "add", BY, None), ("40.1万件", "add", BY, None)
    }  # fmt: skip
    event(unreadable, inbox)
    assert stood() == kept
    assert read.records("series/shelf")[0]["time_period"] == "2025-08"


def test_a_typed_value_is_taken_back_alone_and_a_head_put_right(unreadable: str) -> None:
    typed(unreadable, "5.57万件", month="2025-07")
    typed(unreadable, "1204人次", "onsite_consultations")
    review.publish_document(unreadable, BY)
    assert {o[0] for o in (*stood(), *stood("onsite_consultations"))} == {"2025-08"}
    row = next(r for r in rows(unreadable) if r["metric"] == "handled_total")
    which = (row["decided_at"], row["as_printed"], row["metric"])
    review.undo(unreadable, 0, 0, BY, which)
    review.publish_document(unreadable, BY)
    assert stood() == []
    assert stood("onsite_consultations") == [("2025-08", Decimal(1204), "A", 0, "period")]
    with pytest.raises(HallError):
        review.undo(unreadable, 0, 0, BY, which)


def test_what_was_typed_stays_where_the_file_becomes_readable(
    unreadable: str, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(unreadable, "4.3万件")
    review.publish_document(unreadable, BY)
    text = read_text(GOOD)
    month = next(o for o in text.observations if o.metric == "handled_total" and o.scope == "period").time_period
    other = replace(text, document=replace(text.document, sha256=unreadable))
    monkeypatch.setattr(intake, "_read", lambda *_: other)
    rebuild(unreadable, inbox)
    assert (month, Decimal(43000).normalize(), "A", 1, "period") in stood()
    assert len(rows(unreadable)) == len(text.figures) + 1
    # where the words do not tell of when the document is, what was typed does
    monkeypatch.setattr(intake, "_read", lambda *_: replace(other, document=Document(unreadable, "other")))
    assert review.reading_of(unreadable).document.period == Period.parse("2025-08")


def test_a_bulletin_that_restates_another_is_told_beside_it(inbox: Path) -> None:
    text = (ROOT / "tests/golden/sample/month-2025-03.txt").read_text(encoding="utf-8")
    later = text.replace("2025年4月21日", "2025年5月20日").replace("4.78万件", "4.88万件").replace("4.58", "4.68")
    for name, words in (("一.txt", text), ("二.txt", later)):
        review.receive(name, words.encode())
        document = next(w.sha256 for w in review.inbox() if w.name == name)
        review.publish_document(document, BY)
    told = sources.load(about(), document=document).vintages
    assert told and told.table
    words = {unmarked(str(row[0])): unmarked(str(row[1])) for row in told.table.rows}
    assert words["办理总量 2025年3月"].startswith("4.78 万件 → 4.88 万件"), words


@pytest.mark.parametrize(("change", "code"), [
    ({"reason": " "}, "reason_needed"), ({"metric": "nothing"}, "unknown_metric"), ({"scope": "as_of"}, "wrong_scope"),
    ({"value": None}, "bad_value"),
])  # fmt: skip
def test_what_cannot_be_typed_is_refused(change: dict[str, Any], code: str, unreadable: str) -> None:
    with pytest.raises(HallError) as fault:
        typed(unreadable, "5.57万件", **change)
    assert fault.value.code == code
    assert review.pending() == []
    assert review.head_of(unreadable) is None


def test_two_writers_lose_no_line(document: str) -> None:
    settings.store().mkdir(exist_ok=True)
    code = "from hall.store import journal; from hall import settings\n" + (
        "for i in range(200): journal.append(settings.store(), 'review', '', '', note='甲' * 300)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=os.environ) for _ in range(2)]
    assert [w.wait(60) for w in writers] == [0, 0]
    lines = journal.path(settings.store()).read_text(encoding="utf-8").splitlines()
    assert len([1 for line in lines if json.loads(line).get("note")]) == 400


def test_a_torn_line_is_passed_over_and_the_next_one_stands(document: str) -> None:
    settings.store().mkdir(exist_ok=True)
    with journal.path(settings.store()).open("ab") as file:
        file.write(b'{"at": "2025-')
    review.decide([on(figure(document), "correct", value=Decimal(5))], BY)
    assert len(review.pending()) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "..\\..\\x.txt", "/tmp/a b*?.txt", ".hidden.txt", "月报〔1〕.txt"]
)
def test_uploads_stay_in_the_inbox(name: str, inbox: Path) -> None:
    place = review.receive(name, b"x")
    assert place.parent == inbox
    assert not place.name.startswith(".")
    again = review.receive(name, b"y")
    assert again != place
    assert place.read_bytes() == b"x"
