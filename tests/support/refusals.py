"""Faults that must be sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hall.model import HallError
from hall.text import LANGUAGES, sentences


@contextmanager
def refused(code: str) -> Iterator[None]:
    """HallError of that code, with a sentence in each language."""
    with pytest.raises(HallError, match=code) as caught:
        yield
    assert all(sentences.fault(caught.value, lang) for lang in LANGUAGES)
