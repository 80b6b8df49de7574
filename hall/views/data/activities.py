"""Dated acts of departments, gathered from the rows of query ``series/acts``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Document, Lang, Party
from hall.text import periods, t


@dataclass(frozen=True, slots=True)
class DatedActivity:
    """One dated act with its departments and the document that tells it; ``quote`` is None without the text."""

    document: Document
    number: int
    date_start: date
    date_end: date
    category: str
    title: str
    section: str | None
    offices: tuple[str, ...]
    parties: tuple[Party, ...]
    start: int
    end: int
    quote: str | None
    demo: bool

    @property
    def leads(self) -> tuple[str, ...]:
        """Ids of the departments that lead it."""
        return tuple(dict.fromkeys(p.id for p in self.parties if p.role == "lead"))

    @property
    def exact(self) -> bool:
        """Whether its days are narrower than the document's own period."""
        head = self.document
        return (self.date_start, self.date_end) != (head.period_start, head.period_end)

    def concerns(self, departments: tuple[str, ...]) -> bool:
        """Whether one of the departments has any role in it; true when none is asked for."""
        return not departments or any(p.id in departments for p in self.parties)


def head(row: dict[str, Any]) -> Document:
    """The document named by the document columns of a row."""
    return Document(
        sha256=row["document"],
        kind=row["kind"],
        issue=row["issue"],
        publisher=row["publisher"],
        published_on=row["published_on"],
        period_start=row["period_start"],
        period_end=row["period_end"],
    )


def name(department: str, lang: Lang) -> str:
    """The short name of a department; an id that the catalogue does not know stands for itself."""
    known = catalog.departments().get(department)
    return known.label(lang) if known else department


def days(act: DatedActivity, lang: Lang, *, year: bool = True) -> str:
    """When it was: its days, or only the issue's own period where no day is told."""
    period = act.document.period
    if period and not act.exact:
        return periods.short(period, lang)
    if act.date_start == act.date_end:
        return periods.day(act.date_start, lang, year=year)
    span = periods.days(act.date_start, act.date_end, lang)
    return t("departments.span", lang, year=act.date_start.year, days=span) if year else span


def short(department: str, lang: Lang) -> str:
    """Its name for the side of a plot."""
    known = catalog.departments().get(department)
    return known.short(lang) if known else department


@cache
def _ids() -> dict[str, str]:
    return {spelled: d.id for d in catalog.departments().values() for spelled in (d.id, d.en, *d.names)}


def department_id(spelled: str | None) -> str | None:
    """The id of a department from its id or one of its names; what is not known stands for itself."""
    return _ids().get(spelled, spelled) if spelled else None


def rank(department: str) -> int:
    """Its place in the catalogue, which decides ties."""
    known = catalog.departments().get(department)
    return known.rank if known else 10_000


def gather(rows: pl.DataFrame) -> tuple[DatedActivity, ...]:
    """Acts of the rows (one row an act and department), in the order of the rows."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault((row["document"], row["activity"]), []).append(row)
    return tuple(_act(group) for group in found.values())


def _act(group: list[dict[str, Any]]) -> DatedActivity:
    first = group[0]
    parties = tuple(
        Party(r["department"], name(r["department"], "zh"), r["printed"], r["role"]) for r in group if r["department"]
    )
    return DatedActivity(
        document=head(first),
        number=first["activity"],
        date_start=first["date_start"],
        date_end=first["date_end"],
        category=first["category"],
        title=first["title"],
        section=first["section"],
        offices=tuple(first["offices"] or ()),
        parties=parties,
        start=first["start_at"],
        end=first["end_at"],
        quote=first["quote"] or None,
        demo=catalog.is_demo(first["publisher"]),
    )
