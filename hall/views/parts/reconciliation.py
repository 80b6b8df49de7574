"""Published against counted, in words and as a card: the verdict of each comparison and what it may come from."""

from __future__ import annotations

from decimal import Decimal

from hall import catalog
from hall.measure.rounding import Quantity
from hall.model import Lang
from hall.text import join, numbers, periods, t
from hall.views.data import case_counts
from hall.views.data.context import Context
from hall.views.data.reconciliation import Reconciled, printer
from hall.views.parts import wording
from hall.views.parts.cards import Amount, Card, Cell, Table, card


def notes(line: Reconciled, lang: Lang) -> str:
    """What a difference may consist of; empty within rounding."""
    if line.within:
        return ""
    rule, found = catalog.counts()[line.metric], []
    short = -line.difference
    if short > 0 and (words := rule.outside(lang)):
        n = None if line.outside is None else wording.shown(Quantity(Decimal(line.outside), line.count.unit), lang)
        exactly = line.outside is not None and abs(short - line.outside) <= line.stated.slack
        if n is None:
            found.append(t("reconcile.outside", lang, words=words))
        elif line.outside:
            found.append(t("reconcile.exactly" if exactly else "reconcile.outside_n", lang, words=words, n=n))
    if short > 0 and line.first:
        found.append(t("reconcile.before", lang, month=periods.short(line.first, lang)))
    if short < 0 and line.document.published_on:
        found.append(t("reconcile.after", lang, day=periods.day(line.document.published_on, lang, year=True)))
    return join(found, lang)


def verdict(line: Reconciled, lang: Lang) -> str:
    """相等 · 舍入误差内（+9）· 相差 120 件, in plain words."""
    amount = wording.shown(Quantity(abs(line.difference), line.count.unit), lang)
    if not line.within:
        return t("reconcile.more" if line.difference > 0 else "reconcile.less", lang, amount=amount)
    if not line.difference:
        return t("reconcile.equal", lang)
    sign = "+" if line.difference > 0 else numbers.MINUS
    return t("reconcile.within", lang, amount=f"{sign}{numbers.digits(abs(line.difference), 0)}")


def build(ctx: Context, lines: tuple[Reconciled, ...]) -> Card | None:
    """Every comparison, newest first. None for nothing."""
    if not lines:
        return None
    lang, own = ctx.lang, ctx.publisher
    off = [line for line in lines if not line.within]
    bits = [
        t("reconcile.what", lang, hall=catalog.publisher_name(printer(own), lang)),
        t("reconcile.demo", lang) if ctx.demo else "",
        t("card.whole", lang) if ctx.departments else "",
    ]
    return card(
        ctx,
        "reconciliation",
        headline=t("reconcile.off" if off else "reconcile.all", lang, n=len(lines), off=len(off)),
        subtitle=t("text.semicolon", lang).join(filter(None, bits)),
        documents=[*(line.document for line in lines), case_counts.document(ctx)],
        table=Table(
            columns=tuple(t(f"reconcile.{c}", lang) for c in ("which", "stated", "counted", "verdict")),
            rows=tuple(_cells(line, lang) for line in lines),
            linked=True,
        ),
        demo=ctx.demo,
    )


def sentence(line: Reconciled, lang: Lang) -> str:
    """One comparison in a line of plain words."""
    names = {"which": _which(line, lang), "stated": _stated(line, lang), "counted": wording.shown(line.count, lang)}
    words = t("reconcile.sentence", lang, **names, verdict=verdict(line, lang))
    told = notes(line, lang)
    return words + (t("text.semicolon", lang) + told if told else "")


def _which(line: Reconciled, lang: Lang) -> str:
    return f"{periods.short(line.period, lang)} {catalog.metrics()[line.metric].short(lang)}"


def _stated(line: Reconciled, lang: Lang) -> str:
    around = numbers.margin(line.stated.slack, line.stated.unit, lang)
    # the margin names the unit too, which English needs but once
    return f"{wording.brief(line.stated, lang) if around else wording.shown(line.stated, lang)} {around}".strip()


def _cells(line: Reconciled, lang: Lang) -> tuple[Cell, ...]:
    mark, word = ("green", "agrees") if line.within else ("orange", "differs")
    sign = "+" if line.difference > 0 else ""
    off = f"{sign}{numbers.digits(line.difference, 0)}" if line.difference else ""
    said = " ".join(filter(None, (f":{mark}-badge[{t(f'reconcile.{word}', lang)}]", off, notes(line, lang))))
    n = int(line.count.value)
    # the words may name what the rule leaves out, which is counted too
    least = min(filter(None, (n, line.outside)), default=0)
    return _which(line, lang), _stated(line, lang), Amount(f"{n:,}", n), Amount(said, least)
