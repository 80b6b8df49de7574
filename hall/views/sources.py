"""Page 数据: the shelf of documents, one of them as it was read, vintages, and whole tables to download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hall import catalog, settings
from hall.measure.rounding import Quantity
from hall.model import Document, Lang, Selection
from hall.store.read import rows
from hall.text import numbers, periods, t
from hall.text.plain import plain
from hall.views import empty, reading, whole_tables
from hall.views.acts import bounds, head, issuers, name
from hall.views.legend import badge
from hall.views.pieces import Card, Empty, Head, Item, Table
from hall.views.reading import Left, Mark
from hall.views.source_line import cite, is_demo, series_name, sources

_OLD = 90


@dataclass(frozen=True, slots=True)
class Opened:
    """The chosen document: its head line, its words (None: only facts are loaded), figures, checks and the rest."""

    document: Document
    line: str
    held: str
    text: str | None
    marks: tuple[Mark, ...]
    figures: Card
    checks: tuple[Item, ...]
    check_line: str
    left: tuple[Left, ...]
    unclaimed: Card | None
    excluded: Card | None
    chosen: Mark | None
    demo: bool


@dataclass(frozen=True, slots=True)
class View:
    """All of the page; ``choices`` are the documents of its control, hash and words."""

    lang: Lang
    head: Head
    shelf: Card
    choices: tuple[tuple[str, str], ...]
    opened: Opened | None
    vintages: Card | None
    extracts: tuple[Card, ...]
    empty: Empty | None


def load(selection: Selection, document: str = "", figure: str = "") -> View:
    """The page; ``document`` is a hash or its beginning, ``figure`` the number of a figure in its list."""
    narrowed = bounds(selection) | {"publishers": issuers(selection)}
    shelf = rows("series/shelf", **narrowed)
    lang = selection.lang
    shelf_of_all = rows("series/shelf")
    # a link from elsewhere opens its document although the filters leave it out
    chosen = _choose(shelf, document) or _choose(shelf_of_all, document)
    if chosen is None and not shelf.is_empty():
        chosen = shelf.row(0, named=True)
    return View(
        lang=lang, head=_head(shelf, lang), shelf=_shelf(shelf, lang), choices=_choices(shelf, chosen, lang),
        opened=open_document(chosen, figure, lang) if chosen else None,
        vintages=_vintages(rows("series/vintages", **narrowed), lang), extracts=_extracts(selection),
        empty=None if chosen else _nothing(shelf_of_all, selection),
    )  # fmt: skip


def _extracts(selection: Selection) -> tuple[Card, ...]:
    """One card a whole table: its name, how many rows, the frame."""
    lang = selection.lang
    tables = {name: whole_tables.extract(name, selection) for name in whole_tables.TABLES}
    return tuple(
        Card(name, t(f"sources.extract_{name}", lang), t("sources.rows", lang, n=f"{len(table):,}"), "", frame=table,
             file=name)
        for name, table in tables.items()
    )  # fmt: skip


def _nothing(shelf: pl.DataFrame, selection: Selection) -> Empty:
    if shelf.is_empty():
        return empty.store(selection.lang)
    return empty.selection(tuple(head(r) for r in shelf.iter_rows(named=True)), selection, "sources")


def open_document(row: dict, figure: str, lang: Lang) -> Opened:  # type: ignore[type-arg]
    """Read all that the store holds about one row of series/shelf."""
    sha = row["document"]
    words = rows("series/document_text", document=sha)
    return opened(
        row, words["text"][0] if len(words) else None, rows("series/figures", document=sha),
        rows("series/checks", document=sha), rows("series/numbers", document=sha),
        rows("series/problems", document=sha), figure, lang,
    )  # fmt: skip


def opened(
    row: dict, text: str | None, figures: pl.DataFrame, checks: pl.DataFrame, others: pl.DataFrame,  # type: ignore[type-arg]
    problems: pl.DataFrame, figure: str, lang: Lang,
) -> Opened:  # fmt: skip
    """One document from the rows about it."""
    document = head(row)
    found = reading.marks(figures, text, lang)
    items = reading.problems(problems, lang) + reading.checks(checks, lang)
    passed = sum(i.tone == "good" for i in items)
    failed = int((checks["result"] == "fail").sum())
    left = reading.left(others, text, lang)
    chosen = next((m for m in found if str(m.number) == figure), None)
    held = sum(m.held for m in found)
    waiting = t("document.held_badge", lang, n=held) if held else ""
    return Opened(
        document=document, line=_line(row, lang), held=waiting, text=text, marks=found,
        figures=_figures(found, figures, document, lang), checks=items,
        check_line=t("document.checks_line", lang, passed=passed, failed=failed), left=left,
        unclaimed=_numbers(left, others, False, document, lang),
        excluded=_numbers(left, others, True, document, lang), chosen=chosen, demo=row["origin"] == "demo",
    )  # fmt: skip


def _choose(shelf: pl.DataFrame, document: str) -> dict | None:  # type: ignore[type-arg]
    if not document or shelf.is_empty():
        return None
    found = shelf.filter(pl.col("document").str.starts_with(document))
    return found.row(0, named=True) if len(found) else None


def _choices(shelf: pl.DataFrame, chosen: dict | None, lang: Lang) -> tuple[tuple[str, str], ...]:  # type: ignore[type-arg]
    listed = [r for r in shelf.iter_rows(named=True)]
    if chosen and all(r["document"] != chosen["document"] for r in listed):
        listed.insert(0, chosen)
    return tuple((r["document"], _title(r, lang)) for r in listed)


def _title(row: dict, lang: Lang) -> str:  # type: ignore[type-arg]
    words = cite(head(row), lang) or row["title"] or row["name"]
    if row["copy_of"]:
        return t("document.copy", lang, name=words)
    return str(words) if row["current"] else t("document.replaced", lang, name=words)


def _line(row: dict, lang: Lang) -> str:  # type: ignore[type-arg]
    parts = [_title(row, lang)]
    if row["published_on"]:
        parts.append(t("document.printed", lang, day=periods.day(row["published_on"], lang, year=True)))
    if row["origin"] == "facts":
        parts.append(t("origin.facts", lang))
    else:
        parts.append(t("document.loaded", lang, day=periods.day(row["loaded_at"].date(), lang, year=True)))
    return t("text.dot", lang).join(parts)


def _head(shelf: pl.DataFrame, lang: Lang) -> Head:
    found = shelf.filter(pl.col("current")) if len(shelf) else shelf
    kinds = [t("sources.kind", lang, series=s.label(lang), n=int((found["kind"] == s.kind).sum()))
             for s in catalog.series() if len(found) and (found["kind"] == s.kind).any()]  # fmt: skip
    waiting = int(shelf["held"].sum()) if len(shelf) else 0
    line = t("sources.line", lang, documents=len(found), kinds=t("text.comma", lang).join(kinds))
    missing = t("sources.waiting", lang, n=waiting) if waiting else ""
    demo = bool(len(shelf)) and bool((shelf["origin"] == "demo").any())
    return Head(t("page.sources", lang), line if len(found) else t("empty.store", lang), missing=missing, demo=demo)


def _shelf(shelf: pl.DataFrame, lang: Lang) -> Card:
    today = settings.today()
    cells = tuple(
        (_title(r, lang), _day(r["published_on"], today, lang), t("sources.counts", lang, figures=r["figures"],
         observations=r["observations"]), _state(r, lang)) for r in shelf.iter_rows(named=True)
    )  # fmt: skip
    columns = tuple(t(f"sources.{c}", lang) for c in ("document", "printed", "read", "status"))
    old = shelf["published_on"].drop_nulls().max() if len(shelf) else None
    age = t("sources.newest", lang, n=(today - old).days) if isinstance(old, date) else ""
    headline = t("sources.shelf", lang, n=len(shelf), age=age)
    documents = tuple(head(r) for r in shelf.iter_rows(named=True))
    frame = shelf.drop("has_text") if len(shelf) else shelf
    return Card("shelf", headline, t("sources.shelf_unit", lang), sources(documents, lang), Table(columns, cells), frame,
                "documents", headline)  # fmt: skip


def _day(printed: date | None, today: date, lang: Lang) -> str:
    if printed is None:
        return t("missing.value", lang)
    days = (today - printed).days
    age = t("sources.historical", lang) if days > _OLD else t("sources.age", lang, n=days)
    return f"{periods.day(printed, lang, year=True)} {age}"


def _state(row: dict, lang: Lang) -> str:  # type: ignore[type-arg]
    origin = t(f"origin.{row['origin']}", lang)
    state = "U" if row["held"] or row["failed"] else "V" if row["unreviewed"] else "A"
    return f"{badge(state, lang)} {origin}"


def _figures(found: tuple[Mark, ...], frame: pl.DataFrame, document: Document, lang: Lang) -> Card:
    held = sum(m.held for m in found)
    headline = t("document.figures", lang, n=len(found))
    subtitle = t("document.figures_held", lang, n=held) if held else t("document.figures_unit", lang)
    cells = tuple(
        (m.number, plain(m.label), plain(m.printed), f"{m.value}\u00a0{m.around}".strip("\u00a0"), badge(m.status, lang))
        for m in found
    )
    columns = tuple(t(f"document.{c}", lang) for c in ("number", "label", "as_printed", "value", "status"))
    file = f"figures-{document.sha256[:8]}"
    return Card("figures", headline, subtitle, cite(document, lang), Table(columns, cells), frame, file, headline,
                is_demo(document.publisher))  # fmt: skip


def _numbers(
    left: tuple[Left, ...], frame: pl.DataFrame, explained: bool, document: Document, lang: Lang
) -> Card | None:
    """Numbers that a rule explains, or those that none does; None where there are none."""
    own = [n for n in left if n.explained is explained]
    if not own:
        return None
    key = "excluded" if explained else "unclaimed"
    cells = tuple(
        (plain(n.text), n.rule, plain(n.around) or t("document.place", lang, start=n.start, end=n.end)) for n in own
    )
    columns = tuple(t(f"document.{c}", lang) for c in ("text", "rule", "around"))
    rows_of = frame.filter(pl.col("rule").is_not_null() if explained else pl.col("rule").is_null())
    headline = t(f"document.{key}", lang, n=len(own))
    return Card(key, headline, t(f"document.{key}_unit", lang), cite(document, lang), Table(columns, cells), rows_of,
                f"{key}-{document.sha256[:8]}", headline, is_demo(document.publisher))  # fmt: skip


def _vintages(found: pl.DataFrame, lang: Lang) -> Card | None:
    if found.is_empty():
        return None
    cells, cited = [], []
    for r in found.iter_rows(named=True):
        document = head({**r, "period_start": r["issue_start"], "period_end": r["issue_end"]})
        cited.append(document)
        metric = catalog.metrics()[r["metric"]].short(lang)
        about = f" {name(r['department'], lang)}" if r["department"] else ""
        q = Quantity(r["obs_value"].normalize(), r["unit_measure"], r["unit_mult"], r["decimals"])
        known_from = periods.day(r["known_from"], lang, year=True) if r["known_from"] else t("missing.value", lang)
        cells.append((f"{metric}{about} {r['time_period']}", numbers.quantity(q.value, q.unit, q.unit_mult, q.decimals, lang),
                      known_from, cite(document, lang)))  # fmt: skip
    columns = tuple(t(f"sources.{c}", lang) for c in ("observation", "value", "known_from", "document"))
    periods_restated = found.select("metric", "time_period", "scope").n_unique()
    headline = t("sources.vintages", lang, n=periods_restated)
    return Card("vintages", headline, t("sources.vintages_unit", lang), sources(cited, lang), Table(columns, tuple(cells)),
                found, "vintages", headline)  # fmt: skip


__all__ = ["Opened", "View", "load", "open_document", "opened", "series_name"]
