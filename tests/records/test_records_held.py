"""A delivery that would cost too much of what stands, or of its own rows, is held as a whole until a person decides."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from deliveries import CONSULTATION, case, standing, write

from hall import catalog, settings
from hall.cases import holding
from hall.cases.load import LoadedRecords, Wish, let_in, load
from hall.cases.outcome import Insisted
from hall.model import HallError
from hall.records import judging
from hall.store import held, holdings, journal
from hall.views.data.held import sentence

WHOLE = [case(at) for at in range(1000)]
SURE = Insisted("王敏", "核对过")


def spoiled(count: int, **changes: str) -> list[dict[str, str]]:
    """The month again, with changes in so many rows."""
    return [case(at, **(changes if at < count else {})) for at in range(1000)]


def reasons(done: LoadedRecords) -> list[tuple[str, str]]:
    assert done.held is not None
    return [(hold.table, hold.reason) for hold in done.held.holds]


@pytest.fixture
def stood(new_store: Path, tmp_path: Path) -> Path:
    """A folder for deliveries; 1,000 cases of October stand."""
    assert load([write(tmp_path / "first.csv", WHOLE)]).held is None
    return tmp_path


def test_a_month_again_with_a_word_that_is_not_known_replaces_nothing(stood: Path) -> None:
    before = holdings.held("sichuan")
    path = write(stood / "again.csv", spoiled(990, channel="飞鸽"))
    done = load([path])
    assert holdings.held("sichuan") == before
    assert [file.outcome for file in done.files] == ["held"]
    assert reasons(done) == [("cases", "month"), ("cases", "rows")]
    assert done.held
    assert done.held.holds[0].words == {"month": "2025-10", "before": 1000, "rows": 10, "left": 10}
    (kept,) = held.every("sichuan")
    (file,) = kept.files
    assert (file.path, file.rows, file.kept, file.reasons[0].code, file.reasons[0].rows) == (
        str(path), 1000, 10, "code", 990,
    )  # fmt: skip
    assert len(file.sha256) == 64
    told = sentence(kept, "zh")
    for words in ("again.csv", "2025-10", "1000 行", "10 行", "受理渠道", "飞鸽"):
        assert words in told
    assert sentence(kept, "en").count("\n") == 0


def test_an_increment_that_was_not_called_one_is_held(stood: Path) -> None:
    assert reasons(load([write(stood / "week.csv", WHOLE[:7])])) == [("cases", "month")]
    # As many rows as stood, of which few are those that stood: a later week, or another hall.
    assert reasons(load([write(stood / "other.csv", [case(at) for at in range(900, 1900)])])) == [("cases", "month")]
    assert standing().height == 1000
    assert load([write(stood / "most.csv", WHOLE[:800])]).held is None
    assert standing().height == 800


def test_a_small_month_may_change_as_it_likes(new_store: Path, tmp_path: Path) -> None:
    load([write(tmp_path / "a.csv", WHOLE[:49])])
    assert load([write(tmp_path / "b.csv", WHOLE[:5])]).held is None
    load([write(tmp_path / "c.csv", WHOLE[:50])])
    assert load([write(tmp_path / "d.csv", WHOLE[:39])]).held
    assert load([write(tmp_path / "e.csv", WHOLE[:40])]).held is None


def test_all_files_of_a_call_are_judged_together(stood: Path) -> None:
    halves = [write(stood / "a.csv", WHOLE[:500]), write(stood / "b.csv", WHOLE[500:])]
    assert load(halves).held is None
    # Another table of the same call waits too.
    talks = write(stood / "c.csv", [CONSULTATION | {"id": f"{at}"} for at in range(30)])
    assert load([write(stood / "d.csv", WHOLE[:7]), talks]).held
    assert holdings.held("sichuan").months("consultations") == ()


@pytest.mark.parametrize(
    ("wrong", "rows", "waits"), [(19, 30, False), (20, 199, True), (20, 200, False), (21, 200, True)]
)
def test_a_first_load_of_which_a_tenth_is_not_taken_is_held(
    wrong: int, rows: int, waits: bool, new_store: Path, tmp_path: Path
) -> None:
    made = [case(at, **({"status": "?"} if at < wrong else {})) for at in range(rows)]
    done = load([write(tmp_path / "a.csv", made)])
    assert bool(done.held) == waits
    assert holdings.held("sichuan").months("cases") == (() if waits else ("2025-10",))


def test_equal_rows_and_later_states_are_no_loss_but_other_cases_of_one_number_are(
    new_store: Path, tmp_path: Path
) -> None:
    twice = [*WHOLE[:100], *WHOLE[:100], *(case(at, status="办结", completed_at="2025-10-20") for at in range(100))]
    assert load([write(tmp_path / "a.csv", twice)]).held is None
    alike = [case(7, accepted_at=f"2025-10-{1 + at % 28:02} 08:00:00") for at in range(100)]
    assert reasons(load([write(tmp_path / "b.csv", alike)])) == [("cases", "month"), ("cases", "rows")]


def test_the_same_call_is_held_once_and_loaded_once_it_can_be(stood: Path) -> None:
    path = write(stood / "again.csv", WHOLE[:7])
    for _ in range(2):
        load([path])
    assert len(held.every()) == 1
    assert load([path], wish=Wish(insist=SURE)).held is None
    assert held.every() == ()
    assert standing().height == 7
    (line,) = [one for entry in journal.entries(settings.store()) for one in entry.deliveries]
    assert (line["act"], line["reason"], line["files"][0]["name"]) == ("replace", "核对过", "again.csv")


def test_a_clerk_lets_it_in_with_a_reason(stood: Path) -> None:
    path = write(stood / "again.csv", WHOLE[:7])
    one = load([path]).held
    assert one
    for by, why, code in (("", "x", "name_needed"), ("王敏", " ", "held_reason_needed")):
        with pytest.raises(HallError, match=code):
            let_in("sichuan", one.id, by, why)
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    with pytest.raises(HallError, match="held_file_gone"):
        let_in("sichuan", one.id, "王敏", "核对过")
    path.write_bytes(content)
    assert let_in("sichuan", one.id, "王敏", "核对过").months[0].rows == 7
    assert (standing().height, held.every()) == (7, ())
    (entry,) = journal.entries(settings.store())
    assert (entry.user, entry.deliveries[0]["act"], entry.publishes) == ("王敏", "replace", False)
    with pytest.raises(HallError, match="unknown_held"):
        let_in("sichuan", one.id, "王敏", "核对过")


def test_a_clerk_gives_it_up(stood: Path) -> None:
    one = load([write(stood / "again.csv", WHOLE[:7])]).held
    assert one
    holding.give_up("sichuan", one.id, "王敏", "旧文件")
    assert (standing().height, held.every()) == (1000, ())
    (entry,) = journal.entries(settings.store())
    assert (entry.user, entry.deliveries[0]["act"], entry.deliveries[0]["reason"]) == ("王敏", "drop", "旧文件")


def test_undo_and_a_dry_run_leave_what_waits_alone(stood: Path) -> None:
    load([write(stood / "all.csv", [*WHOLE, case(1001)])])
    path = write(stood / "again.csv", WHOLE[:7])
    assert load([path], wish=Wish(dry=True)).held
    assert held.every() == ()
    load([path])
    holdings.back("sichuan")
    assert (standing().height, len(held.every())) == (1000, 1)


def test_a_judge_more_is_asked(stood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[judging.TableDelivery] = []
    monkeypatch.setattr(judging, "JUDGES", (lambda delivered: seen.append(delivered) or (),))
    load([write(stood / "more.csv", [case(1), *(case(at, accepted_at="2025-11-03") for at in range(2000, 2005))])])
    (one,) = seen
    assert (one.table, one.months, one.rows, one.lost) == ("cases", {"2025-10": 1, "2025-11": 5}, 6, 0)
    assert {month: (was.rows, was.left) for month, was in one.standing.items()} == {"2025-10": (1000, 1)}


def test_rows_are_added_by_their_numbers(stood: Path) -> None:
    load([write(stood / "nov.csv", [case(at, accepted_at="2025-11-03") for at in range(2000, 2100)])])
    week = [
        case(1, status="办结", completed_at="2025-11-20"),
        case(2, accepted_at="2025-11-05"),  # it stood in October
        case(2000, accepted_at="2025-11-03", item_name="另一事项"),
        case(3000, accepted_at="2025-12-01"),
    ]
    done = load([write(stood / "week.csv", week)], wish=Wish(add=True))
    assert done.held is None
    assert [(m.month, m.rows, m.before) for m in done.months] == [
        ("2025-10", 999, 1000), ("2025-11", 101, 100), ("2025-12", 1, None),
    ]  # fmt: skip
    rows = {row["case_id"]: row for row in standing().iter_rows(named=True)}
    assert len(rows) == standing().height == 1101
    assert rows["510000000001"]["status"] == "completed"
    assert f"{rows['510000000002']['accepted_at']:%Y-%m}" == "2025-11"
    assert rows["510000002000"]["item_name"] == "另一事项"
    records = holdings.held("sichuan")
    assert [(v.month, v.rows) for v in records.vintages] == [("2025-10", 1000), ("2025-11", 100)]
    # What was loaded before still stands behind the months.
    assert [one.name for one in records.deliveries] == ["first.csv", "nov.csv", "week.csv"]
    assert load([stood / "week.csv"], wish=Wish(add=True)).files[0].outcome == "unchanged"


def test_a_month_of_which_all_rows_move_away_stands_no_more(new_store: Path, tmp_path: Path) -> None:
    load([write(tmp_path / "a.csv", [case(1, accepted_at="2025-09-03"), case(2)])])
    load([write(tmp_path / "b.csv", [case(1)])], wish=Wish(add=True))
    assert holdings.held("sichuan").months("cases") == ("2025-10",)
    assert standing()["case_id"].to_list() == ["510000000001", "510000000002"]


def test_an_older_file_that_is_added_later_warns(stood: Path) -> None:
    new = [case(at, status="办结", completed_at="2025-10-20") for at in range(5)]
    assert load([write(stood / "new.csv", new)], wish=Wish(add=True)).older == ()
    (older,) = load([write(stood / "old.csv", WHOLE[:3])], wish=Wish(add=True)).older
    assert (older.table, f"{older.added:%m-%d}", f"{older.stood:%m-%d}", older.rows) == ("cases", "10-09", "10-20", 3)


def test_what_is_added_may_not_empty_a_month(stood: Path) -> None:
    moved = [case(at, accepted_at="2025-11-03") for at in range(300)]
    done = load([write(stood / "serial.csv", moved)], wish=Wish(add=True))
    assert done.held
    assert done.held.added
    assert done.held.holds[0].words["left"] == 700


def test_a_table_without_numbers_takes_no_increment(stood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyless = {name: msgspec.structs.replace(table, key="") for name, table in catalog.tables().items()}
    monkeypatch.setattr("hall.cases.delivery.catalog", SimpleNamespace(tables=lambda: keyless))
    (file,) = load([write(stood / "week.csv", WHOLE[:3])], wish=Wish(add=True)).files
    assert file.fault
    assert file.fault.code == "no_ids"
    assert standing().height == 1000
