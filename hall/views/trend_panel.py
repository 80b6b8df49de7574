"""The main charts of 趋势: one for each unit among the chosen metrics."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall import catalog
from hall.measure.spine import spine
from hall.model import Freq, Lang, Period
from hall.text import numbers, periods, t
from hall.views import axis, trend_words, wording
from hall.views.pieces import Card, Cell, Lines, Table, Track
from hall.views.run import Mode, Point, Run, known, run
from hall.views.source_line import sources
from hall.views.values import Values, extract

_ENOUGH = 8
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """What the charts are made of: the values within the filter and all of them, grain, mode, last year's line."""

    inside: Values
    every: Values
    grain: Freq
    mode: Mode
    last_year: bool
    first: str | None
    lang: Lang


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart card with what it draws; ``lines`` is None where no period is complete."""

    card: Card
    lines: Lines | None


def panels(ask: Ask, metrics: tuple[str, ...]) -> tuple[Panel, ...]:
    """The metrics grouped by unit (an index has none, so all stand together)."""
    entries = catalog.metrics()
    groups: dict[str, list[str]] = {}
    for metric in metrics:
        groups.setdefault("" if ask.mode == "index" else entries[metric].unit, []).append(metric)
    return tuple(_panel(ask, tuple(group), alone=len(groups) == 1) for group in groups.values())


def _panel(ask: Ask, metrics: tuple[str, ...], *, alone: bool) -> Panel:
    lang, grain = ask.lang, ask.grain
    runs = {m: run(ask.inside, m, grain, ask.mode) for m in metrics}
    here = known(runs.values())
    documents = [d for one in runs.values() for p in one.values() for d in p.documents]
    if not here:
        return Panel(_incomplete(ask, metrics, runs), None)
    sparse = max(sum(1 for p in one.values() if p.quantity) for one in runs.values()) < _ENOUGH
    line = spine(here, _first(here[0], ask, sparse=sparse))
    power = axis.scale([p.quantity for one in runs.values() for p in one.values() if p.quantity], lang)
    before = {} if ask.mode == "index" else run(ask.every, metrics[0], grain, ask.mode)
    past = before if len(metrics) == 1 and not sparse else {}
    tracks = tuple(_track(m, runs[m], line, power, past, ask) for m in metrics)
    gaps = axis.missing(line, [p.key for p in here], lang)
    unit = trend_words.unit(runs, power, ask.mode, lang)
    coverage = t(f"trends.coverage_{grain}", lang, known=len(here), all=len(line))
    card = Card(
        key=f"panel_{metrics[0]}",
        headline=trend_words.headline(metrics[0], runs[metrics[0]], before, grain, power, lang, alone=alone),
        subtitle=trend_words.subtitle(runs, unit, grain, tracks, lang, gaps=sparse and bool(gaps)),
        source=t("text.dot", lang).join((sources(documents, lang), coverage)),
        table=_table(runs, here, power, unit, lang),
        frame=frame(ask.inside, runs, grain, ask.mode),
        file=t("file.trend", lang, grain=t(f"trends.grain_{grain}", lang)),
        alt=trend_words.summary(runs, lang),
        demo=ask.inside.demo,
    )
    return Panel(card, Lines(tracks, len(line), axis.ticks(line, lang), gaps, sparse))


def _first(first: Period, ask: Ask, *, sparse: bool) -> Period:
    if ask.grain == "M" and ask.first:
        return Period.parse(ask.first)
    return Period.month(first.start.year, 1) if sparse and ask.grain == "M" else first


def _track(metric: str, one: Run, line: tuple[Period, ...], power: int, past: Run, ask: Ask) -> Track:
    lang = ask.lang
    found = [one.get(p.key) for p in line]
    quantities = [p.quantity if p else None for p in found]
    earlier = [past.get(p.year_ago().key) for p in line] if past else []
    lasts = [p.quantity if p else None for p in earlier]
    label = next((axis.label(q, power) for q in reversed(lasts) if q), "")
    return Track(
        name=trend_words.name(metric, lang),
        colour=catalog.metrics()[metric].colour,
        values=tuple(None if q is None else float(q.value.scaleb(-power)) for q in quantities),
        labels=tuple("" if q is None else axis.label(q, power) for q in quantities),
        hover=tuple(_hover(trend_words.name(metric, lang), p, lang) for p in found),
        past=tuple(None if q is None else float(q.value.scaleb(-power)) for q in lasts),
        past_label=t("trends.last_year_end", lang, value=label) if label and ask.last_year else "",
        show_past=ask.last_year,
    )


def _hover(name: str, point: Point | None, lang: Lang) -> str:
    if point is None or point.quantity is None:
        return ""
    q = point.quantity
    around = numbers.margin(q.slack, q.unit, lang)
    return f"{periods.full(point.period, lang)}<br>{name} {wording.shown(q, lang)} {around}".strip()


def _table(runs: dict[str, Run], here: tuple[Period, ...], power: int, unit: str, lang: Lang) -> Table:
    shown = list(runs)[:_COLUMNS]
    columns = (t("column.period_unit", lang, unit=unit), *(trend_words.name(m, lang) for m in shown))
    lines: list[tuple[Cell, ...]] = []
    for period in reversed(here):
        points = [runs[m].get(period.key) for m in shown]
        cells = [axis.label(p.quantity, power) if p and p.quantity else "" for p in points]
        lines.append((periods.short(period, lang), *cells))
    return Table(columns, tuple(lines))


def frame(inside: Values, runs: dict[str, Run], grain: Freq, mode: Mode) -> pl.DataFrame:
    """The rows of the chart for CSV: of the ledger where they are stated, derived ones (status E) else."""
    if mode == "value" and grain in ("W", "M"):
        table = inside.table
        wanted = table["metric"].is_in(list(runs)) & (table["freq"] == grain) & (table["scope"] != "year_to_date")
        return extract(table.filter(wanted))
    rows = [
        {
            "metric": metric,
            "freq": grain,
            "time_period": key,
            "period_start": p.period.start,
            "period_end": p.period.end,
            "obs_value": p.quantity.value,
            "unit_measure": p.quantity.unit or "index",
            "unit_mult": p.quantity.unit_mult,
            "decimals": p.quantity.decimals,
            "obs_status": p.status,
            "publisher": inside.publisher,
        }
        for metric, one in runs.items()
        for key, p in one.items()
        if p.quantity
    ]
    return pl.DataFrame(rows, schema_overrides={"obs_value": pl.Decimal(28, 6)}) if rows else pl.DataFrame()


def _incomplete(ask: Ask, metrics: tuple[str, ...], runs: dict[str, Run]) -> Card:
    lang, comma = ask.lang, t("text.comma", ask.lang)
    have = ask.inside.of(metrics[0], "M")
    lines: list[tuple[Cell, ...]] = []
    for point in reversed(runs[metrics[0]].values()):
        at, months = Period.month(point.period.start.year, point.period.start.month), []
        while at.start <= point.period.end:
            months.append(at)
            at = at.shift(1)
        got, missing = ([periods.within(m, lang) for m in months if (m.key in have) == held] for held in (True, False))
        lines.append((periods.short(point.period, lang), comma.join(got), comma.join(missing)))
    columns = (t("column.period", lang), t("column.loaded", lang), t("column.missing", lang))
    return Card(
        key=f"panel_{metrics[0]}",
        headline=t("trends.no_complete", lang, grain=t(f"trends.unit_{ask.grain}", lang)),
        subtitle=t("trends.no_complete_what", lang, names=trend_words.names(metrics, lang)),
        source=sources((d for one in runs.values() for p in one.values() for d in p.documents), lang),
        table=Table(columns, tuple(lines)),
        demo=ask.inside.demo,
    )
