"""A PDF's packed streams: how large one becomes, looked at in small pieces before any library unfolds it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import chain

from hall.model import HallError

_MEGABYTE = 1 << 20
_PIECE = 1 << 16
# one stream, unpacked: a page of writing takes a few megabytes; how often it may be packed into itself
_MOST, _LAYERS = 128 * _MEGABYTE, 4
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def examine(data: bytes, name: str) -> None:
    """Refuse a PDF of which a stream swells beyond measure, packed once or many times over, whatever it is said to be.
    HallError too_large_inside."""
    for found in _STREAM.finditer(data):
        told = data[max(data.rfind(b"obj", 0, found.start()), found.start() - _PIECE) : found.start()]
        parts = (data[at : at + _PIECE] for at in range(found.end(), len(data), _PIECE))
        # a picture is limited by its size on the page, unless it is packed twice
        _measure(parts, name, 1 if b"/Image" in told else 0)


def _measure(parts: Iterator[bytes], name: str, spared: int) -> None:
    layers = 0
    while True:
        first = next(filter(None, parts), b"")
        if len(first) < 2 or first[0] & 15 != 8 or int.from_bytes(first[:2], "big") % 31:
            break
        layers += 1
        parts = _unpacked(chain((first,), parts), name)
        if layers > _LAYERS:
            raise HallError("too_large_inside", file=name, limit=f"{_MOST // _MEGABYTE}")
    if layers > spared:
        for _ in parts:
            pass


def _unpacked(parts: Iterator[bytes], name: str) -> Iterator[bytes]:
    packed, size = zlib.decompressobj(), 0
    try:
        for part in parts:
            left = part
            while left and not packed.eof:
                yield (piece := packed.decompress(left, _MEGABYTE))
                left = packed.unconsumed_tail
                size += len(piece)
                if size > _MOST:
                    raise HallError("too_large_inside", file=name, limit=f"{_MOST // _MEGABYTE}")
            if packed.eof:
                return
    except zlib.error:
        return  # the library says what is wrong with it
