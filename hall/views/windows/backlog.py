"""Open cases of the comprehensive window: over time, and by how long ago they were accepted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from hall.measure.change import change
from hall.measure.suppress import Counts
from hall.model import Lang, Period
from hall.store import cube
from hall.text import numbers, periods, t
from hall.views.data.cases_by_department import cases
from hall.views.data.window_cases import CHANNEL, WindowCases
from hall.views.parts import axis, case_ages, wording
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.not_compared import unsettled
from hall.views.parts.plots import Bar, Lines, Track

# up to so many days are drawn day by day, more by week
_DAYS = 100
# for so many months what was accepted before the first one held is missed most
_EARLY = 6


def over_time(scope: WindowCases) -> tuple[Card, Lines] | None:
    """Open at the end of each day or week, with the same one of the year before; None where nothing is held."""
    lang = scope.lang
    rows = cube.rows("open_daily", scope.publisher, channel=CHANNEL, departments=scope.departments)
    held = scope.ctx.coverage.cases
    spine = _spine(scope)
    spine = spine[: max((i + 1 for i, p in enumerate(spine) if _month(p) in held), default=0)]
    if rows.is_empty() or len(spine) < 2:
        return None
    at = _at(rows)
    # in a month that is not held nothing is seen to begin
    known = [p for p in spine if _month(p) in held]
    counts = {p: at(p.end) for p in known}
    before = {p: then for p in known if (then := p.year_ago()) and _month(then) in held}
    settled = {p: not {_month(p), _month(then)} & set(scope.ctx.coverage.unsettled) for p, then in before.items()}
    past = [at(before[p].end) if settled.get(p) else None for p in spine]
    now, newest = counts[spine[-1]], periods.day(spine[-1].end, lang, year=True)
    name = t("casework.open", lang)
    track = Track(
        name=name,
        colour="teal",
        values=tuple(float(counts[p]) if p in counts else None for p in spine),
        labels=tuple(f"{counts[p]:,}" if p in counts else "" for p in spine),
        hover=tuple(
            t("windows.open_hover", lang, day=periods.day(p.end, lang, year=True), n=f"{counts[p]:,}")
            if p in counts
            else ""
            for p in spine
        ),
        past=tuple(None if n is None else float(n) for n in past),
        past_label="" if past[-1] is None else t("trends.last_year_end", lang, value=f"{past[-1]:,}"),
    )
    made = change(cases(now), None if past[-1] is None else cases(past[-1]))
    said = wording.relative(made, lang, signed=False) if made else ""
    key = f"open_{made.direction}" if made and said and made.direction != "same" else "open_head"
    headline = t(f"windows.{key}", lang, day=newest, n=f"{now:,}", change=said)
    grain = t(f"windows.open_{spine[0].freq}", lang)
    subtitle = t(
        "windows.open_what", lang, grain=grain, since=case_ages.since(scope.now, lang, scope.ctx.coverage.apart)
    )
    if spine[0].start < scope.now.since.shift(_EARLY).start:
        subtitle += t("windows.open_early", lang)
    if any(past):
        subtitle += t("text.semicolon", lang) + t("trends.last_year_key", lang)
    held_back = {_month(q) for p, fit in settled.items() if not fit for q in (p, before[p])}
    if why := unsettled(held_back, scope.ctx):
        subtitle += t("text.semicolon", lang) + why
    drawn = card(
        scope.ctx,
        "open",
        headline=headline,
        subtitle=subtitle,
        documents=(scope.source,),
        table=Table(
            columns=(t("windows.day", lang), name),
            rows=tuple((periods.day(p.end, lang, year=True), counts[p]) for p in reversed(known)),
            ids=("day", "open"),
            counts=Counts(("open",)),
        ),
        file=t("file.windows_open", lang),
        alt=t("windows.open_alt", lang, headline=headline, n=len(spine)),
        origin=scope.open(spine[-1].end),
    )
    gaps = axis.missing(spine, [p.key for p in known], lang)
    return drawn, Lines(tracks=(track,), slots=len(spine), ticks=axis.ticks(spine, lang), gaps=gaps)


def by_age(scope: WindowCases) -> tuple[Card, tuple[Bar, ...]] | None:
    """Open at the end of the span by the month of acceptance."""
    lang, now = scope.lang, scope.now
    rows = cube.rows("departments_open", scope.publisher, last=now.day, channel=CHANNEL, departments=scope.departments)
    found: Mapping[str, int] = dict(case_ages.groups(rows, now.last).iter_rows())
    whole = sum(found.values())
    if not whole:
        return None
    names = case_ages.names(now.last, lang)
    own = {age: found.get(age, 0) for age in names}
    bars = tuple(Bar(names[age], float(n), _label(n, whole, lang)) for age, n in own.items())
    old = own["older"]
    headline = case_ages.headline(whole, old, now.last, lang)
    day = periods.as_of(now.day, lang)
    subtitle = t("casework.age_what", lang, day=day, since=case_ages.since(now, lang, scope.ctx.coverage.apart))
    said = t("text.comma", lang).join(f"{names[age]} {n:,}" for age, n in own.items())
    made = card(
        scope.ctx,
        "open_age",
        headline=headline,
        subtitle=subtitle,
        documents=(scope.source,),
        table=Table(
            columns=(t("casework.accepted_in", lang), t("casework.open", lang)),
            rows=tuple((names[age], n) for age, n in own.items()),
            ids=("age", "open"),
            counts=Counts(("open",)),
        ),
        file=t("file.windows_open_age", lang, day=day),
        alt=t("windows.alt", lang, headline=headline, values=said),
        origin=scope.open(now.day),
    )
    return made, bars


def _label(n: int, whole: int, lang: Lang) -> str:
    return t("windows.part", lang, n=f"{n:,}", share=numbers.percent(Decimal(n) / whole * 100, 0))


def _at(rows: pl.DataFrame) -> Callable[[date], int]:
    """How many are open at the end of a day, from rows (day, open) of the days on which that changed."""
    days, counts = rows["day"].to_list(), rows["open"].to_list()

    def at(day: date) -> int:
        place = bisect_right(days, day)
        return int(counts[place - 1]) if place else 0

    return at


def _spine(scope: WindowCases) -> tuple[Period, ...]:
    """The days of the filter where they are few, else its whole weeks; without a filter all that is held."""
    first = scope.now.first.start if scope.filtered else scope.now.since.start
    last = min(scope.now.day, scope.known) if scope.filtered else scope.newest
    if (last - first).days < _DAYS:
        return tuple(Period.parse((first + timedelta(days=i)).isoformat()) for i in range((last - first).days + 1))
    week = _week(first)
    found: list[Period] = []
    if week.start < first:
        week = week.shift(1)
    while week.end <= last:
        found.append(week)
        week = week.shift(1)
    return tuple(found)


def _month(period: Period) -> str:
    """The month that a day or week ends in."""
    return f"{period.end:%Y-%m}"


def _week(day: date) -> Period:
    iso = day.isocalendar()
    return Period.parse(f"{iso.year}-W{iso.week:02d}")
