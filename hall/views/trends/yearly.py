"""The change against last year, month by month."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.measure.change import change
from hall.measure.spine import newest_slots
from hall.model import Freq
from hall.text import numbers, periods, t
from hall.views.data.comparable import comparable
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.data.runs import known, run
from hall.views.parts import wording
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.trends.wording import told

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Changes:
    """Change in percent by period, with the words outside the bars and under them."""

    values: tuple[float | None, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]


def build(ctx: Context, inside: Values, every: Values, metric: str, grain: Freq) -> tuple[Card | None, Changes | None]:
    """Change against the same period of last year, newest twelve; nothing where fewer than three are known."""
    lang, one, before = ctx.lang, run(inside, metric, grain), run(every, metric, grain)
    if grain != "M" or not one:
        return None, None
    slots = newest_slots(known([one])[-1], _YEAR) if known([one]) else ()
    pairs = [(p, one.get(p.key), before.get(p.shift(-_YEAR).key)) for p in slots]
    found = [change(a.quantity, b.quantity) if a and b and comparable(a, b) else None for _, a, b in pairs]
    shown = [c for c in found if c and c.percent is not None]
    if len(shown) < 3:
        return None, None
    values = tuple(float(c.percent) if c and c.percent is not None else None for c in found)
    labels = tuple(
        numbers.percent(c.percent, 0, signed=True).removesuffix("%") if c and c.percent is not None else ""
        for c in found
    )
    up = sum(1 for c in shown if c.direction == "up")
    label = catalog.metrics()[metric].short(lang)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            periods.short(p, lang),
            *(told(wording.shown(x.quantity, lang) if x and x.quantity else "", x) for x in (a, b)),
            told(wording.relative(c, lang) if c else "", a if a and a.counted else b),
        )
        for (p, a, b), c in reversed(list(zip(pairs, found, strict=True)))
    )
    more, less = t("trends.more", lang), t("trends.less", lang)
    columns = tuple(t(f"column.{c}", lang) for c in ("period", "value", "last_year", "change"))
    made = card(
        ctx,
        "yearly",
        headline=t("trends.yearly", lang, up=up, all=len(shown)),
        subtitle=t("trends.yearly_what", lang, metric=label, more=more, less=less),
        documents=(d for _, a, b in pairs for p in (a, b) if p for d in p.documents),
        table=Table(columns=columns, rows=rows),
    )
    return made, Changes(values, tuple(str(p.start.month) for p in slots), labels)
