"""Readings as bytes: between the process that reads and the one that asks, and on the disk."""

from __future__ import annotations

from typing import Any

import msgspec

from hall.model import HallError, Reading

_PACK = msgspec.msgpack.Encoder(decimal_format="string")
_UNPACK = msgspec.msgpack.Decoder(Reading)


def pack(reading: Reading) -> bytes:
    """A reading as msgpack."""
    return _PACK.encode(reading)


def unpack(data: bytes) -> Reading:
    """The reading that was packed; HallError not_readable when the bytes are none."""
    try:
        return _UNPACK.decode(data)
    except msgspec.MsgspecError as fault:
        raise HallError("not_readable", file="-", detail=str(fault)) from fault


def pack_plain(value: Any) -> bytes:
    """A message of plain values."""
    return _PACK.encode(value)


def unpack_plain(data: bytes) -> Any:
    """The plain values of a message."""
    return msgspec.msgpack.decode(data)
