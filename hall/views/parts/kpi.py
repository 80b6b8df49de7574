"""KPI cards of one period: value, precision, status, and the comparisons that the known periods allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hall import catalog
from hall.measure.change import Change, change
from hall.measure.rounding import Quantity
from hall.measure.share import Share, per_day, share, share_change
from hall.measure.spine import newest_slots
from hall.measure.workdays import workdays
from hall.model import Lang, Period
from hall.text import numbers, periods, t
from hall.views.data.comparable import alike, comparable
from hall.views.data.observations import Value, Values
from hall.views.parts import wording
from hall.views.parts.cards import Kpi, KpiComparison, Tone

_PARTS = ("online_accepted", "handled_total")


@dataclass(frozen=True, slots=True)
class Other:
    """A period to compare with: previous (环比), year_ago (同比), or nearest where neither is known."""

    kind: str
    value: Value


def others(known: dict[str, Value], period: Period) -> tuple[Other, ...]:
    """The previous period and the same period of last year where they are known, not held back and may be compared;
    where neither is, the nearest such one before."""
    now = known.get(period.key)
    usable = {key: v for key, v in known.items() if not v.held and comparable(now, v)}
    named = (("previous", period.shift(-1)), ("year_ago", period.year_ago()))
    found = tuple(Other(kind, usable[p.key]) for kind, p in named if p and p.key in usable)
    if found:
        return found
    before = [key for key in usable if key < period.key]
    return (Other("nearest", usable[max(before)]),) if before else ()


def withheld(values: Values, metrics: Iterable[str], period: Period) -> list[tuple[Value, Value]]:
    """The values of a period with those of the month before and the year before that are known and not compared."""
    found = []
    for metric in metrics:
        now = values.get(metric, period)
        named = (values.get(metric, other) for other in (period.shift(-1), period.year_ago()))
        found += [(now, then) for then in named if now and then and not comparable(now, then)]
    return found


def kpi(values: Values, metric: str, period: Period, lang: Lang) -> Kpi | None:
    """The card of a metric for that period; None where it is not known."""
    entry = catalog.metrics()[metric]
    known = values.of(metric, period.freq)
    now = known.get(period.key)
    if now is None:
        return None
    q = now.quantity
    label = entry.short(lang)
    badge, tone = mark(now, lang)
    lines: list[KpiComparison] = []
    note = ""
    found = others(known, period)
    if now.held:
        note = t("card.held", lang)
        lines = [KpiComparison(note, "", _named(o, lang)) for o in found[:1]]
        note = "" if lines else note
    elif found:
        lines = [line(o, q, entry.better, lang) for o in found]
    else:
        note = t("change.nothing", lang)
    if now.counted and not now.held and period.freq == "M":
        note = per_workday(now, known.get(period.shift(-1).key), lang) or note
    if values.narrowed and metric not in values.narrowed:
        note = t("card.whole", lang)
    judged = change(q, found[0].value.quantity if found else None, entry.better, held=now.held)
    if not badge and judged and judged.is_good is not None and found[0].kind != "nearest":
        badge, tone = (
            (t("change.good", lang), "good") if judged.is_good else (t("change.watch", lang), "attention")
        )  # fmt: skip
    return Kpi(
        key=metric, label=label, number=wording.number(q, lang), beside=wording.beside(q, lang),
        period=periods.short(period, lang), lines=tuple(lines), note=note, badge=badge, tone=tone, held=now.held,
        colour=entry.colour, slots=slots(known, period), alt=alt(label, known, period, lang), demo=values.demo,
        turns=turns(known, period),
    )  # fmt: skip


def per_workday(now: Value, before: Value | None, lang: Lang) -> str:
    """A counted month for each of its working days, and how that moved since the month before."""
    daily = per_day(now.quantity, workdays(now.period.start, now.period.end))
    if daily is None:
        return ""
    if before is None or before.held or not comparable(now, before):
        before = None
    then = per_day(before.quantity, workdays(before.period.start, before.period.end)) if before else None
    found = change(daily, then)
    words = wording.shown(daily, lang)
    if found is None or found.percent is None:
        return t("counted.per_workday", lang, value=words)
    return t("counted.per_workday_change", lang, value=words, change=wording.relative(found, lang))


def mark(value: Value, lang: Lang) -> tuple[str, Tone]:
    """The badge of a status: none for accepted."""
    if value.status == "U":
        return t("status.U", lang), "attention"
    return (t("status.V", lang), "quiet") if value.status == "V" else ("", "plain")


def line(other: Other, now: Quantity, better: str, lang: Lang) -> KpiComparison:
    """One comparison: the amount, the percentage, the other side by name and value."""
    found = change(now, other.value.quantity, better)
    assert found is not None
    named = t(f"change.{other.kind}", lang, other=_named(other, lang))
    return KpiComparison(wording.amount(found, lang), wording.relative(found, lang), named)


def _named(other: Other, lang: Lang) -> str:
    return t(
        "change.named",
        lang,
        period=periods.short(other.value.period, lang),
        value=wording.brief(other.value.quantity, lang),
    )


def slots(known: dict[str, Value], period: Period, count: int = 12) -> tuple[float | None, ...]:
    """The periods that end with this one; None where nothing is known or it is held back."""
    here = (known.get(p.key) for p in newest_slots(period, count))
    return tuple(None if v is None or v.held else float(v.quantity.value) for v in here)


def turns(known: dict[str, Value], period: Period, count: int = 12) -> tuple[int, ...]:
    """Those of the ``slots`` at which published numbers give way to counted ones or come back."""
    here = [known.get(p.key) for p in newest_slots(period, count)]
    told = [(i, v.counted) for i, v in enumerate(here) if v and not v.held]
    return tuple(i for (i, own), (_, before) in zip(told[1:], told, strict=False) if own != before)


def alt(label: str, known: dict[str, Value], period: Period, lang: Lang) -> str:
    """The sparkline in words."""
    have = [known[p.key] for p in newest_slots(period) if p.key in known and not known[p.key].held]
    told = [f"{periods.short(v.period, lang)} {wording.shown(v.quantity, lang)}" for v in have[-4:]]
    return t("card.spark", lang, label=label, n=len(have), told=t("text.comma", lang).join(told))


def online_share(values: Values, key: str, freq: str) -> Share | None:
    """全程网办率 of a period: accepted online of all handled; None where a part is missing or held back, or where one
    is published and the other counted and the two do not agree."""
    part, whole = (values.of(m, freq).get(key) for m in _PARTS)
    if part is None or whole is None or part.held or whole.held or not alike(part, whole):
        return None
    return share(part.quantity, whole.quantity)


def share_kpi(values: Values, period: Period, lang: Lang) -> Kpi | None:
    """The card of 全程网办率 with the precision that its rounded parts allow."""
    now = online_share(values, period.key, period.freq)
    if now is None:
        return None
    part, whole = (values.of(m, period.freq) for m in _PARTS)
    beside = {key: v for key, v in whole.items() if online_share(values, key, period.freq)}
    found = others({key: v for key, v in beside.items() if comparable(part[period.key], part[key])}, period)
    lines = []
    for other in found:
        then = online_share(values, other.value.period.key, period.freq)
        moved = share_change(now, then)
        assert then is not None and moved is not None
        if moved.within_rounding:
            words = t("change.within", lang)
        else:
            points = t("change.points", lang, number=numbers.digits(abs(moved.points), moved.decimals))
            points = numbers.approx(points, lang) if moved.approximate else points
            words = f"{'↑' if moved.points > 0 else '↓'} {points}"
        named = t("change.named", lang, period=periods.short(other.value.period, lang), value=wording.rate(then, lang))
        lines.append(KpiComparison(words, "", t(f"change.{other.kind}", lang, other=named), named))
    shares = [online_share(values, p.key, p.freq) for p in newest_slots(period)]
    label = t("overview.online_share", lang)
    return Kpi(
        key="online_share", label=label, number=wording.rate(now, lang),
        beside="", period=periods.short(period, lang), lines=tuple(lines),
        note="" if lines else t("change.nothing", lang),
        colour="blue", slots=tuple(float(s.percent) if s else None for s in shares), turns=turns(beside, period),
        alt=f"{label} {wording.rate(now, lang)}", demo=values.demo,
    )  # fmt: skip


def moved(values: Values, metric: str, period: Period) -> tuple[Change, Other] | None:
    """The first comparison of a metric, for a sentence."""
    known = values.of(metric, period.freq)
    now = known.get(period.key)
    found = others(known, period)
    if now is None or now.held or not found:
        return None
    made = change(now.quantity, found[0].value.quantity)
    return (made, found[0]) if made else None
