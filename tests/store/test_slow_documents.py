"""One slow file never blocks the next: not in a load, not in the inbox, not for a clerk who uploads meanwhile."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import issues
import pytest

from hall import intake, review, settings
from hall.model import HallError
from hall.reading.process import sandbox
from hall.store import read

# nearly as much as is read at all
SLOW = "受理5件，办结4件。\n" * 9_900 + "大厅办理业务。\n" * 50_000


@pytest.fixture(autouse=True)
def closed_reader() -> None:
    sandbox.shared().close()


def slow(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(SLOW, encoding="utf-8")


def test_a_load_goes_on_past_files_that_are_slow(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_READ_SECONDS", "4")
    for name in ("0.txt", "m.txt"):
        slow(settings.inbox(), name)
    issues.put(settings.inbox(), "a.txt", issues.monthly(8))
    issues.put(settings.inbox(), "z.txt", issues.monthly(9))
    done = intake.load()
    assert done.names == {"added": ["a.txt", "z.txt"]}
    assert [(Path(name).name, fault.code, fault.params["limit"]) for name, fault in done.refused] == [
        ("0.txt", "too_hard", "4 s"), ("m.txt", "too_hard", "4 s"),
    ]  # fmt: skip


def test_the_others_are_published_first_and_the_slow_one_after_them(
    new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that needs its time has it, but nobody waits for it."""
    issues.put(settings.inbox(), "b.txt", issues.monthly(8))
    (settings.inbox() / "a.txt").write_text(issues.monthly(9), encoding="utf-8")
    real, seen = sandbox.Reader.read, []

    def patient(self: sandbox.Reader, path: Path, progress: object = None, seconds: int | None = None) -> object:
        if path.name == "a.txt":
            seen.append((seconds, len(read.records("series/documents"))))
            if seconds is not None:
                raise HallError("too_hard", file=path.name, limit=f"{seconds} s")
        return real(self, path)

    monkeypatch.setattr(sandbox.Reader, "read", patient)
    done = intake.load()
    assert done.names == {"added": ["b.txt", "a.txt"]}
    assert not done.refused
    assert done.changed
    assert seen[0] == (20, 0)
    assert seen[1] == (None, 1), "the other one was published by then"
    assert len(read.records("series/documents")) == 2


def test_a_clerk_takes_a_file_in_while_a_slow_one_is_read(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_READ_SECONDS", "25")
    slow(settings.inbox(), "0.txt")

    def read_slowly() -> None:
        with suppress(HallError):
            intake.text(settings.inbox() / "0.txt")

    waiting = threading.Thread(target=read_slowly)
    waiting.start()
    time.sleep(1)
    place = review.receive("月报.txt", issues.monthly(9).encode())
    assert review.preview(place.name)
    assert waiting.is_alive()
    sandbox.shared().close()
    waiting.join()
