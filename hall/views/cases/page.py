"""Page 办件: the cases that a number counts, row by row; the number on top is the number of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Lang
from hall.store.rows import MEASURES, Drill
from hall.text import periods, t
from hall.views.data import activities, case_drill
from hall.views.data.case_counts import document
from hall.views.data.case_drill import NOWHERE, DrillQuestion
from hall.views.data.context import Context
from hall.views.parts.cards import Cell, Empty, PageHead, Table
from hall.views.parts.case_empty import empty as no_cases
from hall.views.parts.citation import cite

SIZE = 50
# as many rows as a button builds in memory; more are streamed
FEW = 50_000
_SHOWN = ("case_id", "item_name", "department", "channel", "city", "accepted_at", "completed_at", "workdays",
          "promised_workdays", "on_time", "status", "issued_at_place", "delivery", "satisfaction")  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """The page: ``total`` rows on ``pages`` pages, of which ``page`` (from 1) is shown. ``note`` says why the rows are
    not shown, ``address`` asks for the same rows elsewhere. The options of the controls are (id, label)."""

    head: PageHead
    empty: Empty | None = None
    total: int = 0
    page: int = 1
    pages: int = 1
    table: Table = field(default_factory=lambda: Table(columns=(), rows=()))
    note: str = ""
    source: str = ""
    address: str = ""
    file: str = ""
    demo: bool = False
    measures: tuple[tuple[str, str], ...] = ()
    cities: tuple[tuple[str, str], ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    period: bool = False

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1."""
        return (self.page - 1) * SIZE + 1

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.table.rows) - 1

    @property
    def few(self) -> bool:
        """Whether the file is built on a click of a button, rather than streamed."""
        return self.total <= FEW


def load(
    ctx: Context,
    measure: str = "",
    channel: tuple[str, ...] = (),
    city: tuple[str, ...] = (),
    item: tuple[str, ...] = (),
    period: tuple[str, str] = ("", ""),
    page: int = 1,
    whole: bool = False,
    records: str = "",
) -> View:
    """The page for what the address asks (``period``: day, week); ``whole`` shows the numbers of cases whole.
    ``records`` tells the records of one load from those of another, for those who remember views."""
    lang = ctx.lang
    given = {"measure": [measure], "channel": channel, "city": city, "item": item,
             "day": [period[0]], "week": [period[1]]}  # fmt: skip
    found = question(given, ctx)
    title = t("page.cases", lang)
    if found is None:
        return View(PageHead(title, t("empty.head", lang)), no_cases(ctx, "cases"))
    drill = found.drill
    total = number(drill)
    pages = max(1, -(-total // SIZE))
    at = min(max(page, 1), pages)
    rows = drill.page((at - 1) * SIZE, SIZE, whole=whole) if drill.here else None
    demo = catalog.is_demo(found.publisher)
    return View(
        head=_head(title, found, drill, total),
        total=total, page=at, pages=pages if drill.here else 1,
        table=Table(columns=_columns(lang), rows=_cells(rows, lang) if rows is not None else ()),
        note="" if drill.here else t("drill.elsewhere", lang),
        source=cite(document(ctx), lang), address=found.address(), file=file_name(found), demo=demo,
        measures=tuple((m, _capital(t(f"measure.{m}", lang))) for m in MEASURES), cities=_cities(lang),
        items=tuple(case_drill.item_names(found.publisher).items()), period=found.asked.period is not None,
    )  # fmt: skip


def question(given: Mapping[str, Sequence[str]], ctx: Context) -> DrillQuestion | None:
    """The question of an address; None where there are no cases to ask of."""
    return case_drill.question(case_drill.asked(given), ctx)


def number(drill: Drill) -> int:
    """How many rows there are: what the cube counts, or a count of the records where the cube cannot say or is older
    than they are."""
    if drill.counted is not None and (drill.fresh or not drill.here):
        return drill.counted
    return drill.count() if drill.here else int(drill.strips["cases"].sum())


def file_name(found: DrillQuestion) -> str:
    """What a file of the rows is called, without its ending."""
    words = t(f"measure.{found.asked.measure}", found.lang)
    name = t("file.cases", found.lang, period=found.when, measure=words)
    return f"{t('status.demo', found.lang)}_{name}" if catalog.is_demo(found.publisher) else name


def _head(title: str, found: DrillQuestion, drill: Drill, total: int) -> PageHead:
    lang = found.lang
    age = t("age.plain", lang, day=periods.day(found.until, lang, year=True))
    line = t("text.dot", lang).join((catalog.publisher_name(found.publisher, lang), age))
    missing = ""
    if drill.here and not drill.fresh and drill.counted not in (None, total):
        missing = t("drill.newer", lang, n=f"{drill.counted:,}")
    return PageHead(title, line, found.said(total), missing, catalog.is_demo(found.publisher))


def _columns(lang: Lang) -> tuple[str, ...]:
    declared = {column.id: column for column in catalog.tables()["cases"].columns}
    return tuple(declared[n].label(lang) if n in declared else t(f"drill.{n}", lang) for n in _SHOWN)


def _cells(rows: pl.DataFrame, lang: Lang) -> tuple[tuple[Cell, ...], ...]:
    codes = {c.id: {k.id: k.label(lang) for k in c.codes} for c in catalog.tables()["cases"].columns if c.codes}
    return tuple(
        tuple(_cell(name, row[name], row, codes, lang) for name in _SHOWN) for row in rows.iter_rows(named=True)
    )


def _cell(name: str, value: Any, row: dict[str, Any], codes: dict[str, dict[str, str]], lang: Lang) -> Cell:
    if name == "on_time":
        return "" if value is None else t("drill.in_time" if value else "drill.late", lang)
    if value is None:
        return str(row["item_code"]) if name == "item_name" else None
    if isinstance(value, datetime):
        # at midnight sharp only the day is known
        return f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    if name == "department":
        return activities.short(value, lang)
    if name == "city":
        return case_drill.city(value, lang)
    shown: Cell = codes[name].get(value, value) if name in codes else value
    return shown


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cities(lang: Lang) -> tuple[tuple[str, str], ...]:
    known = tuple((c.id, c.label(lang)) for c in catalog.cities().values())
    return (*known, (NOWHERE, t("cities.none", lang)))
