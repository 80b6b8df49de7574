"""The seal of a published version: its size and checksum, how many rows it has, its place in the order of serving, and
what it holds, in a small file beside it. A version that is not as its seal says is never served, copied or used again;
a seal tells what its version held even when that one is lost."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import msgspec

import hall
from hall import sql
from hall.model import HallError
from hall.store import disk, schema


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """What a version was when it was written. ``number`` tells when it was last switched to (0: never), ``holds`` what
    its kind keeps twice: the documents and the state of a ledger, the manifest of records."""

    name: str
    release: str
    made_at: datetime
    size: int
    sha256: str
    number: int = 0
    counts: dict[str, int] = {}
    holds: Any = None


def make(path: Path, name: str, holds: object = None) -> Seal:
    """The seal of a finished file, opened and counted as it lies on the disk; HallError not_whole when it cannot be."""
    counts = counted(path)
    if counts is None:
        raise HallError("not_whole", version=name)
    at = datetime.now(UTC).replace(tzinfo=None)
    return Seal(
        name=name, release=hall.__version__, made_at=at, size=path.stat().st_size, sha256=digest(path), counts=counts,
        holds=msgspec.to_builtins(holds),
    )  # fmt: skip


def place_of(version: Path) -> Path:
    """Where the seal of a version lies."""
    return version.with_suffix(".seal")


def write(folder: Path, seal: Seal) -> None:
    """Lay a seal beside its version; its own checksum closes it."""
    text = json.dumps(msgspec.to_builtins(seal), indent=1)
    closed = f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n"
    disk.write(place_of(folder / seal.name), closed.encode())


def read(version: Path) -> Seal | None:
    """The seal of a version; None where there is none, or none that is whole."""
    with suppress(OSError, ValueError, msgspec.MsgspecError, RecursionError):
        text, _, told = place_of(version).read_text(encoding="ascii").rstrip("\n").rpartition("\n")
        if hashlib.sha256(text.encode()).hexdigest() == told:
            return msgspec.convert(json.loads(text), Seal)
    return None


def fault(version: Path) -> str:
    """What keeps a version from being used: missing, checksum, seal, unreadable; "" when it is whole. One without a
    seal (of an earlier release) must open and can be counted. Files that look as they did are not read again."""
    if not version.is_file():
        return "missing"
    own = place_of(version)
    return _fault(version, own.exists(), *_stamp(version), *(_stamp(own) if own.exists() else ()))


@lru_cache(maxsize=1024)
def _fault(version: Path, sealed: bool, *seen: int) -> str:
    seal = read(version)
    if seal is None:
        return "seal" if sealed else "" if counted(version) is not None else "unreadable"
    if seal.name != version.name or version.stat().st_size != seal.size or digest(version) != seal.sha256:
        return "checksum"
    return ""


def newer(version: Path) -> str:
    """The release that wrote a version, where that is newer than this program; else ""."""
    seal = read(version)
    return seal.release if seal and _parts(seal.release) > _parts(hall.__version__) else ""


def digest(path: Path) -> str:
    """The sha256 of a file; of one that looks as it did when it was last asked for, without reading it."""
    return _digest(path, *_stamp(path))


@lru_cache(maxsize=1024)
def _digest(path: Path, *seen: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(path: Path) -> tuple[int, int, int, int]:
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns


def counted(path: Path) -> dict[str, int] | None:
    """The rows of every table of a database, the entries of every list of a manifest; None where it cannot be opened
    and counted."""
    with suppress(OSError, ValueError, AttributeError, RecursionError, duckdb.Error):
        if path.suffix != ".duckdb":
            return {name: len(part) for name, part in json.loads(path.read_bytes()).items() if isinstance(part, list)}
        with schema.connect(path, read_only=True) as con:
            return tables(con)
    return None


def rows(parquet: Path) -> int:
    """The rows of a Parquet file."""
    with schema.connect() as con:
        return int(con.read_parquet(str(parquet)).count("*").fetchall()[0][0])


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The rows of every table of an open database."""
    names = [name for (name,) in con.execute(sql.text("ledger/tables")).fetchall()]
    return {name: con.table(name).count("*").fetchall()[0][0] for name in names}


def _parts(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdigit())
