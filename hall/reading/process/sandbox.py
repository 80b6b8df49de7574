"""Reads documents in processes of their own, within limits of time and memory; the one way in which others read."""

from __future__ import annotations

import atexit
import os
import selectors
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hall import settings
from hall.model import HallError, Reading
from hall.paths import ROOT
from hall.reading.formats import SUFFIXES
from hall.reading.process import codec, files

Progress = Callable[[int, int], None]
_MOST_ANSWER = 512 << 20
# Who asks is told once in so many seconds that the answer is not there yet.
_BEAT = 1.0
_KEPT = ("HALL_", "LC_", "LANG", "PATH", "HOME", "TMP")


class Reader:
    """Reads files and draws their pages. Safe to ask from threads; a page is drawn, and another document read, while a
    long one is read."""

    def __init__(self) -> None:
        self._reading, self._beside, self._drawing = Worker(), Worker(), Worker()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, progress: Progress | None = None, seconds: int | None = None) -> Reading:
        """Read one document; HallError when it cannot be read, too_hard when it takes too much time (``seconds``, where
        that is less than the setting) or memory."""
        files.look(path, SUFFIXES)
        worker = self._beside if self._reading.is_busy else self._reading
        return codec.unpack(worker.ask("read", path, 0, progress, seconds))

    def page(self, path: Path, page: int) -> bytes:
        """One of its pages as PNG, counted from 1; HallError no_page, and as ``read``."""
        files.look(path, SUFFIXES)
        return self._drawing.ask("page", path, page)

    def close(self) -> None:
        """End the processes; the next question starts new ones."""
        for worker in (self._reading, self._beside, self._drawing):
            worker.close()


class Worker:
    """One process, started when it is first asked and again after a fault."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process's id while there is one."""
        return self._process.pid if self._process else None

    @property
    def is_busy(self) -> bool:
        """Whether a question is being answered."""
        return self._lock.locked()

    def ask(
        self, what: str, path: Path, page: int, progress: Progress | None = None, seconds: int | None = None
    ) -> bytes:
        """The answer to one question; other threads wait. HallError as the process tells it, or too_hard."""
        question: list[object] = [what, str(path.absolute()), page]
        with self._lock:
            try:
                answer, tired = self._asked(question, path, progress, seconds)
            except BaseException as fault:
                if not isinstance(fault, HallError) or fault.code == "too_hard":
                    self.close()
                raise
            if tired:
                self.close()
            if isinstance(answer, HallError):
                raise answer
            return answer

    def close(self) -> None:
        """End the process and what it started."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "hall.reading.process.worker"]
            env = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
            env |= {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "1",
                    "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            try:
                self._process = subprocess.Popen(
                    command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=null, bufsize=0, start_new_session=True
                )
            except OSError as fault:
                raise HallError("not_readable", file=sys.executable, detail=fault.strerror or str(fault)) from fault
        return self._process

    def _asked(
        self, question: list[object], path: Path, progress: Progress | None, seconds: int | None
    ) -> tuple[bytes | HallError, bool]:
        """The answer, from a new process where the old one died before the question came: no fault of the document."""
        for _ in range(2):
            try:
                return self._answer(self._started(), question, path, progress, seconds)
            except _Gone:
                self.close()
        raise _too_hard(path, f"{settings.read_memory()} MB")

    def _answer(
        self, process: subprocess.Popen[bytes], question: list[object], path: Path, progress: Progress | None,
        seconds: int | None,
    ) -> tuple[bytes | HallError, bool]:  # fmt: skip
        """What it answers, and whether it has grown so large that another should take its place."""
        assert process.stdin is not None
        asked = _Asked(path, min(seconds or settings.read_seconds(), settings.read_seconds()), progress)
        packed = codec.pack_plain(question)
        try:
            process.stdin.write(struct.pack(">I", len(packed)) + packed)
        except OSError as fault:
            raise _Gone from fault
        took = False
        while True:
            try:
                kind, *rest = codec.unpack_plain(_frame(process, asked))
            except EOFError as fault:
                raise _too_hard(path, self._why(process)) if took else _Gone from fault
            took = True
            if kind == "page":
                asked.told = (rest[0], rest[1])
                asked.tell()
            elif kind == "done":
                return rest[0], rest[1]
            elif kind == "fault":
                return HallError(rest[0], **rest[1]), rest[2]

    def _why(self, process: subprocess.Popen[bytes]) -> str:
        """Which limit ended the process: the kernel stops one that is out of time, libraries one out of memory."""
        with suppress(subprocess.TimeoutExpired):
            if process.wait(5) == -signal.SIGXCPU:
                return f"{settings.read_seconds()} s"
        return f"{settings.read_memory()} MB"


class _Gone(Exception):
    """The process ended before it took the question."""


class _Asked:
    """A question that waits for its answer, so many seconds at most."""

    def __init__(self, path: Path, limit: int, progress: Progress | None) -> None:
        self.path, self.limit, self._progress = path, limit, progress
        self.end = time.monotonic() + limit
        self.told = (0, 1)

    def tell(self) -> None:
        """Tell how far it is: who asks may break off then, by an exception."""
        if self._progress:
            self._progress(*self.told)


def _frame(process: subprocess.Popen[bytes], asked: _Asked) -> bytes:
    size = struct.unpack(">I", _bytes(process, 4, asked))[0]
    if size > _MOST_ANSWER:
        raise _too_hard(asked.path, f"{_MOST_ANSWER >> 20} MB")
    return _bytes(process, size, asked)


def _bytes(process: subprocess.Popen[bytes], size: int, asked: _Asked) -> bytes:
    assert process.stdout is not None
    parts: list[bytes] = []
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while size:
            left = asked.end - time.monotonic()
            if not ready.select(max(min(left, _BEAT), 0)):
                if left <= _BEAT:
                    raise _too_hard(asked.path, f"{asked.limit} s")
                asked.tell()
                continue
            part = os.read(process.stdout.fileno(), min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
    return b"".join(parts)


def _too_hard(path: Path, limit: str) -> HallError:
    return HallError("too_hard", file=path.name, limit=limit)


_shared = Reader()
atexit.register(_shared.close)


def shared() -> Reader:
    """The reader of this process."""
    return _shared
