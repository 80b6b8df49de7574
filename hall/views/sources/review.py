"""Which figures of a document a person should look at, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from hall.model import Lang
from hall.text import periods, t
from hall.text.plain import plain
from hall.views.parts.cards import Card, Table
from hall.views.sources.document import Mark
from hall.views.sources.opened import Opened

_UNSURE = 0.9


@dataclass(frozen=True, slots=True)
class Desk:
    """The figures of a document, riskiest first; how many wait for a person, how many of the others can be accepted at
    once (``plain``), and how many of those that wait no check found wrong (``clear``)."""

    order: tuple[Mark, ...]
    waiting: int
    plain: int
    clear: int
    decided: Card | None

    def next(self, after: Mark | None) -> Mark | None:
        """The riskiest figure that still waits, other than the one just decided."""
        return next((m for m in self.order if m.held and (after is None or m.number != after.number)), None)


def at_work(opened: Opened) -> Opened:
    """The document with its riskiest figure chosen where none was and one waits."""
    if opened.chosen or not any(m.held for m in opened.marks):
        return opened
    first = min((m for m in opened.marks if m.held), key=lambda m: (_risk(m, opened.failing), m.start))
    return replace(opened, chosen=first)


def desk(opened: Opened, lang: Lang) -> Desk:
    """The order of work: checks that fail, OCR that was unsure, what is held, volumes without a metric, the rest."""
    order = tuple(sorted(opened.marks, key=lambda m: (_risk(m, opened.failing), m.start)))
    waiting = sum(m.held for m in order)
    free = sum(m.status == "V" and m.undecided for m in order)
    clear = sum(m.held and m.number not in opened.failing and m.undecided for m in order)
    return Desk(order, waiting, free, clear, _decided(opened, lang))


def in_order(card: Card, marks: tuple[Mark, ...], work: Desk, lang: Lang) -> Card:
    """The card of figures in the order of work."""
    if card.table is None:
        return card
    rows = {mark.number: row for mark, row in zip(marks, card.table.rows, strict=True)}
    subtitle = t("review.order_held", lang, n=work.waiting) if work.waiting else t("review.order", lang)
    return replace(card, subtitle=subtitle, table=replace(card.table, rows=tuple(rows[m.number] for m in work.order)))


def _risk(mark: Mark, failing: frozenset[int]) -> int:
    if mark.decided and not mark.held:
        return 6
    if mark.number in failing:
        return 0
    if mark.held:
        return 1 if mark.score is not None and mark.score < _UNSURE else 2 if mark.metric else 3
    return 4 if not mark.metric and mark.kind == "volume" else 5


def _decided(opened: Opened, lang: Lang) -> Card | None:
    """The decisions on a document, newest first."""
    made = sorted((m for m in opened.marks if m.decided), key=lambda m: m.decided.at if m.decided else 0, reverse=True)
    if not made:
        return None
    rows = []
    for mark in made:
        assert mark.decided is not None
        change = f"{mark.decided.read} → {mark.value}" if mark.decided.read else plain(mark.printed)
        act = t(f"review.act_{mark.decided.act}", lang)
        if mark.decided.reason:
            act = t("review.act_why", lang, act=act, reason=plain(mark.decided.reason))
        rows.append((
            f":small[:gray[{mark.number}]]\u00a0{plain(mark.label)}", change, act,
            f"{plain(mark.decided.by)} {periods.moment(mark.decided.at, lang)}",
        ))  # fmt: skip
    columns = tuple(t(f"review.{c}", lang) for c in ("figure", "change", "act", "who"))
    headline = t("review.decisions", lang, n=len(made))
    frame = pl.DataFrame([_plain_row(m) for m in made], infer_schema_length=None)
    file = f"decisions-{opened.document.sha256[:8]}"
    return Card("decisions", headline, t("review.decisions_unit", lang), "", Table(columns, tuple(rows)), frame, file)


def _plain_row(mark: Mark) -> dict[str, str]:
    assert mark.decided is not None and mark.source is not None
    made = mark.decided
    return {
        "label": mark.source.label, "as_printed": mark.printed, "value": str(mark.source.value or ""),
        "decision": made.act, "read_value": made.read, "decided_by": made.by, "decided_at": made.at.isoformat(),
        "reason": made.reason,
    }  # fmt: skip
