"""Golden texts to be damaged, and what must hold for a reading of any text."""

from __future__ import annotations

import itertools
import os
import re
from decimal import Decimal
from functools import cache

from golden_compare import GOLDEN, documents
from hypothesis import HealthCheck, settings

from hall import intake
from hall.model import Reading
from hall.reading.extract import read_text
from hall.reading.text import decode

PATHS = [*documents(), *sorted((GOLDEN / "sample").glob("*.txt"))[::5]]
TEXTS = {path.stem: decode.text(path.read_bytes(), path.name) for path in PATHS}
relaxed = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def accepted(reading: Reading) -> dict[tuple[object, ...], set[Decimal]]:
    """Values that neither the reader nor a check holds back, by what they measure."""
    found: dict[tuple[object, ...], set[Decimal]] = {}
    for o in intake.examine(reading).observations:
        if o.obs_status == "V":
            found.setdefault((o.metric, o.scope, o.department), set()).add(o.obs_value)
    return found


@cache
def plain(name: str) -> dict[tuple[object, ...], set[Decimal]]:
    """What is accepted of the undamaged text."""
    return accepted(read_text(TEXTS[name]))


def sound(reading: Reading) -> None:
    """Quotes are the text at their places, in order; every digit is in a figure, an exclusion or an unclaimed span."""
    text = reading.text
    starts = [figure.start for figure in reading.figures]
    assert starts == sorted(starts)
    for one, other in itertools.pairwise(reading.figures):
        assert one.end <= other.start or one.start == other.start, f"{one.quote} and {other.quote} overlap"
    for record in (*reading.figures, *reading.activities):
        assert text[record.start : record.end] == record.quote
    for span in (*reading.excluded, *reading.unclaimed):
        assert text[span.start : span.end] == span.text
    for problem in reading.problems:
        assert problem.start is None or text[problem.start : problem.end]
    covered = [(s.start, s.end) for s in (*reading.figures, *reading.excluded, *reading.unclaimed)]
    for number in re.finditer(r"[0-9０-９]+", text):
        assert any(start <= number.start() < end for start, end in covered), f"{number[0]} vanished"
