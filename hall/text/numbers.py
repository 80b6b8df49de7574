"""Numbers as they are shown: value, unit and precision. Rounded once, half to even; Decimal in, words out."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from hall import catalog
from hall.model import Lang
from hall.text import t
from hall.text.plurals import form

NBSP = "\u00a0"
MINUS = "\u2212"
_LETTERS = ((9, "B"), (6, "M"), (3, "K"))


def rounded(value: Decimal, exponent: int = 0) -> Decimal:
    """To the place 10^exponent, half to even."""
    place = Decimal(1).scaleb(exponent)
    return (value / place).to_integral_value(ROUND_HALF_EVEN) * place


def digits(value: Decimal, decimals: int) -> str:
    """Thousands marks, a true minus, that many decimals: 346,703 · −4.70."""
    shown = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):,f}"
    return shown.replace("-", MINUS)


@cache
def _spelled(unit: str, lang: Lang) -> str:
    known = catalog.units().get(unit)
    if known:
        return known.label(lang)
    # a spelling that is a unit of its own (each), or that no catalogue knows, is shown as it stands
    own = next((u for u in catalog.units().values() if unit in u.spellings), None)
    if own is None or (own.each and lang == "zh"):
        return unit
    return own.label(lang) or unit


def unit_word(unit: str, lang: Lang, unit_mult: int = 0, number: str = "") -> str:
    """The unit with its scale, as it stands beside a number if there is one: 件, 万件; cases, thousand cases, case."""
    word = _spelled(unit, lang)
    if "|" in word:
        word = form(number, word, lang)
    scale = t(f"number.scale{unit_mult}", lang) if unit_mult else ""
    if lang == "zh":
        return scale + word
    return f"{scale} {word}".strip()


def parts(value: Decimal, unit: str, unit_mult: int, decimals: int, lang: Lang) -> tuple[str, str]:
    """The number and its unit apart: ("5.57", "万件") · ("55.7K", "cases") · ("65.59%", "").

    ``value`` is in base units; ``unit_mult`` and ``decimals`` describe the print.
    """
    if unit == "percent":
        return digits(value, decimals) + "%", ""
    exponent = unit_mult - decimals
    if lang == "zh":
        scale = 8 if unit_mult < 8 and exponent >= 0 and abs(value) >= 10**8 else unit_mult
        places = 2 if scale != unit_mult else decimals
        return digits(value.scaleb(-scale), max(0, places)), unit_word(unit, lang, scale)
    exact = unit_mult == 0 and abs(value) < 10**8
    scale, letter = next(((p, s) for p, s in _LETTERS if not exact and abs(value) >= 10**p), (0, ""))
    places = max(0, scale - exponent)
    if unit_mult == 0 and scale:
        places = max(0, scale - value.adjusted() + 2)
    number = digits(value.scaleb(-scale), places) + letter
    return number, unit_word(unit, lang, number=number)


def quantity(value: Decimal, unit: str, unit_mult: int, decimals: int, lang: Lang) -> str:
    """5.57 万件 · 55.7K cases · 65.59%; number and unit stay on one line."""
    number, word = parts(value, unit, unit_mult, decimals, lang)
    return f"{number}{NBSP}{word}".rstrip(NBSP)


def margin(slack: Decimal, unit: str, lang: Lang) -> str:
    """Half a unit of the last printed place: ±50 件; empty for exact counts."""
    if not slack or unit == "percent":
        return ""
    number, word = parts(slack, unit, 0, max(0, -int(slack.normalize().as_tuple().exponent)), lang)
    return f"±{number}{NBSP}{word}".rstrip(NBSP)


def beside(value: Decimal, unit: str, unit_mult: int, decimals: int, slack: Decimal, lang: Lang) -> str:
    """What stands beside a large number: 万件 ±50 件 · ±50 cases · 人次."""
    _, word = parts(value, unit, unit_mult, decimals, lang)
    around = margin(slack, unit, lang)
    return " ".join(filter(None, (word, around))) if lang == "zh" else (around or word)


def percent(value: Decimal, decimals: int, *, signed: bool = False) -> str:
    """34.9% · +34.9% · −4.7%; ``value`` in percent."""
    shown = digits(value, decimals) + "%"
    return "+" + shown if signed and value > 0 else shown


def approx(words: str, lang: Lang) -> str:
    """约 +23% · about 23%."""
    return t("number.approx", lang, number=words)


def scale_for(largest: Decimal, lang: Lang) -> int:
    """The power of ten in which an axis counts: 万 or 亿 in Chinese, thousand or million in English, else 0."""
    steps = (8, 4) if lang == "zh" else (6, 3)
    return next((p for p in steps if abs(largest) >= 10**p), 0)
