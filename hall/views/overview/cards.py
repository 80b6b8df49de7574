"""The cards of 总览 below the KPIs: their table, channels, the newest week, documents, active departments."""

from __future__ import annotations

import polars as pl

from hall import catalog
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.context import Context
from hall.views.data.documents import Shelved
from hall.views.data.observations import STEPS, Value, Values
from hall.views.overview import records
from hall.views.parts import documents as shelf
from hall.views.parts import kpi, wording
from hall.views.parts.cards import Card, Cell, Table
from hall.views.parts.channel_split import rows_of
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
        frame=rows_of(values, SUMMED, keys, "period"),
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
        frame=rows_of(values, STEPS, {period.key}),
        file=t("file.week", lang, period=period.key),
        demo=values.demo,
    )


def _cell(value: Value | None) -> int | None:
    return None if value is None or value.held else int(value.quantity.value)


def documents(held: tuple[Shelved, ...], ctx: Context) -> Card:
    """The newest delivery of records and the newest documents with their age, and when the next are expected."""
    lang = ctx.lang
    delivered = records.delivery(ctx)
    table, frames = shelf.newest(held, lang), [shelf.frame(held)]
    told = [t("shelf.headline", lang, n=len(held))] if held or not delivered else []
    if delivered:
        table = Table(table.columns, (delivered[0], *table.rows))
        frames.append(records.rows(ctx))
        told.append(delivered[1])
    return Card(
        key="documents",
        headline=t("text.comma", lang).join(told),
        subtitle=shelf.expected(held, ctx.publisher, lang),
        source="",
        table=table,
        frame=pl.concat(frames, how="diagonal_relaxed"),
        file=t("file.documents", lang),
        demo=ctx.demo,
    )
