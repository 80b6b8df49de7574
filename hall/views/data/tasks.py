"""Tasks of one work plan with their departments and targets, and the matrix that they make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import polars as pl

from hall import catalog
from hall.catalog.themes import themes, themes_of
from hall.model import Document, Lang, Party, Target
from hall.views.data.activities import head, name, rank


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task with all that the plan says of it; ``quote`` is None without the text."""

    document: Document
    number: int
    section: str
    title: str
    parties: tuple[Party, ...] = ()
    targets: tuple[Target, ...] = ()
    quote: str | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        """Ids of the responsible bodies but for collectives (all cities and prefectures)."""
        return tuple(p.id for p in self.parties if not _collective(p.id))

    @property
    def collectives(self) -> tuple[str, ...]:
        """Ids of the collectives that its bracket names."""
        return tuple(p.id for p in self.parties if _collective(p.id))

    @property
    def themes(self) -> tuple[str, ...]:
        """Themes of its title and section, and of its sentence where the text is there."""
        return themes_of(self.title, self.section, self.quote)


def _collective(department: str) -> bool:
    known = catalog.departments().get(department)
    return known is not None and known.kind == "collective"


def gather(tasks: pl.DataFrame, targets: pl.DataFrame) -> tuple[PlanTask, ...]:
    """Tasks of rows of series/plan_tasks and series/plan_targets, in plan order."""
    first: dict[tuple[str, int], dict[str, Any]] = {}
    aims: dict[tuple[str, int], list[Target]] = defaultdict(list)
    parties: dict[tuple[str, int], list[Party]] = defaultdict(list)
    for r in targets.iter_rows(named=True):
        aims[r["document"], r["task"]].append(Target(r["label"], r["value"], r["unit"], r["as_printed"]))
    for r in tasks.iter_rows(named=True):
        first.setdefault((r["document"], r["task"]), r)
        if body := r["department"]:
            parties[r["document"], r["task"]].append(Party(body, name(body, "zh"), r["printed"], r["role"]))
    return tuple(
        PlanTask(
            document=head(r),
            number=r["task"],
            section=r["section"],
            title=r["title"],
            parties=tuple(parties[key]),
            targets=tuple(aims[key]),
            quote=r["quote"] or None,
        )
        for key, r in sorted(first.items(), key=itemgetter(0))
    )


def sections(tasks: tuple[PlanTask, ...]) -> tuple[str, ...]:
    """The sections of the plan in their order."""
    return tuple(dict.fromkeys(d.section for d in tasks))


def section_name(section: str, lang: Lang) -> str:
    """The short name of a section: the theme that it carries, else its own words."""
    found = themes_of(section)
    return themes()[found[0]].label(lang) if found else section


def carried(tasks: tuple[PlanTask, ...]) -> dict[str, frozenset[int]]:
    """The task numbers that each department carries."""
    found: dict[str, set[int]] = {}
    for task in tasks:
        for department in task.departments:
            found.setdefault(department, set()).add(task.number)
    return {department: frozenset(numbers) for department, numbers in found.items()}


def ordered_rows(tasks: tuple[PlanTask, ...], by: str) -> tuple[tuple[str, frozenset[int]], ...]:
    """Departments with their tasks: ``by`` tasks (most first, ties by catalogue) or catalogue order."""
    found = carried(tasks)
    return tuple(sorted(found.items(), key=lambda i: ((-len(i[1]) if by == "tasks" else 0), rank(i[0]), i[0])))


def ordered_columns(tasks: tuple[PlanTask, ...], by: str) -> tuple[PlanTask, ...]:
    """Tasks: ``by`` number, or departments (most first, ties by number)."""
    if by == "departments":
        return tuple(sorted(tasks, key=lambda d: (-len(d.departments), d.number)))
    return tuple(sorted(tasks, key=lambda d: d.number))
