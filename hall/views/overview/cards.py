"""The cards of 总览 below the KPIs: their table, channels, the newest week, documents, active departments."""

from __future__ import annotations

import polars as pl

from hall import catalog
from hall.measure.rounding import Quantity
from hall.measure.share import Share
from hall.model import Lang, Period, Selection
from hall.text import after_word, numbers, periods, t
from hall.views.data import documents as shelf
from hall.views.data.observations import Value, Values, extract, inside
from hall.views.overview import records
from hall.views.parts import axis, kpi, wording
from hall.views.parts.cards import Card, Cell, Stack, Table
from hall.views.parts.citation import sources

METRICS = (
    "handled_total",
    "online_completed",
    "comprehensive_accepted",
    "window_issued",
    "mailed",
    "phone_consultations",
    "onsite_consultations",
)
SUMMED = ("handled_total", "online_accepted", *METRICS[1:])
STEPS = (
    "comprehensive_consultations",
    "comprehensive_accepted",
    "comprehensive_transferred",
    "comprehensive_issued",
)
_STACKS = 4


def _rows_of(values: Values, metrics: tuple[str, ...], keys: set[str], scope: str | None = None) -> pl.DataFrame:
    table = values.table
    chosen = table.filter(table["metric"].is_in(list(metrics)) & table["time_period"].is_in(sorted(keys)))
    return extract(chosen.filter(chosen["scope"] == scope) if scope else chosen)


def summary(values: Values, month: Period, lang: Lang) -> Card:
    """The table behind the KPI cards, with its CSV."""
    columns = tuple(t(f"column.{c}", lang) for c in ("metric", "value", "status", "compared"))
    lines: list[tuple[Cell, ...]] = []
    keys = {month.key}
    documents = []
    for metric in SUMMED:
        known = values.of(metric, "M")
        now = known.get(month.key)
        if now is None:
            continue
        others = kpi.others(known, month)
        keys |= {o.value.period.key for o in others}
        documents += [now.document, *(o.value.document for o in others)]
        compared = "" if now.held else t("text.comma", lang).join(_other(o.value, lang) for o in others)
        value = f"{wording.shown(now.quantity, lang)} {numbers.margin(now.quantity.slack, now.quantity.unit, lang)}"
        label = catalog.metrics()[metric].short(lang)
        status = t("counted.status" if now.counted else f"status.{now.status}", lang)
        lines.append((label, value.strip(), status, compared))
        if metric == "handled_total" and (row := _share_row(values, month, lang)):
            lines.append(row)
    return Card(
        key="summary",
        headline="",
        subtitle="",
        alt=t("file.overview", lang, period=periods.short(month, lang)),
        source=sources(documents, lang),
        table=Table(columns, tuple(lines)),
        frame=_rows_of(values, SUMMED, keys, "period"),
        file=t("file.overview", lang, period=month.key),
        demo=values.demo,
    )


def _share_row(values: Values, month: Period, lang: Lang) -> tuple[Cell, ...] | None:
    card = kpi.share_kpi(values, month, lang)
    parts = [values.of(m, "M").get(month.key) for m in ("online_accepted", "handled_total")]
    if card is None or parts[0] is None or parts[1] is None:
        return None
    quotient = t(
        "overview.quotient", lang, share=card.number, part=wording.number(parts[0].quantity, lang),
        whole=wording.number(parts[1].quantity, lang),
    )  # fmt: skip
    compared = t("text.comma", lang).join(line.plain for line in card.lines)
    return card.label, quotient, t("status.E", lang), compared


def _other(value: Value, lang: Lang) -> str:
    return f"{periods.short(value.period, lang)} {wording.shown(value.quantity, lang)}"


