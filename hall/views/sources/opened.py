"""One chosen document with all that was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from hall import catalog
from hall.model import Document, Lang
from hall.store.read import rows
from hall.text import periods, t
from hall.text.plain import plain
from hall.views.data.activities import head
from hall.views.parts.cards import Card, Item, Table
from hall.views.parts.citation import cite
from hall.views.parts.marks import badge, glue
from hall.views.sources import document as reading
from hall.views.sources.document import Left, Mark


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
    pages: int = 0
    failing: frozenset[int] = frozenset()
    origin: str = "file"

    @property
    def by_hand(self) -> bool:
        """Whether the document has no words that could be read: what it says is typed in."""
        return self.text is None and self.origin == "file"


def open_document(row: dict[str, Any], figure: str, lang: Lang) -> Opened:
    """Read all that the store holds about one row of series/shelf."""
    sha = row["document"]
    words = rows("series/document_text", document=sha)
    return opened(
        row,
        words["text"][0] if len(words) else None,
        rows("series/figures", document=sha),
        rows("series/checks", document=sha),
        rows("series/numbers", document=sha),
        rows("series/problems", document=sha),
        figure,
        lang,
    )


def opened(
    row: dict[str, Any],
    text: str | None,
    figures: pl.DataFrame,
    checks: pl.DataFrame,
    others: pl.DataFrame,
    problems: pl.DataFrame,
    figure: str,
    lang: Lang,
) -> Opened:
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
        document=document,
        line=_line(row, lang),
        held=waiting,
        text=text,
        marks=found,
        figures=_figures(found, figures, document, lang),
        checks=items,
        check_line=t("document.checks_line", lang, passed=passed, failed=failed),
        left=left,
        unclaimed=_numbers(left, others, False, document, lang),
        excluded=_numbers(left, others, True, document, lang),
        chosen=chosen,
        demo=catalog.is_demo(row["publisher"]),
        pages=row["pages"],
        failing=_failing(checks),
        origin=row["origin"],
    )


def _failing(checks: pl.DataFrame) -> frozenset[int]:
    """The figures that a check found wrong, by number."""
    wrong = checks.filter((pl.col("result") == "fail") & (pl.col("severity") == "hold")) if len(checks) else checks
    return frozenset(at + 1 for places in wrong["figures"] for at in places) if len(wrong) else frozenset()


def title(row: dict[str, Any], lang: Lang) -> str:
    """The document by its citation, and whether it is a copy or was replaced."""
    words = cite(head(row), lang) or row["title"] or row["name"]
    if row["copy_of"]:
        return t("document.copy", lang, name=words)
    return str(words) if row["current"] else t("document.replaced", lang, name=words)


def _line(row: dict[str, Any], lang: Lang) -> str:
    parts = [title(row, lang)]
    if row["published_on"]:
        parts.append(t("document.printed", lang, day=periods.day(row["published_on"], lang, year=True)))
    if row["origin"] == "facts":
        parts.append(t("origin.facts", lang))
    else:
        parts.append(t("document.loaded", lang, day=periods.day(row["loaded_at"].date(), lang, year=True)))
    return t("text.dot", lang).join(parts)


def _figures(found: tuple[Mark, ...], frame: pl.DataFrame, document: Document, lang: Lang) -> Card:
    held = sum(m.held for m in found)
    headline = t("document.figures", lang, n=len(found))
    subtitle = t("document.figures_held", lang, n=held) if held else t("document.figures_unit", lang)
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
    file = f"figures-{document.sha256[:8]}"
    return Card(
        "figures",
        headline,
        subtitle,
        cite(document, lang),
        Table(columns, cells),
        frame,
        file,
        headline,
        catalog.is_demo(document.publisher),
    )


def _state(mark: Mark, lang: Lang) -> str:
    if mark.rejected:
        return t("review.rejected", lang)
    state = badge(mark.status, lang)
    return f"{state} {t('review.act_type', lang)}" if mark.typed else state


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
    return Card(
        key,
        headline,
        t(f"document.{key}_unit", lang),
        cite(document, lang),
        Table(columns, cells),
        rows_of,
        f"{key}-{document.sha256[:8]}",
        headline,
        catalog.is_demo(document.publisher),
    )
