"""Manuals completed as a share of handling items, and authorised items before and after an adjustment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.model import Lang
from hall.text import numbers, periods, t
from hall.views.data.activities import department_id, head, name
from hall.views.data.window_values import Value
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import cite
from hall.views.parts.window_series import frame_of

_ITEMS = ("comprehensive_main_items", "comprehensive_handling_items")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The track bar: share of 1, what is done, what is left, the printed percentage."""

    card: Card
    share: float
    done: str
    rest: str
    printed: str


def coverage(known: tuple[Value, ...], lang: Lang) -> Coverage | None:
    """The newest document that prints the share and its two sides."""
    whole_hall = [v for v in known if v.department is None]
    for share in sorted(
        (v for v in whole_hall if v.metric == "manual_coverage"), key=lambda v: v.period.end, reverse=True
    ):
        same = {v.metric: v for v in whole_hall if v.document == share.document}
        done, total = same.get("manuals_completed"), same.get("comprehensive_handling_items")
        if done is None or total is None or not total.value:
            continue
        return _coverage(share, done, total, lang)
    return None


def _coverage(share: Value, done: Value, total: Value, lang: Lang) -> Coverage:
    printed = numbers.percent(share.value, share.quantity.decimals)
    holds = abs(done.value / total.value * 100 - share.value) <= share.quantity.slack
    shown = {
        k: numbers.digits(v, 0)
        for k, v in (("done", done.value), ("total", total.value), ("rest", total.value - done.value))
    }
    check = t("windows.manual_holds" if holds else "windows.manual_fails", lang, share=printed, **shown)
    headline = t("windows.manual", lang, **shown)
    day = periods.as_of(share.period.end, lang)
    table = Table(
        (t("windows.scope", lang), t("windows.count", lang)),
        (
            (catalog.metrics()["manuals_completed"].label(lang), int(done.value)),
            (catalog.metrics()["comprehensive_handling_items"].label(lang), int(total.value)),
            (catalog.metrics()["manual_coverage"].label(lang), printed),
        ),
    )
    card = Card(
        "manuals",
        headline,
        t("windows.manual_unit", lang, total=shown["total"], day=day),
        cite(share.document, lang) + t("text.dot", lang) + check,
        table,
        frame_of((done, total, share)),
        "windows-manuals",
        t("windows.manual_alt", lang, share=printed, **shown),
        share.demo,
    )
    return Coverage(
        card,
        float(done.value / total.value),
        t("windows.manual_done", lang, n=shown["done"]),
        t("windows.manual_rest", lang, n=shown["rest"]),
        printed,
    )


def authorised(rows: pl.DataFrame, lang: Lang) -> Card | None:
    """Before → after of the newest document that states both for the whole hall; rows of series/authorised."""
    for document in rows["document"].unique(maintain_order=True):
        own = rows.filter(pl.col("document") == document)
        lines = _moves(own)
        if any(department is None for _, department, *_ in lines):
            return _authorised(own, lines, lang)
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


def _authorised(rows: pl.DataFrame, lines: list[tuple[str, str | None, Decimal, Decimal]], lang: Lang) -> Card:
    first = rows.row(0, named=True)
    document = head(first)
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
    check = t("text.dot", lang) + t("windows.moves_hold" if holds else "windows.moves_fail", lang) if parts else ""
    period = document.period
    columns = tuple(t(f"windows.{c}", lang) for c in ("scope", "before", "after", "change"))
    headline = t("windows.items", lang, items=t("text.comma", lang).join(said))
    subtitle = t("windows.items_unit", lang, period=periods.full(period, lang) if period else "")
    return Card(
        "items",
        headline,
        subtitle,
        cite(document, lang) + check,
        Table(columns, shown),
        rows.with_columns(pl.Series("department", [department_id(d) for d in rows["department"]], dtype=pl.String)),
        "windows-items",
        headline,
        catalog.is_demo(first["publisher"]),
    )
