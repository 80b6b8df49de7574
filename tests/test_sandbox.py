"""Reading happens elsewhere: what goes wrong there stays there."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from hall.model import HallError
from hall.paths import ROOT
from hall.reading import codec
from hall.reading.extract import read_file
from hall.reading.sandbox import Reader

GOLDEN = ROOT / "tests/golden/monthly-reordered.txt"


@pytest.mark.parametrize("path", sorted((ROOT / "tests/golden").glob("*.txt"))[:12], ids=lambda p: p.stem)
def test_a_reading_crosses_whole(path: Path) -> None:
    reading = read_file(path)
    assert codec.unpack(codec.pack(reading)) == reading


def test_bytes_that_are_no_reading_are_refused() -> None:
    for data in (b"", b"\x00", b"\x81\xa1a\x01", codec.pack_plain({"text": 5})):
        with pytest.raises(HallError):
            codec.unpack(data)


def test_one_process_reads_many_files_and_comes_back_after_its_death(tmp_path: Path) -> None:
    with Reader() as reader:
        first = reader.read(GOLDEN)
        process = reader._process
        assert process is not None
        assert reader.read(GOLDEN) == first == read_file(GOLDEN)
        assert reader._process is process
        with pytest.raises(HallError) as fault:
            reader.read(tmp_path / "none.txt")
        assert fault.value.code == "not_found"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert reader.read(GOLDEN) == first
        assert reader._process is not process
    assert reader._process is None


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("受理5件，办结4件。" * 60_000, encoding="utf-8")
    monkeypatch.setenv("HALL_READ_SECONDS", "1")
    with Reader() as reader:
        reader._started()
        began = time.monotonic()
        with pytest.raises(HallError) as fault:
            reader.read(path)
        assert fault.value.code == "too_hard"
        assert time.monotonic() - began < 5
        monkeypatch.setenv("HALL_READ_SECONDS", "60")
        assert reader.read(GOLDEN).figures


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("受理5件，办结4件。" * 400_000, encoding="utf-8")
    monkeypatch.setenv("HALL_READ_MEMORY_MB", "200")
    with Reader() as reader:
        with pytest.raises(HallError) as fault:
            reader.read(path)
        assert fault.value.code == "too_hard"


def test_the_process_ends_with_its_owner() -> None:
    reader = Reader()
    reader.read(GOLDEN)
    process = reader._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 0
    reader.close()
