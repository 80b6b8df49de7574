"""The process that reads documents, so that a bad one can take nothing else down: ``python -m hall.reading.worker``.

Frames on stdin and stdout: four bytes of length, then msgpack. A question is [what, path, page]; an answer is
["done", bytes], ["fault", code, params] or, before it, ["page", done, total].
"""

from __future__ import annotations

import os
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from hall import settings
from hall.model import HallError
from hall.reading import codec, extract, progress

_SPARE_FILES = 256


def main() -> None:
    """Answer questions until the pipe closes."""
    # what libraries print must not fall among the frames
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit()
    progress.listen(lambda done, total: _send(out, ["page", done, total]))
    while (question := receive(sys.stdin.buffer)) is not None:
        what, path, page = codec.unpack_plain(question)
        try:
            _send(out, ["done", _answer(what, Path(path), page)])
        except HallError as fault:
            _send(out, ["fault", fault.code, {key: str(value) for key, value in fault.params.items()}])
        except MemoryError:
            _send(out, ["fault", "too_hard", {"file": Path(path).name, "limit": f"{settings.read_memory()} MB"}])
            os._exit(3)
        except RecursionError:
            _send(out, ["fault", "not_readable", {"file": Path(path).name, "detail": "RecursionError"}])
        except Exception as fault:
            # one document that the reader trips over must not keep the others out
            _send(out, ["fault", "not_readable", {"file": Path(path).name, "detail": repr(fault)[:200]}])


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


def _answer(what: str, path: Path, page: int) -> bytes:
    if what == "read":
        return codec.pack(extract.read_file(path))
    from hall.reading import pages

    return pages.render(path, page)


def _limit() -> None:
    """Memory, open files and the size of what may be written; the time is kept by the one who asks."""
    memory = settings.read_memory() << 20
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_SPARE_FILES, _SPARE_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
