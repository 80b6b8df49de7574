"""The main charts of 趋势: one for each unit among the chosen metrics."""

from __future__ import annotations

from dataclasses import dataclass

from hall import catalog
from hall.measure.spine import spine
from hall.model import Freq, Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.comparable import comparable
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.data.runs import Mode, Point, Run, documents, known, run
from hall.views.parts import axis, wording
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.citation import sources
from hall.views.parts.not_compared import not_compared
from hall.views.parts.origin import origin
from hall.views.parts.plots import Lines, Track
from hall.views.parts.scope import scope_words
from hall.views.trends import wording as trend_words

_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """What the charts are made of: the values within the filter and all of them, grain, mode, last year's line, the
    filter, and the values of another hall beside."""

    inside: Values
    every: Values
    grain: Freq
    mode: Mode
    last_year: bool
    ctx: Context
    beside: Values | None = None

    @property
    def lang(self) -> Lang:
        """The language of the reader."""
        return self.ctx.lang


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart card with what it draws; ``lines`` is None where no period is complete."""

    card: Card
    lines: Lines | None


def panels(ask: TrendRequest, metrics: tuple[str, ...]) -> tuple[Panel, ...]:
    """One for each group of the metrics."""
    groups = grouped(ask, metrics)
    return tuple(_panel(ask, group, alone=len(groups) == 1) for group in groups)


def grouped(ask: TrendRequest, metrics: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The metrics grouped by unit (an index has none, so all stand together); beside another hall each stands alone.
    Numbers of departments and of the whole hall never stand together."""
    entries = catalog.metrics()
    groups: dict[tuple[str, bool], list[str]] = {}
    for metric in metrics:
        unit = metric if ask.beside else "" if ask.mode == "index" else entries[metric].unit
        groups.setdefault((unit, metric in ask.inside.narrowed), []).append(metric)
    return tuple(tuple(group) for group in groups.values())


def _panel(ask: TrendRequest, metrics: tuple[str, ...], *, alone: bool) -> Panel:
    lang, grain = ask.lang, ask.grain
    runs = {m: run(ask.inside, m, grain, ask.mode) for m in metrics}
    theirs = {m: run(ask.beside, m, grain, ask.mode) for m in metrics} if ask.beside else {}
    theirs = {m: one for m, one in theirs.items() if known([one])}
    every = (*runs.values(), *theirs.values())
    here = known(every)
    if not here:
        return Panel(_incomplete(ask, metrics, runs), None)
    sparse = max(sum(1 for p in one.values() if p.quantity) for one in every) < _ENOUGH
    line = spine(here, _first(here[0], ask, sparse=sparse))
    power = axis.scale([p.quantity for one in every for p in one.values() if p.quantity], lang)
    before = {} if ask.mode == "index" else run(ask.every, metrics[0], grain, ask.mode)
    past = before if len(metrics) == 1 and not sparse and not theirs else {}
    tracks = tuple(
        _track(m, one, line, power, past, ask, other=other, hall=bool(theirs))
        for m in metrics
        for one, other in ((runs[m], False), (theirs.get(m), True))
        if one is not None
    )
    gaps = axis.missing(line, [p.key for p in here], lang)
    unit = trend_words.unit(runs, power, ask.mode, lang)
    coverage = t(f"trends.coverage_{grain}", lang, known=len(known(runs.values())), all=len(line))
    made = card(
        ask.ctx,
        f"panel_{metrics[0]}",
        headline=trend_words.headline(metrics[0], runs[metrics[0]], before, grain, power, lang, alone=alone),
        subtitle=_subtitle(ask, runs, theirs, unit, tracks, before, gaps=sparse and bool(gaps)),
        note=t("text.dot", lang).join((_source(ask, runs, theirs), coverage)),
        table=_table(ask, runs, theirs, here, power, unit),
        file=t("file.trend", lang, metric=trend_words.names(metrics, lang), grain=t(f"trends.grain_{grain}", lang)),
        alt=trend_words.summary(runs, lang),
        origin=origin(ask.inside, metrics[0], grain, lang),
        demo=bool(theirs and ask.beside and ask.beside.demo),
    )
    turns = axis.turns([_source_at(list(runs.values()), p) for p in line], lang)
    drawn = Lines(tracks=tracks, slots=len(line), ticks=axis.ticks(line, lang), gaps=gaps, turns=turns, sparse=sparse)
    return Panel(made, drawn)


def _source_at(runs: list[Run], period: Period) -> Point | None:
    """The number of a period that was counted, where any was, else one that was published; None where none is known."""
    told = [p for one in runs if (p := one.get(period.key)) and p.quantity]
    return max(told, key=lambda p: p.counted, default=None)


def _first(first: Period, ask: TrendRequest, *, sparse: bool) -> Period:
    if ask.grain == "M" and ask.ctx.month_from:
        return Period.parse(ask.ctx.month_from)
    return Period.month(first.start.year, 1) if sparse and ask.grain == "M" else first


