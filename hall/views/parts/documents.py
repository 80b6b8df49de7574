"""Documents in words: how old their data are, the newest as a table, when the next are expected."""

from __future__ import annotations

from datetime import date

import polars as pl

from hall import catalog, settings
from hall.model import Lang
from hall.text import numbers, periods, t
from hall.views.data.documents import HISTORICAL, Shelved, is_historical, next_issue
from hall.views.parts.cards import Table
from hall.views.parts.citation import cite
from hall.views.parts.marks import glue

_SHOWN = 5


def age(at: date, lang: Lang) -> str:
    """数据截至10月31日，距今31天 · beyond 90 days 为历史数据."""
    days = (settings.today() - at).days
    shown = periods.day(at, lang, year=at.year != settings.today().year)
    if days <= 0:
        return t("age.plain", lang, day=shown)
    return t("age.historical" if days > HISTORICAL else "age.days", lang, day=shown, n=days)


def newest(shelf: tuple[Shelved, ...], lang: Lang) -> Table:
    """The newest documents with the last day of their data and its age."""
    columns = tuple(t(f"shelf.{c}", lang) for c in ("document", "until", "age"))
    told = [s.document for s in shelf if s.document.period_end and s.document.kind != "work_plan"]
    told += [s.document for s in shelf if s.document.kind == "work_plan"]
    lines = []
    for d in told[:_SHOWN]:
        plan = d.kind == "work_plan" or d.period_end is None
        until = (
            glue(periods.day(d.period_end, lang, year=True).replace(" ", numbers.NBSP))
            if d.period_end and not plan
            else None
        )
        old = (settings.today() - d.period_end).days if d.period_end and not plan else None
        lines.append((cite(d, lang), until, old))
    return Table(columns, tuple(lines))


def expected(shelf: tuple[Shelved, ...], publisher: str | None, lang: Lang) -> str:
    """When the next issue of each series is usually printed."""
    parts = []
    for series in catalog.series():
        own = [s.document for s in shelf if s.document.kind == series.kind and s.document.publisher == publisher]
        coming = next_issue(series, own) if series.due and own else None
        if coming is None:
            continue
        if is_historical(max(d.period_end for d in own if d.period_end)):
            parts.append(t("shelf.historical", lang, series=series.label(lang)))
        else:
            words = {"series": series.label(lang), "period": periods.short(coming[0], lang)}
            parts.append(t("shelf.next", lang, **words, day=periods.day(coming[1], lang, year=True)))
    return t("text.semicolon", lang).join(parts)


def frame(shelf: tuple[Shelved, ...]) -> pl.DataFrame:
    """The documents as rows for CSV."""
    names = ("kind", "title", "issue", "total_issue", "publisher", "published_on", "period_start", "period_end")
    found = [{n: getattr(s.document, n) for n in names} | {"document": s.document.sha256} for s in shelf]
    schema = {
        "kind": pl.String, "title": pl.String, "issue": pl.Int64, "total_issue": pl.Int64, "publisher": pl.String,
        "published_on": pl.Date, "period_start": pl.Date, "period_end": pl.Date, "document": pl.String,
    }  # fmt: skip
    return pl.DataFrame(found, schema=schema)
