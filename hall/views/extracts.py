"""Whole tables as they are downloaded, narrowed by the filters: months, departments, data set."""

from __future__ import annotations

from datetime import date

import polars as pl

from hall.model import Lang, Period, Selection
from hall.store.read import rows
from hall.text import t
from hall.views.acts import department_id, issuers, name
from hall.views.pieces import Card

TABLES = ("observations", "figures", "activities", "visits", "tasks", "documents")


def cards(selection: Selection) -> tuple[Card, ...]:
    """One card a table: its name, how many rows, the frame."""
    lang = selection.lang
    found = []
    for kind in TABLES:
        frame = table(kind, selection)
        found.append(Card(kind, t(f"sources.extract_{kind}", lang), t("sources.rows", lang, n=f"{len(frame):,}"), "",
                          frame=frame, file=kind))  # fmt: skip
    return tuple(found)


def table(kind: str, selection: Selection) -> pl.DataFrame:
    """One whole table within the selection; ValueError for an unknown kind."""
    if kind not in TABLES:
        raise ValueError(kind)
    frame = rows(f"series/{'activities' if kind == 'visits' else kind}")
    if kind == "visits":
        frame = frame.filter(pl.col("category") == "director_visit")
    publishers = issuers(selection)
    if publishers is not None:
        frame = frame.filter(pl.col("publisher").is_in(publishers))
    return _by_department(_within(frame, kind, selection), kind, selection)


def _within(frame: pl.DataFrame, kind: str, selection: Selection) -> pl.DataFrame:
    """Rows whose period meets the months; a row without a period stays only where no month is asked for."""
    start, end = ("date_start", "date_end") if kind in ("activities", "visits") else ("period_start", "period_end")
    if start not in frame.columns:
        return frame
    first: date | None = Period.parse(selection.month_from).start if selection.month_from else None
    last: date | None = Period.parse(selection.month_to).end if selection.month_to else None
    if first:
        frame = frame.filter(pl.col(end) >= first)
    if last:
        frame = frame.filter(pl.col(start if kind != "observations" else end) <= last)
    return frame


def _by_department(frame: pl.DataFrame, kind: str, selection: Selection) -> pl.DataFrame:
    """All roles count; an observation of the whole hall stays whole."""
    wanted = set(selection.departments)
    if "departments" in frame.columns:
        parties = frame["departments"].to_list()
        keep = [not wanted or any(p["department"] in wanted for p in own) for own in parties]
        words = [_parties(own, selection.lang) for own in parties]
        frame = frame.with_columns(pl.Series("departments", words, dtype=pl.String)).filter(pl.Series(keep, dtype=pl.Boolean))
    elif "department" in frame.columns and wanted:
        own = [d is None or department_id(d) in wanted for d in frame["department"].to_list()]
        frame = frame.filter(pl.Series(own, dtype=pl.Boolean))
    lists = [c for c, kind_of in frame.schema.items() if isinstance(kind_of, pl.List)]
    return frame.with_columns(
        pl.Series(c, [_flat(v) for v in frame[c].to_list()], dtype=pl.String) for c in lists
    )


def _parties(own: list[dict[str, str]], lang: Lang) -> str:
    return "; ".join(f"{name(p['department'], lang)} ({t('role.' + p['role'], lang)})" for p in own)


def _flat(values: list[object] | None) -> str:
    if not values:
        return ""
    return "; ".join(str(v.get("as_printed") or v.get("department")) if isinstance(v, dict) else str(v) for v in values)
