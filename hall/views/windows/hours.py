"""On which weekday and at which hour the comprehensive window accepts cases, where their time of day is known."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from hall.measure.suppress import Counts
from hall.store import cube
from hall.text import numbers, t
from hall.views.data.case_months import MonthSpan
from hall.views.data.window_cases import CHANNEL, WindowCases
from hall.views.parts.cards import Card, Table, card
from hall.views.parts.maps import Hours

_WEEKDAYS = tuple(range(1, 8))
_MONTHS = 12
_FINE = 100


def hours(scope: WindowCases) -> tuple[Card, Hours] | None:
    """The months of the filter, else the newest twelve; None where no time of day is known."""
    lang, of = scope.lang, _span(scope)
    given = {"channel": CHANNEL, "departments": scope.departments}
    rows = cube.rows("hours_counted", scope.publisher, first=of.first.start, last=of.last.start, **given)
    months = cube.rows("channels_counted", scope.publisher, departments=scope.departments)
    inside = (pl.col("channel") == CHANNEL) & pl.col("month").is_between(of.first.start, of.last.start)
    whole = int(months.filter(inside)["accepted"].sum())
    if rows.is_empty() or not whole:
        return None
    counts = {(weekday, hour): n for weekday, hour, n in rows.iter_rows()}
    span = range(min(h for _, h in counts), max(h for _, h in counts) + 1)
    days = _open_days(scope, of)
    mean = {(d, h): counts.get((d, h), 0) / days[d] if days[d] else 0.0 for d in _WEEKDAYS for h in span}
    decimals = 0 if max(mean.values()) >= _FINE else 1
    said = {key: numbers.digits(Decimal(value), decimals) if counts.get(key) else "" for key, value in mean.items()}
    names = [t(f"windows.weekday_{d}", lang) for d in _WEEKDAYS]
    heads = [t("windows.hour", lang, hour=h) for h in span]
    busiest = max(mean, key=lambda key: (mean[key], -key[0], -key[1]))
    at = {"day": names[busiest[0] - 1], "hour": t("windows.hour", lang, hour=busiest[1])}
    headline = t("windows.hours_head", lang, **at, n=said[busiest])
    share = numbers.percent(Decimal(sum(counts.values())) / whole * 100, 1)
    subtitle = t("windows.hours_what", lang, period=of.words(lang), share=share)
    hover = tuple(
        tuple(t("windows.hours_hover", lang, day=names[d - 1], hour=head, n=said[d, h] or "0",
                whole=f"{counts.get((d, h), 0):,}", days=days[d]) for h, head in zip(span, heads, strict=True))
        for d in _WEEKDAYS
    )  # fmt: skip
    found = Hours(
        tuple(names), tuple(heads), tuple(tuple(mean[d, h] for h in span) for d in _WEEKDAYS),
        tuple(tuple(said[d, h] for h in span) for d in _WEEKDAYS), hover,
    )  # fmt: skip
    ids = ("weekday", *(f"hour_{h}" for h in span))
    made = card(
        scope.ctx,
        "hours",
        headline=headline,
        subtitle=subtitle,
        documents=(scope.source,),
        table=Table(
            columns=(t("windows.weekday", lang), *heads),
            rows=tuple((names[d - 1], *(counts.get((d, h), 0) for h in span)) for d in _WEEKDAYS),
            ids=ids,
            counts=Counts(ids[1:]),
        ),
        file=t("file.windows_hours", lang, period=of.words(lang)),
        alt=t("windows.hours_alt", lang, headline=headline, hours=len(heads)),
        origin=scope.accepted(of.first),
    )
    return made, found


def _span(scope: WindowCases) -> MonthSpan:
    if scope.filtered:
        return scope.now
    first = max(scope.now.last.shift(1 - _MONTHS), scope.now.since)
    return MonthSpan(first, scope.now.last, scope.now.day, scope.now.since)


def _open_days(scope: WindowCases, of: MonthSpan) -> dict[int, int]:
    """On how many of each weekday the comprehensive window of the hall accepted any case; a day that it is closed on
    has none."""
    daily = cube.rows("daily", scope.publisher).filter((pl.col("channel") == CHANNEL) & (pl.col("accepted") > 0))
    days = daily.filter(pl.col("day").is_between(of.first.start, of.day))["day"].unique()
    return {weekday: int((days.dt.weekday() == weekday).sum()) for weekday in _WEEKDAYS}
