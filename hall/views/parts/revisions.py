"""Restated values as a card: what they were, what they are, and who said so when."""

from __future__ import annotations

from typing import Any

import polars as pl

from hall import catalog
from hall.measure.change import change
from hall.measure.rounding import Quantity
from hall.model import Document, Lang, Period
from hall.text import periods, t
from hall.views.data.activities import name
from hall.views.data.context import Context
from hall.views.parts import wording
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.citation import cite
from hall.views.parts.marks import glue

_NEW = ("document", "kind", "issue", "title", "published_on", "issue_start", "issue_end")


def build(ctx: Context, found: pl.DataFrame) -> Card | None:
    """The rows of ``data.revisions``; None where nothing was restated beyond its rounding."""
    if found.is_empty():
        return None
    lang, told = ctx.lang, list(found.iter_rows(named=True))
    documents = [(_document(r, "old_"), _document(r, "")) for r in told]
    return card(
        ctx,
        "revisions",
        headline=t("revisions.headline", lang, n=len(told)),
        subtitle=t("revisions.what_is_shown", lang),
        documents=(d for pair in documents for d in pair),
        table=Table(
            columns=tuple(t(f"revisions.{c}", lang) for c in ("what", "values", "documents")),
            rows=tuple(
                (_what(r, lang), _values(r, lang), _said(*pair, r, lang))
                for r, pair in zip(told, documents, strict=True)
            ),
        ),
    )


def _document(r: dict[str, Any], side: str) -> Document:
    sha256, kind, issue, title, published_on, start, end = (r[side + name] for name in _NEW)
    return Document(sha256, kind, title, issue, None, r["publisher"], published_on, start, end)


def _what(r: dict[str, Any], lang: Lang) -> str:
    metric = catalog.metrics()[r["metric"]].short(lang)
    about = f" {name(r['department'], lang)}" if r["department"] else ""
    if r["scope"] == "year_to_date":
        when = periods.to_date(r["period_end"], lang, year=True)
    elif r["scope"] == "as_of":
        when = periods.as_of(r["period_end"], lang)
    else:
        when = periods.short(Period(r["period_start"], r["period_end"], r["freq"]), lang)
    return f"{metric}{about} {when}"


def _quantities(r: dict[str, Any]) -> tuple[Quantity, Quantity]:
    old = Quantity(r["old_value"].normalize() + 0, r["old_unit"], r["old_mult"], r["old_decimals"])
    return old, Quantity(r["obs_value"].normalize() + 0, r["unit_measure"], r["unit_mult"], r["decimals"])


def _values(r: dict[str, Any], lang: Lang) -> str:
    old, new = _quantities(r)
    found = change(new, old)
    moved = glue(wording.amount(found, lang)) if found else ""
    words = {"old": glue(wording.shown(old, lang)), "new": glue(wording.shown(new, lang))}
    return t("revisions.moved", lang, **words, change=moved)


def _said(old: Document, new: Document, r: dict[str, Any], lang: Lang) -> str:
    days = (periods.day(r[key], lang, year=True) for key in ("old_known_from", "known_from"))
    first, last = (
        t("revisions.document", lang, document=cite(d, lang), day=day) if d.issue is not None else cite(d, lang)
        for d, day in zip((old, new), days, strict=True)
    )
    return f"{first} → {last}"
