"""What needs a person: failed checks, unreviewed figures, late and missing issues. Historical data alarms nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hall import catalog, settings
from hall.catalog import Series
from hall.measure.spine import gaps, spine
from hall.model import FREQ_OF_KIND, Document, Lang, Period
from hall.store.read import rows
from hall.text import periods, sentences, t
from hall.views.data.context import Context
from hall.views.data.documents import StandingDocument, is_historical, next_issue
from hall.views.link import Link
from hall.views.parts.cards import ListItem
from hall.views.parts.citation import cite

_MOST_GAPS = 2


def items(shelf: tuple[StandingDocument, ...], ctx: Context) -> tuple[ListItem, ...]:
    """All items, most urgent first."""
    lang = ctx.lang
    failed, explained = _failed(ctx) if shelf else ([], set())
    found = [*failed, *_held(shelf, explained, lang), *_unreviewed(shelf, lang)]
    for series in catalog.series():
        own = [s.document for s in shelf if s.document.kind == series.kind and s.document.publisher == ctx.publisher]
        if series.due and own:
            found += [*_due(series, own, lang), *_missing(series, own, lang)]
    return ordered(found)


def ordered(found: Iterable[ListItem]) -> tuple[ListItem, ...]:
    """Most urgent first."""
    order = {"attention": 0, "plain": 1, "quiet": 2, "good": 3}
    return tuple(sorted(found, key=lambda item: order[item.tone]))


def _failed(ctx: Context) -> tuple[list[ListItem], set[str]]:
    lang = ctx.lang
    found: list[ListItem] = []
    explained: set[str] = set()
    wanted = {"publishers": [ctx.publisher] if ctx.publisher else None, "known_on": ctx.known_on}
    for row in rows("series/failed_checks", **wanted).iter_rows(named=True):
        place = cite(_document(row), lang)
        detail = sentences.check(row["id"], "fail", json.loads(row["params"]), lang)
        hold = row["severity"] == "hold"
        if not hold and is_historical(row["period_end"]):
            continue
        if hold:
            explained.add(row["document"])
        found.append(
            ListItem(
                badge=t("status.U" if hold else "attention.note", lang),
                text=t("attention.failed", lang, document=place, detail=detail),
                tone="attention" if hold else "quiet",
                action=_sources(row["document"], lang),
            )
        )
    # the same sentence may hold for a week and for the year to date
    return list({item.text: item for item in found}.values()), explained


def _held(shelf: tuple[StandingDocument, ...], explained: set[str], lang: Lang) -> list[ListItem]:
    # a document whose failed check is listed above needs no second line
    return [
        ListItem(
            t("status.U", lang), t("attention.held", lang, document=cite(s.document, lang), n=s.held), "attention",
            _sources(s.document.sha256, lang),
        )
        for s in shelf if s.held and s.document.sha256 not in explained
    ]  # fmt: skip


def _unreviewed(shelf: tuple[StandingDocument, ...], lang: Lang) -> list[ListItem]:
    waiting = [s for s in shelf if s.unreviewed]
    if not waiting:
        return []
    if len(waiting) == 1:
        text = t("attention.unreviewed", lang, document=cite(waiting[0].document, lang), n=waiting[0].unreviewed)
    else:
        total = sum(s.unreviewed for s in waiting)
        text = t("attention.unreviewed_many", lang, documents=len(waiting), n=total)
    return [ListItem(t("status.V", lang), text, "quiet", _sources(waiting[0].document.sha256, lang))]


def _due(series: Series, own: list[Document], lang: Lang) -> list[ListItem]:
    expected = next_issue(series, own)
    if expected is None:
        return []
    period, due = expected
    late = (settings.today() - due).days
    if is_historical(max(d.period_end for d in own if d.period_end)):
        return []
    words = {"series": series.label(lang), "period": periods.short(period, lang), "day": periods.day(due, lang)}
    if late > 0:
        return [
            ListItem(
                t("attention.late", lang), t("attention.late_text", lang, **words, n=late), "attention", _load(lang)
            )
        ]
    return [ListItem(t("attention.due", lang), t("attention.due_text", lang, **words, n=-late))]


def _missing(series: Series, own: list[Document], lang: Lang) -> list[ListItem]:
    here = [d.period for d in own if d.period and d.period.freq == FREQ_OF_KIND[series.kind]]
    runs = gaps(spine(here), [p.key for p in here])
    if not runs:
        return []
    newest = max(d.period_end for d in own if d.period_end)
    shown = [_run(g.first, g.last, lang) for g in runs[::-1][:_MOST_GAPS]]
    more = sum(g.count for g in runs[:-_MOST_GAPS])
    words = t("text.comma", lang).join(shown)
    if more:
        words = t("attention.missing_more", lang, runs=words, n=more)
    return [
        ListItem(
            t("attention.missing", lang),
            t("attention.missing_text", lang, series=series.label(lang), runs=words),
            "quiet" if is_historical(newest) else "attention",
            _load(lang),
        )
    ]


def _run(first: Period, last: Period, lang: Lang) -> str:
    if first.freq == "M" and first.start.year == last.start.year and first != last:
        return t("period.in_year", lang, year=first.start.year, months=periods.run(first, last, lang))
    return periods.short(first, lang) if first.key == last.key else periods.run(first, last, lang)


def _sources(document: str, lang: Lang) -> Link:
    return Link(t("attention.see", lang), "sources", {"document": document})


def _load(lang: Lang) -> Link:
    return Link(t("attention.load", lang), "sources")


def _document(row: dict[str, Any]) -> Document:
    names = ("kind", "title", "issue", "publisher", "published_on", "period_start", "period_end")
    return Document(sha256=str(row["document"]), **{name: row[name] for name in names})
