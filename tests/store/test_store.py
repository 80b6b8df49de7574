"""The store: loading, copies, vintages, undo, and what becomes of a load that fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import issues
import pytest

from hall import intake
from hall.model import HallError, Reading
from hall.paths import ROOT
from hall.reading import extract
from hall.reading.process import sandbox
from hall.store import fingerprint, publish, published, read, versions


def total(**params: object) -> list[str]:
    found = read.records("series/observations", **params)
    return [f"{r['obs_value']:f}".rstrip("0").rstrip(".") for r in found if r["metric"] == "handled_total"]


def snapshot(store: Path) -> dict[str, bytes]:
    return {str(p.relative_to(store)): p.read_bytes() for p in sorted(store.rglob("*")) if p.is_file()}


def test_empty_store_has_no_version_and_empty_frames(new_store: Path) -> None:
    assert read.version() == ""
    frame = read.rows("series/observations")
    assert frame.is_empty()
    assert {"metric", "obs_value", "obs_status"} <= set(frame.columns)


def test_folder_is_loaded_whole(new_store: Path, tmp_path: Path) -> None:
    issues.put(tmp_path / "in" / "deep", "m.txt", issues.monthly())
    issues.put(tmp_path / "in", "w.txt", issues.weekly())
    issues.put(tmp_path / "in", ".hidden.txt", "x")
    seen: list[tuple[int, int, str]] = []
    done = intake.load([tmp_path / "in"], lambda *step: seen.append(step))
    assert sorted(done.names["added"]) == ["m.txt", "w.txt"]
    assert not done.refused
    assert seen[-1][:2] == (2, 2)
    assert read.version() == done.version
    assert total() == ["55700"]


def test_loading_the_same_file_twice_changes_nothing(new_store: Path, tmp_path: Path) -> None:
    file = issues.put(tmp_path, "m.txt", issues.monthly())
    first = intake.load([file])
    before = snapshot(new_store)
    again = intake.load([file, issues.put(tmp_path, "renamed.txt", issues.monthly())])
    assert (again.version, again.changed) == (first.version, False)
    assert again.count("unchanged") == 2
    assert snapshot(new_store) == before


def test_equal_figures_attach_as_a_copy(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "m.txt", issues.monthly())])
    other = issues.put(tmp_path, "m.md", "# " + issues.monthly().replace("\n\n", "\n\n\n"))
    done = intake.load([other])
    assert done.names == {"copy": ["m.md"]}
    documents = {r["name"]: r for r in read.records("series/documents")}
    assert documents["m.md"]["copy_of"] == documents["m.txt"]["document"]
    assert total() == ["55700"]
    assert len(read.records("series/activities")) == 1
    assert len(read.records("series/observations")) == 8


@pytest.mark.parametrize(
    ("change", "told"),
    [(("第9期", "第10期"), "duplicate_issue"), (("9月，省本级", "8月，省本级"), "period_matches_document")],
)
def test_equal_numbers_of_another_issue_or_month_are_no_copy(
    change: tuple[str, str], told: str, new_store: Path, tmp_path: Path
) -> None:
    """A second document that contradicts itself or its issue is examined, not taken for a copy of the first."""
    intake.load([issues.put(tmp_path, "a.txt", issues.monthly())])
    done = intake.load([issues.put(tmp_path, "b.txt", issues.monthly().replace(*change))])
    assert done.names == {"vintage": ["b.txt"]}
    assert told in {c["id"] for c in read.records("series/failed_checks")}
    good = [o for o in read.records("series/observations") if o["obs_status"] == "V"]
    assert {o["name"] for o in good} == {"a.txt"}


def test_other_figures_open_a_vintage_ordered_by_print_date(new_store: Path, tmp_path: Path) -> None:
    late = issues.monthly(total="5.58万件", online="5.35万件", printed="2024年11月20日")
    done = intake.load([issues.put(tmp_path, "b.txt", late), issues.put(tmp_path, "a.txt", issues.monthly())])
    assert done.names == {"added": ["b.txt"], "vintage": ["a.txt"]}
    assert total() == ["55800"]  # the later print, though it was loaded first
    assert total(known_on=date(2024, 11, 19)) == ["55700"]
    assert total(known_on=date(2024, 10, 17)) == []
    newest = next(r for r in read.records("series/observations") if r["metric"] == "handled_total")
    assert newest["vintages"] == 2
    assert [r["standing"] for r in read.records("series/documents")].count(True) == 1


def test_files_of_one_load_keep_their_order(new_store: Path, tmp_path: Path) -> None:
    """Two prints of one day: the one that came last stands, and the table of revisions says the same."""
    for month in range(1, 7):
        for at, phone in (("a", 905), ("b", 950)):
            issues.put(tmp_path / "in", f"{month}{at}.txt", issues.monthly(month, phone=f"{phone}人次"))
    intake.load([tmp_path / "in"])
    told = read.records("series/observations")
    assert {int(o["obs_value"]) for o in told if o["metric"] == "phone_consultations"} == {950}
    assert {(int(r["old_value"]), int(r["obs_value"])) for r in read.records("series/revisions")} == {(905, 950)}


def test_held_vintage_does_not_hide_a_good_one(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "a.txt", issues.monthly())])
    wrong = issues.monthly(total="5.97万件", printed="2024年11月20日")
    intake.load([issues.put(tmp_path, "b.txt", wrong)])
    assert total() == ["55700"]
    held = next(r for r in read.records("series/documents") if r["name"] == "b.txt")
    assert held["failed_checks"] == 1
    assert held["held"] == 3


def test_withdrawn_document_stays_out_until_it_is_named(new_store: Path, tmp_path: Path) -> None:
    file = issues.put(tmp_path / "in", "m.txt", issues.monthly())
    first = intake.load([tmp_path / "in"]).version
    sha256, version = intake.withdraw("m.txt")
    assert version == read.version() != first
    assert read.records("series/documents") == []
    assert intake.load([tmp_path / "in"]).names == {"withdrawn": ["m.txt"]}
    assert read.records("series/documents") == []
    assert intake.load([file]).names == {"added": ["m.txt"]}
    assert read.records("series/documents")[0]["document"] == sha256
    acts = [json.loads(line) for line in (new_store / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [(a["act"], a["user"]) for a in acts] == [("load", "tester"), ("withdraw", "tester"), ("load", "tester")]


def test_copy_takes_the_place_of_a_withdrawn_original(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "m.txt", issues.monthly())])
    intake.load([issues.put(tmp_path, "m.md", "# " + issues.monthly())])
    intake.withdraw("m.txt")
    assert [(r["name"], r["copy_of"]) for r in read.records("series/documents")] == [("m.md", None)]
    assert total() == ["55700"]


def test_withdraw_tells_unknown_and_ambiguous_names(new_store: Path, tmp_path: Path) -> None:
    issues.put(tmp_path / "a", "m.txt", issues.monthly())
    issues.put(tmp_path / "b", "m.txt", issues.monthly(8))
    intake.load([tmp_path / "a", tmp_path / "b"])
    before = snapshot(new_store)
    for word, code in (("nothing.txt", "unknown_document"), ("m.txt", "ambiguous_document")):
        with pytest.raises(HallError) as fault:
            intake.withdraw(word)
        assert fault.value.code == code
    assert snapshot(new_store) == before


def test_rollback_serves_the_earlier_version_and_keeps_it(new_store: Path, tmp_path: Path) -> None:
    first = intake.load([issues.put(tmp_path / "in", "a.txt", issues.monthly(8))]).version
    second = intake.load([issues.put(tmp_path / "in", "b.txt", issues.monthly(9))]).version
    assert publish.rollback(first.removeprefix("hall-").removesuffix(".duckdb")) == first == read.version()
    assert len(total()) == 1
    # What the undo dropped does not come back with the folder, only by name.
    assert intake.load([tmp_path / "in"]).names == {"unchanged": ["a.txt"], "withdrawn": ["b.txt"]}
    assert read.version() == first
    assert intake.load([tmp_path / "in" / "b.txt"]).version == second
    assert [v.name for v in versions.versions() if v.current] == [second]
    with pytest.raises(HallError, match="unknown_version"):
        publish.rollback("hall-000000000000.duckdb")


def test_ten_versions_are_kept(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_VERSIONS", "3")
    for month in range(1, 6):
        newest = intake.load([issues.put(tmp_path, f"{month}.txt", issues.monthly(month))]).version
    kept = versions.versions()
    assert len(kept) == 3
    assert kept[0].name == newest
    assert len(total()) == 5


def test_rebuild_from_files_and_journal(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intake.load([issues.put(tmp_path, "a.txt", issues.monthly(8)), issues.put(tmp_path, "b.txt", issues.monthly(9))])
    intake.withdraw("a.txt")
    before = read.records("series/observations")
    monkeypatch.setattr(fingerprint, "ledger", lambda: "another reader")
    done = intake.load([])
    assert done.changed
    assert read.records("series/observations") == before


def test_failing_rebuild_leaves_the_version_and_tells_why(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = intake.load([issues.put(tmp_path, "a.txt", issues.monthly())]).version
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "documents.csv").write_text("document,kind,issue,published_on\nx,other,,soon\n", "utf-8")
    with pytest.raises(HallError) as fault:
        intake.load([])
    assert (fault.value.code, fault.value.params["file"]) == ("facts_broken", "documents.csv:2")
    assert read.version() == version
    assert total() == ["55700"]
    assert not list(new_store.glob(".draft*"))


def test_a_rebuild_that_would_drop_a_document_stops(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a person takes a document out, also one that can no longer be read."""
    files = [issues.put(tmp_path, "a.txt", issues.monthly(8)), issues.put(tmp_path, "b.txt", issues.monthly(9))]
    version = intake.load(files).version
    next(iter(sorted((new_store / "files").iterdir()))).unlink()
    monkeypatch.setattr(fingerprint, "ledger", lambda: "another reader")
    with pytest.raises(HallError) as fault:
        intake.load([])
    assert (fault.value.code, fault.value.params["n"]) == ("documents_dropped", 1)
    assert read.version() == version
    assert len(total()) == 2
    intake.withdraw(str(fault.value.params["names"]))
    assert len(total()) == 1


