"""How the published total splits into fully online and comprehensive window, period by period."""

from __future__ import annotations

from hall import catalog
from hall.measure.rounding import Quantity
from hall.measure.share import Share
from hall.model import Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data.comparable import alike, comparable
from hall.views.data.context import Context
from hall.views.data.observations import Values
from hall.views.parts import axis, kpi, wording
from hall.views.parts.cards import Card, Cell, Table, card
from hall.views.parts.plots import Stack

_STACKS = 4


def build(ctx: Context, values: Values, month: Period | None) -> tuple[Card | None, tuple[Stack, ...]]:
    """How the total splits into fully online and comprehensive window, newest periods first."""
    lang = ctx.lang
    whole, online, window = (values.of(m, "M") for m in ("handled_total", "online_accepted", "comprehensive_accepted"))
    keys = [
        key
        for key in sorted(whole, reverse=True)
        if key in online
        and key in window
        and not any(d[key].held for d in (whole, online, window))
        and alike(*(d[key] for d in (whole, online, window)))
        and month is not None
        and key <= month.key
        and (key == month.key or ctx.inside(whole[key].period))
    ][:_STACKS]
    # bars side by side are read against one another
    keys = [key for key in keys if all(alike(d[keys[0]], d[key]) for d in (whole, online, window))]
    if not keys:
        return None, ()
    names = {m: catalog.metrics()[m].short(lang) for m in ("online_accepted", "comprehensive_accepted")}
    labels = {"online_accepted": t("overview.online", lang), "comprehensive_accepted": t("overview.window", lang)}
    power = _common_power([d[key].quantity for d in (whole, online, window) for key in keys], lang)
    mixed = len({whole[key].counted for key in keys}) > 1
    stacks = tuple(
        Stack(
            name=axis.named(whole[key].period, lang, counted=mixed and whole[key].counted),
            parts=tuple(
                (
                    labels[m],
                    catalog.metrics()[m].colour,
                    float(d[key].quantity.value),
                    _amount(d[key].quantity, power, lang),
                )
                for m, d in (("online_accepted", online), ("comprehensive_accepted", window))
            ),
            total=_amount(whole[key].quantity, power, lang),
        )
        for key in keys
    )
    beside = [key for key in keys[1:2] if all(comparable(d[keys[0]], d[key]) for d in (online, whole))]
    shares = [(key, kpi.online_share(values, key, "M")) for key in (keys[0], *beside)]
    told = [(whole[key].period, s) for key, s in shares if s]
    own = whole[keys[0]].quantity
    unit = numbers.unit_word(own.unit, lang, (own.unit_mult if lang == "zh" else 0) if power is None else power)
    metrics = catalog.metrics()
    columns = (names["online_accepted"], names["comprehensive_accepted"], metrics["handled_total"].short(lang))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            s.name,
            *(
                wording.told(words, d[key].quantity, counted=d[key].counted)
                for words, d in ((s.parts[0][3], online), (s.parts[1][3], window), (s.total, whole))
            ),
        )
        for key, s in zip(keys, stacks, strict=True)
    )
    made = card(
        ctx,
        "channels",
        headline=_share_headline(told, lang),
        subtitle=t("overview.channels", lang, unit=unit),
        documents=(whole[key].document for key in keys),
        table=Table(columns=(t("column.period", lang), *columns), rows=rows),
    )
    return made, stacks


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
