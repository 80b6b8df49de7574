"""The files of a folder that others may write to, such as the inbox: no symbolic link leads out of it."""

from __future__ import annotations

import os
from pathlib import Path


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


def _stop(fault: OSError) -> None:
    raise fault
