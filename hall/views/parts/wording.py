"""Sentences about quantities and changes that several views say."""

from __future__ import annotations

from decimal import Decimal

from hall.measure.change import Change
from hall.measure.rounding import Quantity
from hall.measure.share import Share
from hall.model import Lang
from hall.text import numbers, t
from hall.views.parts.cards import Amount

_ARROW = {"up": "↑", "down": "↓", "same": "="}


def shown(q: Quantity, lang: Lang) -> str:
    """5.57 万件 · 55.7K cases."""
    return numbers.quantity(q.value, q.unit, q.unit_mult, q.decimals, lang)


def beside(q: Quantity, lang: Lang) -> str:
    """What stands beside the large number: 万件 ±50 件."""
    return numbers.beside(q.value, q.unit, q.unit_mult, q.decimals, q.slack, lang)


def number(q: Quantity, lang: Lang) -> str:
    """The number alone: 5.57 · 55.7K."""
    return numbers.parts(q.value, q.unit, q.unit_mult, q.decimals, lang)[0]


def brief(q: Quantity, lang: Lang) -> str:
    """Beside a number that has named its unit: with it in Chinese (万件 is part of the number), without in English."""
    return shown(q, lang) if lang == "zh" else number(q, lang)


def amount(found: Change, lang: Lang) -> str:
    """↑ 1.44 万件 · ≈ 差异在舍入误差内 · = 持平."""
    if found.within_rounding:
        return t("change.within", lang)
    if found.direction == "same":
        return t("change.same", lang)
    d = found.difference
    if d.unit == "percent":
        words = t("change.points", lang, number=numbers.digits(d.value, d.decimals))
    else:
        words = brief(d, lang)
    return f"{_ARROW[found.direction]} {words}"


def relative(found: Change, lang: Lang, *, signed: bool = True) -> str:
    """+34.9% · 约 +23% · 约 1.9 倍; empty where the print is too coarse, or for shares. Unsigned after a verb."""
    if found.percent is None or found.now.unit == "percent":
        return ""
    if found.manifold and signed:
        words = t("number.times", lang, number=numbers.digits(found.ratio or Decimal(0), 1))
    else:
        value = found.percent if signed else abs(found.percent)
        words = numbers.percent(value, 0 if found.approximate else 1, signed=signed)
    return numbers.approx(words, lang) if found.approximate else words


def rate(found: Share, lang: Lang) -> str:
    """约 96% · 65.59%."""
    words = numbers.percent(found.percent, found.decimals)
    return numbers.approx(words, lang) if found.approximate else words


def signed(found: Change, lang: Lang) -> tuple[str, str]:
    """Sign and amount of a change: ("▲", "10.6%"), ("▲", "4.0 倍"), ("≈", words) inside the rounding."""
    if found.direction == "same":
        return "≈", t("windows.rounding" if found.within_rounding else "windows.same", lang)
    sign = "▲" if found.direction == "up" else "▼"
    if found.percent is None or found.manifold:
        return sign, relative(found, lang) or shown(found.difference, lang)
    words = numbers.percent(abs(found.percent), 0 if found.approximate else 1)
    return sign, numbers.approx(words, lang) if found.approximate else words


def part(words: str, hits: int, n: int) -> Amount:
    """A share of counted cases in a cell: it tells the smaller of its two sides."""
    return Amount(words, min((side for side in (hits, n - hits) if side > 0), default=None))


def told(words: str, q: Quantity | None, *, counted: bool) -> Amount:
    """A value in a cell; of a counted one a file has to know how many it counts."""
    return Amount(words, int(q.value) if counted and q is not None else None)
