"""One chosen document with all that was read from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from hall.model import Document, Lang
from hall.store.read import rows
from hall.text import periods, t
from hall.text.plain import plain
from hall.views.data.activities import head
from hall.views.data.context import Context
from hall.views.parts.cards import Card, ListItem, Table, card
from hall.views.parts.citation import cite
from hall.views.parts.marks import badge, glue
from hall.views.sources import document as reading
from hall.views.sources.document import MarkedFigure, OtherNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The chosen document: its head line, its words (None: only facts are loaded), figures, checks and the rest;
    ``name`` is what its files are called."""

    document: Document
    name: str
    line: str
    waiting: str
    text: str | None
    marks: tuple[MarkedFigure, ...]
    figures: Card
    checks: tuple[ListItem, ...]
    check_line: str
    others: tuple[OtherNumber, ...]
    unclaimed: Card | None
    excluded: Card | None
    chosen: MarkedFigure | None
    pages: int = 0
    failing: frozenset[int] = frozenset()
    origin: str = "file"

    @property
    def by_hand(self) -> bool:
        """Whether the document has no words that could be read: what it says is typed in."""
        return self.text is None and self.origin == "file"


def open_document(ctx: Context, row: dict[str, Any], figure: str) -> Opened:
    """Read all that the store holds about one row of series/shelf."""
    lang, sha = ctx.lang, row["document"]
    words = rows("series/document_text", document=sha)
    text = words["text"][0] if len(words) else None
    found = reading.marks(rows("series/figures", document=sha), text, lang)
    checks = rows("series/checks", document=sha)
    items = reading.problems(rows("series/problems", document=sha), lang) + reading.checks(checks, lang)
    passed = sum(i.tone == "good" for i in items)
    failed = int((checks["result"] == "fail").sum())
    others = reading.others(rows("series/numbers", document=sha), text, lang)
    waiting = sum(m.in_review for m in found)
    own, document, name = about(ctx, head(row)), head(row), _name(row, lang, mark=False)
    return Opened(
        document=document,
        name=name,
        line=_line(row, lang),
        waiting=t("document.held_badge", lang, n=waiting) if waiting else "",
        text=text,
        marks=found,
        figures=_figures(own, found, document, name),
        checks=items,
        check_line=t("document.checks_line", lang, passed=passed, failed=failed),
        others=others,
        unclaimed=_numbers(own, "unclaimed", [n for n in others if not n.explained], document, name),
        excluded=_numbers(own, "excluded", [n for n in others if n.explained], document, name),
        chosen=next((m for m in found if str(m.number) == figure), None),
        pages=row["pages"],
        failing=_failing(checks),
        origin=row["origin"],
    )


def about(ctx: Context, document: Document) -> Context:
    """The same for the cards of a document, whose publisher may be another than the one of the page."""
    return replace(ctx, publisher=document.publisher)


def _failing(checks: pl.DataFrame) -> frozenset[int]:
    """The figures that a check found wrong, by number."""
    wrong = checks.filter((pl.col("result") == "fail") & (pl.col("severity") == "hold")) if len(checks) else checks
    return frozenset(at + 1 for places in wrong["figures"] for at in places) if len(wrong) else frozenset()


def title(row: dict[str, Any], lang: Lang) -> str:
    """The document by its citation, and whether it is a copy or was replaced."""
    words = _name(row, lang)
    if row["copy_of"]:
        return t("document.copy", lang, name=words)
    return words if row["current"] else t("document.replaced", lang, name=words)


def _name(row: dict[str, Any], lang: Lang, *, mark: bool = True) -> str:
    return str(cite(head(row), lang, mark=mark) or row["title"] or row["name"])


def _line(row: dict[str, Any], lang: Lang) -> str:
    parts = [title(row, lang)]
    if row["published_on"]:
        parts.append(t("document.printed", lang, day=periods.day(row["published_on"], lang, year=True)))
    if row["origin"] == "facts":
        parts.append(t("origin.facts", lang))
    else:
        parts.append(t("document.loaded", lang, day=periods.day(row["loaded_at"].date(), lang, year=True)))
    return t("text.dot", lang).join(parts)


def _figures(ctx: Context, found: tuple[MarkedFigure, ...], document: Document, name: str) -> Card:
    lang, waiting = ctx.lang, sum(m.in_review for m in found)
    hold = glue if lang == "zh" else str  # English words leave a phone no room
    cells = tuple(
        (
            f":small[:gray[{m.number}]]\u00a0{plain(m.label)}",
            f"~~{plain(m.printed)}~~" if m.rejected else glue(plain(m.printed)),
            hold(f"{m.value} {m.around}".strip()),
            _state(m, lang),
        )
        for m in found
    )
    columns = tuple(t(f"document.{c}", lang) for c in ("label", "as_printed", "value", "status"))
    return card(
        ctx,
        "figures",
        headline=t("document.figures", lang, n=len(found)),
        subtitle=t("document.figures_held", lang, n=waiting) if waiting else t("document.figures_unit", lang),
        note=cite(document, lang),
        table=Table(columns=columns, rows=cells),
        file=t("file.document_figures", lang, document=name),
    )


def _state(mark: MarkedFigure, lang: Lang) -> str:
    if mark.rejected:
        return t("review.rejected", lang)
    state = badge(mark.status, lang)
    return f"{state} {t('review.act_type', lang)}" if mark.typed else state


def _numbers(ctx: Context, key: str, own: list[OtherNumber], document: Document, name: str) -> Card | None:
    """Numbers that a rule explains, or those that none does; None where there are none."""
    lang = ctx.lang
    if not own:
        return None
    cells = tuple(
        (plain(n.text), n.rule, plain(n.around) or t("document.place", lang, start=n.start, end=n.end)) for n in own
    )
    return card(
        ctx,
        key,
        headline=t(f"document.{key}", lang, n=len(own)),
        subtitle=t(f"document.{key}_unit", lang),
        note=cite(document, lang),
        table=Table(columns=tuple(t(f"document.{c}", lang) for c in ("text", "rule", "around")), rows=cells),
        file=t(f"file.document_{key}", lang, document=name),
    )