_SLOW = """
import sys, time
from pathlib import Path
from hall import intake
from hall.reading.process.sandbox import Reader
plain = Reader.read
def slow(self, path, *limits):
    found = plain(self, path, *limits)
    if path.name == "b.txt":
        print("reading", flush=True)
        time.sleep(60)
    return found
Reader.read = slow
intake.load([Path(sys.argv[1])])
"""


def test_killed_writer_leaves_the_version_serving(new_store: Path, tmp_path: Path) -> None:
    version = intake.load([issues.put(tmp_path, "first.txt", issues.monthly(7))]).version
    issues.put(tmp_path / "in", "a.txt", issues.monthly(8))
    issues.put(tmp_path / "in", "b.txt", issues.monthly(9))
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW, str(tmp_path / "in")], cwd=ROOT, stdout=subprocess.PIPE, env=os.environ
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"reading\n"
        assert total() == ["55700"]  # a reader sees the old version while the writer is at work
        writer.send_signal(signal.SIGKILL)
    assert read.version() == version
    assert list(new_store.glob(".draft-*"))
    started = time.monotonic()
    assert intake.load([tmp_path / "in"]).count("added") == 2  # the lock died with its holder
    assert time.monotonic() - started < 30
    assert not list(new_store.glob(".draft-*"))
    assert len(total()) == 3


