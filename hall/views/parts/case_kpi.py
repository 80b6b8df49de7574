"""KPI cards of cases: accepted, completed, handling time, on time, open; each beside the spans that are named."""

from __future__ import annotations

from collections.abc import Callable

from hall.measure.change import change
from hall.measure.handling import LAST
from hall.measure.rounding import Quantity
from hall.measure.share import Share, share, share_change
from hall.measure.spine import newest_slots
from hall.model import Lang, Period
from hall.text import after_word, numbers, periods, t
from hall.views.data.case_months import MonthSpan, Relation
from hall.views.data.cases_by_department import DepartmentCases, cases, workdays
from hall.views.parts import wording
from hall.views.parts.cards import Kpi, KpiComparison


def kpis(facts: DepartmentCases, note: str = "") -> tuple[Kpi, ...]:
    """The cards of a span, in order; ``note`` stands on the card of the rate on time. What nothing was counted of is
    left out."""
    found = (
        _count(facts, "accepted"), _count(facts, "completed"), _days(facts), _on_time(facts, note), _open(facts)
    )  # fmt: skip
    return tuple(kpi for kpi in found if kpi)


def rate(facts: DepartmentCases, of: MonthSpan) -> Share | None:
    """On time of those completed with a promise within a span."""
    hits, late = facts.total("on_time", of), facts.total("overdue", of)
    return share(cases(hits), cases(hits + late))


def days_words(n: int, lang: Lang) -> str:
    """3 个工作日; none is the same day, the last bin of the histogram that many or more."""
    if not n:
        return t("casework.same_day", lang)
    return _at_least(n, t("casework.workdays", lang, n=n), lang)


def days_number(n: int, lang: Lang) -> str:
    """The number of working days alone."""
    return _at_least(n, numbers.digits(workdays(n).value, 0), lang)


def _at_least(n: int, words: str, lang: Lang) -> str:
    return t("casework.at_least", lang, days=words) if n >= LAST else words


def _count(facts: DepartmentCases, measure: str) -> Kpi:
    def value(of: MonthSpan) -> Quantity:
        return cases(facts.total(measure, of))

    beside = facts.others if measure == "accepted" else facts.settled()
    return _kpi(facts, measure, value(facts.now), [(r, s, value(s)) for r, s in beside], value, "")


def _days(facts: DepartmentCases) -> Kpi | None:
    now = facts.handling(facts.now)
    if now is None:
        return None
    lang = facts.lang
    lines = []
    for relation, of in facts.settled():
        then = facts.handling(of)
        if then:
            made = change(workdays(now[1]), workdays(then[1]))
            assert made is not None
            named = t("change.named", lang, period=of.words(lang), value=days_words(then[1], lang))
            lines.append(KpiComparison(wording.amount(made, lang), "", _other(relation, of, named, lang)))
    slots = _slots(facts, lambda of: float(found[1]) if (found := facts.handling(of)) else None)
    label = t("casework.days", lang)
    return Kpi(
        key="days", label=label, number=days_number(now[1], lang), beside=t("casework.days_unit", lang),
        period=facts.now.words(lang), lines=tuple(lines),
        note=t("casework.nine_in_ten", lang, days=after_word(days_words(now[2], lang), lang)), slots=slots,
        alt=_alt(label, slots, lang), demo=facts.demo, action=facts.see("completed"),
    )  # fmt: skip


def _on_time(facts: DepartmentCases, note: str) -> Kpi | None:
    lang, now = facts.lang, rate(facts, facts.now)
    if now is None:
        return None
    lines = []
    for relation, of in facts.settled():
        then = rate(facts, of)
        moved = share_change(now, then)
        if then is None or moved is None:
            continue
        points = t("change.points", lang, number=numbers.digits(abs(moved.points), moved.decimals))
        words = t("change.same", lang) if moved.within_rounding else f"{'↑' if moved.points > 0 else '↓'} {points}"
        named = t("change.named", lang, period=of.words(lang), value=wording.rate(then, lang))
        lines.append(KpiComparison(words, "", _other(relation, of, named, lang)))
    slots = _slots(facts, lambda of: float(found.percent) if (found := rate(facts, of)) else None)
    label = t("casework.on_time", lang)
    promised = facts.total("on_time", facts.now) + facts.total("overdue", facts.now)
    of_all = t("casework.promised", lang, n=f"{promised:,}")
    return Kpi(
        key="on_time", label=label, number=wording.rate(now, lang), beside="", period=facts.now.words(lang),
        lines=tuple(lines), note="  \n".join(filter(None, (of_all, note))), slots=slots,
        alt=_alt(label, slots, lang), demo=facts.demo, action=facts.see("overdue", "counted.see_overdue"),
    )  # fmt: skip


def _open(facts: DepartmentCases) -> Kpi:
    def value(of: MonthSpan) -> Quantity:
        return cases(facts.open_at(of.last.start))

    note = periods.as_of(facts.now.day, facts.lang)
    beside = facts.settled(stock=True)
    return _kpi(facts, "open", value(facts.now), [(r, s, value(s)) for r, s in beside], value, note)


def _kpi(
    facts: DepartmentCases,
    measure: str,
    now: Quantity,
    then: list[tuple[Relation, MonthSpan, Quantity]],
    value: Callable[[MonthSpan], Quantity],
    note: str,
) -> Kpi:
    lang, lines = facts.lang, []
    for relation, of, was in then:
        made = change(now, was)
        assert made is not None
        at = t("casework.end", lang, month=periods.short(of.last, lang)) if measure == "open" else of.words(lang)
        named = t("change.named", lang, period=at, value=wording.brief(was, lang))
        lines.append(
            KpiComparison(wording.amount(made, lang), wording.relative(made, lang), _other(relation, of, named, lang))
        )
    slots = _slots(facts, lambda of: float(value(of).value))
    label = t(f"casework.{measure}", lang)
    return Kpi(
        key=measure, label=label, number=wording.number(now, lang), beside=wording.beside(now, lang),
        period=facts.now.words(lang), lines=tuple(lines),
        note=note or ("" if lines else t("change.nothing", lang)), slots=slots,
        alt=_alt(label, slots, lang), demo=facts.demo, action=facts.see(measure),
    )  # fmt: skip


def _other(relation: Relation, of: MonthSpan, named: str, lang: Lang) -> str:
    # 环比 names the month just before; of a longer span it would mislead
    kind = "nearest" if relation == "previous" and of.months > 1 else relation
    return t(f"change.{kind}", lang, other=named)


def _slots(facts: DepartmentCases, value: Callable[[MonthSpan], float | None]) -> tuple[float | None, ...]:
    """The twelve months that end with the span's last; None where one is not held."""
    months = newest_slots(facts.now.last)
    return tuple(value(_one(facts, m)) if m.key in facts.ctx.coverage.cases else None for m in months)


def _one(facts: DepartmentCases, month: Period) -> MonthSpan:
    return MonthSpan(month, month, month.end, facts.now.since)


def _alt(label: str, slots: tuple[float | None, ...], lang: Lang) -> str:
    return t("casework.spark", lang, label=label, n=sum(v is not None for v in slots))
