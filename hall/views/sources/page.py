"""Page 数据: the documents, one of them as it was read, vintages, and whole tables to download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from hall import catalog, settings
from hall.model import Lang
from hall.store.read import rows
from hall.text import periods, t
from hall.views.data import reconciliation as comparisons
from hall.views.data import revisions as restated
from hall.views.data.activities import head
from hall.views.data.context import Context
from hall.views.data.documents import HISTORICAL
from hall.views.extracts import tables as whole_tables
from hall.views.extracts.tables import Extract
from hall.views.parts import empty, reconciliation, revisions
from hall.views.parts.cards import Card, Empty, PageHead, Table, card
from hall.views.parts.marks import badge
from hall.views.sources.opened import Opened, open_document, title


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All of the page; ``choices`` are the documents of its control, hash and words."""

    lang: Lang
    head: PageHead
    documents: Card | None
    choices: tuple[tuple[str, str], ...]
    opened: Opened | None
    reconciliation: Card | None
    vintages: Card | None
    extracts: tuple[Extract, ...]
    empty: Empty | None


def load(ctx: Context, document: str = "", figure: str = "") -> View:
    """The page; ``document`` is a hash or its beginning, ``figure`` the number of a figure in its list."""
    lang = ctx.lang
    listed = rows("series/shelf", **(ctx.bounds | {"publishers": ctx.chosen_issuers}))
    every = rows("series/shelf", known_on=ctx.known_on)
    # a link from elsewhere opens its document although the filters leave it out
    chosen = _choose(listed, document) or _choose(every, document)
    if chosen is None and not listed.is_empty():
        chosen = listed.row(0, named=True)
    records = ctx.coverage.all_months
    shown = len(listed) or not records
    return View(
        lang=lang,
        head=_head(ctx, listed),
        documents=_documents(ctx, listed) if shown else None,
        choices=_choices(listed, chosen, lang),
        opened=open_document(ctx, chosen, figure) if chosen else None,
        reconciliation=reconciliation.build(ctx, comparisons.load(ctx)),
        vintages=_vintages(ctx, chosen),
        extracts=whole_tables.every(ctx) if shown else (),
        empty=None if chosen or records else _nothing(ctx, every),
    )


def _vintages(ctx: Context, chosen: dict[str, Any] | None) -> Card | None:
    """What was restated by the publisher of the chosen document, where no data set is chosen; else by our own."""
    if chosen and chosen["publisher"] and not ctx.selection.publisher:
        its = ctx.of(chosen["publisher"])
        if own := revisions.build(its, restated.load(its)):
            return own
    return revisions.build(ctx, restated.load(ctx))


def _nothing(ctx: Context, every: pl.DataFrame) -> Empty:
    if every.is_empty():
        return empty.store(ctx)
    return empty.selection(tuple(head(r) for r in every.iter_rows(named=True)), ctx, "sources")


def _choose(listed: pl.DataFrame, document: str) -> dict[str, Any] | None:
    if not document or listed.is_empty():
        return None
    found = listed.filter(pl.col("document").str.starts_with(document))
    return found.row(0, named=True) if len(found) else None


def _choices(listed: pl.DataFrame, chosen: dict[str, Any] | None, lang: Lang) -> tuple[tuple[str, str], ...]:
    found = list(listed.iter_rows(named=True))
    if chosen and all(r["document"] != chosen["document"] for r in found):
        found.insert(0, chosen)
    return tuple((r["document"], title(r, lang)) for r in found)


def _head(ctx: Context, listed: pl.DataFrame) -> PageHead:
    lang, known = ctx.lang, ctx.coverage
    kinds = listed.filter(pl.col("current"))["kind"]
    counts = {s: int((kinds == s.kind).sum()) for s in catalog.series()}
    words = [t("sources.kind", lang, series=s.label(lang), n=n) for s, n in counts.items() if n]
    if others := len(kinds) - sum(counts.values()):
        words.append(t("sources.others", lang, n=others))
    line = t("sources.line", lang, documents=len(kinds), kinds=t("text.comma", lang).join(words))
    parts = [line] if len(kinds) else []
    if known.as_of:
        parts += [t("counted.months", lang, n=len(known.all_months)), periods.as_of(known.as_of, lang)]
    waiting = int(listed["held"].sum())
    return PageHead(
        t("page.sources", lang),
        t("text.dot", lang).join(parts) or t("empty.store", lang),
        missing=t("sources.waiting", lang, n=waiting) if waiting else "",
        demo=any(catalog.is_demo(p) for p in listed["publisher"]) or (known.as_of is not None and ctx.demo),
    )


def _documents(ctx: Context, listed: pl.DataFrame) -> Card:
    lang, today, found = ctx.lang, settings.today(), list(listed.iter_rows(named=True))
    cells = tuple(
        (
            title(r, lang),
            _day(r["published_on"], today, lang),
            t("sources.counts", lang, figures=r["figures"], observations=r["observations"]),
            _state(r, lang),
        )
        for r in found
    )
    columns = tuple(t(f"sources.{c}", lang) for c in ("document", "printed", "read", "status"))
    newest = max((r["published_on"] for r in found if r["published_on"]), default=None)
    age = t("sources.newest", lang, n=(today - newest).days) if newest else ""
    return card(
        ctx,
        "documents",
        headline=t("sources.shelf", lang, n=len(found), age=age),
        subtitle=t("sources.shelf_unit", lang),
        documents=(head(r) for r in found),
        table=Table(columns=columns, rows=cells),
    )


def _day(printed: date | None, today: date, lang: Lang) -> str:
    if printed is None:
        return t("missing.value", lang)
    days = (today - printed).days
    age = t("sources.historical", lang) if days > HISTORICAL else t("sources.age", lang, n=days)
    return f"{periods.day(printed, lang, year=True)} {age}"


def _state(row: dict[str, Any], lang: Lang) -> str:
    by_hand = row["origin"] == "file" and not row["has_text"]
    origin = t("review.act_type" if by_hand else f"origin.{row['origin']}", lang)
    state = "U" if row["held"] or row["failed"] else "V" if row["unreviewed"] else "A"
    return f"{badge(state, lang)} {origin}"
