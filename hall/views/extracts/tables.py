"""Whole tables as they are downloaded: observations, figures, activities, visits, tasks, documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Document, HallError, Lang, Period
from hall.store.read import rows
from hall.text import t
from hall.views.data.activities import name as department_name
from hall.views.data.context import Context
from hall.views.parts.citation import cite

TABLES = ("observations", "figures", "activities", "visits", "tasks", "documents")

_SOURCE = ("source", "section", "quote", "demo", "document", "start_at", "end_at")
_JOINED = ("departments", "leads", "offices")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "observations": ("metric", "publisher", "freq", "time_period", "period_start", "period_end", "scope", "department",
                     "channel", "obs_value", "unit_measure", "unit_mult", "decimals", "slack", "as_printed",
                     "obs_status", "known_from", "vintages", *_SOURCE),
    "figures": ("label", "metric", "value", "unit", "as_printed", "unit_mult", "decimals", "slack", "qualifier",
                "figure_kind", "scope", "period_start", "period_end", "body", "area", "compares_with", "status",
                "publisher", *_SOURCE),
    "activities": ("date_start", "date_end", "category", "act", "departments", "departments_name", "leads", "offices",
                   "publisher", *_SOURCE),
    "visits": ("date_start", "date_end", "departments", "departments_name", "offices", "act", "publisher", *_SOURCE),
    "tasks": ("task", "section", "act", "departments", "departments_name", "target", "publisher", "source", "quote",
              "demo", "document", "start_at", "end_at"),
    "documents": ("kind", "title", "issue", "total_issue", "publisher", "published_on", "freq", "time_period",
                  "period_start", "period_end", "origin", "name", "has_text", "figures", "observations", "activities",
                  "tasks", "unreviewed", "held", "failed_checks", "notes", "copy_of", "loaded_at", "demo", "document"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extract:
    """A whole table to download: its name and its number of rows in words; one row of the frame is one of the store."""

    key: str
    label: str
    rows: str
    frame: pl.DataFrame


def every(ctx: Context) -> tuple[Extract, ...]:
    """All tables, narrowed by the selection."""
    frames = {name: extract(name, ctx) for name in TABLES}
    return tuple(
        Extract(
            key=name,
            label=t(f"sources.extract_{name}", ctx.lang),
            rows=t("sources.rows", ctx.lang, n=f"{len(frame):,}"),
            frame=frame,
        )
        for name, frame in frames.items()
    )


def extract(table: str, ctx: Context) -> pl.DataFrame:
    """The rows of a table that the selection holds, columns by id, sorted. A row without departments stays under a
    department filter, as on the pages. HallError unknown_table, bad_month, unknown_department."""
    if table not in TABLES:
        raise HallError("unknown_table", table=table, known=" ".join(TABLES))
    query = "activities" if table == "visits" else table
    first, last = bounds(ctx)
    chosen, publishers = departments(ctx.departments), ctx.chosen_issuers
    found = []
    told = rows(f"series/{query}", known_on=ctx.known_on)
    for row in told.iter_rows(named=True):
        if table == "visits" and row["category"] != "director_visit":
            continue
        full = row | _more(table, row, ctx.lang)
        if _within(full, first, last) and _of(full, chosen) and (publishers is None or row["publisher"] in publishers):
            found.append({name: full[name] for name in _COLUMNS[table]})
    # what is a list in the store is text here
    kinds = {name: pl.String if name in _JOINED else told.schema.get(name, pl.String) for name in _COLUMNS[table]}
    return pl.DataFrame(found, schema=kinds)


def extract_months(table: str, months: Sequence[str], ctx: Context) -> pl.DataFrame:
    """The rows of each of these months (all rows when none is named), each row once."""
    if not months:
        return extract(table, ctx)
    parts = [extract(table, ctx.within(one, one)) for one in months]
    return pl.concat(parts).unique(maintain_order=True)


def bounds(ctx: Context) -> tuple[Period | None, Period | None]:
    """The first and the last month of the selection; HallError bad_month."""
    first, last = (month(word) if word else None for word in (ctx.month_from, ctx.month_to))
    return first, last


def month(word: str) -> Period:
    """The month that is written so; HallError bad_month."""
    try:
        period = Period.parse(word)
    except ValueError as fault:
        raise HallError("bad_month", month=word) from fault
    if period.freq != "M":
        raise HallError("bad_month", month=word)
    return period


def departments(words: Sequence[str]) -> frozenset[str]:
    """The ids of departments that are named by id or by any of their names; HallError unknown_department."""
    by_name = {name: body.id for body in catalog.departments().values() for name in (body.id, *body.names)}
    for word in words:
        if word not in by_name:
            raise HallError("unknown_department", department=word)
    return frozenset(by_name[word] for word in words)


def _more(table: str, row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    document = Document(row["document"], row.get("document_kind") or row["kind"], row["title"], row["issue"],
                        None, row["publisher"], row["published_on"], *_period(row))  # fmt: skip
    more: dict[str, Any] = {"source": cite(document, lang), "demo": catalog.is_demo(row["publisher"])}
    if table == "figures":
        more |= {"figure_kind": row["kind"], "body": row["department"]}
    if table in ("activities", "visits", "tasks"):
        parties = row["departments"]
        more |= {
            "act": row["task_title" if table == "tasks" else "activity_title"],
            "departments": "; ".join(f"{p['department']}:{p['role']}" for p in parties),
            "departments_name": "; ".join(department_name(p["department"], lang) for p in parties),
            "ids": frozenset(p["department"] for p in parties),
        }
    if table == "activities":
        more["leads"] = "; ".join(row["leads"])
    if "offices" in row:
        more["offices"] = "; ".join(row["offices"])
    if table == "tasks":
        more["target"] = "; ".join(f"{g['label']} {g['as_printed']}" for g in row["targets"])
    return more


def _period(row: dict[str, Any]) -> tuple[Any, Any]:
    if not row.get("time_period"):
        return None, None
    period = Period.parse(row["time_period"])
    return period.start, period.end


def _within(row: dict[str, Any], first: Period | None, last: Period | None) -> bool:
    start, end = (row["date_start"], row["date_end"]) if "date_start" in row else _period(row)
    if start is None or end is None:
        return first is None and last is None
    return (first is None or end >= first.start) and (last is None or start <= last.end)


def _of(row: dict[str, Any], chosen: frozenset[str]) -> bool:
    if not chosen:
        return True
    if "ids" in row:
        return bool(row["ids"] & chosen)
    body = row.get("body") or row.get("department")
    by_name = catalog.departments()
    return body is None or body in chosen or any(body in by_name[one].names for one in chosen)
