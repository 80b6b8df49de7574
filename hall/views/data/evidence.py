"""What bulletins report of a task: activities and figures of its year that share a theme and a department with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hall import catalog
from hall.catalog.themes import themes_of
from hall.model import Document
from hall.views.data.activities import DatedActivity


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure of a bulletin that is no followed metric."""

    document: Document
    figure: int
    label: str
    words: str
    department: str | None
    section: str | None
    quote: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One activity or figure with what it shares with the task: themes and departments."""

    themes: tuple[str, ...]
    departments: tuple[str, ...]
    activity: DatedActivity | None = None
    figure: StatedFigure | None = None

    @property
    def document(self) -> Document:
        """The bulletin that tells it."""
        found = self.activity or self.figure
        assert found
        return found.document


def find(
    task_themes: tuple[str, ...],
    departments: tuple[str, ...],
    year: tuple[date, date],
    activities: Iterable[DatedActivity],
    figures: Iterable[StatedFigure],
) -> tuple[Evidence, ...]:
    """Activities by date, then figures; a figure counts as its own department's, else as those of the activity around
    it, else as the publisher's."""
    if not task_themes or not departments:
        return ()
    own = [a for a in activities if year[0] <= a.date_start <= year[1]]
    found = []
    for activity in sorted(own, key=lambda a: (a.date_start, a.start)):
        shared = _shared(task_themes, themes_of(activity.title, activity.section, activity.quote))
        who = _shared(tuple(p.id for p in activity.parties), departments)
        if shared and who:
            found.append(Evidence(shared, who, activity=activity))
    for stated in figures:
        if not stated.document.period_end or not year[0] <= stated.document.period_end <= year[1]:
            continue
        shared = _shared(task_themes, themes_of(stated.label, stated.section, stated.quote))
        who = _shared(_about(stated, own), departments)
        if shared and who:
            found.append(Evidence(shared, who, figure=stated))
    return tuple(found)


def _shared(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for x in some if x in others))


def _about(stated: StatedFigure, activities: list[DatedActivity]) -> tuple[str, ...]:
    if stated.department:
        return (stated.department,)
    own = [a for a in activities if a.document == stated.document]
    around = [a for a in own if a.start <= stated.start and stated.end <= a.end]
    if around:
        return tuple(p.id for p in around[0].parties)
    publisher = next((p for p in catalog.publishers() if stated.document.publisher == p.id), None)
    return (publisher.department,) if publisher else ()