_FULL = """
import resource, signal, sys
from pathlib import Path
from hall import intake
from hall.model import HallError, Reading
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    intake.load([Path(sys.argv[1])])
except HallError as fault:
    print(fault.code)
"""


def test_full_disk_leaves_the_version_serving(new_store: Path, tmp_path: Path) -> None:
    version = intake.load([issues.put(tmp_path, "first.txt", issues.monthly(7))]).version
    file = issues.put(tmp_path, "a.txt", issues.monthly(8))
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(file)], cwd=ROOT, capture_output=True, text=True, env=os.environ, check=True
    )
    assert done.stdout == "disk_full\n", done.stderr
    assert read.version() == version
    assert not list(new_store.glob(".draft*"))
    assert intake.load([file]).count("added") == 1


def test_disk_that_fills_while_the_draft_is_closed(new_store: Path, tmp_path: Path) -> None:
    """What does not fit is told: a version holds all of its documents, or there is none."""
    version = intake.load([issues.put(tmp_path, "first.txt", issues.monthly(7))]).version
    for month in range(1, 13):
        for year in (2020, 2021, 2022):
            issues.put(tmp_path / "in", f"{year}-{month}.txt", issues.monthly(month, year=year, phone=f"{year}人次"))
    size = (new_store / version).stat().st_size
    for more in (0, 150_000, 300_000, 450_000, 600_000):
        words = [sys.executable, "-c", _FULL, str(tmp_path / "in"), str(size + more)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=True)
        assert not list(new_store.glob(".draft*"))
        held = len(read.records("series/documents"))
        assert (done.stdout, read.version(), held) == ("disk_full\n", version, 1) or (done.stdout, held) == ("", 37)


def test_what_a_killed_query_spilled_keeps_nobody_out(new_store: Path, tmp_path: Path) -> None:
    spilled = new_store / ".draft-1.duckdb.tmp"
    spilled.mkdir(parents=True)
    (spilled / "piece").write_bytes(b"x")
    assert intake.load([issues.put(tmp_path, "a.txt", issues.monthly())]).count("added") == 1
    assert not spilled.exists()


def test_second_writer_waits_or_is_told(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "_WAIT", 0.2)
    new_store.mkdir()
    file = issues.put(tmp_path, "a.txt", issues.monthly())
    with published.locked(new_store), pytest.raises(HallError) as fault:
        intake.load([file])
    assert fault.value.code == "store_busy"
    assert intake.load([file]).count("added") == 1


