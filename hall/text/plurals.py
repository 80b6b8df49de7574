"""The form of a noun beside a number, by Babel's plural rules: 1 monthly bulletin, 2 monthly bulletins."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from babel import Locale
from babel.plural import PluralRule

from hall.model import Lang

_FORMS = ("zero", "one", "two", "few", "many")


@cache
def _rule(lang: Lang) -> tuple[PluralRule, tuple[str, ...]]:
    """The rule of a language and the forms that it knows, in the order in which a sentence writes them."""
    rule = Locale.parse(lang).plural_form
    return rule, (*(name for name in _FORMS if name in rule.tags), "other")


def form(number: object, forms: str, lang: Lang) -> str:
    """Of ``case|cases`` the form that stands with a number; 1,200, 1.0 and 1.2K are many, as is what is no number."""
    rule, names = _rule(lang)
    try:
        name = rule(Decimal(str(number).replace(",", "").replace("\u2212", "-")))
    except (ArithmeticError, ValueError):
        name = "other"
    return forms.split("|")[names.index(name)]


class Counted:
    """A parameter of a sentence that may name forms: ``{n:case|cases}`` is the noun, ``{n}`` the number itself."""

    __slots__ = ("_lang", "_value")

    def __init__(self, value: object, lang: Lang) -> None:
        self._value, self._lang = value, lang

    def __format__(self, spec: str) -> str:
        return form(self._value, spec, self._lang) if "|" in spec else format(self._value, spec)
