"""The main charts of 趋势: one for each unit among the chosen metrics."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hall import catalog
from hall.measure.change import change
from hall.measure.spine import spine
from hall.model import Freq, Lang, Period, Selection
from hall.text import after_word, numbers, periods, t
from hall.views import axis, wording
from hall.views.pieces import Card, Cell, Lines, Table, Track
from hall.views.run import Mode, Point, Run, known, run
from hall.views.source_line import sources
from hall.views.values import Values, extract

_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart card with what it draws; ``lines`` is None where no period is complete."""

    card: Card
    lines: Lines | None


def panels(
    inside: Values,
    every: Values,
    metrics: tuple[str, ...],
    grain: Freq,
    mode: Mode,
    selection: Selection,
    last_year: bool,
) -> tuple[Panel, ...]:
    """The metrics grouped by unit (an index has none, so all stand together)."""
    entries = catalog.metrics()
    groups: dict[str, list[str]] = {}
    for metric in metrics:
        groups.setdefault("" if mode == "index" else entries[metric].unit, []).append(metric)
    return tuple(_panel(inside, every, tuple(g), grain, mode, selection, last_year) for g in groups.values())


def _panel(
    inside: Values,
    every: Values,
    metrics: tuple[str, ...],
    grain: Freq,
    mode: Mode,
    selection: Selection,
    last_year: bool,
) -> Panel:
    lang = selection.lang
    runs = {m: run(inside, m, grain, mode) for m in metrics}
    here = known(runs.values())
    documents = [d for one in runs.values() for p in one.values() for d in p.documents]
    if not here:
        return Panel(_incomplete(metrics, grain, inside, runs, lang), None)
    counts = [sum(1 for p in one.values() if p.quantity) for one in runs.values()]
    sparse = max(counts) < _ENOUGH
    line = spine(here, _first(here[0], grain, sparse, selection), None)
    power = axis.scale([p.quantity for one in runs.values() for p in one.values() if p.quantity], lang)
    before = run(every, metrics[0], grain, mode) if mode != "index" and len(metrics) == 1 else {}
    tracks = tuple(_track(m, runs[m], line, power, before, last_year, lang) for m in metrics)
    gaps = axis.missing(line, [p.key for p in here], lang)
    lines = Lines(tracks, len(line), axis.ticks(line, lang), gaps, sparse)
    source = sources(documents, lang)
    coverage = t(f"trends.coverage_{grain}", lang, known=len(here), all=len(line))
    unit = _unit(runs, power, mode, lang)
    card = Card(
        key=f"panel_{metrics[0]}",
        headline=_headline(metrics[0], runs[metrics[0]], every, grain, mode, power, lang),
        subtitle=_subtitle(metrics, runs, unit, grain, sparse and bool(gaps), tracks, lang),
        source=t("text.dot", lang).join((source, coverage)),
        table=_table(metrics, runs, here, power, unit, lang),
        frame=frame(inside, metrics, runs, grain, mode),
        file=t("file.trend", lang, grain=t(f"trends.grain_{grain}", lang)),
        alt=_alt(metrics, runs, lang),
        demo=inside.demo,
    )
    return Panel(card, lines)


def _first(first: Period, grain: Freq, sparse: bool, selection: Selection) -> Period:
    if grain == "M" and selection.month_from:
        return Period.parse(selection.month_from)
    return Period.month(first.start.year, 1) if sparse and grain == "M" else first


def _track(
    metric: str, one: Run, line: tuple[Period, ...], power: int, before: Run, last_year: bool, lang: Lang
) -> Track:
    entry = catalog.metrics()[metric]
    found = [one.get(p.key) for p in line]
    quantities = [p.quantity if p else None for p in found]
    past = [before.get(p.year_ago().key) for p in line] if before else []
    lasts = [p.quantity if p else None for p in past]
    label = next((axis.label(q, power) for q in reversed(lasts) if q), "")
    return Track(
        name=entry.short(lang),
        colour=entry.colour,
        values=tuple(None if q is None else float(q.value.scaleb(-power)) for q in quantities),
        labels=tuple("" if q is None else axis.label(q, power) for q in quantities),
        hover=tuple(_hover(entry.short(lang), p, lang) for p in found),
        past=tuple(None if q is None else float(q.value.scaleb(-power)) for q in lasts),
        show_past=last_year,
        past_label=t("trends.last_year_end", lang, value=label) if label and last_year else "",
    )


def _hover(name: str, point: Point | None, lang: Lang) -> str:
    if point is None or point.quantity is None:
        return ""
    q = point.quantity
    around = numbers.margin(q.slack, q.unit, lang)
    return f"{periods.full(point.period, lang)}<br>{name} {wording.shown(q, lang)} {around}".strip()


def _unit(runs: dict[str, Run], power: int, mode: Mode, lang: Lang) -> str:
    if mode == "index":
        return t("trends.index_unit", lang)
    units = [p.quantity.unit for one in runs.values() for p in one.values() if p.quantity]
    word = numbers.unit_word(units[0], lang, power)
    return t("trends.per_day", lang, unit=word) if mode == "day" else word


