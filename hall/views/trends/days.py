"""The charts of 趋势 by day: the mean over seven days as the line, each day as it was counted behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.measure.change import change
from hall.measure.rounding import Quantity
from hall.measure.workdays import is_workday
from hall.model import Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data import case_counts
from hall.views.data.context import Context
from hall.views.parts import axis, wording
from hall.views.parts.cards import Amount, Cell, Table, card
from hall.views.parts.plots import Lines, Track
from hall.views.parts.scope import scope_words
from hall.views.trends import wording as trend_words
from hall.views.trends.panel import Panel, TrendRequest, grouped

WINDOW = 92
MEAN = 7
_COLUMNS = 3
Counts = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DaySeries:
    """A metric by day, None where the day is not held: its counts; their sums over the seven days that end with each;
    those sums a year before."""

    metric: str
    counts: Counts
    sums: Counts
    past: Counts

    @property
    def base(self) -> int | None:
        """The first sum, which an index starts from."""
        return next((n for n in self.sums if n), None)

    @property
    def last(self) -> int:
        """The place of the newest sum, -1 where there is none."""
        return next((i for i in range(len(self.sums) - 1, -1, -1) if self.sums[i] is not None), -1)


def panels(ask: TrendRequest, metrics: tuple[str, ...]) -> tuple[Panel, ...]:
    """One for each unit among the metrics; the months of the filter, else the newest 92 days."""
    days, found = series(ask.ctx, metrics)
    if not days:
        return ()
    return tuple(_panel(ask, days, tuple(found[m] for m in group if m in found)) for group in grouped(ask, metrics))


def series(ctx: Context, metrics: tuple[str, ...]) -> tuple[tuple[date, ...], dict[str, DaySeries]]:
    """Every day from the first to the last that is held within the months of the filter (without one the newest 92),
    and each metric that is counted."""
    daily_counts = case_counts.observations(ctx, ("D",), metrics)
    wide = daily_counts.pivot(on="metric", index="period_start", values="n")
    if wide.is_empty():
        return (), {}
    known = [m for m in metrics if m in wide.columns]
    first, last = wide.select(pl.min("period_start"), pl.max("period_start").alias("last")).row(0)
    held = wide.select(pl.col("period_start").alias("day"), pl.col(known).cast(pl.Int64))
    daily = pl.DataFrame({"day": pl.date_range(first, last, eager=True)}).join(held, on="day", how="left")
    daily = daily.sort("day").with_columns(pl.col(known).rolling_sum(MEAN, min_samples=MEAN).name.suffix(".sum"))
    # what ended in these days lacks cases that began in months that are not held
    lacks = pl.col("day").dt.strftime("%Y-%m").is_in(list(ctx.coverage.unsettled)).cast(pl.Int8)
    daily = daily.with_columns(lacks.rolling_max(MEAN, min_samples=1).cast(pl.Boolean).alias("lacks"))
    before = daily.select(
        pl.col("day").alias("then"), pl.col("lacks").alias("lacked"),
        *(pl.col(f"{m}.sum").alias(f"{m}.past") for m in known),
    )  # fmt: skip
    leap = (pl.col("day").dt.month() == 2) & (pl.col("day").dt.day() == 29)
    daily = daily.with_columns(pl.when(~leap).then(pl.col("day").dt.offset_by("-1y")).alias("then"))
    daily = daily.join(before, on="then", how="left", maintain_order="left")
    whole = ~(pl.col("lacks") | pl.col("lacked"))
    later = [f"{m}.past" for m in known if catalog.counts()[m].later]
    shown = _window(daily.with_columns(pl.when(whole).then(pl.col(name)).alias(name) for name in later), ctx)
    return tuple(shown["day"]), {
        m: DaySeries(m, tuple(shown[m]), tuple(shown[f"{m}.sum"]), tuple(shown[f"{m}.past"])) for m in known
    }


def _window(daily: pl.DataFrame, ctx: Context) -> pl.DataFrame:
    if not ctx.month_from and not ctx.month_to:
        return daily.tail(WINDOW)
    month = pl.col("day").dt.strftime("%Y-%m")
    return daily.filter((month >= (ctx.month_from or "")) & (month <= (ctx.month_to or "9999")))


def _panel(ask: TrendRequest, days: tuple[date, ...], group: tuple[DaySeries, ...]) -> Panel:
    lang, metrics = ask.lang, tuple(s.metric for s in group)
    line = [Period(day, day, "D") for day in days]
    held = [p.key for i, p in enumerate(line) if any(s.counts[i] is not None for s in group)]
    unit_id = catalog.metrics()[metrics[0]].unit
    power = axis.scale([Quantity(Decimal(max((n for s in group for n in s.counts if n), default=0)), unit_id)], lang)
    scale = _Scale(ask.mode == "index", 0 if ask.mode == "index" else power)
    past = ask.last_year and len(group) == 1 and not scale.index and any(n is not None for n in group[0].past)
    unit = t("trends.index_days", lang) if scale.index else numbers.unit_word(unit_id, lang, power)
    bits = [
        t("trends.what", lang, names=trend_words.names(metrics, lang), unit=unit, by=t("trends.by_D", lang)),
        t("trends.mean_one" if len(group) == 1 else "trends.mean_many", lang, n=MEAN),
        t("trends.last_year_key", lang) if past else "",
        "" if ask.ctx.month_from or ask.ctx.month_to else t("trends.newest_days", lang, n=WINDOW),
        scope_words(ask.inside.narrowed, metrics, ask.ctx),
    ]
    made = card(
        ask.ctx,
        f"panel_{metrics[0]}",
        headline=_headline(group[0], days, scale, lang),
        subtitle=t("text.semicolon", lang).join(filter(None, bits)),
        documents=(case_counts.document(ask.ctx),),
        note=t("trends.coverage_D", lang, known=len(held), all=len(line)),
        table=_table(group, days, scale, unit, lang, past=past),
        file=t("file.trend", lang, metric=trend_words.names(metrics, lang), grain=t("trends.grain_D", lang)),
    )
    tracks = tuple(_track(s, days, scale, lang, alone=len(group) == 1, past=past) for s in group)
    gaps = axis.missing(line, held, lang)
    return Panel(made, Lines(tracks=tracks, slots=len(line), ticks=axis.ticks(line, lang), gaps=gaps))


@dataclass(frozen=True, slots=True)
class _Scale:
    """How sums of seven days are drawn: as a mean in a power of ten, or as an index of the first."""

    index: bool
    power: int

    def of(self, total: int | None, base: int | None) -> float | None:
        """The place of a sum on the axis."""
        if total is None or (self.index and not base):
            return None
        return 100 * total / base if self.index and base else total / MEAN / 10**self.power

    def words(self, total: int | None, base: int | None) -> str:
        """The number beside it."""
        value = self.of(total, base)
        if value is None:
            return ""
        return numbers.digits(Decimal(value), 0 if self.index or value >= 100 else 2 if self.power else 1)


def _track(s: DaySeries, days: tuple[date, ...], scale: _Scale, lang: Lang, *, alone: bool, past: bool) -> Track:
    name = trend_words.name(s.metric, lang)
    before = next((n for n in reversed(s.past) if n is not None), None) if past else None
    return Track(
        name=name,
        colour=catalog.metrics()[s.metric].colour,
        values=tuple(scale.of(n, s.base) for n in s.sums),
        labels=tuple(scale.words(n, s.base) if i == s.last else "" for i, n in enumerate(s.sums)),
        hover=tuple(_hover(name, days[i], s, i, scale, lang) for i in range(len(days))),
        past=tuple(scale.of(n, s.base) for n in s.past) if past else (),
        past_label=t("trends.last_year_end", lang, value=scale.words(before, s.base)) if before else "",
        faint=tuple(scale.of(None if n is None else n * MEAN, s.base) for n in s.counts) if alone else (),
    )


def _hover(name: str, day: date, s: DaySeries, at: int, scale: _Scale, lang: Lang) -> str:
    n = s.counts[at]
    if n is None:
        return ""
    words = {"day": periods.day(day, lang, year=True), "metric": name, "n": f"{n:,}"}
    words["off"] = t("trends.day_off", lang) if is_workday(day) is False else ""
    return t("trends.hover_D", lang, **words, mean=scale.words(s.sums[at], s.base) or t("missing.value", lang))


def _headline(s: DaySeries, days: tuple[date, ...], scale: _Scale, lang: Lang) -> str:
    name, at = trend_words.name(s.metric, lang), s.last
    if at < 0:
        return t("trends.none", lang, metric=name)
    unit = catalog.metrics()[s.metric].unit
    now = Quantity(Decimal(s.sums[at] or 0), unit)
    then = s.past[at]
    found = change(now, None if then is None else Quantity(Decimal(then), unit))
    words = {"metric": name, "day": periods.day(days[at], lang)}
    words["value"] = _Scale(index=False, power=scale.power).words(s.sums[at], None)
    if found is None or found.direction == "same" or found.percent is None:
        return t("trends.newest_D", lang, **words)
    by = after_word(wording.relative(found, lang, signed=False), lang)
    return t(f"trends.newest_D_{found.direction}", lang, **words, change=by)


def _table(
    group: tuple[DaySeries, ...], days: tuple[date, ...], scale: _Scale, unit: str, lang: Lang, *, past: bool
) -> Table:
    """Newest first. Of one metric the day, the mean and that of last year; of several their means. A mean over days
    tells each of them by its steps."""
    head: tuple[str, ...] = tuple(trend_words.name(s.metric, lang) for s in group)
    if len(group) == 1:
        head = (t("column.day", lang), t("column.mean_7d", lang), *([t("column.mean_7d_past", lang)] if past else []))
    rows: list[tuple[Cell, ...]] = []
    for i in range(len(days) - 1, -1, -1):
        cells: list[Cell] = [Amount(scale.words(s.sums[i], s.base), s.counts[i] or 0) for s in group]
        if len(group) == 1:
            n = group[0].counts[i]
            cells.insert(0, None if n is None else Amount(f"{n:,}", n))
            cells += [Amount(scale.words(group[0].past[i], group[0].base), n or 0)] if past else []
        rows.append((periods.day(days[i], lang, year=True), *cells))
    columns = (t("column.period_unit", lang, unit=unit), *head)
    return Table(columns=columns, rows=tuple(rows), linked=True)
