"""The four steps of the comprehensive window in one period beside another; no step is measured by another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hall import catalog
from hall.measure.change import Change, change
from hall.model import Lang, Period, Scope
from hall.text import join, numbers, periods, t
from hall.views.data.comparable import comparable
from hall.views.data.context import Context
from hall.views.data.observations import STEPS, Value, Values
from hall.views.link import Link
from hall.views.parts.cards import Amount, Card, Cell, Table, card
from hall.views.parts.marks import square
from hall.views.parts.not_compared import not_compared
from hall.views.parts.plots import Flow, FlowStep
from hall.views.parts.wording import shown, signed
from hall.views.windows.weeks import Relation


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its label with unit (``side`` beside a plot), both values where known, the change in words."""

    metric: str
    label: str
    side: str
    now: Value | None
    then: Value | None
    change: Change | None
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The card of one comparison, what its chart draws, and its steps."""

    card: Card
    plot: Flow
    steps: tuple[Step, ...]


def build(
    ctx: Context, values: Values, week: Period, against: tuple[Period, Relation] | None, scope: Scope
) -> Comparison | None:
    """The four steps of ``week`` beside those of the other; None where the week has none of this scope."""
    lang, steps = ctx.lang, []
    for number, metric in enumerate(STEPS, start=1):
        now = values.get(metric, week, scope)
        then = values.get(metric, against[0], scope) if against else None
        unit = now.quantity.unit if now else then.quantity.unit if then else catalog.metrics()[metric].unit
        words = {
            "mark": "①②③④"[number - 1],
            "step": catalog.metrics()[metric].step(lang),
            "unit": numbers.unit_word(unit, lang),
        }
        label, side = t("windows.step", lang, **words), t("windows.step_side", lang, **words)
        found = change(now.quantity, then.quantity) if now and then and comparable(now, then) else None
        steps.append(Step(metric, label, side, now, then, found, " ".join(signed(found, lang)) if found else ""))
    if not any(step.now for step in steps):
        return None
    paired = against is not None and any(step.then for step in steps)
    sides = (_side(week, scope, lang), _side(against[0], scope, lang) if against and paired else "")
    made = _card(ctx, tuple(steps), week, against if paired else None, scope, sides)
    return Comparison(made, _flow(tuple(steps), sides), tuple(steps))


def _flow(steps: tuple[Step, ...], sides: tuple[str, str]) -> Flow:
    """In the channel's teal."""
    told = (FlowStep(s.side, _float(s.now), _words(s.now), _float(s.then), _words(s.then), s.words) for s in steps)
    return Flow(steps=tuple(told), sides=sides, colour="teal")


def _float(value: Value | None) -> float | None:
    return float(value.quantity.value) if value else None


def _words(value: Value | None) -> str:
    return numbers.digits(value.quantity.value, max(0, -value.quantity.exponent)) if value else ""


def _side(week: Period, scope: Scope, lang: Lang) -> str:
    if scope == "period":
        return periods.short(week, lang)
    return t("windows.to_date", lang, year=week.end.year, span=periods.to_date(week.end, lang))


