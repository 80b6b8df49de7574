"""The four steps of the comprehensive window in one period beside another; a change in words, never a ratio of steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from hall import catalog
from hall.model import Lang, Period, Scope
from hall.text import join, numbers, periods, t
from hall.views.cite import cite_all
from hall.views.legend import square
from hall.views.pieces import Card, Table
from hall.views.weeks import STEPS, Relation, Value, pick

_TIMES = Decimal("1.8")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its label with unit, both values (None where not known), the change in words."""

    metric: str
    label: str
    now: Value | None
    then: Value | None
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The card of one comparison with its steps and the names of its two sides."""

    card: Card
    steps: tuple[Step, ...]
    sides: tuple[str, str]


def change(now: Decimal, then: Decimal, slack: Decimal, lang: Lang) -> tuple[str, str]:
    """Sign and amount of a change: ("▲", "10.6%"), ("▲", "4.0 倍"), ("≈", words) inside the rounding."""
    if abs(now - then) <= slack and now != then or now == then:
        return "≈", t("windows.rounding" if slack else "windows.same", lang)
    sign = "▲" if now > then else "▼"
    if then <= 0:
        return sign, numbers.digits(abs(now - then), 0)
    ratio = now / then
    if ratio >= _TIMES:
        return sign, t("number.times", lang, number=numbers.digits(ratio, 1))
    return sign, numbers.percent(abs(ratio - 1) * 100, 1)


def build(
    known: Iterable[Value], week: Period, against: tuple[Period, Relation] | None, scope: Scope, lang: Lang
) -> Comparison | None:
    """The four steps of ``week`` beside those of the other; None where the week has none of this scope."""
    found = list(known)
    steps = []
    for number, metric in enumerate(STEPS, start=1):
        now = pick(found, metric, week.key, scope)
        then = pick(found, metric, against[0].key, scope) if against else None
        unit = (now or then).unit if now or then else catalog.metrics()[metric].unit  # type: ignore[union-attr]
        label = t("windows.step", lang, mark="①②③④"[number - 1], step=catalog.metrics()[metric].step(lang),
                  unit=numbers.unit_word(unit, lang))  # fmt: skip
        said = " ".join(change(now.value, then.value, now.slack + then.slack, lang)) if now and then else ""
        steps.append(Step(metric, label, now, then, said))
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
    steps: tuple[Step, ...], week: Period, against: tuple[Period, Relation] | None, scope: Scope,
    sides: tuple[str, str], lang: Lang,
) -> Card:  # fmt: skip
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
        notes += [t("windows.unit_changed", lang, step=catalog.metrics()[s.metric].step(lang),
                    then=numbers.unit_word(s.then.unit, lang), now=numbers.unit_word(s.now.unit, lang))
                  for s in steps if s.now and s.then and s.now.unit != s.then.unit]  # fmt: skip
    if scope == "period":
        notes.append(t("windows.no_funnel", lang))
    subtitle = "\u3000".join((key_words, t("text.semicolon", lang).join(notes))).rstrip()
    issues = tuple(dict.fromkeys(v.document for s in steps for v in (s.now, s.then) if v))
    columns: tuple[str, ...] = (t("windows.steps", lang), sides[0])
    if against:
        columns += (sides[1], t("windows.change", lang))
    lines = tuple(
        (s.label, _int(s.now), *((_int(s.then), s.change or t("windows.none", lang)) if against else ())) for s in steps
    )
    frame = pl.DataFrame(
        [(v.metric, catalog.metrics()[v.metric].label(lang), v.period.key, v.period.start, v.period.end, v.scope,
          v.value, v.unit, v.status, v.document.sha256) for s in steps for v in (s.now, s.then) if v],
        schema={"metric": pl.String, "metric_name": pl.String, "time_period": pl.String, "period_start": pl.Date,
                "period_end": pl.Date, "scope": pl.String, "obs_value": pl.Decimal(28, 6), "unit_measure": pl.String,
                "obs_status": pl.String, "document": pl.String},
        orient="row",
    )  # fmt: skip
    said = join([f"{s.label} {_words(s.now)}" for s in steps if s.now], lang)
    alt = t("windows.alt", lang, headline=headline, values=said)
    demo = any(v.demo for s in steps for v in (s.now, s.then) if v)
    return Card(key, headline, subtitle, cite_all(issues, lang), Table(columns, lines), frame, f"windows-{key}-{week.key}",
                alt, demo)  # fmt: skip


def _apart(week: Period, other: Period) -> int:
    """Days by which two to-date spans differ in length."""
    return abs(week.end.timetuple().tm_yday - other.end.timetuple().tm_yday)


def _headline(steps: tuple[Step, ...], sides: tuple[str, str], scope: Scope, lang: Lang) -> str:
    both = [s for s in steps if s.now and s.then and s.then.value > 0]
    if not both:
        return t(f"windows.known_{scope}", lang, period=sides[0])

    def far(step: Step) -> Decimal:
        assert step.now and step.then
        return abs(step.now.value / step.then.value - 1)

    ordered = sorted(both, key=lambda s: (-far(s), STEPS.index(s.metric)))
    first = ordered[0]
    up = next((s for s in ordered if s is not first and _rises(s) != _rises(first)), None)
    second = up or (ordered[1] if len(ordered) > 1 else None)
    return t("windows.and", lang).join(_phrase(s, lang) for s in (first, second) if s)


def _rises(step: Step) -> bool:
    return bool(step.now and step.then and step.now.value > step.then.value)


def _phrase(step: Step, lang: Lang) -> str:
    assert step.now and step.then
    sign, amount = change(step.now.value, step.then.value, step.now.slack + step.then.slack, lang)
    word = catalog.metrics()[step.metric].step(lang)
    if sign == "≈":
        return t("windows.phrase_same", lang, step=word)
    kind = "times" if step.now.value / step.then.value >= _TIMES else "more" if sign == "▲" else "less"
    return t(f"windows.phrase_{kind}", lang, step=word, amount=amount)


def _int(value: Value | None) -> int | str | None:
    if value is None:
        return "—"
    return int(value.value) if value.value == value.value.to_integral_value() else str(value.value)


def _words(value: Value | None) -> str:
    return numbers.quantity(value.value, value.unit, value.unit_mult, value.decimals, "zh") if value else ""
