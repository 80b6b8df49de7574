"""Opens the file of a document within the limits of its size, and tells what it really is."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from hall import settings
from hall.model import HallError
from hall.reading.process import magic, streams, zipped

_MEGABYTE = 1 << 20
_ZIPPED = frozenset({".docx", ".xlsx"})
# how a locked document of Office is kept, whatever its suffix
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def look(path: Path, suffixes: tuple[str, ...]) -> None:
    """Whether a file can be opened at all. Raises HallError with the file's name: not_found, is_folder, no_file,
    unknown_type, no_permission, too_large, empty_file, not_readable."""
    name, suffix = path.name, path.suffix.lower()
    limit = settings.read_megabytes()
    try:
        if path.is_dir():
            raise HallError("is_folder", file=name)
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # to open a pipe is to wait for the one who fills it
            raise HallError("no_file", file=name)
        size = about.st_size
        if suffix not in suffixes:
            raise HallError("unknown_type", file=name, suffix=path.suffix or "-", known=" ".join(suffixes))
        if size > limit * _MEGABYTE:
            raise HallError("too_large", file=name, size=f"{size / _MEGABYTE:.0f}", limit=f"{limit}")
        if not size:  # nor has what the kernel makes up while it is read
            raise HallError("empty_file", file=name)
        with path.open("rb"):
            pass
    except FileNotFoundError as fault:
        raise HallError("not_found", file=str(path)) from fault
    except PermissionError as fault:
        raise HallError("no_permission", file=str(path)) from fault
    except OSError as fault:
        raise HallError("not_readable", file=str(path), detail=fault.strerror or str(fault)) from fault


def load(path: Path, suffixes: tuple[str, ...]) -> tuple[bytes, str]:
    """The bytes of a file and their sha256. Raises HallError as ``look`` does, and empty_file, wrong_type, encrypted,
    too_large_inside, unsafe_inside."""
    look(path, suffixes)
    name, data = path.name, path.read_bytes()
    if not data.strip(b"\x00 \t\r\n\f"):
        raise HallError("empty_file", file=name)
    _examine(data, name, path.suffix.lower())
    return data, hashlib.sha256(data).hexdigest()


def _examine(data: bytes, name: str, suffix: str) -> None:
    """Whether the content is what the suffix says."""
    if data.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED in data:
        raise HallError("encrypted", file=name)
    if suffix in _ZIPPED and data.startswith(b"PK\x03\x04"):
        zipped.examine(data, name, suffix)
    fits, really = magic.fits(data, suffix)
    if not fits:
        raise HallError("wrong_type", file=name, suffix=suffix, really=really or "?")
    if really == ".pdf":
        streams.examine(data, name)
