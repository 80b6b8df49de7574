"""What stands, for any engine to read by a plain glob: ``standing/cases/*/*.parquet`` below a publisher's folder.

``standing`` is a link to a folder that holds the files of one manifest under their months, and is switched in one step:
whoever reads it sees all of one load or all of the next. The files themselves lie in ``files``, without the suffix, so
that no glob counts what no longer stands. Hall itself goes by the manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hall.store import disk
from hall.store.disk import settle
from hall.store.manifest import Part

FOLDER = "vintages"
_LINK = "standing"


def build(folder: Path, manifest: str, parts: Iterable[Part], stage: Path) -> None:
    """Make the folder of a manifest, whole on the disk; nothing where it is there already."""
    home = _home(folder, manifest)
    wanted = {_place(part): kept for part in parts if (kept := folder / part.path).is_file()}
    if wanted.keys() <= {path.relative_to(home) for path in home.glob("*/*/*")}:
        return
    made = stage / FOLDER
    for clear in (made, home):
        shutil.rmtree(clear, ignore_errors=True)
    made.mkdir(parents=True)
    for place, kept in wanted.items():
        (made / place).parent.mkdir(parents=True, exist_ok=True)
        same(kept, made / place)
    for below in (*made.rglob("*/"), made):
        settle(below)
    disk.folder(home.parent)
    made.replace(home)
    settle(home.parent)


def switch(folder: Path, manifest: str) -> None:
    """Have ``standing`` lead to the folder of a manifest, and delete those of others."""
    home, link = _home(folder, manifest), folder / _LINK
    leads = home.relative_to(folder)
    if link.is_dir() and not link.is_symlink():  # a copy of the store may have followed the link
        shutil.rmtree(link)
    if not link.is_symlink() or link.readlink() != leads:
        beside = folder / f".{_LINK}"
        beside.unlink(missing_ok=True)
        beside.symlink_to(leads, target_is_directory=True)
        beside.replace(link)
        settle(folder)
    for other in home.parent.iterdir():
        if other != home:
            shutil.rmtree(other, ignore_errors=True)


def _home(folder: Path, manifest: str) -> Path:
    return folder / FOLDER / manifest.removesuffix(".json")


def _place(part: Part) -> Path:
    return Path(part.table, f"month={part.month}", f"{part.sha256[:16]}.parquet")


def same(kept: Path, place: Path) -> None:
    """The same file under another name; a copy where the file system knows no second name for one."""
    with suppress(OSError):
        os.link(kept, place)
        return
    shutil.copyfile(kept, place)
    settle(place)
