"""The four steps of the comprehensive window in one period beside another; no step is measured by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hall import catalog
from hall.measure.change import Change, change
from hall.model import Lang, Period, Scope
from hall.text import join, numbers, periods, t
from hall.views.data.window_values import STEPS, Relation, Value, pick
from hall.views.link import Link
from hall.views.parts.cards import Card, Table
from hall.views.parts.citation import sources
from hall.views.parts.marks import square
from hall.views.parts.window_series import frame_of
from hall.views.parts.wording import relative, shown


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
    """The card of one comparison with its steps and the names of its two sides."""

    card: Card
    steps: tuple[Step, ...]
    sides: tuple[str, str]


def said(found: Change, lang: Lang) -> tuple[str, str]:
    """Sign and amount of a change: ("▲", "10.6%"), ("▲", "4.0 倍"), ("≈", words) inside the rounding."""
    if found.direction == "same":
        return "≈", t("windows.rounding" if found.within_rounding else "windows.same", lang)
    sign = "▲" if found.direction == "up" else "▼"
    if found.percent is None or found.manifold:
        return sign, relative(found, lang) or shown(found.difference, lang)
    words = numbers.percent(abs(found.percent), 0 if found.approximate else 1)
    return sign, numbers.approx(words, lang) if found.approximate else words


def build(
    known: Iterable[Value], week: Period, against: tuple[Period, Relation] | None, scope: Scope, lang: Lang
) -> Comparison | None:
    """The four steps of ``week`` beside those of the other; None where the week has none of this scope."""
    every = list(known)
    steps = []
    for number, metric in enumerate(STEPS, start=1):
        now = pick(every, metric, week.key, scope)
        then = pick(every, metric, against[0].key, scope) if against else None
        unit = now.quantity.unit if now else then.quantity.unit if then else catalog.metrics()[metric].unit
        words = {
            "mark": "①②③④"[number - 1],
            "step": catalog.metrics()[metric].step(lang),
            "unit": numbers.unit_word(unit, lang),
        }
        label, side = t("windows.step", lang, **words), t("windows.step_side", lang, **words)
        found = change(now.quantity if now else None, then.quantity if then else None)
        steps.append(Step(metric, label, side, now, then, found, " ".join(said(found, lang)) if found else ""))
    if not any(step.now for step in steps):
        return None
    paired = against is not None and any(step.then for step in steps)
    sides = (_side(week, scope, lang), _side(against[0], scope, lang) if against and paired else "")
    card = _card(tuple(steps), week, against if paired else None, scope, sides, lang)
    return Comparison(card, tuple(steps), sides)


def _side(week: Period, scope: Scope, lang: Lang) -> str:
    if scope == "period":
        return periods.short(week, lang)
    return t("windows.to_date", lang, year=week.end.year, span=periods.to_date(week.end, lang))


def _card(
    steps: tuple[Step, ...],
    week: Period,
    against: tuple[Period, Relation] | None,
    scope: Scope,
    sides: tuple[str, str],
    lang: Lang,
) -> Card:
    key = "week" if scope == "period" else "to_date"
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
    if scope == "period":
        notes.append(t("windows.no_funnel", lang))
    subtitle = "\u3000".join((key_words, t("text.semicolon", lang).join(notes))).rstrip()
    issues = tuple(dict.fromkeys(v.document for s in steps for v in (s.now, s.then) if v))
    columns: tuple[str, ...] = (t("windows.steps", lang), sides[0])
    if against:
        columns += (sides[1], t("windows.change", lang))
    lines = tuple(
        (s.label, _int(s.now), *((_int(s.then), s.words or t("windows.none", lang)) if against else ())) for s in steps
    )
    frame = frame_of(v for s in steps for v in (s.now, s.then) if v)
    values = join(
        [f"{catalog.metrics()[s.metric].step(lang)} {shown(s.now.quantity, lang)}" for s in steps if s.now], lang
    )
    alt = t("windows.alt", lang, headline=headline, values=values)
    demo = any(v.demo for s in steps for v in (s.now, s.then) if v)
    return Card(
        key,
        headline,
        subtitle,
        sources(issues, lang),
        Table(columns, lines),
        frame,
        f"windows-{key}-{week.key}",
        alt,
        demo,
        _cases(steps, week, lang) if scope == "period" else None,
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
    return t(f"windows.phrase_{kind}", lang, step=word, amount=said(step.change, lang)[1], other=other)


def _int(value: Value | None) -> int | str | None:
    if value is None:
        return "—"
    return int(value.value) if value.value == value.value.to_integral_value() else str(value.value)
