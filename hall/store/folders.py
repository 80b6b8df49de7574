"""The files of a folder that others may write to, such as the inbox: no symbolic link leads out of it."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from hall import settings


def walk(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files in a folder and below it, sorted, hidden ones left out; and the links that lead out of it, which are
    not followed. OSError where a folder cannot be listed."""
    files, outside = [], []
    for parent, below, names in os.walk(folder, onerror=_stop):
        found = [Path(parent) / name for name in names if not name.startswith(".")]
        links = [path for name in below if (path := Path(parent) / name).is_symlink()]
        outside += [path for path in (*found, *links) if not holds(folder, path)]
        files += [path for path in found if holds(folder, path)]
    return sorted(files), sorted(outside)


def holds(folder: Path, path: Path) -> bool:
    """Whether what a path leads to lies in the folder, wherever the folder itself leads."""
    # Path.resolve raises for links that lead in a circle; the reader has a sentence for them
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def hash_of(file: Path) -> str | None:
    """The sha256 of a file; None when it is too large or cannot be opened, which the reader then says."""
    try:
        now = file.stat()
        if now.st_size > settings.read_megabytes() << 20 or not stat.S_ISREG(now.st_mode):
            return None
        return _hash(file, now.st_ino, now.st_size, now.st_mtime_ns)
    except OSError:
        return None  # the reader says what is wrong with it


@lru_cache(maxsize=4096)
def _hash(file: Path, *seen: int) -> str:
    """The hash of a file that looks as it did: a desk asks often."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _stop(fault: OSError) -> None:
    raise fault