def _headline(metric: str, one: Run, every: Values, grain: Freq, mode: Mode, power: int, lang: Lang) -> str:
    points = [p for p in one.values() if p.quantity]
    if not points:
        return t("trends.none", lang, metric=catalog.metrics()[metric].short(lang))
    shown = [(periods.short(p.period, lang), axis.label(p.quantity, power)) for p in points if p.quantity]
    if len(points) == 2 and grain == "M" and points[0].period.start.year == points[1].period.start.year:
        shown = [(periods.within(p.period, lang), v) for p, (_, v) in zip(points, shown, strict=True)]
    if len(points) == 2:
        return t(f"trends.two_{grain}", lang, a=shown[0][0], x=shown[0][1], b=shown[1][0], y=shown[1][1])
    last = points[-1]
    words = {"metric": catalog.metrics()[metric].short(lang), "period": shown[-1][0], "value": shown[-1][1]}
    past = run(every, metric, grain, mode).get(last.period.year_ago().key)
    found = change(last.quantity, past.quantity if past else None) if mode != "index" else None
    if found is None or found.direction == "same" or found.percent is None:
        return t("trends.newest", lang, **words)
    return t(
        f"trends.newest_{found.direction}",
        lang,
        **words,
        change=after_word(wording.relative(found, lang, signed=False), lang),
    )


def _subtitle(
    metrics: tuple[str, ...],
    runs: dict[str, Run],
    unit: str,
    grain: Freq,
    gaps: bool,
    tracks: tuple[Track, ...],
    lang: Lang,
) -> str:
    names = t("text.comma", lang).join(catalog.metrics()[m].short(lang) for m in metrics)
    bits = [t("trends.what", lang, names=names, unit=unit, by=t(f"trends.by_{grain}", lang))]
    slacks = {(p.quantity.slack, p.quantity.unit) for one in runs.values() for p in one.values() if p.quantity}
    if len(slacks) == 1 and (around := numbers.margin(*next(iter(slacks)), lang)):
        bits.append(t("trends.each", lang, margin=around))
    if any(v is not None for track in tracks if track.show_past for v in track.past):
        bits.append(t("trends.last_year_key", lang))
    if gaps:
        bits.append(t("trends.not_joined", lang))
    return t("text.semicolon", lang).join(bits)


def _table(
    metrics: tuple[str, ...], runs: dict[str, Run], here: tuple[Period, ...], power: int, unit: str, lang: Lang
) -> Table:
    shown = metrics[:3]
    columns = (t("column.period_unit", lang, unit=unit), *(catalog.metrics()[m].short(lang) for m in shown))
    lines: list[tuple[Cell, ...]] = []
    for period in reversed(here):
        points = [runs[m].get(period.key) for m in shown]
        cells = [axis.label(p.quantity, power) if p and p.quantity else "" for p in points]
        lines.append((periods.short(period, lang), *cells))
    return Table(columns, tuple(lines))


def frame(inside: Values, metrics: tuple[str, ...], runs: dict[str, Run], grain: Freq, mode: Mode) -> pl.DataFrame:
    """The rows of the chart for CSV: of the ledger where they are stated, derived ones (status E) else."""
    if mode == "value" and grain in ("W", "M"):
        table = inside.table
        scopes = table["scope"] != "year_to_date"
        return extract(table.filter(table["metric"].is_in(list(metrics)) & (table["freq"] == grain) & scopes))
    rows = [
        {
            "metric": m,
            "freq": grain,
            "time_period": key,
            "period_start": p.period.start,
            "period_end": p.period.end,
            "obs_value": p.quantity.value,
            "unit_measure": p.quantity.unit,
            "unit_mult": p.quantity.unit_mult,
            "decimals": p.quantity.decimals,
            "obs_status": p.status,
            "publisher": inside.publisher,
            "derived": mode,
        }
        for m in metrics
        for key, p in runs[m].items()
        if p.quantity
    ]
    return pl.DataFrame(rows, schema_overrides={"obs_value": pl.Decimal(28, 6)}) if rows else pl.DataFrame()


def _alt(metrics: tuple[str, ...], runs: dict[str, Run], lang: Lang) -> str:
    told = []
    for metric in metrics:
        points = [p for p in runs[metric].values() if p.quantity][-3:]
        values = [f"{periods.short(p.period, lang)} {wording.shown(p.quantity, lang)}" for p in points if p.quantity]
        told.append(f"{catalog.metrics()[metric].short(lang)} {t('text.comma', lang).join(values)}")
    return t("text.semicolon", lang).join(told)


def _incomplete(metrics: tuple[str, ...], grain: Freq, inside: Values, runs: dict[str, Run], lang: Lang) -> Card:
    have = inside.of(metrics[0], "M")
    started = next(iter(reversed(runs[metrics[0]].values())), None)
    lines: list[tuple[Cell, ...]] = []
    for point in reversed(runs[metrics[0]].values()):
        at, months = Period.month(point.period.start.year, point.period.start.month), []
        while at.start <= point.period.end:
            months.append(at)
            at = at.shift(1)
        missing = [periods.within(m, lang) for m in months if m.key not in have]
        got = [periods.within(m, lang) for m in months if m.key in have]
        comma = t("text.comma", lang)
        lines.append((periods.short(point.period, lang), comma.join(got), comma.join(missing)))
    columns = (t("column.period", lang), t("column.loaded", lang), t("column.missing", lang))
    documents = [d for one in runs.values() for p in one.values() for d in p.documents]
    names = t("text.comma", lang).join(catalog.metrics()[m].short(lang) for m in metrics)
    return Card(
        key=f"panel_{metrics[0]}",
        headline=t("trends.no_complete", lang, grain=t(f"trends.unit_{grain}", lang)),
        subtitle=t("trends.no_complete_what", lang, names=names) if started else names,
        source=sources(documents, lang),
        table=Table(columns, tuple(lines)),
        demo=inside.demo,
    )
