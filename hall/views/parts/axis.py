"""What stands under and behind a chart over periods: ticks in words, gaps in words, the scale of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from hall.measure.rounding import Quantity
from hall.measure.spine import gaps
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.comparable import Known, alike

_WEEK_TICKS = 5
_DAY_TICKS = 62
_YEAR_OF_WEEKS = 53
_TURNS_TOLD = 2


def ticks(spine: Sequence[Period], lang: Lang) -> tuple[tuple[int, str], ...]:
    """Slots that carry words; the year stands on a second line where it begins or the axis does."""
    chosen = _chosen(spine)
    found = []
    year = None
    for i in chosen:
        period = spine[i]
        own = period.start.isocalendar().year if period.freq == "W" else period.start.year
        words = _tick(period, lang)
        if own != year and period.freq != "A":
            words += "\n" + t("period.year", lang, year=own)
        year = own
        found.append((i, words))
    return tuple(found)


def _tick(period: Period, lang: Lang) -> str:
    if period.freq == "D":
        first = Period.month(period.start.year, period.start.month)
        return periods.within(first, lang) if period.start.day == 1 else periods.day(period.start, lang)
    if period.freq == "W":
        return t("period.week_only", lang, week=period.start.isocalendar().week)
    if period.freq == "Q":
        return t("period.quarter_only", lang, quarter=(period.start.month + 2) // 3)
    return periods.within(period, lang)


def _chosen(spine: Sequence[Period]) -> list[int]:
    count = len(spine)
    freq = spine[0].freq if spine else "M"
    if freq == "D" and count > _DAY_TICKS:
        # the first days of months, as far apart as months are on an axis of months
        firsts = [i for i, p in enumerate(spine) if p.start.day == 1]
        return [firsts[i] for i in _chosen([spine[i].month(spine[i].start.year, spine[i].start.month) for i in firsts])]
    if freq == "M":
        step = 1 if count <= 6 else 2 if count <= 14 else 6 if count <= 48 else 12
        found = [i for i, p in enumerate(spine) if (p.start.month - 1) % step == 0]
        return found or list(range(count))
    if freq == "Q" and count > 6:
        return [i for i, p in enumerate(spine) if p.start.month == 1]
    if freq == "W" and count > _YEAR_OF_WEEKS:
        # more than four would collide on a phone
        marked = (1,) if count > 2 * _YEAR_OF_WEEKS else (1, 27)
        return [i for i, p in enumerate(spine) if p.start.isocalendar().week in marked]
    if count <= _WEEK_TICKS + 1:
        return list(range(count))
    return sorted({round(i * (count - 1) / (_WEEK_TICKS - 1)) for i in range(_WEEK_TICKS)})


def missing(spine: Sequence[Period], known: Iterable[str], lang: Lang) -> tuple[tuple[int, int, str], ...]:
    """Runs of slots that are not loaded, with words: 6—9月 未载入."""
    at = {p.key: i for i, p in enumerate(spine)}
    return tuple(
        (at[g.first.key], at[g.last.key], t("trends.not_loaded", lang, run=periods.run(g.first, g.last, lang)))
        for g in gaps(spine, known)
    )


def turns(sources: Sequence[Known | None], lang: Lang) -> tuple[tuple[int, str, bool], ...]:
    """The places at which published numbers give way to counted ones or come back, with words while they are few, and
    whether the two agree, so that a line may go on; None is a period of which nothing is known."""
    known = [(i, own) for i, own in enumerate(sources) if own is not None]
    pairs = [(i, own, before) for (i, own), (_, before) in zip(known[1:], known, strict=False)]
    found = [(i, own, alike(own, before)) for i, own, before in pairs if own.counted != before.counted]
    few = len(found) <= _TURNS_TOLD
    return tuple((i, t(f"counted.{_turn(own)}", lang) if few else "", goes_on) for i, own, goes_on in found)


def _turn(own: Known) -> str:
    return "begins" if own.counted else "ends"


def named(period: Period, lang: Lang, *, counted: bool) -> str:
    """The name of a bar; one that was ``counted`` beside published ones says so."""
    words = periods.short(period, lang)
    return t("counted.marked", lang, period=words) if counted else words


def scale(quantities: Iterable[Quantity], lang: Lang) -> int:
    """The power of ten in which all of them are drawn: as printed in Chinese, thousands or millions in English."""
    found = list(quantities)
    largest = max((abs(q.value) for q in found), default=Decimal(0))
    printed = max((q.unit_mult for q in found), default=0)
    if lang == "zh":
        return printed or (numbers.scale_for(largest, lang) if largest >= 10**6 else 0)
    return numbers.scale_for(largest, lang) if printed or largest >= 10**5 else 0


def label(q: Quantity, power: int) -> str:
    """The number in that scale, with the decimals that its print has there (two at most for full counts)."""
    places = max(0, power - q.exponent)
    return numbers.digits(q.value.scaleb(-power), places if q.unit_mult else min(places, 2))
