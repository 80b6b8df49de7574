"""Reads documents in a process of their own, within limits of time and memory; the one way in which others read."""

from __future__ import annotations

import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from hall import settings
from hall.model import HallError, Reading
from hall.paths import ROOT
from hall.reading import codec, files
from hall.reading.formats import SUFFIXES

Progress = Callable[[int, int], None]
_MOST_ANSWER = 512 << 20


class Reader:
    """One process that reads, started when it is first asked and again after a fault. Safe to ask from threads."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, progress: Progress | None = None) -> Reading:
        """Read one document; HallError when it cannot be read, too_hard when it takes too much time or memory."""
        files.look(path, SUFFIXES)
        return codec.unpack(self._ask("read", path, 0, progress))

    def page(self, path: Path, page: int) -> bytes:
        """One of its pages as PNG, counted from 1; HallError no_page."""
        return self._ask("page", path, page, None)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, what: str, path: Path, page: int, progress: Progress | None) -> bytes:
        with self._lock:
            try:
                return self._answer(
                    self._started(), codec.pack_plain([what, str(path.absolute()), page]), path, progress
                )
            except BaseException as fault:
                if not isinstance(fault, HallError) or fault.code == "too_hard":
                    self.close()
                raise

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "hall.reading.worker"]
            kept = {
                k: v for k, v in os.environ.items() if k.startswith(("HALL_", "LC_", "LANG", "PATH", "HOME", "TMP"))
            }
            env = kept | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2", "PYTHONDONTWRITEBYTECODE": "1"}
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            try:
                self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=null)
            except OSError as fault:
                raise HallError("not_readable", file=sys.executable, detail=fault.strerror or str(fault)) from fault
        return self._process

    def _answer(
        self, process: subprocess.Popen[bytes], question: bytes, path: Path, progress: Progress | None
    ) -> bytes:
        assert process.stdin is not None
        end = time.monotonic() + settings.read_seconds()
        try:
            process.stdin.write(struct.pack(">I", len(question)) + question)
            process.stdin.flush()
        except OSError as fault:
            raise HallError("too_hard", file=path.name, limit=f"{settings.read_memory()} MB") from fault
        while True:
            kind, *rest = codec.unpack_plain(self._frame(process, path, end))
            if kind == "page":
                if progress:
                    progress(*rest)
            elif kind == "done":
                answer: bytes = rest[0]
                return answer
            else:
                raise HallError(rest[0], **rest[1])

    def _frame(self, process: subprocess.Popen[bytes], path: Path, end: float) -> bytes:
        size = struct.unpack(">I", self._bytes(process, 4, path, end))[0]
        if size > _MOST_ANSWER:
            raise HallError("too_hard", file=path.name, limit=f"{_MOST_ANSWER >> 20} MB")
        return self._bytes(process, size, path, end)

    def _bytes(self, process: subprocess.Popen[bytes], size: int, path: Path, end: float) -> bytes:
        """So many bytes of the answer, before the time is up and while the process lives."""
        assert process.stdout is not None
        parts: list[bytes] = []
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            while size:
                if not ready.select(max(end - time.monotonic(), 0)):
                    raise HallError("too_hard", file=path.name, limit=f"{settings.read_seconds()} s")
                part = os.read(process.stdout.fileno(), min(size, 1 << 20))
                if not part:
                    raise HallError("too_hard", file=path.name, limit=f"{settings.read_memory()} MB")
                parts.append(part)
                size -= len(part)
        return b"".join(parts)


_shared = Reader()


def shared() -> Reader:
    """The reader of this process."""
    return _shared
