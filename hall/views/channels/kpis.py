"""KPI cards of the channels: 全程网办率, the published total, comprehensive windows, what the total leaves out."""

from __future__ import annotations

from hall import catalog
from hall.measure.change import change
from hall.measure.share import Share, share_change
from hall.measure.spine import newest_slots
from hall.model import Lang
from hall.text import join, numbers, t
from hall.views.data.case_months import MonthSpan, Relation
from hall.views.data.cases_by_channel import ChannelCases, online, outside, published
from hall.views.parts import wording
from hall.views.parts.cards import Kpi, KpiComparison


def kpis(flow: ChannelCases) -> tuple[Kpi, ...]:
    """The cards in order; what nothing was counted of is left out."""
    metrics, lang = catalog.metrics(), flow.lang
    names = [catalog.channels()[c].label(lang) for c in outside()]
    found = (
        _rate(flow),
        _count(flow, "total", metrics["handled_total"].short(lang), "ink", published()),
        _count(flow, "window", metrics["comprehensive_accepted"].short(lang), "teal", ("comprehensive_window",)),
        _count(flow, "outside", t("channels.outside", lang), "ink", outside(),
               t("channels.outside_what", lang, names=join(names, lang))),
    )  # fmt: skip
    return tuple(kpi for kpi in found if kpi)


def points(now: Share | None, then: Share | None, lang: Lang) -> str:
    """↑ 1.20 个百分点, or that nothing changed; empty where a side is missing."""
    moved = share_change(now, then)
    if moved is None:
        return ""
    if moved.within_rounding:
        return t("change.same", lang)
    words = t("change.points", lang, number=numbers.digits(abs(moved.points), moved.decimals))
    return f"{'↑' if moved.points > 0 else '↓'} {words}"


def higher(now: Share | None, then: Share | None, lang: Lang) -> str:
    """高 1.20 个百分点, for a sentence that names both sides; empty where one is missing."""
    moved = share_change(now, then)
    if moved is None:
        return ""
    words = t("change.points", lang, number=numbers.digits(abs(moved.points), moved.decimals))
    kind = "same" if moved.within_rounding else "up" if moved.points > 0 else "down"
    return t(f"channels.than_{kind}", lang, points=words)


def _rate(flow: ChannelCases) -> Kpi | None:
    lang, now = flow.lang, flow.online(flow.now)
    if now is None:
        return None
    lines = []
    for relation, of in flow.others:
        then = flow.online(of)
        if then and (words := points(now, then, lang)):
            named = t("change.named", lang, period=of.words(lang), value=wording.rate(then, lang))
            lines.append(KpiComparison(words, "", _other(relation, of, named, lang)))
    parts = {"part": flow.accepted(flow.now, online()), "whole": flow.accepted(flow.now, published())}
    months = newest_slots(flow.now.last)
    slots = tuple(
        float(found.percent) if m.key in flow.ctx.coverage.cases and (found := flow.online(m)) else None for m in months
    )
    label = t("overview.online_share", lang)
    return Kpi(
        key="online", label=label, number=wording.rate(now, lang), beside="", period=flow.now.words(lang),
        lines=tuple(lines), note=t("channels.quotient", lang, **{k: f"{q.value:,}" for k, q in parts.items()}),
        colour="blue", slots=slots, alt=_alt(label, slots, lang), demo=flow.demo, action=flow.way(*online()),
    )  # fmt: skip


def _count(flow: ChannelCases, key: str, label: str, colour: str, channels: tuple[str, ...], note: str = "") -> Kpi:
    lang, now = flow.lang, flow.accepted(flow.now, channels)
    lines = []
    for relation, of in flow.others:
        then = flow.accepted(of, channels)
        made = change(now, then)
        assert made is not None
        named = t("change.named", lang, period=of.words(lang), value=wording.brief(then, lang))
        lines.append(
            KpiComparison(wording.amount(made, lang), wording.relative(made, lang), _other(relation, of, named, lang))
        )
    months = newest_slots(flow.now.last)
    slots = tuple(float(flow.accepted(m, channels).value) if m.key in flow.ctx.coverage.cases else None for m in months)
    return Kpi(
        key=key, label=label, number=wording.number(now, lang), beside=wording.beside(now, lang),
        period=flow.now.words(lang), lines=tuple(lines), note=note or ("" if lines else t("change.nothing", lang)),
        colour=colour, slots=slots, alt=_alt(label, slots, lang), demo=flow.demo, action=flow.way(*channels),
    )  # fmt: skip


def _other(relation: Relation, of: MonthSpan, named: str, lang: Lang) -> str:
    # 环比 names the month just before; of a longer span it would mislead
    kind = "nearest" if relation == "previous" and of.months > 1 else relation
    return t(f"change.{kind}", lang, other=named)


def _alt(label: str, slots: tuple[float | None, ...], lang: Lang) -> str:
    return t("casework.spark", lang, label=label, n=sum(v is not None for v in slots))
