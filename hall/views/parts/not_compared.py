"""Why numbers that are both known are not compared, in one note."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hall.model import Period
from hall.text import periods, t
from hall.views.data.comparable import Known, alike
from hall.views.data.context import Context


def not_compared(pairs: Iterable[tuple[Known | None, Known | None]], ctx: Context) -> str:
    """Of pairs of numbers that would be compared: that published and counted ones do not agree, and which months lack
    what. Empty where nothing is held back."""
    both = [(a, b) for a, b in pairs if a and b]
    lacking = [one.period for pair in both for one in pair if one.lacking]
    months = [
        m for m in map(Period.parse, ctx.coverage.unsettled) for p in lacking if m.start <= p.end and p.start <= m.end
    ]
    told = [t("counted.mixed", ctx.lang)] if any(not alike(*pair) for pair in both) else []
    told.append(unsettled((m.key for m in months), ctx))
    return t("text.semicolon", ctx.lang).join(filter(None, told))


def unsettled(months: Iterable[str], ctx: Context) -> str:
    """Of which months the endings are not compared, and which acceptances before them were not loaded; empty where none
    of these months is such a one. Of several such times the newest."""
    lang, lacking, held = ctx.lang, ctx.coverage.unsettled, ctx.coverage.cases
    newest = max((m for m in months if m in lacking), default="")
    if not newest:
        return ""
    at = Period.parse(newest)
    first, last = (_as_long(at, step, lambda key: key in lacking) for step in (-1, 1))
    until = first.shift(-1)
    if first.key == held[0]:
        missing = t("counted.missing_before", lang, months=periods.short(first, lang))
    else:
        since = _as_long(until, -1, lambda key: key not in held)
        missing = t("counted.missing_in", lang, months=periods.between(since, until, lang))
    return t("counted.lacking", lang, missing=missing, months=periods.between(first, last, lang))


def _as_long(at: Period, step: int, holds: Callable[[str], bool]) -> Period:
    """The last month in that direction up to which all are such."""
    while holds(at.shift(step).key):
        at = at.shift(step)
    return at
