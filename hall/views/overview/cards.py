"""The cards of 总览 below the KPIs: their table, channels, the newest week, documents, active departments."""

from __future__ import annotations

from dataclasses import replace

from hall import catalog
from hall.model import Document, Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.context import Context
from hall.views.data.documents import StandingDocument
from hall.views.data.observations import STEPS, Value, Values
from hall.views.overview import records
from hall.views.parts import kpi, wording
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.documents import expected, newest

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


def summary(ctx: Context, values: Values, month: Period) -> Card:
    """The table behind the KPI cards."""
    lang, lines, documents = ctx.lang, list[tuple[Cell, ...]](), list[Document]()
    for metric in SUMMED:
        known = values.of(metric, "M")
        now = known.get(month.key)
        if now is None:
            continue
        others = kpi.others(known, month)
        documents += [now.document, *(o.value.document for o in others)]
        compared = "" if now.held else t("text.comma", lang).join(_other(o.value, lang) for o in others)
        value = f"{wording.shown(now.quantity, lang)} {numbers.margin(now.quantity.slack, now.quantity.unit, lang)}"
        status = t("counted.status" if now.counted else f"status.{now.status}", lang)
        cells = (wording.told(words, now.quantity, counted=now.counted) for words in (value.strip(), compared))
        value_cell, compared_cell = cells
        lines.append((catalog.metrics()[metric].short(lang), value_cell, status, compared_cell))
        if metric == "handled_total" and (row := _share_row(values, month, lang)):
            lines.append(row)
    columns = tuple(t(f"column.{c}", lang) for c in ("metric", "value", "status", "compared"))
    return card(
        ctx,
        "summary",
        headline="",
        documents=documents,
        table=Table(columns=columns, rows=tuple(lines), linked=True),
        file=t("file.overview", lang, period=month.key),
        alt=t("file.overview", lang, period=periods.short(month, lang)),
    )


def _share_row(values: Values, month: Period, lang: Lang) -> tuple[Cell, ...] | None:
    shown = kpi.share_kpi(values, month, lang)
    parts = [values.of(m, "M").get(month.key) for m in ("online_accepted", "handled_total")]
    if shown is None or parts[0] is None or parts[1] is None:
        return None
    quotient = t(
        "overview.quotient", lang, share=shown.number, part=wording.number(parts[0].quantity, lang),
        whole=wording.number(parts[1].quantity, lang),
    )  # fmt: skip
    compared = t("text.comma", lang).join(line.plain for line in shown.lines)
    counted, of = parts[0].counted, parts[0].quantity
    cells = [wording.told(words, of, counted=counted) for words in (quotient, compared)]
    return shown.label, cells[0], t("status.E", lang), cells[1]


def _other(value: Value, lang: Lang) -> str:
    return f"{periods.short(value.period, lang)} {wording.shown(value.quantity, lang)}"


def week(ctx: Context, values: Values, period: Period) -> Card:
    """The four throughputs of the newest week and to date; they count different things."""
    lang, lines, documents, until = ctx.lang, list[tuple[Cell, ...]](), list[Document](), period.end
    for metric in STEPS:
        now, sofar = (values.of(metric, "W", scope).get(period.key) for scope in ("period", "year_to_date"))
        known = now or sofar
        if known is None:
            continue
        documents += [v.document for v in (now, sofar) if v]
        unit = numbers.unit_word(known.quantity.unit, lang)
        lines.append((catalog.metrics()[metric].step(lang), unit, _cell(now), _cell(sofar)))
        until = sofar.period.end if sofar else until
    columns = tuple(t(f"column.{c}", lang) for c in ("step", "unit", "week"))
    kind = "week_what" if any(row[3] is not None for row in lines) else "week_alone"
    if kind == "week_what":
        columns = (*columns, periods.to_date(until, lang))
    accepted = values.get("comprehensive_accepted", period)
    value = wording.shown(accepted.quantity, lang) if accepted else t("status.U", lang)
    return card(
        ctx,
        "week",
        headline=t("overview.week", lang, period=periods.short(period, lang), value=value),
        subtitle=t(f"overview.{kind}", lang, days=periods.days(period.start, period.end, lang)),
        documents=documents,
        table=Table(columns=columns, rows=tuple(row[: len(columns)] for row in lines)),
        file=t("file.week", lang, period=period.key),
    )


def _cell(value: Value | None) -> Cell:
    if value is None or value.held:
        return None
    n = int(value.quantity.value)
    return Amount(f"{n:,}", n) if value.counted else n


def documents(ctx: Context, known: tuple[StandingDocument, ...]) -> Card:
    """The newest delivery of records and the newest documents with their age, and when the next are expected."""
    lang, delivered, table = ctx.lang, records.delivery(ctx), newest(known, ctx.lang)
    told = [t("documents.headline", lang, n=len(known))] if known or not delivered else []
    if delivered:
        table = replace(table, rows=(delivered[0], *table.rows))
        told.append(delivered[1])
    return card(
        ctx,
        "documents",
        headline=t("text.comma", lang).join(told),
        subtitle=expected(known, ctx.publisher, lang),
        table=table,
    )