def test_readers_move_over_while_writers_publish(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "0.txt", issues.monthly(1))])
    counts: list[int] = []
    faults: list[Exception] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            try:
                counts.append(len(total()))
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=watch) for _ in range(3)]
    for thread in threads:
        thread.start()
    for month in (2, 3, 4):
        intake.load([issues.put(tmp_path, f"{month}.txt", issues.monthly(month))])
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(total()) == 4
    assert set(counts) <= {1, 2, 3, 4}


def test_reader_at_work_is_not_cut_off_by_newer_versions(new_store: Path, tmp_path: Path) -> None:
    intake.load([issues.put(tmp_path, "0.txt", issues.monthly(1))])
    with read._cursor() as cursor:
        for month in range(2, 7):
            intake.load([issues.put(tmp_path, f"{month}.txt", issues.monthly(month))])
            assert len(total()) == month
        assert cursor.execute("select count(*) from documents").fetchone() == (1,)


def test_version_of_another_schema_is_told(new_store: Path, tmp_path: Path) -> None:
    new_store.mkdir()
    duckdb.connect(new_store / "hall-aaaaaaaaaaaa.duckdb").close()
    versions.ledger().serve("hall-aaaaaaaaaaaa.duckdb")
    with pytest.raises(HallError, match="store_outdated"):
        read.rows("series/observations")
    with pytest.raises(HallError, match="version_outdated"):
        publish.rollback("aaaaaaaaaaaa")
    assert intake.load([issues.put(tmp_path, "a.txt", issues.monthly())]).count("added") == 1
    assert total() == ["55700"]


def test_damaged_version_is_told(new_store: Path, tmp_path: Path) -> None:
    new_store.mkdir()
    (new_store / "hall-aaaaaaaaaaaa.duckdb").write_bytes(b"no database" * 1000)
    versions.ledger().serve("hall-aaaaaaaaaaaa.duckdb")
    with pytest.raises(HallError, match="store_unreadable"):
        read.rows("series/observations")


def test_unknown_parameter_is_refused(new_store: Path) -> None:
    with pytest.raises(TypeError, match="nonsense"):
        read.rows("series/observations", nonsense=1)


def test_unreviewed_can_be_hidden(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intake.load([issues.put(tmp_path, "a.txt", issues.monthly())])
    assert total() == ["55700"]
    monkeypatch.setenv("HALL_SHOW_UNREVIEWED", "false")
    assert total() == []


def test_reader_that_trips_keeps_no_other_file_out(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sandbox.Reader.read

    def trip(reader: sandbox.Reader, path: Path, *limits: Any) -> Reading:
        if path.name == "a.txt":
            raise HallError("too_hard", file=path.name, limit="1 s")
        return plain(reader, path, *limits)

    monkeypatch.setattr(sandbox.Reader, "read", trip)
    issues.put(tmp_path / "in", "a.txt", issues.monthly(8))
    issues.put(tmp_path / "in", "b.txt", issues.monthly(9))
    done = intake.load([tmp_path / "in"])
    assert done.names == {"added": ["b.txt"]}
    assert [fault.code for _, fault in done.refused] == ["too_hard"]


def test_document_comes_in_whole_or_not_at_all(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = sandbox.Reader.read

    def spoil(reader: sandbox.Reader, path: Path, *limits: Any) -> Reading:
        found = plain(reader, path, *limits)
        # what the type forbids and only a fault of the reader would bring
        bad = replace(found.activities[0], date_start=None)  # type: ignore[arg-type]
        return replace(found, activities=(bad,)) if path.name == "a.txt" else found

    monkeypatch.setattr(sandbox.Reader, "read", spoil)
    issues.put(tmp_path / "in", "a.txt", issues.monthly(8))
    issues.put(tmp_path / "in", "b.txt", issues.monthly(9))
    done = intake.load([tmp_path / "in"])
    assert [fault.code for _, fault in done.refused] == ["not_stored"]
    assert [r["name"] for r in read.records("series/documents")] == ["b.txt"]
    assert len(read.records("series/figures")) == 8


def test_number_beyond_every_column_and_plan_that_counts_anew(new_store: Path, tmp_path: Path) -> None:
    huge = issues.monthly(phone="9" * 30 + "人次")
    done = intake.load([issues.put(tmp_path, "a.txt", huge)])
    assert not done.refused
    assert len(read.records("series/observations")) == 7
    plan = extract.read_file(ROOT / "tests" / "golden" / "plan.txt")
    twice = replace(plan, tasks=(plan.tasks[0], replace(plan.tasks[1], number=plan.tasks[0].number)))
    assert intake.examine(twice).tasks == twice.tasks


def test_lost_pointer_is_found_again_from_the_journal(new_store: Path, tmp_path: Path) -> None:
    version = intake.load([issues.put(tmp_path, "a.txt", issues.monthly())]).version
    (new_store / "CURRENT").unlink()
    assert read.rows("series/observations").is_empty()
    assert intake.load([]).version == version
    assert total() == ["55700"]
