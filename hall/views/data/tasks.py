"""Tasks of one work plan with their departments and targets, and the matrix that they make."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.catalog.themes import themes, themes_of
from hall.model import Document, Lang, Party, Target
from hall.views.data.activities import head, name, rank


@dataclass(frozen=True, slots=True)
class Duty:
    """One task with all that the plan says of it; ``quote`` is None without the text."""

    document: Document
    number: int
    section: str
    title: str
    parties: tuple[Party, ...]
    targets: tuple[Target, ...]
    start: int
    end: int
    quote: str | None

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


def gather(tasks: pl.DataFrame, targets: pl.DataFrame) -> tuple[Duty, ...]:
    """Duties of rows of series/plan_tasks and series/plan_targets, in plan order."""
    aims: dict[tuple[str, int], list[Target]] = {}
    for r in targets.iter_rows(named=True):
        value: Decimal = r["value"]
        aims.setdefault((r["document"], r["task"]), []).append(Target(r["label"], value, r["unit"], r["as_printed"]))
    found: dict[tuple[str, int], Duty] = {}
    parties: dict[tuple[str, int], list[Party]] = {}
    for r in tasks.iter_rows(named=True):
        key = (r["document"], r["task"])
        if r["department"]:
            parties.setdefault(key, []).append(
                Party(r["department"], name(r["department"], "zh"), r["printed"], r["role"])
            )
        found.setdefault(
            key,
            Duty(head(r), r["task"], r["section"], r["title"], (), (), r["start_at"], r["end_at"], r["quote"] or None),
        )
    return tuple(
        Duty(
            d.document,
            d.number,
            d.section,
            d.title,
            tuple(parties.get(key, ())),
            tuple(aims.get(key, ())),
            d.start,
            d.end,
            d.quote,
        )
        for key, d in sorted(found.items())
    )


def sections(duties: tuple[Duty, ...]) -> tuple[str, ...]:
    """The sections of the plan in their order."""
    return tuple(dict.fromkeys(d.section for d in duties))


def section_name(section: str, lang: Lang) -> str:
    """The short name of a section: the theme that it carries, else its own words."""
    found = themes_of(section)
    return themes()[found[0]].label(lang) if found else section


def carried(duties: tuple[Duty, ...]) -> dict[str, frozenset[int]]:
    """The task numbers that each department carries."""
    found: dict[str, set[int]] = {}
    for duty in duties:
        for department in duty.departments:
            found.setdefault(department, set()).add(duty.number)
    return {department: frozenset(numbers) for department, numbers in found.items()}


def ordered_rows(duties: tuple[Duty, ...], by: str) -> tuple[tuple[str, frozenset[int]], ...]:
    """Departments with their tasks: ``by`` tasks (most first, ties by catalogue) or catalogue order."""
    found = carried(duties)
    return tuple(sorted(found.items(), key=lambda i: ((-len(i[1]) if by == "tasks" else 0), rank(i[0]), i[0])))


def ordered_columns(duties: tuple[Duty, ...], by: str) -> tuple[Duty, ...]:
    """Tasks: ``by`` number, or departments (most first, ties by number)."""
    if by == "departments":
        return tuple(sorted(duties, key=lambda d: (-len(d.departments), d.number)))
    return tuple(sorted(duties, key=lambda d: d.number))
