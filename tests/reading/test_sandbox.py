"""Reading happens elsewhere: what goes wrong there stays there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hall.model import HallError
from hall.paths import ROOT
from hall.reading.extract import read_file
from hall.reading.process import codec, sandbox
from hall.reading.process.sandbox import Reader

GOLDEN = ROOT / "tests/golden/monthly-reordered.txt"
OWNER = """
import sys, time
from pathlib import Path
from hall.reading.process import sandbox
reader = sandbox.shared()
reader.read(Path(sys.argv[1]))
print(reader._reading.pid, flush=True)
reader.read(Path(sys.argv[2]))
"""


def long_text(folder: Path, times: int) -> Path:
    path = folder / "long.txt"
    path.write_text("受理5件，办结4件。" * times, encoding="utf-8")
    return path


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("path", sorted((ROOT / "tests/golden").glob("*.txt"))[::4], ids=lambda p: p.stem)
def test_a_reading_crosses_whole(path: Path) -> None:
    reading = read_file(path)
    assert codec.unpack(codec.pack(reading)) == reading


def test_bytes_that_are_no_reading_are_refused() -> None:
    good = codec.pack(read_file(GOLDEN))
    for data in (b"", b"\x00", b"\x81\xa1a\x01", codec.pack_plain({"text": 5}), good[:-1], good + b"\x00"):
        with pytest.raises(HallError):
            codec.unpack(data)


def test_one_process_reads_many_files_and_comes_back_after_its_death(tmp_path: Path) -> None:
    with Reader() as reader:
        first = reader.read(GOLDEN)
        pid = reader._reading.pid
        assert pid is not None
        assert reader.read(GOLDEN) == first == read_file(GOLDEN)
        (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04")
        for bad, code in (("none.txt", "not_found"), ("broken.docx", "not_readable")):
            with pytest.raises(HallError) as fault:
                reader.read(tmp_path / bad)
            assert fault.value.code == code
        assert reader._reading.pid == pid
        os.kill(pid, signal.SIGKILL)
        while alive(pid):
            time.sleep(0.01)
        assert reader.read(GOLDEN) == first
        assert reader._reading.pid != pid
    assert reader._reading.pid is None


def test_a_process_that_dies_over_a_document_is_one_sentence(tmp_path: Path) -> None:
    path = long_text(tmp_path, 95_000)
    with Reader() as reader:
        reader.read(GOLDEN)
        pid = reader._reading.pid
        assert pid is not None
        threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
        with pytest.raises(HallError) as fault:
            reader.read(path)
        assert fault.value.code == "too_hard"
        assert reader.read(GOLDEN).figures


def test_a_process_that_died_unseen_costs_no_document() -> None:
    with Reader() as reader:
        reader.read(GOLDEN)
        pid = reader._reading.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()  # it dies with the question in its pipe
        assert reader.read(GOLDEN).figures


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = long_text(tmp_path, 60_000)
    with Reader() as reader:
        reader.read(GOLDEN)  # its process has started, which may take a while on a busy machine
        monkeypatch.setenv("HALL_READ_SECONDS", "1")
        began = time.monotonic()
        with pytest.raises(HallError) as fault:
            reader.read(path)
        assert (fault.value.code, fault.value.params["limit"]) == ("too_hard", "1 s")
        assert time.monotonic() - began < 5
        monkeypatch.setenv("HALL_READ_SECONDS", "60")
        assert reader.read(GOLDEN).figures


def test_who_asks_may_break_off(tmp_path: Path) -> None:
    """A clerk who goes on to another file does not wait for the first: whoever hears that it is not done may say so."""
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise InterruptedError

    with Reader() as reader:
        with pytest.raises(InterruptedError):
            reader.read(long_text(tmp_path, 9_900), stop)
        assert told == [(0, 1)]
        assert reader._reading.pid is None, "and the process has ended"
        assert reader.read(GOLDEN).figures


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HALL_READ_MEMORY_MB", "150")
    path = long_text(tmp_path, 95_000)
    with Reader() as reader:
        with pytest.raises(HallError) as fault:
            reader.read(path)
        assert (fault.value.code, fault.value.params["limit"]) == ("too_hard", "150 MB")
        assert reader.read(GOLDEN).figures


def test_a_process_that_has_grown_makes_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_READ_MEMORY_MB", "35")
    with Reader() as reader:
        assert reader.read(GOLDEN) == reader.read(GOLDEN)
        assert reader._reading.pid is None


def test_threads_are_answered_each_with_its_own() -> None:
    paths = sorted((ROOT / "tests/golden").glob("weekly-*.txt"))
    with Reader() as reader, ThreadPoolExecutor(4) as pool:
        found = list(pool.map(reader.read, paths * 3))
    assert [reading.text for reading in found] == [read_file(path).text for path in paths] * 3


def test_a_page_is_drawn_while_a_document_is_read(tmp_path: Path) -> None:
    path = long_text(tmp_path, 5_000)
    with Reader() as reader, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reader.read, path)
        with pytest.raises(HallError) as fault:
            reader.page(GOLDEN, 1)
        assert fault.value.code == "no_page"
        assert not reading.done()
        assert reading.result().figures


def test_the_process_ends_with_its_owner(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(GOLDEN), str(long_text(tmp_path, 95_000))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        time.sleep(0.5)
        assert alive(pid)
        owner.kill()
        owner.wait()
    ends = time.monotonic() + 10
    while alive(pid) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not alive(pid)


def test_the_process_that_asks_loads_no_document_library() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom hall.reading.process import sandbox\n"
        f"sandbox.shared().read(Path({str(GOLDEN)!r}))\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"docx", "pypdfium2", "pdfplumber", "rapidocr", "onnxruntime", "cv2", "lxml", "openpyxl",
                         "opencc", "ahocorasick_rs"}  # fmt: skip
    assert done.stderr == ""


def test_a_missing_program_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with Reader() as reader, pytest.raises(HallError) as fault:
        reader.read(GOLDEN)
    assert fault.value.code == "not_readable"


def test_the_shared_reader_is_one() -> None:
    assert sandbox.shared() is sandbox.shared()
