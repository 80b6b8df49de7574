"""Headline, subtitle, unit and summary of a chart of 趋势."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hall import catalog
from hall.measure.change import change
from hall.model import Freq, Lang
from hall.text import after_word, numbers, periods, t
from hall.views.data.comparable import alike, comparable
from hall.views.data.runs import Mode, Point, Run
from hall.views.parts import axis, wording
from hall.views.parts.cards import Amount
from hall.views.parts.plots import Track


def name(metric: str, lang: Lang) -> str:
    """The short name of a metric."""
    return catalog.metrics()[metric].short(lang)


def names(metrics: Sequence[str], lang: Lang) -> str:
    """Several of them in a row."""
    return t("text.comma", lang).join(name(m, lang) for m in metrics)


def headline(metric: str, one: Run, before: Run, grain: Freq, power: int, lang: Lang, *, alone: bool) -> str:
    """The finding: the two known values, else the newest against last year. Names its metric unless it is alone."""
    points = [p for p in one.values() if p.quantity]
    if not points:
        return t("trends.none", lang, metric=name(metric, lang))
    shown = [(periods.short(p.period, lang), axis.label(p.quantity, power)) for p in points if p.quantity]
    if len(points) == 2 and alike(*points):
        first, second = (p.period for p in points)
        a = periods.beside(first, second, lang) if grain == "M" else shown[0][0]
        b = periods.beside(second, first, lang) if grain == "M" else shown[1][0]
        key = f"trends.two_{grain}" if alone else "trends.two"
        return t(key, lang, metric=name(metric, lang), a=a, x=shown[0][1], b=b, y=shown[1][1])
    last = points[-1]
    words = {"metric": name(metric, lang), "period": shown[-1][0], "value": shown[-1][1]}
    then = last.period.year_ago()
    past = before.get(then.key) if then else None
    found = change(last.quantity, past.quantity if past and comparable(last, past) else None)
    if found is None or found.direction == "same" or found.percent is None:
        return t("trends.newest", lang, **words)
    by = after_word(wording.relative(found, lang, signed=False), lang)
    return t(f"trends.newest_{found.direction}", lang, **words, change=by)


def subtitle(
    runs: Mapping[str, Run], unit: str, grain: Freq, tracks: Sequence[Track], lang: Lang, *, gaps: bool
) -> str:
    """What is drawn, its unit and grain, the precision of each point, the key of the dotted line, and where periods
    that no bulletin states were counted."""
    bits = [t("trends.what", lang, names=names(list(runs), lang), unit=unit, by=t(f"trends.by_{grain}", lang))]
    stated = [p.quantity for one in runs.values() for p in one.values() if p.quantity and p.status != "E"]
    slacks = {(q.slack, q.unit) for q in stated}
    if len(slacks) == 1 and (around := numbers.margin(*next(iter(slacks)), lang)):
        bits.append(t("trends.each", lang, margin=around))
    if any(v is not None for track in tracks if track.show_past for v in track.past):
        bits.append(t("trends.last_year_key", lang))
    if {p.counted for one in runs.values() for p in one.values() if p.quantity} == {True, False}:
        bits.append(t("counted.fills", lang))
    if gaps:
        bits.append(t("trends.not_joined", lang))
    return t("text.semicolon", lang).join(bits)


def unit(runs: Mapping[str, Run], power: int, mode: Mode, lang: Lang) -> str:
    """The unit of the axis: 万件 · thousand cases · 件/工作日."""
    if mode == "index":
        return t("trends.index_unit", lang)
    units = [p.quantity.unit for one in runs.values() for p in one.values() if p.quantity]
    word = numbers.unit_word(units[0], lang, power)
    return t("trends.per_day", lang, unit=word) if mode == "day" else word


def summary(runs: Mapping[str, Run], lang: Lang) -> str:
    """The newest three values of each metric, for those who cannot see the plot."""
    told = []
    for metric, one in runs.items():
        points = [p for p in one.values() if p.quantity][-3:]
        values = [f"{periods.short(p.period, lang)} {wording.shown(p.quantity, lang)}" for p in points if p.quantity]
        told.append(f"{name(metric, lang)} {t('text.comma', lang).join(values)}")
    return t("text.semicolon", lang).join(told)


def told(words: str, point: Point | None) -> Amount:
    """A number in a cell; of a counted one a file has to know how many it counts."""
    return wording.told(words, point.quantity if point else None, counted=bool(point and point.counted))
