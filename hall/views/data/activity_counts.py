"""Counts of led acts by department and month, their timeline, and how often a department takes which role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog
from hall.model import Document, Period
from hall.views.data.activities import DatedActivity, rank

_SPAN = 12
_YEAR = 12


@dataclass(frozen=True, slots=True)
class ActivityMonth:
    """A month of the heat map; ``documents`` counts the issues about it by kind, none where it is not loaded."""

    month: str
    documents: tuple[tuple[str, int], ...]

    @property
    def loaded(self) -> bool:
        """Whether any document tells of the month."""
        return bool(self.documents)


@dataclass(frozen=True, slots=True)
class DepartmentActivity:
    """Acts that one department leads: by month (None where no document tells of it), by category, in all."""

    department: str
    months: tuple[int | None, ...]
    categories: tuple[tuple[str, int], ...]
    total: int
    change: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """The heat map with its ranking; ``compared`` are the two months whose difference the rows carry."""

    columns: tuple[ActivityMonth, ...]
    rows: tuple[DepartmentActivity, ...]
    categories: tuple[str, ...]
    compared: tuple[str, str] | None

    @property
    def everywhere(self) -> tuple[str, ...]:
        """Departments that lead an act in every loaded month, most active first."""
        return tuple(r.department for r in self.rows if all(n is None or n > 0 for n in r.months))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The acts of the newest period by date; ``undated`` counts those told without a day of their own."""

    document: Document
    period: Period
    acts: tuple[DatedActivity, ...]
    undated: int


def by_month(
    acts: Iterable[DatedActivity],
    documents: Iterable[Document],
    departments: tuple[str, ...] = (),
    chosen: tuple[str, ...] = (),
) -> ActivityCounts:
    """Counts of led acts; only ``chosen`` categories (all when empty) and ``departments`` (all when empty)."""
    kept = [a for a in acts if not chosen or a.category in chosen]
    columns = _columns(documents, kept)
    loaded = {c.month for c in columns if c.loaded}
    counts: Counter[tuple[str, str, str]] = Counter()
    for act in kept:
        for department in act.leads:
            if not departments or department in departments:
                counts[department, f"{act.date_start:%Y-%m}", act.category] += 1
    compared = _compared(columns)
    rows = []
    for department in {key[0] for key in counts}:
        own = {key[1:]: n for key, n in counts.items() if key[0] == department}
        by_month: Counter[str] = Counter()
        by_category: Counter[str] = Counter()
        for (month, category), n in own.items():
            by_month[month] += n
            by_category[category] += n
        ordered = tuple((c, by_category[c]) for c in shown_categories() if by_category[c])
        change = by_month[compared[0]] - by_month[compared[1]] if compared else None
        months = tuple(by_month[c.month] if c.month in loaded else None for c in columns)
        rows.append(DepartmentActivity(department, months, ordered, sum(own.values()), change))
    rows.sort(key=lambda r: (-r.total, rank(r.department), r.department))
    present = {category for row in rows for category, _ in row.categories}
    return ActivityCounts(columns, tuple(rows), tuple(c for c in shown_categories() if c in present), compared)


def shown_categories() -> tuple[str, ...]:
    """Categories in the order in which they are coloured and stacked."""
    order = ("blue", "brown", "teal", "purple", "rose", "moss", "ink")
    known = catalog.categories().values()
    return tuple(c.id for c in sorted(known, key=lambda c: (order.index(c.colour) if c.colour in order else 9, c.rank)))


def _columns(documents: Iterable[Document], acts: Iterable[DatedActivity]) -> tuple[ActivityMonth, ...]:
    """Months that are told of; within a year's span also the months between, as not loaded."""
    told: dict[str, Counter[str]] = {}
    for document in documents:
        if document.period_start is None or document.period_end is None:
            continue
        for at in (document.period_start, document.period_end):
            told.setdefault(f"{at:%Y-%m}", Counter())
        told[f"{document.period_end:%Y-%m}"][document.kind] += 1
        if f"{document.period_start:%Y-%m}" != f"{document.period_end:%Y-%m}":
            told[f"{document.period_start:%Y-%m}"][document.kind] += 1
    for act in acts:
        told.setdefault(f"{act.date_start:%Y-%m}", Counter({act.document.kind: 1}))
    if not told:
        return ()
    known = {month: tuple(sorted(kinds.items())) for month, kinds in told.items()}
    first, last = Period.parse(min(known)), Period.parse(max(known))
    span = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month + 1
    months = [first.shift(i).key for i in range(span)] if span <= _SPAN else sorted(known)
    return tuple(ActivityMonth(month, known.get(month, ())) for month in months)


def _compared(columns: tuple[ActivityMonth, ...]) -> tuple[str, str] | None:
    """The newest loaded month and the one before it, or a year before, where the same kinds of issues tell of both."""
    known = {c.month: c.documents for c in columns if c.loaded}
    if not known:
        return None
    newest = max(known)
    for other in (Period.parse(newest).shift(-1).key, Period.parse(newest).shift(-_YEAR).key):
        if other in known and _alike(dict(known[newest]), dict(known[other])):
            return newest, other
    return None


def _alike(now: dict[str, int], then: dict[str, int]) -> bool:
    """Whether as many issues of the same kinds tell of both months; a month may have a week more than another."""
    return set(now) == set(then) and all(abs(n - then[kind]) <= (kind == "weekly_bulletin") for kind, n in now.items())


def timeline(acts: Iterable[DatedActivity], chosen: tuple[str, ...] = ()) -> Timeline | None:
    """The newest period that has an act with days of its own, earliest act first; a month leaves out the others."""
    kept = [a for a in acts if (not chosen or a.category in chosen) and a.document.period]
    shown = [a for a in kept if a.exact or a.document.kind == "weekly_bulletin"]
    if not shown:
        return None
    newest = max(shown, key=lambda a: (a.document.period_end or date.min, a.document.published_on or date.min)).document
    period = newest.period
    assert period
    own = sorted((a for a in shown if a.document == newest), key=lambda a: (a.date_start, a.date_end, a.start))
    return Timeline(newest, period, tuple(own), sum(a.document == newest for a in kept) - len(own))


def roles(acts: Iterable[DatedActivity], department: str) -> dict[str, int]:
    """How often a department leads, takes part in or is mentioned in an act."""
    found: Counter[str] = Counter()
    for act in acts:
        mine = [p.role for p in act.parties if p.id == department]
        if mine:
            found[min(mine, key=("lead", "participant", "mentioned").index)] += 1
    return dict(found)


def told_of(figures: pl.DataFrame, department: str) -> pl.DataFrame:
    """Figures about the department, newest period first."""
    return figures.filter(pl.col("department") == department).sort(
        "period_end", "document", "figure", descending=[True, False, False], nulls_last=True
    )
