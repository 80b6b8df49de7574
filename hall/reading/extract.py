"""A document read whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hall.model import Problem, Reading
from hall.reading import (
    activities,
    bind,
    bodies,
    decode,
    figures,
    head,
    outline,
    periods,
    quantities,
    source,
    tables,
    tasks,
)


def read_file(path: Path) -> Reading:
    """Read a text or Markdown file; HallError as of ``decode.load``."""
    text, sha256 = decode.load(path)
    return read_text(text, sha256)


def read_text(text: str, sha256: str | None = None) -> Reading:
    """Read a text. Offsets count its characters; a text without a date gives no observations."""
    indexed = source.build(text)
    blocks = outline.outline(indexed)
    document, problems = head.read(indexed, blocks, sha256 or hashlib.sha256(text.encode()).hexdigest())
    whens = periods.find(indexed.flat, document)
    mentions = bodies.find(indexed)
    cells = tables.cells(indexed.flat)
    numbers = quantities.tally(indexed, blocks, whens, cells)
    plain, contexts = figures.figures(indexed, document, blocks, whens, mentions, cells, numbers)
    bound, observations, more = bind.bind(document, plain, contexts)
    measured = [q.start for q, f in zip(numbers.quantities, bound, strict=True) if f.metric]
    return Reading(
        document=document,
        text=text,
        figures=tuple(bound),
        observations=tuple(observations),
        activities=tuple(activities.activities(indexed, document, blocks, whens, mentions, measured)),
        tasks=tuple(tasks.tasks(indexed, document, blocks, mentions, bound)),
        excluded=tuple(numbers.excluded),
        unclaimed=tuple(numbers.unclaimed),
        problems=(*problems, *more, *numbers.problems, *_nothing_bound(document.kind, bool(observations))),
    )


def _nothing_bound(kind: str, found: bool) -> list[Problem]:
    bulletin = kind in {"monthly_bulletin", "weekly_bulletin"}
    return [Problem("no_observations")] if bulletin and not found else []
