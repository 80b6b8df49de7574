"""Throw damaged bulletins at the reader: it must not fall, and its places must hold. Run by `make fuzz`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["hall.reading"]):
    from hall.reading.extract import read_text

_LONGEST = 4000


def one(data: bytes) -> None:
    """Read a text: quotes are the words at their places, in order, and nothing is raised."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    reading = read_text(text)
    for record in (*reading.figures, *reading.activities):
        assert reading.text[record.start : record.end] == record.quote, record
    for span in (*reading.excluded, *reading.unclaimed):
        assert reading.text[span.start : span.end] == span.text, span
    assert [f.start for f in reading.figures] == sorted(f.start for f in reading.figures)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
