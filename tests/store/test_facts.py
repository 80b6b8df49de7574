"""Facts as CSV: what they hold, what the store makes of them, and that the reader gets the same."""

from __future__ import annotations

import csv
from pathlib import Path

import issues
import pytest
from readings import bare

from hall import intake, paths
from hall.model import HallError
from hall.reading.extract import read_file, read_text
from hall.store import facts, read


def table(folder: Path, name: str) -> list[dict[str, str]]:
    if not (folder / f"{name}.csv").exists():
        return []
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put_titles(folder: Path, name: str, title: str) -> None:
    rows = table(folder, name)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(row | {"title": title} for row in rows)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    golden = [read_file(paths.ROOT / "tests" / "golden" / name) for name in ("weekly-changes.txt", "plan.txt")]
    readings = [read_text(issues.monthly()), read_text(issues.weekly()), *golden]
    facts.write(tmp_path, readings)
    back = {entry.reading.document.sha256: entry.reading for entry in facts.read(tmp_path)}
    assert {sha256: bare(reading) for sha256, reading in back.items()} == {
        reading.document.sha256: bare(reading) for reading in readings
    }
    assert all(f.status == "A" for reading in back.values() for f in reading.figures)


def test_no_sentence_is_written(tmp_path: Path) -> None:
    reading = read_text(issues.monthly())
    assert facts.write(tmp_path, [reading]) == 1  # the act has no title of a person's own yet
    written = "".join(path.read_text("utf-8") for path in tmp_path.glob("*.csv"))
    assert "quote" not in written
    for activity in reading.activities:
        assert activity.quote
        assert activity.quote not in written
        assert activity.title not in written


def test_titles_written_by_hand_stay(tmp_path: Path) -> None:
    reading = read_text(issues.monthly())
    facts.write(tmp_path, [reading])
    put_titles(tmp_path, "activities", "企业开办培训")
    assert facts.write(tmp_path, [reading, read_text(issues.weekly())]) == 0
    assert [row["title"] for row in table(tmp_path, "activities")] == ["企业开办培训"]


def test_act_without_title_is_named_by_its_category(tmp_path: Path) -> None:
    facts.write(tmp_path, [read_text(issues.monthly())])
    assert [a.title for entry in facts.read(tmp_path) for a in entry.reading.activities] == ["培训宣讲"]