def _card(
    ctx: Context,
    steps: tuple[Step, ...],
    week: Period,
    against: tuple[Period, Relation] | None,
    scope: Scope,
    sides: tuple[str, str],
) -> Card:
    lang, key = ctx.lang, "week" if scope == "period" else "to_date"
    headline = _headline(steps, sides, scope, lang)
    key_words = f"{square('teal')}{sides[0]}"
    notes = []
    if against:
        key_words += f"\u3000{square('other')}{sides[1]}"
        if scope == "year_to_date" and (apart := _apart(week, against[0])):
            notes.append(t("windows.apart", lang, n=apart))
        if scope == "period":
            notes.append(t(f"windows.relation_{against[1]}", lang))
        notes += [
            t(
                "windows.unit_changed",
                lang,
                step=catalog.metrics()[s.metric].step(lang),
                then=numbers.unit_word(s.then.quantity.unit, lang),
                now=numbers.unit_word(s.now.quantity.unit, lang),
            )
            for s in steps
            if s.now and s.then and s.change and s.change.unit_changed
        ]
    if any(s.now and s.then and s.change is None for s in steps):
        notes.append(not_compared(((s.now, s.then) for s in steps), ctx))
    if scope == "period":
        notes.append(t("windows.no_funnel", lang))
    subtitle = "\u3000".join((key_words, t("text.semicolon", lang).join(notes))).rstrip()
    columns: tuple[str, ...] = (t("windows.steps", lang), sides[0])
    if against:
        columns += (sides[1], t("windows.change", lang))
    none = t("windows.none", lang)
    lines = tuple((s.label, _cell(s.now), *((_cell(s.then), _moved(s, none)) if against else ())) for s in steps)
    values = join(
        [f"{catalog.metrics()[s.metric].step(lang)} {shown(s.now.quantity, lang)}" for s in steps if s.now], lang
    )
    alt = t("windows.alt", lang, headline=headline, values=values)
    return card(
        ctx,
        key,
        headline=headline,
        subtitle=subtitle,
        documents=(v.document for s in steps for v in (s.now, s.then) if v),
        table=Table(columns=columns, rows=lines),
        file=t(f"file.windows_{key}", lang, period=week.key),
        alt=alt,
        origin=_cases(steps, week, lang) if scope == "period" else None,
    )


def _cases(steps: tuple[Step, ...], week: Period, lang: Lang) -> Link | None:
    """The way to the accepted cases of the week, where these were counted."""
    accepted = next((s.now for s in steps if s.metric == "comprehensive_accepted"), None)
    if accepted is None or not accepted.counted:
        return None
    asked = {"measure": "accepted", "channel": "comprehensive_window", "week": week.key}
    return Link(t("windows.see_accepted", lang), "cases", asked)


def _apart(week: Period, other: Period) -> int:
    """Days by which two to-date spans differ in length."""
    return abs(week.end.timetuple().tm_yday - other.end.timetuple().tm_yday)


def _headline(steps: tuple[Step, ...], sides: tuple[str, str], scope: Scope, lang: Lang) -> str:
    both = [s for s in steps if s.change and s.change.percent is not None]
    if not both:
        return t(f"windows.known_{scope}", lang, period=sides[0])
    ordered = sorted(both, key=lambda s: (-_far(s), STEPS.index(s.metric)))
    first = ordered[0]
    other = next((s for s in ordered if _direction(s) != _direction(first)), None)
    second = other or (ordered[1] if len(ordered) > 1 else None)
    words = t("windows.and", lang).join(_phrase(s, sides[1], scope, lang) for s in (first, second) if s)
    named = scope == "period" and first.change is not None and first.change.manifold
    return t("windows.head_named" if named else f"windows.head_{scope}", lang, other=sides[1], said=words)


def _far(step: Step) -> Decimal:
    return abs(step.change.percent) if step.change and step.change.percent is not None else Decimal(0)


def _direction(step: Step) -> str:
    return step.change.direction if step.change else "same"


def _phrase(step: Step, other: str, scope: Scope, lang: Lang) -> str:
    assert step.change
    word = catalog.metrics()[step.metric].step(lang)
    if step.change.direction == "same":
        return t("windows.phrase_same", lang, step=word)
    kind = f"times_{scope}" if step.change.manifold else "more" if step.change.direction == "up" else "less"
    return t(f"windows.phrase_{kind}", lang, step=word, amount=signed(step.change, lang)[1], other=other)


def _moved(step: Step, none: str) -> Amount:
    """The change; beside one side that is printed it tells the other where that was counted."""
    counted = [int(v.quantity.value) for v in (step.now, step.then) if v and v.counted]
    return Amount(step.words or none, min(filter(None, counted), default=0) if counted else None)


def _cell(value: Value | None) -> Cell:
    if value is None:
        return "—"
    n = value.quantity.value
    if value.counted:
        return Amount(f"{int(n):,}", int(n))
    return int(n) if n == n.to_integral_value() else str(n)
