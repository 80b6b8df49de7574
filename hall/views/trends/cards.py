"""The smaller cards of 趋势: channels, working days, all metrics."""

from __future__ import annotations

from hall import catalog
from hall.measure.change import change
from hall.measure.rounding import Quantity
from hall.measure.share import per_day
from hall.measure.spine import spine
from hall.measure.workdays import workdays
from hall.model import Freq, Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data.comparable import alike, comparable
from hall.views.data.context import Context
from hall.views.data.observations import Value, Values
from hall.views.data.runs import Run, documents, known, run, scope_of
from hall.views.parts import axis, channel_split, kpi, wording
from hall.views.parts.cards import Card, Cell, Kpi, LazyRows, Table, card
from hall.views.parts.plots import Bar, Lines, Stack, Track
from hall.views.trends import channels as trend_channels
from hall.views.trends.wording import told

_PARTS = ("online_accepted", "comprehensive_accepted")
_FEW = 4


def channels(ctx: Context, inside: Values, grain: Freq) -> tuple[Card | None, tuple[Stack, ...], Lines | None]:
    """The cases of all channels where records count them; else the total by channel as stated: one bar a period for
    few, stacked columns for many."""
    lang = ctx.lang
    if counts := trend_channels.load(ctx, grain):
        return counts[0], (), counts[1]
    if grain in ("D", "W"):
        return None, (), None
    runs = {m: run(inside, m, grain) for m in _PARTS}
    both = [p for p in known(runs.values()) if all(_value(runs[m], p) is not None for m in _PARTS)]
    both = [p for p in both if alike(*(runs[m][p.key] for m in _PARTS))]
    if not both:
        return None, (), None
    if len(both) <= _FEW and grain == "M":
        split, stacks = channel_split.build(ctx, inside, both[-1])
        return split, stacks, None
    line = spine(both)
    quantities = {m: [runs[m][p.key].quantity if p in both else None for p in line] for m in _PARTS}
    power = axis.scale([q for row in quantities.values() for q in row if q], lang)
    tracks = tuple(
        Track(
            name=t("overview.online" if m == _PARTS[0] else "overview.window", lang),
            colour=catalog.metrics()[m].colour,
            values=tuple(None if q is None else float(q.value.scaleb(-power)) for q in quantities[m]),
            labels=tuple("" if q is None else axis.label(q, power) for q in quantities[m]),
            hover=tuple(
                "" if q is None else f"{periods.short(p, lang)}<br>{wording.shown(q, lang)}"
                for p, q in zip(line, quantities[m], strict=True)
            ),
        )
        for m in _PARTS
    )
    gaps = axis.missing(line, [p.key for p in both], lang)
    newest = kpi.online_share(inside, both[-1].key, "M") if grain == "M" else None
    headline = t("overview.channels_plain", lang)
    if newest:
        headline = t(
            "overview.online_now", lang, period=periods.short(both[-1], lang),
            share=after_word(wording.rate(newest, lang), lang),
        )  # fmt: skip
    unit = numbers.unit_word("case", lang, power)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (periods.short(p, lang), *(told(o.labels[i], runs[m].get(p.key)) for m, o in zip(_PARTS, tracks, strict=True)))
        for i, p in reversed(list(enumerate(line)))
    )
    made = card(
        ctx,
        "channels",
        headline=headline,
        subtitle=t("overview.channels", lang, unit=unit),
        documents=documents(runs.values()),
        table=Table(columns=(t("column.period", lang), *(track.name for track in tracks)), rows=rows),
    )
    turns = axis.turns([runs[_PARTS[0]][p.key] if p in both else None for p in line], lang)
    return made, (), Lines(tracks=tracks, slots=len(line), ticks=axis.ticks(line, lang), gaps=gaps, turns=turns)


def _value(one: Run, period: Period) -> object | None:
    point = one.get(period.key)
    return point.quantity if point else None