def channels(values: Values, month: Period | None, selection: Selection) -> tuple[Card | None, tuple[Stack, ...]]:
    """How the total splits into fully online and comprehensive window, newest periods first."""
    lang = selection.lang
    whole, online, window = (values.of(m, "M") for m in ("handled_total", "online_accepted", "comprehensive_accepted"))
    keys = [
        key
        for key in sorted(whole, reverse=True)
        if key in online
        and key in window
        and not any(d[key].held for d in (whole, online, window))
        and month is not None
        and key <= month.key
        and (key == month.key or inside(whole[key].period, selection))
    ][:_STACKS]
    if not keys:
        return None, ()
    names = {m: catalog.metrics()[m].short(lang) for m in ("online_accepted", "comprehensive_accepted")}
    labels = {"online_accepted": t("overview.online", lang), "comprehensive_accepted": t("overview.window", lang)}
    power = _common_power([d[key].quantity for d in (whole, online, window) for key in keys], lang)
    stacks = tuple(
        Stack(
            periods.short(whole[key].period, lang),
            tuple(
                (
                    labels[m],
                    catalog.metrics()[m].colour,
                    float(d[key].quantity.value),
                    _amount(d[key].quantity, power, lang),
                )
                for m, d in (("online_accepted", online), ("comprehensive_accepted", window))
            ),
            _amount(whole[key].quantity, power, lang),
        )
        for key in keys
    )
    shares = [(key, kpi.online_share(values, key, "M")) for key in keys[:2]]
    told = [(whole[key].period, s) for key, s in shares if s]
    own = whole[keys[0]].quantity
    unit = numbers.unit_word(own.unit, lang, (own.unit_mult if lang == "zh" else 0) if power is None else power)
    table = Table(
        (
            t("column.period", lang),
            names["online_accepted"],
            names["comprehensive_accepted"],
            catalog.metrics()["handled_total"].short(lang),
        ),
        tuple((s.name, s.parts[0][3], s.parts[1][3], s.total) for s in stacks),
    )
    card = Card(
        key="channels",
        headline=_share_headline(told, lang),
        subtitle=t("overview.channels", lang, unit=unit),
        source=sources((whole[key].document for key in keys), lang),
        table=table,
        frame=_rows_of(values, ("handled_total", "online_accepted", "comprehensive_accepted"), set(keys), "period"),
        file=t("file.channels", lang),
        demo=values.demo,
    )
    return card, stacks


def _share_headline(told: list[tuple[Period, Share]], lang: Lang) -> str:
    if not told:
        return t("overview.channels_plain", lang)
    (now, share), *before = told
    first = t("overview.online_now", lang, period=periods.within(now, lang), share=_rate(share, lang))
    if not before:
        return first
    then = before[0][0]
    named = periods.beside(then, now, lang)
    return first + t("overview.online_then", lang, period=named, share=_rate(before[0][1], lang))


def _common_power(quantities: list[Quantity], lang: Lang) -> int | None:
    """The scale in which printed and counted numbers stand side by side; None where all are printed alike."""
    return axis.scale(quantities, lang) if len({q.unit_mult for q in quantities}) > 1 else None


def _amount(q: Quantity, power: int | None, lang: Lang) -> str:
    return wording.number(q, lang) if power is None else axis.label(q, power)


def _rate(share: Share, lang: Lang) -> str:
    return after_word(wording.rate(share, lang), lang)


def week(values: Values, period: Period, lang: Lang) -> Card:
    """The four throughputs of the newest week and to date; they count different things."""
    lines: list[tuple[Cell, ...]] = []
    columns: tuple[str, ...]
    documents, until = [], period.end
    for metric in STEPS:
        now = values.of(metric, "W").get(period.key)
        sofar = values.of(metric, "W", "year_to_date").get(period.key)
        known = now or sofar
        if known is None:
            continue
        documents += [v.document for v in (now, sofar) if v]
        unit = known.quantity.unit
        lines.append((catalog.metrics()[metric].step(lang), numbers.unit_word(unit, lang), _cell(now), _cell(sofar)))
        until = sofar.period.end if sofar else until
    columns = (t("column.step", lang), t("column.unit", lang), t("column.week", lang))
    kind = "week_what" if any(row[3] is not None for row in lines) else "week_alone"
    if kind == "week_what":
        columns = (*columns, periods.to_date(until, lang))
    accepted = values.of("comprehensive_accepted", "W").get(period.key)
    value = wording.shown(accepted.quantity, lang) if accepted and not accepted.held else t("status.U", lang)
    return Card(
        key="week",
        headline=t("overview.week", lang, period=periods.short(period, lang), value=value),
        subtitle=t(f"overview.{kind}", lang, days=periods.days(period.start, period.end, lang)),
        source=sources(documents, lang),
        table=Table(columns, tuple(row[: len(columns)] for row in lines)),
        frame=_rows_of(values, STEPS, {period.key}),
        file=t("file.week", lang, period=period.key),
        demo=values.demo,
    )


def _cell(value: Value | None) -> int | None:
    return None if value is None or value.held else int(value.quantity.value)


def documents(held: tuple[shelf.Shelved, ...], publisher: str | None, selection: Selection) -> Card:
    """The newest delivery of records and the newest documents with their age, and when the next are expected."""
    lang = selection.lang
    delivered = records.delivery(publisher, selection)
    table, frames = shelf.newest(held, lang), [shelf.frame(held)]
    told = [t("shelf.headline", lang, n=len(held))] if held or not delivered else []
    if delivered:
        table = Table(table.columns, (delivered[0], *table.rows))
        frames.append(records.rows(publisher, selection))
        told.append(delivered[1])
    return Card(
        key="documents",
        headline=t("text.comma", lang).join(told),
        subtitle=shelf.expected(held, publisher, lang),
        source="",
        table=table,
        frame=pl.concat(frames, how="diagonal_relaxed"),
        file=t("file.documents", lang),
        demo=catalog.is_demo(publisher),
    )
