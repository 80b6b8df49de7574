"""Files that last: written beside their place, brought to the disk, private to their owner, and put in place in one
step."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from hall import settings


def settle(path: Path) -> None:
    """Have a file, or the names in a folder, survive a power cut."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def place(beside: Path, target: Path) -> None:
    """Put a finished file in its place: its content is on the disk before its name can be read, and the name as well
    when this returns."""
    beside.chmod(settings.store_mode() & 0o666)
    settle(beside)
    beside.replace(target)
    settle(target.parent)


def write(path: Path, data: bytes) -> None:
    """Write a whole file of the store, in place of the one that may be there."""
    beside = folder(path.parent) / f".{path.name}.{os.getpid()}-{threading.get_ident()}"
    beside.write_bytes(data)
    place(beside, path)


def folder(path: Path) -> Path:
    """A folder of the store, made where it is missing with all that lead to it; one that is there stays as it is."""
    if not path.is_dir():
        folder(path.parent)
        path.mkdir(mode=settings.store_mode(), exist_ok=True)
        settle(path.parent)
    return path


def keep(file: Path, kept: Path) -> None:
    """Copy a file to its place, once."""
    if not kept.exists():
        beside = kept.with_name(f".{kept.name}")
        shutil.copyfile(file, beside)
        place(beside, kept)
