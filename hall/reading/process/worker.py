"""The process that reads documents, so that a bad one can take nothing else down:
``python -m hall.reading.process.worker``.

Frames on stdin and stdout: four bytes of length, then msgpack. A question is [what, path, page]; ["took"] says that it
has come, and the answer is ["done", bytes, tired] or ["fault", code, params, tired] behind any number of
["page", done, total].
``tired`` asks for a new process: this one has taken much of its memory and gives none back.
"""

from __future__ import annotations

import os
import resource
import struct
import threading
import time
from pathlib import Path
from typing import BinaryIO

from hall import settings
from hall.model import HallError
from hall.reading import extract
from hall.reading.process import codec, progress

_SPARE_FILES, _LARGEST_FILE = 256, 512 << 20
_THREADS = 2  # of the OCR: its seconds of work are up to twice those of the clock
_TIRED = 0.6


def main() -> None:
    """Answer questions until the pipe closes."""
    # what libraries print must not fall among the frames, nor may a program that they start read them
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    _limit()
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    progress.listen(lambda done, total: _send(out, ["page", done, total]))
    while (question := receive(into)) is not None:
        _send(out, ["took"])
        what, path, page = codec.unpack_plain(question)
        _limit_time()
        _send(out, [*_answer(what, Path(path), page), _is_tired()])


def receive(pipe: BinaryIO) -> bytes | None:
    """The next frame; None at the end of the pipe."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = struct.unpack(">I", head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


def _send(pipe: BinaryIO, message: list[object]) -> None:
    data = codec.pack_plain(message)
    pipe.write(struct.pack(">I", len(data)) + data)
    pipe.flush()


def _answer(what: str, path: Path, page: int) -> list[object]:
    try:
        return ["done", _done(what, path, page)]
    except Exception as fault:
        # one document that the reader trips over must not keep the others out
        if _is_memory(fault):
            return ["fault", "too_hard", {"file": path.name, "limit": f"{settings.read_memory()} MB"}]
        if isinstance(fault, HallError):
            return ["fault", fault.code, {key: str(value) for key, value in fault.params.items()}]
        return ["fault", "not_readable", {"file": path.name, "detail": repr(fault)[:200]}]


def _done(what: str, path: Path, page: int) -> bytes:
    if what == "read":
        return codec.pack(extract.read_file(path))
    from hall.reading.process import pages

    return pages.render(path, page)


def _is_memory(fault: BaseException | None) -> bool:
    """Whether the want of memory is behind a fault that a library or a format gave another name."""
    while fault is not None:
        if isinstance(fault, MemoryError) or "bad_alloc" in str(fault) or "llocate memory" in str(fault):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _limit() -> None:
    """Memory, open files and the size of what may be written. Address space is left free: libraries reserve much of it
    that they never use."""
    wanted = {
        resource.RLIMIT_DATA: settings.read_memory() << 20,
        resource.RLIMIT_NOFILE: _SPARE_FILES,
        resource.RLIMIT_FSIZE: _LARGEST_FILE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, allowed = resource.getrlimit(kind)
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (most, most))


def _limit_time() -> None:
    """Seconds of work on the next file; the one who asks keeps the clock, and this holds when it is gone."""
    seconds = int(time.process_time()) + _THREADS * settings.read_seconds() + 1
    _, allowed = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if allowed < 0 else min(seconds, allowed), allowed))


def _is_tired() -> bool:
    taken = 0
    if (told := Path("/proc/self/status")).exists():
        taken = next((int(s.split()[1]) for s in told.read_text().splitlines() if s.startswith("VmData")), 0)
    return taken << 10 > _TIRED * (settings.read_memory() << 20)


def _watch(owner: int) -> None:
    """End with the process that asks, even in the middle of a document."""
    while os.getppid() == owner:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
