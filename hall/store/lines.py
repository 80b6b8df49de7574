"""The lines of the journal on the disk, in two copies. Each line has a number and a checksum, so that one that was cut
short or altered in one copy is read from the other, and one that is lost in both is known to be missing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hall import settings
from hall.store import disk
from hall.store.published import locked

_NAMES = ("journal.jsonl", "journal.copy.jsonl")
_LOCK = "lock-journal"
_SEALED = re.compile(rb'\{"n": (\d+), .*(, "sum": "([0-9a-f]{16})"\})', re.DOTALL)


@dataclass(frozen=True, slots=True)
class JournalLines:
    """All lines that can be had, oldest first; ``damaged`` says which copy has lines that are not as they were written,
    ``lost`` the numbers of those that neither copy has."""

    lines: tuple[bytes, ...] = ()
    damaged: tuple[str, ...] = ()
    lost: tuple[int, ...] = ()
    next: int = 1


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy: the lines without a number (of earlier releases) in order, the numbered ones that are whole, and how
    many lines are neither."""

    plain: tuple[bytes, ...]
    numbered: dict[int, bytes]
    odd: int


def place_of(store: Path) -> Path:
    """The journal's file; lines are only ever appended."""
    return store / _NAMES[0]


def read(store: Path) -> JournalLines:
    """Both copies together."""
    raw = [_bytes(store / name) for name in _NAMES]
    found = [_copy(data or b"") for data in raw]
    numbered = found[1].numbered | found[0].numbered
    plain = _plain(found, min(numbered, default=len(found[0].plain) + 1) - 1)
    last = max(numbered, default=len(plain))
    lost = tuple(at for at in range(len(plain) + 1, last) if at not in numbered)
    damaged = tuple(
        name
        for name, data, one in zip(_NAMES, raw, found, strict=True)
        if numbered and (data is None or one.numbered.keys() != numbered.keys() or one.plain != plain)
    )
    return JournalLines((*plain, *(numbered[at] for at in sorted(numbered))), damaged, lost, last + 1)


def append(store: Path, entry: bytes) -> None:
    """Write one line (a JSON object) to both copies and bring it to the disk, whole or not at all."""
    with locked(store, _LOCK):
        known = _mended(store, read(store))
        line = _sealed(known.next, entry)
        if not (store / _NAMES[1]).exists():
            _write(store / _NAMES[1], known.lines)
        for name in _NAMES:
            _append(store / name, line)


def mend(store: Path, lost: bytes) -> None:
    """Write a copy that lacks lines anew with all that can be had, and ``lost`` in place of one that neither has; what
    of a copy cannot be read stays beside."""
    with locked(store, _LOCK):
        known = read(store)
        if known.lost:
            numbered = {int(found[1]): line for line in known.lines if (found := _SEALED.fullmatch(line))}
            plain = known.lines[: len(known.lines) - len(numbered)]
            numbered |= {number: _sealed(number, lost) for number in known.lost}
            whole = (*plain, *(numbered[number] for number in sorted(numbered)))
            known = replace(known, lines=whole, damaged=_NAMES)
        _mended(store, known)


def _sealed(number: int, entry: bytes) -> bytes:
    body = b'{"n": %d, ' % number + entry.removeprefix(b"{")
    return body[:-1] + b', "sum": "%s"}' % _sum(body)


def _mended(store: Path, known: JournalLines) -> JournalLines:
    for name in known.damaged:
        if _copy(_bytes(store / name) or b"").odd:
            disk.place(store / name, store / f"{name}.{known.next}.damaged")
        _write(store / name, known.lines)
    return known


def _append(path: Path, line: bytes) -> None:
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, settings.store_mode() & 0o666)
    try:
        size = os.fstat(file).st_size
        torn = size and os.pread(file, 1, size - 1) != b"\n"  # a line that a crash cut short ends here
        piece = b"\n" * bool(torn) + line + b"\n"
        if os.write(file, piece) < len(piece):
            os.ftruncate(file, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file)
    finally:
        os.close(file)


def _write(path: Path, lines: tuple[bytes, ...]) -> None:
    disk.write(path, b"".join(line + b"\n" for line in lines))


def _copy(data: bytes) -> _Copy:
    plain: list[bytes] = []
    numbered: dict[int, bytes] = {}
    odd = 0
    for line in data.split(b"\n"):
        found = _SEALED.fullmatch(line)
        if found and _sum(line[: found.start(2)] + b"}") == found[3]:
            numbered[int(found[1])] = line
        elif not numbered and line and not line.startswith(b'{"n": '):
            plain.append(line)
        else:
            odd += bool(line)
    return _Copy(tuple(plain), numbered, odd)


def _plain(copies: list[_Copy], many: int) -> tuple[bytes, ...]:
    """The lines without a number, of which there were so many before the first numbered one."""
    fit = [one.plain for one in copies if len(one.plain) == many]
    if not fit:
        return max((one.plain for one in copies), key=len) if many else ()
    return tuple(next((line for line in lines if _is_json(line)), lines[0]) for lines in zip(*fit, strict=True))


def _is_json(line: bytes) -> bool:
    with suppress(ValueError, RecursionError):
        return isinstance(json.loads(line), dict)
    return False


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:16].encode()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
