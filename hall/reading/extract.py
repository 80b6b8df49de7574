"""A document read whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hall.model import HallError, Problem, Reading
from hall.reading import formats
from hall.reading.figures import bind, figures, place
from hall.reading.numbers import quantities
from hall.reading.process import files
from hall.reading.tables import heads
from hall.reading.text import head, outline, source
from hall.reading.times import periods
from hall.reading.work import activities, organisations, tasks

# a bulletin holds a few hundred; the checks over so many would outgrow the machine
_MOST_FIGURES = 20_000
# three hundred full pages of text
_MOST_LINES, _MOST_CHARACTERS = 60_000, 1_000_000


def read_file(path: Path) -> Reading:
    """Read a document of any kind in ``formats.SUFFIXES``; HallError when it cannot be read."""
    data, sha256 = files.load(path, formats.SUFFIXES)
    found = formats.extract(path, data)
    if found.text.count("\n") > 2 * _MOST_LINES or len(found.text) > _MOST_CHARACTERS:
        raise HallError("too_long", file=path.name, limit=f"{_MOST_LINES:,}")
    reading = read_text(found.text, sha256, found.noise, path.name)
    if found.problems:
        reading = replace(reading, problems=(*reading.problems, *found.problems))
    return place.place(reading, found.lines)


def read_text(text: str, sha256: str | None = None, noise: Sequence[tuple[int, int]] = (), name: str = "-") -> Reading:
    """Read a text. Offsets count its characters; a text without a date gives no observations. ``noise`` are the spans
    of running heads and page numbers where the format tells them. HallError too_many_figures."""
    indexed = source.build(text, noise)
    blocks = outline.outline(indexed)
    document, problems = head.read(indexed, blocks, sha256 or hashlib.sha256(text.encode()).hexdigest())
    whens = periods.find(indexed.flat, document)
    mentions = organisations.find(indexed)
    cells = heads.cells(indexed.flat)
    numbers = quantities.tally(indexed, blocks, whens, cells)
    if (count := len(numbers.quantities)) > _MOST_FIGURES:
        raise HallError("too_many_figures", file=name, count=count, limit=_MOST_FIGURES)
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
