"""Golden texts to be damaged, and what must hold for a reading of any text."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from golden_compare import GOLDEN, documents
from hypothesis import HealthCheck, settings
from shared import examined

from hall import intake
from hall.model import Reading
from hall.reading.text import decode

PATHS = [*documents(), *sorted((GOLDEN / "sample").glob("*.txt"))[::5]]
TEXTS = {path.stem: decode.text(path.read_bytes(), path.name) for path in PATHS}
relaxed = settings(max_examples=int(os.environ.get("EXAMPLES", "60")), suppress_health_check=[HealthCheck.too_slow])


Values = dict[tuple[object, ...], set[Decimal]]


def standing(reading: Reading) -> Values:
    """Values that are not held back in this reading, by what they measure."""
    found: Values = {}
    for o in reading.observations:
        if o.obs_status == "V":
            found.setdefault((o.metric, o.scope, o.department), set()).add(o.obs_value)
    return found


def accepted(reading: Reading) -> Values:
    """Values that neither the reader nor a check holds back."""
    return standing(intake.examine(reading))


@cache
def plain(name: str) -> Values:
    """What is accepted of the undamaged text."""
    return standing(examined(next(path for path in PATHS if path.stem == name)))


def beyond(reading: Reading, allowed: Callable[[tuple[object, ...]], set[Decimal] | None]) -> Values:
    """Values accepted beside the allowed ones of what they measure; None allows any. A check only holds back, so the
    checks, which cost most of a test's time, are asked only where the reader itself says more."""

    def more(values: Values) -> Values:
        asked = ((key, found, allowed(key)) for key, found in values.items())
        return {key: found - known for key, found, known in asked if known is not None and found - known}

    return more(standing(reading)) and more(accepted(reading))


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