@pytest.mark.parametrize(
    ("name", "row", "place"),
    [
        ("figures", "x,9,0,,0,4,5件,办理,ten,件,0,0,volume,period,,,,,,,", "figures.csv:2"),
        ("documents", "x,monthly_bulletin,,9,,,2024-13-01,,", "documents.csv:3"),
        ("observations", "x,9", "observations.csv:2"),
    ],
)
def test_broken_row_is_named(tmp_path: Path, name: str, row: str, place: str) -> None:
    facts.write(tmp_path, [read_text("无关的话")])
    with (tmp_path / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    with pytest.raises(HallError, match="facts_broken") as fault:
        facts.read(tmp_path)
    assert fault.value.params["file"] == place


def test_facts_are_loaded_as_accepted(new_store: Path, tmp_path: Path) -> None:
    facts.write(tmp_path / "facts", [read_text(issues.monthly())])
    intake.load()
    (document,) = read.records("series/documents")
    assert (document["origin"], document["has_text"], document["name"]) == ("facts", False, "monthly_bulletin 2024-09")
    assert {r["obs_status"] for r in read.records("series/observations")} == {"A"}
    assert {r["quote"] for r in read.records("series/figures")} == {None}


def test_document_fills_the_text_of_its_facts(new_store: Path, tmp_path: Path) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    facts.write(tmp_path / "facts", [read_file(file)])
    put_titles(tmp_path / "facts", "activities", "企业开办培训")
    intake.load()
    before = read.records("series/observations")
    assert intake.load([file]).names == {"filled": ["m.txt"]}
    after = read.records("series/observations")
    assert len(after) == len(before) == 8
    assert {r["obs_status"] for r in after} == {"A"}
    text = read_file(file).text
    for row in read.records("series/figures"):
        assert row["quote"] == text[row["start_at"] : row["end_at"]] == row["as_printed"]
    (act,) = read.records("series/activities")
    assert act["activity_title"] == "企业开办培训"
    assert act["quote"] == text[act["start_at"] : act["end_at"]]
    (document,) = read.records("series/documents")
    assert (document["has_text"], document["name"]) == (True, "m.txt")
    assert read.records("series/numbers")
    assert intake.load([file]).names == {"unchanged": ["m.txt"]}


def test_other_copy_of_a_facts_document_attaches(new_store: Path, tmp_path: Path) -> None:
    facts.write(tmp_path / "facts", [read_text(issues.monthly())])
    intake.load()
    assert intake.load([issues.put(tmp_path, "m.md", "# " + issues.monthly())]).names == {"copy": ["m.md"]}
    assert len(read.records("series/observations")) == 8


def test_withdrawn_facts_stay_out_until_the_document_is_named(new_store: Path, tmp_path: Path) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    facts.write(tmp_path / "facts", [read_file(file)])
    intake.load()
    sha256, _ = intake.withdraw("monthly_bulletin 2024-09")
    intake.load()
    assert read.records("series/documents") == []
    assert intake.load([file]).names == {"filled": ["m.txt"]}
    assert read.records("series/documents")[0]["document"] == sha256
    assert {r["obs_status"] for r in read.records("series/observations")} == {"A"}


def test_new_facts_rebuild_the_store_and_keep_what_was_loaded(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "w.txt", issues.weekly())])
    facts.write(tmp_path / "facts", [read_text(issues.monthly())])
    done = intake.load()
    assert done.changed
    assert sorted(r["name"] for r in read.records("series/documents")) == ["monthly_bulletin 2024-09", "w.txt"]


def test_facts_of_the_repository_pass_their_checks(store: Path) -> None:
    found = read.records("series/checks")
    assert {r["result"] for r in found if r["severity"] == "hold"} == {"pass", "not_applicable"}
    passed = {r["id"] for r in found if r["result"] == "pass"}
    assert {"handled_total_is_sum", "manual_coverage_is_share", "main_items_move_together"} <= passed


def test_facts_of_the_repository_have_titles_and_cite_their_place() -> None:
    for name in ("activities", "tasks"):
        assert all(row["title"] for row in table(paths.FACTS, name))
    for name in ("figures", "activities", "tasks"):
        for row in table(paths.FACTS, name):
            assert row["document"]
            assert row["issue"]
            assert row["section"]
            assert int(row["start"]) < int(row["end"])


def test_a_folder_of_facts_is_no_folder_of_documents(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named as a path, as a part of a larger folder, or table by table."""
    own = tmp_path / "data" / "facts"
    monkeypatch.setenv("HALL_FACTS", str(own))
    facts.write(own, [read_text(issues.monthly())])
    for named in ([own], [own / "figures.csv"], sorted(own.glob("*.csv")), [own.parent]):
        done = intake.load(named)
        assert (done.refused, done.names) == ([], {"facts": ["monthly_bulletin 2024-09"]}), named
    assert [row["origin"] for row in read.records("series/documents")] == ["facts"]


def test_facts_that_the_settings_do_not_name_are_told_so(new_store: Path, tmp_path: Path) -> None:
    other = tmp_path / "in" / "other"
    facts.write(other, [read_text(issues.monthly())])
    issues.put(tmp_path / "in", "m.txt", issues.monthly(8))
    done = intake.load([tmp_path / "in"])
    assert done.names == {"added": ["m.txt"]}
    assert [(fault.code, fault.params["folder"]) for _, fault in done.refused] == [("facts_elsewhere", other)]


def test_a_table_of_that_name_beside_no_facts_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("a,b\n1,2\n", "utf-8")
    assert not facts.is_table(tmp_path / "figures.csv")
    (tmp_path / "documents.csv").write_text("name,size\nx,2\n", "utf-8")
    assert not facts.is_table(tmp_path / "figures.csv")
