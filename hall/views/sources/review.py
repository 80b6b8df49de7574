"""Which figures of a document a person should look at, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hall.model import Lang
from hall.text import periods, t
from hall.text.plain import plain
from hall.views.data.context import Context
from hall.views.parts.cards import Card, Table, card
from hall.views.sources.document import MarkedFigure
from hall.views.sources.opened import Opened, about

_UNSURE = 0.9


@dataclass(frozen=True, slots=True)
class Desk:
    """The figures of a document, riskiest first; how many wait for a person, how many of the others can be accepted at
    once (``plain``), and how many of those that wait no check found wrong (``clear``)."""

    order: tuple[MarkedFigure, ...]
    waiting: int
    plain: int
    clear: int

    def next(self, after: MarkedFigure | None) -> MarkedFigure | None:
        """The riskiest figure that still waits, other than the one just decided."""
        return next((m for m in self.order if m.in_review and (after is None or m.number != after.number)), None)


def at_work(opened: Opened) -> Opened:
    """The document with its riskiest figure chosen where none was and one waits."""
    if opened.chosen or not any(m.in_review for m in opened.marks):
        return opened
    first = min((m for m in opened.marks if m.in_review), key=lambda m: (_risk(m, opened.failing), m.start))
    return replace(opened, chosen=first)


def desk(opened: Opened) -> Desk:
    """The order of work: checks that fail, OCR that was unsure, what is held, volumes without a metric, the rest."""
    order = tuple(sorted(opened.marks, key=lambda m: (_risk(m, opened.failing), m.start)))
    waiting = sum(m.in_review for m in order)
    free = sum(m.status == "V" and m.undecided for m in order)
    clear = sum(m.in_review and m.number not in opened.failing and m.undecided for m in order)
    return Desk(order, waiting, free, clear)


def in_order(card: Card, marks: tuple[MarkedFigure, ...], work: Desk, lang: Lang) -> Card:
    """The card of figures in the order of work."""
    if card.table is None:
        return card
    rows = {mark.number: row for mark, row in zip(marks, card.table.rows, strict=True)}
    subtitle = t("review.order_held", lang, n=work.waiting) if work.waiting else t("review.order", lang)
    return replace(card, subtitle=subtitle, table=replace(card.table, rows=tuple(rows[m.number] for m in work.order)))


def _risk(mark: MarkedFigure, failing: frozenset[int]) -> int:
    if mark.decided and not mark.in_review:
        return 6
    if mark.number in failing:
        return 0
    if mark.in_review:
        return 1 if mark.score is not None and mark.score < _UNSURE else 2 if mark.metric else 3
    return 4 if not mark.metric and mark.kind == "volume" else 5


def decisions(ctx: Context, opened: Opened) -> Card | None:
    """The decisions on a document, newest first."""
    lang = ctx.lang
    made = [(m, m.decided) for m in opened.marks if m.decided]
    if not made:
        return None
    rows = []
    for mark, decided in sorted(made, key=lambda pair: pair[1].at, reverse=True):
        act = t(f"review.act_{decided.act}", lang)
        rows.append((
            f":small[:gray[{mark.number}]]\u00a0{plain(mark.label)}",
            f"{decided.read} → {mark.value}" if decided.read else plain(mark.printed),
            t("review.act_why", lang, act=act, reason=plain(decided.reason)) if decided.reason else act,
            f"{plain(decided.by)} {periods.moment(decided.at, lang)}",
        ))  # fmt: skip
    columns = tuple(t(f"review.{c}", lang) for c in ("figure", "change", "act", "who"))
    return card(
        about(ctx, opened.document),
        "decisions",
        headline=t("review.decisions", lang, n=len(made)),
        subtitle=t("review.decisions_unit", lang),
        table=Table(columns=columns, rows=tuple(rows)),
        file=t("file.document_decisions", lang, document=opened.name),
    )