def _subtitle(
    ask: TrendRequest,
    runs: dict[str, Run],
    theirs: dict[str, Run],
    unit: str,
    tracks: tuple[Track, ...],
    before: Run,
    *,
    gaps: bool,
) -> str:
    words = [trend_words.subtitle(runs, unit, ask.grain, tracks, ask.lang, gaps=gaps)]
    if theirs and ask.beside:
        words.append(t("beside.what", ask.lang, hall=catalog.publisher_name(ask.beside.publisher, ask.lang)))
    own = next(iter(runs.values())) if len(runs) == 1 else {}
    pairs = ((p, before.get(then.key)) for p in own.values() if p.quantity and (then := p.period.year_ago()))
    words.append(not_compared((pair for pair in pairs if not comparable(*pair)), ask.ctx))
    words.append(scope_words(ask.inside.narrowed, runs, ask.ctx))
    return t("text.semicolon", ask.lang).join(filter(None, words))


def _source(ask: TrendRequest, runs: dict[str, Run], theirs: dict[str, Run]) -> str:
    """The documents of each hall; with two of them each is named."""
    lang = ask.lang
    own, other = (sources(documents(found.values()), lang) for found in (runs, theirs))
    if not (theirs and ask.beside):
        return own
    pairs = ((ask.inside, own), (ask.beside, other))
    named = [t("beside.source", lang, hall=catalog.publisher_name(v.publisher, lang), source=s) for v, s in pairs]
    return t("text.semicolon", lang).join(named)


def _track(
    metric: str,
    one: Run,
    line: tuple[Period, ...],
    power: int,
    past: Run,
    ask: TrendRequest,
    *,
    other: bool,
    hall: bool,
) -> Track:
    """A line of the chart; ``other`` of the hall beside, ``hall`` where the chart shows two halls."""
    lang = ask.lang
    publisher = ask.beside.publisher if other and ask.beside else ask.inside.publisher
    shown = catalog.publisher_name(publisher, lang) if hall else trend_words.name(metric, lang)
    found = [one.get(p.key) for p in line]
    quantities = [p.quantity if p else None for p in found]
    earlier = [past.get(then.key) if (then := p.year_ago()) else None for p in line] if past else []
    # a period that is not known yet has no number that last year's could be read against by mistake
    lasts = [
        b.quantity if b and (a is None or comparable(a, b)) else None for a, b in zip(found, earlier, strict=False)
    ]
    label = next((axis.label(q, power) for q in reversed(lasts) if q), "")
    return Track(
        name=shown,
        colour=catalog.metrics()[metric].colour,
        values=tuple(None if q is None else float(q.value.scaleb(-power)) for q in quantities),
        labels=tuple("" if q is None else axis.label(q, power) for q in quantities),
        hover=tuple(_hover(shown, p, lang) for p in found),
        past=tuple(None if q is None else float(q.value.scaleb(-power)) for q in lasts),
        past_label=t("trends.last_year_end", lang, value=label) if label and ask.last_year else "",
        show_past=ask.last_year,
        other=other,
    )


def _hover(name: str, point: Point | None, lang: Lang) -> str:
    if point is None or point.quantity is None:
        return ""
    q = point.quantity
    around = numbers.margin(q.slack, q.unit, lang)
    words = f"{periods.full(point.period, lang)}<br>{name} {wording.shown(q, lang)} {around}".strip()
    if point.beside is None:
        return words
    return f"{words}<br>{t('counted.beside', lang, value=wording.shown(point.beside, lang))}"


def _table(
    ask: TrendRequest, runs: dict[str, Run], theirs: dict[str, Run], here: tuple[Period, ...], power: int, unit: str
) -> Table:
    lang, shown = ask.lang, list[tuple[str, Run]]()
    for metric, one in runs.items():
        if theirs and ask.beside:
            shown.append((catalog.publisher_name(ask.inside.publisher, lang), one))
            shown.append((catalog.publisher_name(ask.beside.publisher, lang), theirs[metric]))
        else:
            shown.append((trend_words.name(metric, lang), one))
    lines: list[tuple[Cell, ...]] = []
    for period in reversed(here):
        points = [one.get(period.key) for _, one in shown]
        cells = [_cell(p, power) for p in points]
        lines.append((periods.short(period, lang), *cells))
    columns = (t("column.period_unit", lang, unit=unit), *(name for name, _ in shown))
    return Table(columns=columns, rows=tuple(lines))


def _cell(point: Point | None, power: int) -> Cell:
    if point is None or point.quantity is None:
        return ""
    return wording.told(axis.label(point.quantity, power), point.quantity, counted=point.counted)


def _incomplete(ask: TrendRequest, metrics: tuple[str, ...], runs: dict[str, Run]) -> Card:
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
    columns = tuple(t(f"column.{c}", lang) for c in ("period", "loaded", "missing"))
    return card(
        ask.ctx,
        f"panel_{metrics[0]}",
        headline=t("trends.no_complete", lang, grain=t(f"trends.unit_{ask.grain}", lang)),
        subtitle=t("trends.no_complete_what", lang, names=trend_words.names(metrics, lang)),
        documents=documents(runs.values()),
        table=Table(columns=columns, rows=tuple(lines)),
        file=t("file.incomplete", lang, grain=t(f"trends.grain_{ask.grain}", lang)),
    )
