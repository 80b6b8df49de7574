"""Documents in words: how old their data are, the newest as a table, when the next are expected."""

from __future__ import annotations

from datetime import date

from hall import catalog, settings
from hall.model import Lang
from hall.text import numbers, periods, t
from hall.views.data.documents import HISTORICAL, StandingDocument, is_historical, next_issue
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


def newest(shelf: tuple[StandingDocument, ...], lang: Lang) -> Table:
    """The newest documents with the last day of their data and its age."""
    columns = tuple(t(f"documents.{c}", lang) for c in ("document", "until", "age"))
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
    return Table(columns=columns, rows=tuple(lines))


def expected(shelf: tuple[StandingDocument, ...], publisher: str | None, lang: Lang) -> str:
    """When the next issue of each series is usually printed."""
    parts = []
    for series in catalog.series():
        own = [s.document for s in shelf if s.document.kind == series.kind and s.document.publisher == publisher]
        coming = next_issue(series, own) if series.due and own else None
        if coming is None:
            continue
        if is_historical(max(d.period_end for d in own if d.period_end)):
            parts.append(t("documents.historical", lang, series=series.label(lang)))
        else:
            words = {"series": series.label(lang), "period": periods.short(coming[0], lang)}
            parts.append(t("documents.next", lang, **words, day=periods.day(coming[1], lang, year=True)))
    return t("text.semicolon", lang).join(parts)
