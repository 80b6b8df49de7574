"""What a table of counts is when it leaves as a file: small counts left out where a setting says so."""

from __future__ import annotations

import polars as pl

from hall import settings
from hall.measure.suppress import Counts, suppress
from hall.model import Lang
from hall.text import t


def released(frame: pl.DataFrame, counts: Counts | None, lang: Lang) -> tuple[pl.DataFrame, dict[str, str]]:
    """The frame as it may leave, and words for the headers of its counts that say what was left out; the frame as it is
    where nothing is to be left out (HALL_SUPPRESS_BELOW)."""
    below = settings.suppress_below()
    if counts is None or below < 2:
        return frame, {}
    note = t("export.left_out", lang, below=below)
    return suppress(frame, counts, below), dict.fromkeys(counts.columns, note)
