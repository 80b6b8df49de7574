"""Page 数据: the shelf of documents, one of them as it was read, vintages, and whole tables to download."""

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
from hall.views.extracts import tables as whole_tables
from hall.views.parts import empty, reconciliation, revisions
from hall.views.parts.cards import Card, Empty, Head, Table
from hall.views.parts.citation import sources
from hall.views.parts.marks import badge
from hall.views.sources.opened import Opened, open_document, title

_OLD = 90


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``choices`` are the documents of its control, hash and words."""

    lang: Lang
    head: Head
    shelf: Card | None
    choices: tuple[tuple[str, str], ...]
    opened: Opened | None
    reconciliation: Card | None
    vintages: Card | None
    extracts: tuple[Card, ...]
    empty: Empty | None


def load(ctx: Context, document: str = "", figure: str = "") -> View:
    """The page; ``document`` is a hash or its beginning, ``figure`` the number of a figure in its list."""
    narrowed = ctx.bounds | {"publishers": ctx.chosen_issuers}
    shelf = rows("series/shelf", **narrowed)
    lang = ctx.lang
    shelf_of_all = rows("series/shelf", known_on=ctx.known_on)
    # a link from elsewhere opens its document although the filters leave it out
    chosen = _choose(shelf, document) or _choose(shelf_of_all, document)
    records = ctx.coverage.all_months
    if chosen is None and not shelf.is_empty():
        chosen = shelf.row(0, named=True)
    return View(
        lang=lang,
        head=_head(shelf, ctx),
        shelf=_shelf(shelf, lang) if len(shelf) or not records else None,
        choices=_choices(shelf, chosen, lang),
        opened=open_document(chosen, figure, lang) if chosen else None,
        reconciliation=reconciliation.card(comparisons.load(ctx), ctx),
        vintages=_vintages(ctx, chosen),
        extracts=_extracts(ctx) if len(shelf) or not records else (),
        empty=None if chosen or records else _nothing(shelf_of_all, ctx),
    )


def _vintages(ctx: Context, chosen: dict[str, Any] | None) -> Card | None:
    """What was restated by the hall of the chosen document, where no data set is chosen; else by our own."""
    if chosen and chosen["publisher"] and not ctx.selection.publisher:
        own = revisions.card(restated.load(ctx.of(chosen["publisher"])), ctx.lang)
        if own:
            return own
    return revisions.card(restated.load(ctx), ctx.lang)


def _extracts(ctx: Context) -> tuple[Card, ...]:
    """One card a whole table: its name, how many rows, the frame."""
    lang = ctx.lang
    tables = {name: whole_tables.extract(name, ctx) for name in whole_tables.TABLES}
    return tuple(
        Card(
            name,
            t(f"sources.extract_{name}", lang),
            t("sources.rows", lang, n=f"{len(table):,}"),
            "",
            frame=table,
            file=name,
        )
        for name, table in tables.items()
    )


def _nothing(shelf: pl.DataFrame, ctx: Context) -> Empty:
    if shelf.is_empty():
        return empty.store(ctx)
    return empty.selection(tuple(head(r) for r in shelf.iter_rows(named=True)), ctx, "sources")


def _choose(shelf: pl.DataFrame, document: str) -> dict[str, Any] | None:
    if not document or shelf.is_empty():
        return None
    found = shelf.filter(pl.col("document").str.starts_with(document))
    return found.row(0, named=True) if len(found) else None


def _choices(shelf: pl.DataFrame, chosen: dict[str, Any] | None, lang: Lang) -> tuple[tuple[str, str], ...]:
    listed = list(shelf.iter_rows(named=True))
    if chosen and all(r["document"] != chosen["document"] for r in listed):
        listed.insert(0, chosen)
    return tuple((r["document"], title(r, lang)) for r in listed)


def _head(shelf: pl.DataFrame, ctx: Context) -> Head:
    lang, own = ctx.lang, ctx.publisher
    found = shelf.filter(pl.col("current")) if len(shelf) else shelf
    kinds = [
        t("sources.kind", lang, series=s.label(lang), n=int((found["kind"] == s.kind).sum()))
        for s in catalog.series()
        if len(found) and (found["kind"] == s.kind).any()
    ]
    known = {s.kind for s in catalog.series()}
    if others := len(found.filter(~pl.col("kind").is_in(list(known)))) if len(found) else 0:
        kinds.append(t("sources.others", lang, n=others))
    waiting = int(shelf["held"].sum()) if len(shelf) else 0
    line = t("sources.line", lang, documents=len(found), kinds=t("text.comma", lang).join(kinds))
    told, holds = [line] if len(found) else [], ctx.coverage
    if holds.as_of:
        told += [t("counted.months", lang, n=len(holds.all_months)), periods.as_of(holds.as_of, lang)]
    missing = t("sources.waiting", lang, n=waiting) if waiting else ""
    demo = any(catalog.is_demo(p) for p in shelf["publisher"]) or (holds.as_of is not None and catalog.is_demo(own))
    words = t("text.dot", lang).join(told) or t("empty.store", lang)
    return Head(t("page.sources", lang), words, missing=missing, demo=demo)


def _shelf(shelf: pl.DataFrame, lang: Lang) -> Card:
    today = settings.today()
    cells = tuple(
        (
            title(r, lang),
            _day(r["published_on"], today, lang),
            t("sources.counts", lang, figures=r["figures"], observations=r["observations"]),
            _state(r, lang),
        )
        for r in shelf.iter_rows(named=True)
    )
    columns = tuple(t(f"sources.{c}", lang) for c in ("document", "printed", "read", "status"))
    old = shelf["published_on"].drop_nulls().max() if len(shelf) else None
    age = t("sources.newest", lang, n=(today - old).days) if isinstance(old, date) else ""
    headline = t("sources.shelf", lang, n=len(shelf), age=age)
    documents = tuple(head(r) for r in shelf.iter_rows(named=True))
    frame = shelf.drop("has_text") if len(shelf) else shelf
    return Card(
        "shelf",
        headline,
        t("sources.shelf_unit", lang),
        sources(documents, lang),
        Table(columns, cells),
        frame,
        "documents",
        headline,
        any(catalog.is_demo(d.publisher) for d in documents),
    )


def _day(printed: date | None, today: date, lang: Lang) -> str:
    if printed is None:
        return t("missing.value", lang)
    days = (today - printed).days
    age = t("sources.historical", lang) if days > _OLD else t("sources.age", lang, n=days)
    return f"{periods.day(printed, lang, year=True)} {age}"


def _state(row: dict[str, Any], lang: Lang) -> str:
    by_hand = row["origin"] == "file" and not row["has_text"]
    origin = t("review.act_type" if by_hand else f"origin.{row['origin']}", lang)
    state = "U" if row["held"] or row["failed"] else "V" if row["unreviewed"] else "A"
    return f"{badge(state, lang)} {origin}"
