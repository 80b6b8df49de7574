"""What costs much is made once in a run: the process that asks first makes it, the others wait and take it."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

from hall import intake
from hall.model import Reading
from hall.reading.extract import read_file

# Where it lies, the same folder for all processes; set by conftest.py.
root = Path()


def once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name as ``make`` filled it; it is only read afterwards."""
    folder, lock = root / name, root / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        if made.seek(0, os.SEEK_END) == 0:  # after the lock: another process may have written meanwhile
            # what is there was broken off, or its maker failed
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.write(b"made")
    return folder


@cache
def examined(path: Path) -> Reading:
    """A document of the repository as it is read and examined, which takes its time: the checks are many queries."""

    def make(folder: Path) -> None:
        (folder / "reading").write_bytes(pickle.dumps(intake.examine(read_file(path))))

    return cast("Reading", pickle.loads((once(f"examined/{path.stem}", make) / "reading").read_bytes()))