def daily(ctx: Context, inside: Values, grain: Freq) -> tuple[Card | None, tuple[Bar, ...]]:
    """The newest periods of the total per working day, with 调休 taken into account."""
    lang, metric = ctx.lang, "comprehensive_accepted" if grain == "W" else "handled_total"
    one = run(inside, metric, grain)
    stated = [p for p in one.values() if p.quantity][-2:][::-1]
    # two bars are read against one another
    stated = [p for p in stated if comparable(stated[0], p)] or stated[:1]
    days = [workdays(p.period.start, p.period.end) for p in stated]
    rates = [per_day(p.quantity, n) for p, n in zip(stated, days, strict=True)]
    if not stated:
        return None, ()
    unit = stated[0].quantity.unit if stated[0].quantity else ""
    bars = tuple(
        Bar(
            periods.short(p.period, lang),
            float(q.value) if q else 0.0,
            numbers.digits(q.value, max(0, q.decimals)) if q else t("trends.unannounced", lang),
            t("trends.workdays", lang, n=n) if n else "",
            i > 0,
        )
        for i, (p, n, q) in enumerate(zip(stated, days, rates, strict=True))
    )
    label = catalog.metrics()[metric].short(lang)
    headline = _daily_headline(label, [(p.period, q) for p, q in zip(stated, rates, strict=True) if q], lang)
    rows = tuple((b.name, str(n or ""), told(b.label, p)) for b, n, p in zip(bars, days, stated, strict=True))
    made = card(
        ctx,
        "daily",
        headline=headline,
        subtitle=t("trends.daily_what", lang, metric=label, unit=numbers.unit_word(unit, lang)),
        documents=(d for p in stated for d in p.documents),
        note=t("trends.calendar", lang),
        table=Table(columns=tuple(t(f"column.{c}", lang) for c in ("period", "workdays", "daily")), rows=rows),
    )
    return made, bars


def _daily_headline(label: str, told: list[tuple[Period, Quantity]], lang: Lang) -> str:
    if not told:
        return t("trends.daily_plain", lang, metric=label)
    (period, now), *before = told
    words = {"period": periods.within(period, lang)}
    found = change(now, before[0][1] if before else None)
    if found is None or found.direction == "same":
        return t("trends.daily_one", lang, **words, amount=after_word(wording.shown(now, lang), lang))
    then = before[0][0]
    words["other"] = periods.beside(then, period, lang)
    amount = wording.shown(found.difference, lang)
    amount = after_word(numbers.approx(amount, lang) if now.slack else amount, lang)
    return t(f"trends.daily_{found.direction}", lang, **words, amount=amount)


def multiples(inside: Values, count: int, lang: Lang) -> tuple[Kpi, ...]:
    """Every metric that is known: its newest value and its last ``count`` periods."""
    found = []
    for metric, entry in catalog.metrics().items():
        grain = next((g for g in ("M", "W") if inside.of(metric, g) or inside.of(metric, g, "as_of")), None)
        if grain is None:
            continue
        stated = inside.of(metric, grain, scope_of(inside, metric, grain))
        newest = stated[max(stated)]
        badge, tone = kpi.mark(newest, lang)
        whole = t("card.whole", lang) if inside.narrowed and metric not in inside.narrowed else ""
        found.append(
            Kpi(
                key=metric,
                label=entry.short(lang),
                number=wording.number(newest.quantity, lang),
                beside=wording.beside(newest.quantity, lang),
                period=periods.short(newest.period, lang),
                note=t("text.semicolon", lang).join(filter(None, (periods.short(newest.period, lang), whole))),
                badge=badge,
                tone=tone,
                held=newest.held,
                colour=entry.colour,
                slots=kpi.slots(stated, newest.period, count),
                turns=kpi.turns(stated, newest.period, count),
                alt=kpi.alt(entry.short(lang), stated, newest.period, lang),
                demo=inside.demo,
            )
        )
    return tuple(found)


def whole(ctx: Context, inside: Values) -> Card:
    """Every value of every metric within the filter, newest first, for those who take the numbers elsewhere."""
    lang = ctx.lang
    newest = sorted((v for v in inside.all if not v.held), key=lambda v: (v.period.end, v.metric), reverse=True)

    def rows() -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (
                catalog.metrics()[v.metric].short(lang),
                _when(v, lang),
                wording.told(wording.shown(v.quantity, lang), v.quantity, counted=v.counted),
            )
            for v in newest
        )

    columns = tuple(t(f"column.{c}", lang) for c in ("metric", "period", "value"))
    return card(
        ctx,
        "whole",
        headline="",
        documents=(v.document for v in inside.all),
        table=Table(columns=columns, rows=LazyRows(len(newest), rows), linked=True),
        alt=t("trends.all", lang),
    )


def _when(value: Value, lang: Lang) -> str:
    if value.scope == "year_to_date":
        return periods.to_date(value.period.end, lang, year=True)
    return periods.as_of(value.period.end, lang) if value.scope == "as_of" else periods.short(value.period, lang)
