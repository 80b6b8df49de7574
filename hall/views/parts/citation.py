"""Where numbers come from, as a citation: 政务窗口月报 2025年第10期、第5期 · Monthly window bulletin no. 10, 2025; of
numbers that were counted, the records with the day up to which they tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hall import catalog
from hall.model import Document, Lang
from hall.text import join, periods, t

_MOST = 4
_RECORDS = "records"


def series_name(kind: str, lang: Lang) -> str:
    """The name of the series of that kind of document."""
    return next((s.label(lang) for s in catalog.series() if s.kind == kind), "")


def cite(document: Document, lang: Lang, *, mark: bool = True) -> str:
    """One document: by issue, else by print date, else by period, else by title; a fictional one says that it is,
    unless a mark of its own stands beside."""
    words = _cite(document, lang)
    return t("cite.fictional", lang, document=words) if mark and catalog.is_demo(document.publisher) else words


def _cite(document: Document, lang: Lang) -> str:
    if document.kind == _RECORDS and document.period_end:
        name = document.title or t("counted.source", lang)
        return t("cite.records", lang, records=name, day=periods.day(document.period_end, lang, year=True))
    name = series_name(document.kind, lang)
    period = document.period
    if not name or period is None:
        return document.title or name
    if document.issue is not None:
        return _issues(name, [document], lang)
    if document.kind == "work_plan":
        return t("cite.work_plan", lang, series=name, year=period.start.year)
    if document.published_on:
        return t("cite.dated", lang, series=name, day=periods.day(document.published_on, lang, year=True))
    return t("cite.period", lang, series=name, period=periods.short(period, lang))


def sources(documents: Iterable[Document], lang: Lang) -> str:
    """Several documents, newest first, series and year named once, beyond four only how many they are; then the
    records, which alone say themselves that they are fictional."""
    found = list({(d.sha256, d.kind, d.issue): d for d in documents}.values())
    if all(d.kind == _RECORDS for d in found):
        return t("text.semicolon", lang).join(dict.fromkeys(cite(d, lang) for d in found))
    real = [d for d in found if not catalog.is_demo(d.publisher)]
    records = [_cite(d, lang) for d in found if d.kind == _RECORDS]
    parts = [_documents([d for d in real if d.kind != _RECORDS], lang), *dict.fromkeys(records)]
    if len(real) < len(found):
        parts.append(t("cite.demo", lang))
    return t("text.semicolon", lang).join(filter(None, parts))


def _documents(found: list[Document], lang: Lang) -> str:
    found = sorted(found, key=lambda d: (d.period_end or date.min, d.published_on or date.min), reverse=True)
    groups: dict[tuple[str, int], list[Document]] = {}
    for d in found[:_MOST]:
        period = d.period
        groups.setdefault((d.kind, period.end.year if period and d.issue is not None else -id(d)), []).append(d)
    parts = [
        _issues(series_name(kind, lang), same, lang) if year > 0 else cite(same[0], lang)
        for (kind, year), same in groups.items()
    ]
    words = t("text.semicolon", lang).join(parts)
    return words if len(found) <= _MOST else words + t("cite.plus", lang, n=len(found))


def _issues(name: str, same: list[Document], lang: Lang) -> str:
    # two vintages of an issue are one issue
    numbers = join(list(dict.fromkeys(t("cite.issue", lang, issue=d.issue) for d in same)), lang)
    # a week over the turn of the year is counted in the year of its end
    year = same[0].period_end.year if same[0].period_end else ""
    return t("cite.issues", lang, series=name, year=year, issues=numbers)
