"""Manuals completed as a share of handling items, and authorised items before and after an adjustment."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from hall import catalog
from hall.text import numbers, periods, t
from hall.views.data.activities import department_id, head, name
from hall.views.data.context import Context
from hall.views.data.observations import Value, Values
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.plots import PartOfWhole

_ITEMS = ("comprehensive_main_items", "comprehensive_handling_items")


def coverage(ctx: Context, known: Values) -> tuple[Card, PartOfWhole] | None:
    """The newest document that prints the share and its two sides."""
    here = [v for v in known.all if not v.held]
    for share in sorted((v for v in here if v.metric == "manual_coverage"), key=lambda v: v.period.end, reverse=True):
        same = {v.metric: v for v in here if v.document == share.document}
        done, total = same.get("manuals_completed"), same.get("comprehensive_handling_items")
        if done and total and total.quantity.value:
            return _coverage(ctx, share, done, total)
    return None


def _coverage(ctx: Context, share: Value, done: Value, total: Value) -> tuple[Card, PartOfWhole]:
    lang, part, whole = ctx.lang, done.quantity.value, total.quantity.value
    printed = numbers.percent(share.quantity.value, share.quantity.decimals)
    holds = abs(part / whole * 100 - share.quantity.value) <= share.quantity.slack
    words = {k: numbers.digits(v, 0) for k, v in (("done", part), ("total", whole), ("rest", whole - part))}
    day = periods.as_of(share.period.end, lang)
    rows = (
        (catalog.metrics()["manuals_completed"].label(lang), int(part)),
        (catalog.metrics()["comprehensive_handling_items"].label(lang), int(whole)),
        (catalog.metrics()["manual_coverage"].label(lang), printed),
    )
    made = card(
        ctx,
        "manuals",
        headline=t("windows.manual", lang, **words),
        subtitle=t("windows.manual_unit", lang, total=words["total"], day=day),
        documents=(share.document,),
        note=t("windows.manual_holds" if holds else "windows.manual_fails", lang, share=printed, **words),
        table=Table(columns=(t("windows.scope", lang), t("windows.count", lang)), rows=rows),
        file=t("file.windows_manuals", lang),
        alt=t("windows.manual_alt", lang, share=printed, **words),
    )
    return made, PartOfWhole(
        share=float(part / whole),
        done=t("windows.manual_done", lang, n=words["done"]),
        rest=t("windows.manual_rest", lang, n=words["rest"]),
        printed=printed,
        colour="teal",
    )


def authorised(ctx: Context, rows: pl.DataFrame) -> Card | None:
    """Before → after of the newest document that states both for the whole hall; rows of series/authorised."""
    for document in rows["document"].unique(maintain_order=True):
        own = rows.filter(pl.col("document") == document)
        lines = _moves(own)
        if any(department is None for _, department, *_ in lines):
            return _authorised(ctx, own, lines)
    return None


def _moves(rows: pl.DataFrame) -> list[tuple[str, str | None, Decimal, Decimal]]:
    """(metric, department, before, after), the whole first, then its departments."""
    found: dict[tuple[str, str | None], dict[str, Decimal]] = {}
    for r in rows.iter_rows(named=True):
        found.setdefault((r["metric"], department_id(r["department"])), {}).setdefault(
            r["figure_kind"], r["value"].normalize()
        )
    order = sorted(found, key=lambda k: (_ITEMS.index(k[0]), k[1] is not None, k[1] or ""))
    return [(m, d, found[m, d]["before"], found[m, d]["volume"]) for m, d in order if len(found[m, d]) == 2]


def _authorised(ctx: Context, rows: pl.DataFrame, lines: list[tuple[str, str | None, Decimal, Decimal]]) -> Card:
    lang, document = ctx.lang, head(rows.row(0, named=True))
    after = {m: a for m, d, _, a in lines if d is None}
    said = [f"{catalog.metrics()[m].short(lang)} {numbers.digits(a, 0)}" for m, a in after.items()]
    shown = tuple(
        (
            t("windows.hall", lang, item=catalog.metrics()[m].short(lang))
            if d is None
            else t("windows.of_which", lang, name=name(d, lang)),
            int(b),
            int(a),
            int(a - b),
        )
        for m, d, b, a in lines
    )
    holds = all(
        sum(a - b for m, d, b, a in lines if m == metric and d)
        == sum(a - b for m, d, b, a in lines if m == metric and not d)
        for metric in after
        if any(m == metric and d for m, d, *_ in lines)
    )
    parts = any(d for _, d, *_ in lines)
    check = t("windows.moves_hold" if holds else "windows.moves_fail", lang) if parts else ""
    period = document.period
    columns = tuple(t(f"windows.{c}", lang) for c in ("scope", "before", "after", "change"))
    return card(
        ctx,
        "items",
        headline=t("windows.items", lang, items=t("text.comma", lang).join(said)),
        subtitle=t("windows.items_unit", lang, period=periods.full(period, lang) if period else ""),
        documents=(document,),
        note=check,
        table=Table(columns=columns, rows=shown),
        file=t("file.windows_items", lang),
    )
