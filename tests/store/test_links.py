"""Folders that others may write to: what a link in them leads to outside is neither read nor shown."""

from __future__ import annotations

from pathlib import Path

import deliveries
import issues
import pytest
from refusals import refused

from hall import intake, review, settings
from hall.cases.load import load
from hall.store import folders, journal


@pytest.fixture
def inbox(new_store: Path, tmp_path: Path) -> Path:
    """An inbox with one file, one link within it, and links out of it: to a file, to a folder, up and around."""
    outside, folder = tmp_path / "private", settings.inbox()
    issues.put(outside, "secret.txt", issues.monthly(3))
    issues.put(folder / "below", "own.txt", issues.monthly(9))
    (folder / "same.txt").symlink_to("below/own.txt")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "up.txt").symlink_to("../private/secret.txt")
    (folder / "twice.txt").symlink_to("out.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "below" / "round").symlink_to("..")
    return folder


OUT = {"out.txt", "up.txt", "twice.txt", "folder"}


def test_the_inbox_is_loaded_without_what_lies_elsewhere(inbox: Path) -> None:
    done = intake.load()
    assert {Path(name).name: fault.code for name, fault in done.refused} == dict.fromkeys(OUT, "leads_out")
    assert done.names == {"added": ["own.txt"], "unchanged": ["same.txt"]}
    assert len(journal.state(settings.store(), done.version).items) == 1


def test_the_desk_does_not_show_them(inbox: Path) -> None:
    assert {w.name: w.state for w in review.inbox()} == {"same.txt": "new"}
    place = review.receive("out.txt", (inbox / "out.txt").read_bytes())
    assert place.name == "out (2).txt"
    assert not place.is_symlink()


def test_an_inbox_that_is_a_link_itself_is_read(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "linked").symlink_to(inbox)
    monkeypatch.setenv("HALL_INBOX", str(tmp_path / "linked"))
    assert intake.load().names == {"added": ["own.txt"], "unchanged": ["same.txt"]}
    assert {w.name for w in review.inbox()} == {"same.txt"}


def test_a_folder_of_deliveries_is_loaded_without_them(new_store: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    deliveries.write(tmp_path / "in" / "a.csv", [deliveries.case(1)])
    outside = deliveries.write(tmp_path / "b.csv", [deliveries.case(2)])
    (tmp_path / "in" / "b.csv").symlink_to(outside)
    done = load([tmp_path / "in"])
    assert [(f.name, f.outcome) for f in done.files] == [("a.csv", "loaded"), ("b.csv", "refused")]
    (told,) = (f.fault for f in done.files if f.fault)
    with refused("leads_out"):
        raise told
    assert deliveries.standing().height == 1
    assert load([tmp_path / "in" / "b.csv"]).files[0].outcome == "loaded", "a person named it"


def test_links_that_lead_in_a_circle_or_nowhere_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("none.txt")
    assert [path.name for path in folders.walk(tmp_path)[0]] == ["a.txt", "b.txt", "c.txt"]
